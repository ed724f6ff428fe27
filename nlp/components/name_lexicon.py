"""First names and surnames, organisation words and places that names are told by.

The lists of names stand in files, with their sources; the others are short and from general knowledge.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

_LETTERS = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ı": "i"})

_ORGANISATION_WORDS = """
    club centre trust cic charity society association council committee group foundation church chapel school
    academy college university hospital surgery theatre cinema library museum gallery band choir orchestra company
    ltd limited plc inn tavern arms hotel café cafe restaurant bakery brewery distillery pharmacy nursery hub
    project network forum partnership alliance federation union guild institute league team fc rfc afc cc rovers
    united rangers wanderers athletic tabernacle mosque masjid temple gurdwara synagogue cathedral minster parish
    mission ministries fellowship friends volunteers players scouts guides brownies cubs legion kitchen pantry
    garden farm works mill mills studios studio press radio fm service services agency board commission department
    ministry authority bureau office co-op cooperative co-operative collective community enterprise enterprises
    initiative programme campaign fund bank house hall baths lido pavilion stores shop market gym dojo railway
    residents tenants neighbours allotments hospice wi rnli rspca nhs ymca ywca army
"""

_PLACE_WORDS = """
    street road lane avenue drive close crescent terrace square estate park green common hill island isle bay quay
    harbour docks wharf bridge valley heath moor moss fields meadows village town city county district ward borough
    parade rise row way walk place court gardens grove mews gate cross end head mouth point beach loch lough glen
    dale fell woods wood forest junction rd st ave promenade causeway canal river
"""

_REGIONS = """
england|scotland|wales|northern ireland|cymru|ulster|britain|great britain|united kingdom|uk|north east|north west
south east|south west|east midlands|west midlands|midlands|yorkshire and the humber|yorkshire|east of england
east anglia|london|greater london|greater manchester|merseyside|tyneside|teesside|wearside|humberside
south yorkshire|west yorkshire|north yorkshire|cornwall|devon|dorset|somerset|wiltshire|hampshire|sussex|surrey|kent
essex|suffolk|norfolk|lincolnshire|cambridgeshire|bedfordshire|hertfordshire|buckinghamshire|oxfordshire|berkshire
gloucestershire|worcestershire|warwickshire|herefordshire|shropshire|staffordshire|derbyshire|nottinghamshire
leicestershire|rutland|northamptonshire|cheshire|lancashire|cumbria|northumberland|county durham|highlands|hebrides
orkney|shetland|fife|ayrshire|lanarkshire|lothian|pembrokeshire|gwynedd|powys|ceredigion|carmarthenshire|glamorgan
gwent|anglesey|ynys mon|antrim|armagh|fermanagh|tyrone|county down|leeds|manchester|birmingham|liverpool|sheffield
bristol|newcastle|sunderland|nottingham|leicester|bradford|hull|cardiff|swansea|newport|wrexham|edinburgh|glasgow
aberdeen|dundee|inverness|stirling|perth|belfast|derry|lisburn|newry|coventry|plymouth|southampton|portsmouth
norwich|exeter|york|lancaster|carlisle|durham|blackpool|bolton|oldham|rochdale|salford|stockport|wigan|preston
doncaster|rotherham|barnsley|wakefield|huddersfield|halifax|middlesbrough|grimsby|stoke|derby|wolverhampton|dudley
walsall|luton|ipswich|colchester|brighton|hastings|dover|folkestone|margate|reading|oxford|cambridge|peterborough
gloucester|swindon|bath|truro|penzance|falmouth
"""


def is_first_name(word: str) -> bool:
    """Is it a given name that some people in the UK bear? Case, accents and a possessive do not matter.

    >>> is_first_name("Róisín's"), is_first_name("Table")
    (True, False)
    """
    bare = _bare(word)
    # "Anne-Marie" is one if both halves are.
    return all(part in _names("first_names.txt") for part in (bare.split("-") if "-" in bare else [bare]))


def is_surname(word: str) -> bool:
    """Is it a surname of the list? Many are missing: there are hundreds of thousands."""
    return _bare(word) in _names("surnames.txt")


def is_also_a_word(name: str) -> bool:
    """Is this name a common word as well, like "Grace" or "Mark"?"""
    bare = _bare(name)
    return any(_names(file).get(bare, False) for file in ("first_names.txt", "surnames.txt"))


@cache
def organisation_words() -> frozenset[str]:
    """Words in lower case that make a capitalised name an organisation's, like "Club" or "Trust"."""
    return frozenset(_ORGANISATION_WORDS.split())


@cache
def place_words() -> frozenset[str]:
    """Words in lower case that make a capitalised name a place's, like "Road" or "Island"."""
    return frozenset(_PLACE_WORDS.split())


@cache
def regions() -> frozenset[str]:
    """UK nations, regions, counties and cities in lower case."""
    return frozenset(name.strip() for line in _REGIONS.split("\n") for name in line.split("|") if name.strip())


def _bare(word: str) -> str:
    lower = word.lower().replace("’", "'").removesuffix("'s").strip("'.")
    if lower.isascii():
        return lower
    folded = lower.translate(_LETTERS)
    return "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))


@cache
def _names(file: str) -> dict[str, bool]:
    """Name → is it a common word as well?"""
    lines = (Path(__file__).parent / file).read_text(encoding="utf-8").splitlines()
    return {line.rstrip("*"): line.endswith("*") for line in lines if not line.startswith("#")}
