"""The places that a query names: nations, regions, counties and authorities."""

from __future__ import annotations

from functools import cache

from nlp.gazetteer import areas, name_key
from nlp.gazetteer.counties import counties
from nlp.search.analyzer import WORD

_LONGEST = 6
_ISLANDS = ("Orkney Islands", "Shetland Islands", "Na h-Eileanan Siar", "Argyll and Bute")
_ALSO: dict[str, tuple[str, ...]] = {
    "yorkshire": ("Yorkshire and The Humber",),
    "humber": ("Yorkshire and The Humber",),
    "midlands": ("East Midlands", "West Midlands"),
    "north of england": ("North East", "North West", "Yorkshire and The Humber"),
    "south of england": ("South East", "South West"),
    "west country": ("South West",),
    "eastern england": ("East of England",),
    "ulster": ("Northern Ireland",),
    "durham": ("County Durham",),
    "sussex": ("East Sussex", "West Sussex"),
    "home counties": ("Surrey", "Kent", "Essex", "Hertfordshire", "Buckinghamshire", "Berkshire"),
    "northern england": ("North East", "North West", "Yorkshire and The Humber"),
    "southern england": ("South East", "South West"),
    "welsh": ("Wales",),
    "scottish": ("Scotland",),
    "scots": ("Scotland",),
    "northern irish": ("Northern Ireland",),
    "londoners": ("London",),
    "cornish": ("Cornwall",),
    "welsh valleys": ("South Wales Valleys",),
    "valleys": ("South Wales Valleys",),
    "scottish islands": _ISLANDS,
    "islands": (*_ISLANDS, "Isle of Wight", "Isle of Anglesey", "Isles of Scilly"),
    "hebrides": ("Na h-Eileanan Siar", "Highland", "Argyll and Bute"),
    "orkney": ("Orkney Islands",),
    "shetland": ("Shetland Islands",),
    "anglesey": ("Isle of Anglesey",),
    "scottish highlands": ("Highland",),
    "highlands": ("Highland",),
    "lake district": ("Cumbria",),
    "peak district": ("High Peak", "Derbyshire Dales", "Staffordshire Moorlands"),
    "fens": ("Fenland", "King's Lynn and West Norfolk", "South Holland", "East Cambridgeshire", "Boston"),
    "cotswolds": ("Cotswold", "Stroud", "Cheltenham", "Tewkesbury", "West Oxfordshire"),
    "wearside": ("Sunderland",),
    "tees valley": ("Teesside", "Darlington", "Hartlepool"),
    "mid wales": ("Powys", "Ceredigion"),
    "west wales": ("Pembrokeshire", "Carmarthenshire", "Ceredigion"),
    "glaswegian": ("Glasgow City",),
    "glasgow": ("Glasgow City",),
    "edinburgh": ("City of Edinburgh",),
    "dundee": ("Dundee City",),
    "aberdeen": ("Aberdeen City",),
    "bristol": ("Bristol", "Bristol, City of"),
    "hull": ("Kingston upon Hull", "Kingston upon Hull, City of"),
    "newcastle": ("Newcastle upon Tyne",),
    "derry": ("Derry City and Strabane",),
}
"""What people say → the names that it stands for."""


def places_named(text: str) -> tuple[str, ...]:
    """The keys of all places that a text names, the longest names where several would fit.

    An authority of one word ("Reading", "Bury") has to be written with a capital letter, or be all of the text.
    """
    words = list(WORD.finditer(text))
    found: dict[str, None] = {}
    first = 0
    while first < len(words):
        for last in range(min(len(words), first + _LONGEST), first, -1):
            written = text[words[first].start() : words[last - 1].end()]
            keys = _known(written, is_all=len(words) == last - first)
            if keys:
                found.update(dict.fromkeys(keys))
                first = last - 1
                break
        first += 1
    return tuple(found)


def _known(written: str, *, is_all: bool) -> tuple[str, ...]:
    key = name_key(written)
    if key in _large():
        return _large()[key]
    if key in _authorities() and (" " in key or written[0].isupper() or is_all):
        return (key,)
    return ()


@cache
def _large() -> dict[str, tuple[str, ...]]:
    """Key of a nation, region, county or name for several → the keys that it stands for."""
    named = [place.name for place in areas().place_by_key.values() if place.kind in ("nation", "region")]
    own = {name_key(name): (name_key(name),) for name in (*named, *counties())}
    return own | {said: tuple(map(name_key, meant)) for said, meant in _ALSO.items()}


@cache
def _authorities() -> frozenset[str]:
    return frozenset(
        name_key(place.name) for place in areas().place_by_key.values() if place.kind == "local_authority"
    )
