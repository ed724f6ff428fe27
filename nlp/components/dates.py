"""Calendar dates in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp.types import Span

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
)
_YEAR = r"(?:1[5-9]|20)\d\d"
_SEASON = r"(?:spring|summer|autumn|winter)"
# The fuller expression comes first.
_FORMS = (
    rf"(?:\d{{1,2}}\s*(?:to|and|-|–)\s*)?\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}(?:\s+{_YEAR})?",
    rf"{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,\s+{_YEAR}",
    rf"(?:(?:early|late|mid)[- ])?{_MONTH}\s+(?:of\s+)?{_YEAR}",
    rf"{_SEASON}\s+(?:of\s+)?{_YEAR}",
    _YEAR,
    rf"{_MONTH}(?=\s+(?:the|we|our|a|it|they)\b|[,.;])",
)
_DATE = re.compile(rf"\b(?:{'|'.join(_FORMS)})\b")


def find_dates(text: str) -> Iterator[Span]:
    """The calendar dates in a text, in order: days, months, seasons and years, not "that Monday"."""
    for match in _DATE.finditer(text):
        yield Span(match.start(), match.end(), match[0])
