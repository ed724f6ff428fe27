"""Telephone numbers, addresses and numbers given to persons, in the forms used in the UK."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp.components.coverage import Coverage
from nlp.types import PersonalDatum

_EMAIL = re.compile(r"(?<![\w.+-])[\w+-]{1,64}(?:\.[\w+-]{1,64}){0,8}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_EMAIL_IN_WORDS = re.compile(
    r"(?i)(?<![\w.])[\w.+-]{1,40}\s*(?:\(at\)|\[at\]|\s(?:at|AT)\s)\s*[\w-]{1,40}"
    r"(?:\s*(?:\(dot\)|\[dot\]|\sdot\s)\s*[a-z]{2,12}){1,3}(?!\w)"
)
_PHONE = re.compile(
    r"(?<![\w£$€.,/-])(?:(?:\+|00)\s?44[\s.-]{0,2}(?:\(0\)[\s.-]?)?|\(?0)(?:\d\)?(?:[\s.–-]|\s[\s–-]\s?)?){8,9}\d(?!\w|[.,]\d)"
)
_LOCAL_PHONE = re.compile(
    r"(?i)\b(?:tel|telephone|phone|ring|call|text|fax|mobile|mob)\b\.?(?:\s+(?:us|me|him|her|them|on|number|no|is|:))*\s*:?\s*"
    r"(?P<number>\d(?:[ -]?\d){5,10})(?![\w]|[ -]?\d|[.,:]\d)"
)
# Areas in the order of Royal Mail's format A9, A99, AA9, AA99, A9A and AA9A, then a digit and two letters.
_POSTCODE = re.compile(
    r"(?i)(?<![\w])(?:GIR\s?0AA|(?:[A-PR-UWYZ]\d{1,2}|[A-PR-UWYZ][A-HK-Y]\d{1,2}|[A-PR-UWYZ]\d[A-HJKSTUW]"
    r"|[A-PR-UWYZ][A-HK-Y]\d[ABEHMNPRVWXY])\s?\d[ABD-HJLNP-UW-Z]{2})(?!\w)"
)
# HM Revenue & Customs, National Insurance Manual NIM39110: letters and prefixes that are not given out.
# QQ is the prefix of official examples, which people copy when they hide their own.
_NI_NUMBER = re.compile(
    r"(?i)(?<!\w)(?:QQ|(?!BG|GB|KN|NK|NT|TN"
    r"|ZZ)[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z])\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D](?!\w)"
)
_CALLED_NI_NUMBER = re.compile(
    r"(?i)\b(?:NI|N\.I\.|national\s+insurance|NINO)\b[^\n]{0,80}?(?P<number>(?<!\w)[A-Z]{2}[\s.-]?(?:\d{2}[\s.-]?){3}[A-Z]?(?!\w))"
)
_CALLED_NHS_NUMBER = re.compile(
    r"(?i)\bNHS\s+(?:number|no\.?|num|#)[^\d\n]{0,20}(?P<number>\d{3}[\s-]?\d{3}[\s-]?\d{4})(?![\w]|[.,]\d)"
)
_NHS_NUMBER = re.compile(r"(?<![\w.,£+-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\w]|[.,]\d)")
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?"
    r"|Dec(?:ember)?)"
)
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s+\d{{4}}|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    r"|\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})(?!\d)|\d{4}-\d{2}-\d{2}(?!\d))"
)
_BIRTH = re.compile(
    rf"(?i)(?:\b(?:born|birth|birthday|d\.?o\.?b\.?)|\(b\.?)(?!\w)[\s:,(–.-]*(?:(?:on|is|was|given\s+as|as"
    rf"|in\s+[\w\s]{{1,30}}?\s+on)\s+)?(?:the\s+|a\s+)?(?:[A-Z][a-z]{{2,5}}day,?\s+)?(?:the\s+)?(?P<date>{_DATE})"
)
_STREET = (
    r"(?:Street|St|Road|Rd|Lane|Ln|Avenue|Ave|Drive|Dr|Close|Crescent|Cres|Terrace|Square|Gardens|Grove|Mews"
    r"|Parade|Rise|Row|Way|Walk|Place"
    r"|Court|Hill|Park|Green|View|Gate|Wynd|Vale|Mount|Bank|Brae|Loan|Quay|Wharf|Buildings|House|Cottages?|Villas"
    r"|Fold|Croft|Side|End|Broadway"
    r"|Heights|Approach|Circus|Circle|Yard|Hey|Garth|Dene|Chase|Meadows?|Fields?|Orchard|Common|Bridge|Promenade"
    r"|Esplanade|Drove|Strand|Vennel|Causeway|Path|Passage|Maltings|Paddocks?|Spinney|Copse|Glade|Alley|Steps|Leas?|Leys"
    r"|Boulevard|Blvd|Gdns|Sq|Tce|Terr|Cl|Mansions|Towers?|Lodge|Barns?|Ridge|Warren|Wood|Woods|Hollow|Mill|Dell|Pastures?)"
)
_FLAT = r"(?i:flat|apartment)[ \t]+\d{1,4}[A-Za-z]?"
_NAME = r"[A-ZÀ-Þ][\w'’-]*"
_ADDRESS = re.compile(
    rf"(?<![\w£$€.,/-])(?:{_FLAT},?[ \t]+)?(?!(?:19|20)\d\d\b)\d{{1,4}}[A-Za-z]?(?:[-–/]\d{{1,4}}[A-Za-z]?)?,?[ \t]+"
    rf"(?:(?:{_NAME}|of|the|y)[ \t]+){{1,4}}?{_STREET}\b"
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
    r"(?<![\w£$€.,/-])(?<=\bat )(?:flat \d{1,4},? )?\d{1,4}[a-z]?,? (?:[a-z]{3,}[ ]){1,2}?(?:street|road|lane"
    r"|avenue|close|drive|crescent|terrace|grove|gardens|mews|way|rise|row|court|place)\b"
)
_FLAT_ALONE = re.compile(rf"(?<!\w){_FLAT}(?!\w)")
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


def find_identifiers(text: str) -> Iterator[PersonalDatum]:
    """Each identifier once, the surer kinds first; where two readings overlap the first stands."""
    coverage = Coverage(len(text))
    for kind, start, end in _readings(text):
        if coverage.is_free(start, end):
            coverage.take(start, end)
            yield PersonalDatum(kind, start, end, text[start:end])


def is_nhs_number(digits: str) -> bool:
    """Does the tenth digit check the first nine, modulus 11?

    Source: NHS Data Dictionary, "NHS Number": weights 10 to 2; 11 minus the remainder; 11 counts as 0, and 10
    is never given out.
    """
    check = 11 - sum(int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True)) % 11
    return check != 10 and check % 11 == int(digits[9])


def _readings(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _EMAIL.finditer(text):
        yield "email", *match.span()
    for match in _EMAIL_IN_WORDS.finditer(text):
        yield "email", *match.span()
    for match in _BIRTH.finditer(text):
        yield "date_of_birth", *match.span("date")
    for match in _CALLED_NHS_NUMBER.finditer(text):
        # Whatever its check digit says: somebody may have written their own number down wrongly.
        yield "nhs_no", *match.span("number")
    for match in _PHONE.finditer(text):
        yield "phone", *match.span()
    for match in _LOCAL_PHONE.finditer(text):
        yield "phone", *match.span("number")
    for match in _NHS_NUMBER.finditer(text):
        if is_nhs_number(re.sub(r"\D", "", match[0])):
            yield "nhs_no", *match.span()
    for match in _NI_NUMBER.finditer(text):
        yield "ni_no", *match.span()
    for match in _CALLED_NI_NUMBER.finditer(text):
        yield "ni_no", *match.span("number")
    for pattern in (
        _ADDRESS,
        _STREET_FIRST,
        _LOWER_CASE,
        _BEFORE_POSTCODE,
        _NAMED_HOME,
        _COTTAGE,
        _STREET_BEFORE_POSTCODE,
        _FLAT_ALONE,
    ):
        for match in pattern.finditer(text):
            yield "address", *match.span()
    for match in _POSTCODE.finditer(text):
        yield "postcode", *match.span()
