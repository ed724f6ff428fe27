"""Direct speech, without its quotation marks: where it stands, who said it, and how well it stands alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlp.components.quote_scores import usability
from nlp.components.speakers import Speakers
from nlp.types import Mention, Quote

LEAST_WORDS = 4
"""Fewer words between marks are a scare quote, a title or a name, unless somebody is said to have said them."""
LONGEST = 1_500
"""Marks further apart, in characters, do not belong together: one of a pair was forgotten."""

_NEXT = r"[ \t]*\n\s*"
# Speech of several paragraphs opens each of them with a mark and closes the last one only.
_PAIRS = (
    re.compile(rf"“(?P<said>(?:[^“”\n]|\n(?!\s*\n)|{_NEXT}“){{1,{LONGEST}}}+)”"),
    re.compile(rf'(?<!\w)"(?P<said>(?=\S)(?:[^"\n]|{_NEXT}"(?=\S)){{1,{LONGEST}}}+)"(?!\w)'),
    re.compile(rf"(?<!\w)‘(?P<said>(?:[^‘’]|’(?=\w)){{1,{LONGEST}}})’(?!\w)"),
    re.compile(rf"«(?P<said>[^«»]{{1,{LONGEST}}}+)»"),
    re.compile(rf"(?<!\w)'(?P<said>[A-ZÀ-Þ](?:[^'\n]|(?<=\w)'(?=\w)){{3,{LONGEST}}}[.,!?…])'(?!\w)"),
)
# A mark that is never closed: the speech ends with its paragraph.
_OPEN = (
    re.compile(rf"“(?P<said>[^“”\n]{{1,{LONGEST}}}+)(?=\n|\Z)"),
    re.compile(rf'(?:(?<=\s)|^)"(?P<said>(?=\S)[^"\n]{{1,{LONGEST}}}+)(?=\n|\Z)', re.M),
)


@dataclass(frozen=True, slots=True)
class _Stretch:
    start: int
    end: int
    is_closed: bool


def find_quotes(text: str, names: Sequence[Mention] = ()) -> tuple[Quote, ...]:
    """The stretches of direct speech in a text, in order.

    speaker: as the text names them beside the speech; for "he" and "she", whoever was last spoken of. names: mentions
    of the same text.
    """
    speakers = Speakers(text, names)
    found: list[Quote] = []
    for stretch in _stretches(text):
        said = text[stretch.start : stretch.end]
        speaker = speakers.of(stretch.start, stretch.end)
        goes_on = bool(found) and _goes_on(text, found[-1].end, stretch.start)
        is_attributed = (speaker.is_told or goes_on) and not _is_woven_in(text, stretch.start, said)
        if not _is_speech(said, is_attributed=is_attributed, is_closed=stretch.is_closed):
            continue
        name = found[-1].speaker if speaker.name is None and goes_on else speaker.name
        score = usability(said, has_speaker=name is not None, is_closed=stretch.is_closed)
        found.append(Quote(stretch.start, stretch.end, said, name, score))
    return tuple(found)


def _is_speech(said: str, *, is_attributed: bool, is_closed: bool) -> bool:
    n_words = len(said.split())
    if is_attributed:
        return n_words >= 2
    return is_closed and n_words >= LEAST_WORDS and said.rstrip().endswith((".", "!", "?", "…", ","))


def _is_woven_in(text: str, start: int, said: str) -> bool:
    """Are these a few words within the writer's own sentence, as in: they say it "has been merged"?"""
    if not said[:1].islower() or said.rstrip().endswith((".", "!", "?", "…", ",")):
        return False
    before = text[max(start - 24, 0) : start - 1].rstrip().lower()
    return not re.search(r"(?:[:,]|\b(?:sa(?:id|ys?)|asks?|asked|told|tells|wrote|goes|went)(?: \w+){0,2})$", before)


def _goes_on(text: str, before: int, start: int) -> bool:
    """Does the speech go on after a short "she said", within the paragraph?"""
    between = text[before:start]
    return "\n" not in between and len(between) <= 80


def _stretches(text: str) -> list[_Stretch]:
    """What stands between quotation marks, outermost only; then what a forgotten mark leaves open."""
    every = [_Stretch(*span, True) for span in _spans(text, _PAIRS)]
    every += [_Stretch(*span, False) for span in _spans(text, _OPEN)]
    outermost: list[_Stretch] = []
    for stretch in sorted(every, key=lambda s: (s.start, not s.is_closed)):
        if not outermost or stretch.start >= outermost[-1].end + 1:
            outermost.append(stretch)
    return outermost


def _spans(text: str, patterns: Sequence[re.Pattern[str]]) -> Iterator[tuple[int, int]]:
    for pattern in patterns:
        for match in pattern.finditer(text):
            start, end = match.span("said")
            said = match["said"]
            start, end = start + len(said) - len(said.lstrip()), end - len(said) + len(said.rstrip())
            if start < end:
                yield start, end
