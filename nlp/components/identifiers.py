"""Telephone numbers, e-mail addresses, postcodes and numbers given to persons, in the forms used in the UK."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp.components.addresses import address_spans
from nlp.components.coverage import Coverage
from nlp.types import PersonalDatum

_EMAIL = re.compile(r"(?<![\w.+-])[\w+-]{1,64}(?:\.[\w+-]{1,64}){0,8}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_TYPED_LOOSELY = re.compile(r"(?i)(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.[ ](?:org|com|net|co\.uk|org\.uk|uk)(?!\w)")
_DOT = r"(?:\s*[(\[{<]\s*(?:dot|\.)\s*[)\]}>]\s*|\s+dot\s+)"
_EMAIL_IN_WORDS = re.compile(
    r"(?i)(?<![\w.])(?:[\w+-]{1,30}\s+dot\s+){0,3}[\w.+-]{1,40}"
    rf"(?:\s*[(\[{{<]\s*(?:at|@)\s*[)\]}}>]\s*[\w-]{{1,40}}(?:(?:{_DOT}|\.)[a-z]{{2,12}}){{1,3}}"
    rf"|\s+at\s+[\w-]{{1,40}}(?:{_DOT}[a-z]{{2,12}}){{1,3}})(?!\w)"
)
_PHONE = re.compile(
    r"(?<![\w£$€.,/-])(?:(?:\+|00)\s?44[\s.-]{0,2}(?:\(0\)[\s.-]?)?|\(?0\s?)(?:\d\)?(?:[\s.–-]|\s[\s–-]\s?)?){8,9}\d(?!\w|[.,]\d)"
)
_LOCAL_PHONE = re.compile(
    r"(?i)\b(?:tel|telephone|phone|ring|call|text|fax|mobile|mob)\b\.?(?:\s+(?:us|me|him|her|them|on|number|no|is|:))*\s*:?\s*(?-i:[A-Z][a-z]{2,}\s+)?"
    r"(?P<number>\d(?:[ -]?\d){5,10})(?![\w]|[ -]?\d|[.,:]\d)"
)
# Areas in the order of Royal Mail's format A9, A99, AA9, AA99, A9A and AA9A, then a digit and two letters.
_POSTCODE = re.compile(
    r"(?i)(?<![\w])(?:GIR\s?0AA|(?:[A-PR-UWYZ]\d{1,2}|[A-PR-UWYZ][A-HK-Y]\d{1,2}|[A-PR-UWYZ]\d[A-HJKSTUW]"
    r"|[A-PR-UWYZ][A-HK-Y]\d[ABEHMNPRVWXY])[\s-]?\d[ABD-HJLNP-UW-Z]{2})(?!\w)"
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
    rf"(?i)(?:\b(?:born|birth|birthday|came\s+into\s+the\s+world|d\.?o\.?b\.?)|\(b\.?)(?!\w)(?:['’]s)?[\s:,(–.-]*(?:(?:on|is|was|given\s+as|as"
    rf"|in\s+[\w\s]{{1,30}}?\s+on)\s+)?(?:the\s+|a\s+)?(?:[A-Z][a-z]{{2,5}}day,?\s+)?(?:the\s+)?(?P<date>{_DATE})"
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
    for pattern in (_TYPED_LOOSELY, _EMAIL_IN_WORDS):
        for match in pattern.finditer(text):
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
    for start, end in address_spans(text):
        yield "address", start, end
    for match in _POSTCODE.finditer(text):
        yield "postcode", *match.span()
