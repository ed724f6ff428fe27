"""Direct speech, without its quotation marks, and who said it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from nlp.types import Mention, Quote

LEAST_WORDS = 4
"""Fewer words between marks are a scare quote, a title or a name."""
LONGEST = 1_500
"""Marks further apart, in characters, do not belong together: one of a pair was forgotten."""

_PAIRS = (
    re.compile(rf"“(?P<said>[^“”]{{1,{LONGEST}}}+)”"),
    re.compile(rf"(?<!\w)\"(?P<said>[^\"\n]{{1,{LONGEST}}}+)\"(?!\w)"),
    re.compile(rf"(?<!\w)‘(?P<said>(?:[^‘’]|’(?=\w)){{1,{LONGEST}}})’(?!\w)"),
    re.compile(rf"«(?P<said>[^«»]{{1,{LONGEST}}}+)»"),
)
_SAID = (
    r"(?:said|says|say|told|tells|asked|asks|explained|explains|added|adds|recalled|recalls|remembered|remembers"
    r"|laughed|laughs|wrote|writes"
    r"|replied|replies|reminded|admitted|admits|insisted|insists|reported|commented|comments|reflected|reflects"
    r"|put it|shouted|whispered"
    r"|smiled|joked|jokes|agreed|answered|announced|declared|thinks|thought)"
)
_NAME = r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Rev|Cllr)\.?\s+)?[A-ZÀ-Þ][\w'’.-]*(?:\s+[A-ZÀ-Þ][\w'’.-]*){0,3}"
_BEFORE = (
    re.compile(rf"(?P<who>{_NAME})(?:,\s[^.!?\n]{{1,120}}?,)?\s+(?:\w+ly\s+)?{_SAID}\b[^.!?\n\"“”]{{0,40}}[:,]?\s*$"),
    re.compile(
        rf"\b(?P<who>he|she|they|I|we|(?:one|our|the"
        rf"|a)\s+[\w\s'’-]{{2,40}}?)\s+(?:\w+ly\s+)?{_SAID}\b[^.!?\n\"“”]{{0,40}}[:,]?\s*$",
        re.I,
    ),
    re.compile(rf"(?P<who>{_NAME})(?:,\s[^.!?\n]{{1,80}})?:\s*$"),
)
_AFTER = (
    re.compile(rf"^[,.]?\s*(?:{_SAID}\s+)(?P<who>{_NAME}|(?:one|our|the|a)\s+[^.,;\n]{{2,40}})"),
    re.compile(
        rf"^[,.]?\s*(?P<who>{_NAME}|he|she|they|I|we|(?:one|our|the"
        rf"|a)\s[\w\s'’-]{{2,40}}?),?\s+(?:\w+ly\s+)?{_SAID}\b"
    ),
    re.compile(rf"^\s*[–—-]+\s*(?P<who>{_NAME})"),
)


def find_quotes(text: str, names: Sequence[Mention] = ()) -> tuple[Quote, ...]:
    """The stretches of direct speech in a text, in order.

    speaker: as named beside the speech; for "he" and "she", the nearest person of `names` before it.
    """
    found: list[Quote] = []
    people = [name for name in names if name.label == "PERSON"]
    for start, end in _stretches(text):
        speaker = _speaker(text, start, end, people)
        n_words = len(text[start:end].split())
        if n_words < (2 if speaker else LEAST_WORDS):
            continue
        if (n_words < LEAST_WORDS or speaker is None) and not text[start:end].rstrip().endswith(
            (".", "!", "?", "…", ",")
        ):
            continue
        found.append(Quote(start, end, text[start:end], speaker))
    return tuple(found)


def _stretches(text: str) -> list[tuple[int, int]]:
    """What stands between quotation marks, outermost only."""
    every = sorted(match.span("said") for pattern in _PAIRS for match in pattern.finditer(text))
    outermost: list[tuple[int, int]] = []
    for start, end in every:
        if not outermost or start >= outermost[-1][1]:
            outermost.append((start, end))
    return outermost


def _speaker(text: str, start: int, end: int, people: Sequence[Mention]) -> str | None:
    before, after = text[max(start - 200, 0) : start - 1], text[end + 1 : end + 120]
    for who in _named(before, after):
        if who.lower() not in ("he", "she"):
            return who
        n_before = bisect_left(people, start, key=lambda name: name.end)
        return people[n_before - 1].text if n_before else who
    return None


def _named(before: str, after: str) -> Iterator[str]:
    for pattern in _AFTER:
        match = pattern.search(after)
        if match:
            yield _tidied(match["who"])
    for pattern in _BEFORE:
        # Only what stands in the last sentence before the marks can introduce them.
        match = pattern.search(before.rsplit("\n", 1)[-1])
        if match:
            yield _tidied(match["who"])


def _tidied(who: str) -> str:
    """The name on one line, without a sentence's full stop but with an initial's: "Moira S."."""
    who = " ".join(who.split())
    return who.rstrip(".") if len(who.rstrip(".").split()[-1]) > 1 else who
