"""Where people live: street lines, flats and houses with names, in the forms used in the UK."""

from __future__ import annotations

import re
from collections.abc import Iterator

_STREET = (
    r"(?:Street|St|Road|Rd|Lane|Ln|Avenue|Ave|Drive|Dr|Close|Crescent|Cres|Terrace|Square|Gardens|Grove|Mews"
    r"|Parade|Rise|Row|Way|Walk|Place"
    r"|Court|Hill|Park|Green|View|Gate|Wynd|Vale|Mount|Bank|Brae|Loan|Quay|Wharf|Buildings|House|Cottages?|Villas"
    r"|Fold|Croft|Side|End|Broadway"
    r"|Heights|Approach|Circus|Circle|Yard|Hey|Garth|Dene|Chase|Meadows?|Fields?|Orchard|Common|Bridge|Promenade"
    r"|Esplanade|Drove|Strand|Vennel|Causeway|Path|Passage|Maltings|Paddocks?|Spinney|Copse|Glade|Alley|Steps|Leas?|Leys"
    r"|Boulevard|Blvd|Gdns|Sq|Tce|Terr|Cl|Mansions|Towers?|Lodge|Barns?|Ridge|Warren|Wood|Woods|Hollow|Mill|Dell|Pastures?)"
)
_FLAT = r"(?i:flat|apartment|apt\.?)[ \t]+\d{1,4}[A-Za-z]?"
_UNIT = r"(?:(?i:flat|apartment|apt\.?|unit|room|plot|suite|number|no\.?)[ \t]+\d{1,4}[A-Za-z]?|\d{1,2}/\d{1,2})"
_NAME = r"[A-ZÀ-Þ][\w'’-]*"
_ADDRESS = re.compile(
    rf"(?<![\w£$€.,/-])(?:{_UNIT},?[ \t]+|(?i:number|no\.?)[ \t]+)?"
    rf"(?!(?:19|20)\d\d\b)\d{{1,4}}[A-Za-z]?(?:[-–/]\d{{1,4}}[A-Za-z]?)?,?[ \t]+"
    rf"(?:(?:{_NAME}|of|the|y)[ \t]+){{1,4}}?{_STREET}\b(?:[ \t]+{_STREET}\b)?"
    r"(?![ \t]+(?:[A-Z][\w-]*[ \t]+)?(?:School|Club|Trust|Hall|Centre|Church))"
)
_STREET_BEFORE_POSTCODE = re.compile(
    rf"(?:{_NAME}[ \t]+){{1,3}}{_STREET}(?=[, \t\n]+[A-Z]{{1,2}}\d[\dA-Z]?[ \t]*\d[A-Z]{{2}}\b)"
)
# Welsh, Gaelic and French put the kind of street first.
_STREET_FIRST = re.compile(
    rf"(?<![\w£$€.,/-])(?!(?:19|20)\d\d\b)\d{{1,4}}[A-Za-z]?,?[ \t]+"
    rf"(?:Heol|Ffordd|Stryd|Lôn|Lon|Maes|Clos|Rhodfa|Bryn|Cwrt|Tan|Rue)(?:[ \t]+(?:y|yr|yr?|{_NAME})){{1,3}}"
)
_LOWER_CASE = re.compile(
    r"(?<![\w£$€.,/-])(?:(?<=\bat )|(?<=\bto ))(?:flat \d{1,4},? )?\d{1,4}[a-z]?,? (?:[a-z]{3,}[ ]){1,2}?"
    r"(?:street|road|lane|avenue|close|drive|crescent|terrace|grove|gardens|mews|way|rise|row|court|place)\b"
)
_IN_HOUSE = re.compile(rf"(?<![\w£$€.,/-]){_UNIT},?[ \t]+(?:{_NAME}[ \t]+){{1,3}}{_STREET}\b")
_FLAT_ALONE = re.compile(rf"(?<!\w){_FLAT}(?![\w-])")
_BEFORE_POSTCODE = re.compile(
    rf"(?<![\w£$€.,/-])(?!(?:19|20)\d\d\b)\d{{1,4}}[A-Za-z]?,?[ \t]+{_NAME}(?:[ \t]+{_NAME}){{0,2}}"
    rf"(?=,?[ \t\n]+(?:{_NAME}(?:[ \t]+{_NAME})?,?[ \t\n]+){{0,2}}[A-Z]{{1,2}}\d[\dA-Z]?[ \t]*\d[A-Z]{{2}}\b)"
)
_COTTAGE = re.compile(
    rf"(?:(?<=\bat[ ])|(?<=\bto[ ])|(?<=\bof[ ])|(?<=\bfrom[ ])|(?<=\bin[ ]))(?:{_NAME}[ ]){{1,2}}"
    r"(?:Cottage|Farmhouse|Bungalow|Villa|Manse|Vicarage|Rectory|Croft)\b(?![ ][A-Z])"
)
_NAMED_HOME = re.compile(
    r"(?:(?<=\bat\s)|(?<=\bin\s)|(?<=:\s)|(?<=,\s))(?:[A-ZÀ-Þ][\w'’-]+\s+){1,3}(?:Cottage|Lodge|Farmhouse"
    r"|Bungalow|House),\s+(?:[A-ZÀ-Þ][\w'’-]+\s+){1,3}"
    r"(?:Street|Road|Lane|Avenue|Drive|Close|Row|Hill)\b"
)
# A house with a name, or a number in a street whose name says no street, tells of a home only where somebody lives or
# something is sent: "The Anchor, Quay Street" is as often a pub.
_HOME = re.compile(
    r"\b(?i:lives?|lived|living|moved|stay(?:s|ed|ing)?|born|grew\s+up|post(?:ed)?|sen[dt]|deliver(?:ed)?|drop(?:ped)?"
    r"|letters|cards?|home|address)\b(?:[ ](?!(?:at|to|into|in|is|was)\b)[\w’']{1,12}){0,3}"
    r"[ ](?:at|to|into|in|is|was|given[ ]as)[ ]"
    rf"(?P<home>(?:The[ ])?(?:{_NAME}[ ]){{0,2}}{_NAME},[ ](?:{_NAME}[ ]){{1,2}}{_STREET}\b"
    rf"|(?:{_NAME}[ ]){{1,2}}Farm\b(?![ ][A-Z])|(?<=\bat[ ])\d{{1,3}}[A-Za-z]?[ ]{_NAME}\b(?![ ](?:of|and|in)\b))"
)
_WELSH_HOME = re.compile(
    rf"(?:(?<=\bof[ ])|(?<=\bat[ ])|(?<=\bto[ ]))(?!(?:Neuadd|Capel|Eglwys|Ysgol|Canolfan)\b)"
    rf"(?:{_NAME}[ ]){{0,2}}{_NAME},[ ]"
    rf"(?:Heol|Ffordd|Stryd|Lôn|Lon|Rhodfa)(?:[ ](?:y|yr|{_NAME})){{1,3}}"
)


def address_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where addresses stand, the surer forms first; readings may overlap."""
    for pattern in (
        _IN_HOUSE,
        _ADDRESS,
        _STREET_FIRST,
        _LOWER_CASE,
        _BEFORE_POSTCODE,
        _NAMED_HOME,
        _COTTAGE,
        _STREET_BEFORE_POSTCODE,
        _WELSH_HOME,
        _FLAT_ALONE,
    ):
        for match in pattern.finditer(text):
            yield match.span()
    for match in _HOME.finditer(text):
        yield match.span("home")
