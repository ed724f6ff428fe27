"""Dates of birth that no "born" announces: after a name, or in a sentence about one person."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from nlp.types import Mention, PersonalDatum, Span

_FULL_DATE = re.compile(
    r"(?<![\w/.-])(?:\d{1,2}[/.-]\d{1,2}[/.-](?P<year>\d{4})|(?P<iso>\d{4})-\d{2}-\d{2})(?![\w/-]|\.\d)"
)
_KIN = re.compile(
    r"(?i)\b(?:(?:my|me|our|his|her|their)\s+(?:late\s+)?(?:mum|mam|mother|dad|father|nan|gran|granny|grandad|son|daughter|wife"
    r"|husband|brother|sister|partner|uncle|aunt|auntie|birthday)|he\s+was|she\s+was|birthday)\b"
)
_LATEST_YEAR = 2012
"""A later date in a story is nearly always when something happened; of a child it stands beside "born"."""


def find_births(text: str, sentences: Sequence[Span], names: Sequence[Mention]) -> Iterator[PersonalDatum]:
    """Full dates in figures, long past, in a sentence that names a person or one of the family.

    names: mentions of the same text.
    """
    people = [name.start for name in names if name.label == "PERSON"]
    for sentence in sentences:
        for match in _FULL_DATE.finditer(sentence.text):
            year = int(match["year"] or match["iso"])
            is_named = bisect_left(people, sentence.start) < bisect_left(people, sentence.end)
            if 1900 <= year <= _LATEST_YEAR and (is_named or _KIN.search(sentence.text)):
                start, end = sentence.start + match.start(), sentence.start + match.end()
                yield PersonalDatum("date_of_birth", start, end, text[start:end])
