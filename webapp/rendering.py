"""From stored text and statements to what a template shows: blocks, marked segments, highlights, dates.

Offsets are code points into the story's text, half-open. Nothing here writes HTML but `highlighted`; templates
escape all the rest.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise

from markupsafe import Markup, escape

from nlp.types import Snippet
from webapp.models import Coding, Repurposing, Statement
from webapp.services.comments import PlacedComment
from webapp.services.story_page import StoryPage, StoryTheme
from webapp.services.vocabulary import PERSONAL_DATA_NAMES

_LINE = re.compile(r"[^\n]*\n?")
_HEADING = re.compile(r"#{1,6} +")
_BULLET = re.compile(r"[-*•] +")
_ENDS = tuple('.!?"”’)]…')
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """A statement about a stretch of text, as it is shown there."""

    anchor: str
    """The id in the page that a card links to."""
    start: int
    end: int
    kinds: tuple[str, ...]
    """What it is, as class names are made from it: 'theme', 'repurposing', 'from', 'to', 'personal-data', …"""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """Text under one and the same set of marks, so that marks which overlap never need elements that do."""

    text: str
    marks: tuple[Mark, ...] = ()
    begins: tuple[str, ...] = ()
    """Anchors of the marks that are first seen here."""

    @property
    def classes(self) -> str:
        kinds = dict.fromkeys(kind for mark in self.marks for kind in mark.kinds)
        return " ".join(f"mark-{kind}" for kind in kinds)

    @property
    def label(self) -> str:
        return "; ".join(dict.fromkeys(mark.label for mark in self.marks if mark.label))

    @property
    def anchors(self) -> str:
        return " ".join(mark.anchor for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of text that is one paragraph, heading or point of a list."""

    kind: str
    """'paragraph', 'heading' or 'point'."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """An element of the page: a paragraph, a heading, or a list of points, each in its segments."""

    kind: str
    """'paragraph', 'heading' or 'list'."""
    parts: tuple[tuple[Segment, ...], ...]


def marked_blocks(text: str, marks: Iterable[Mark]) -> list[Block]:
    """The text as paragraphs, headings and lists, cut where marks begin and end."""
    ordered = sorted(marks, key=lambda mark: (mark.start, -mark.end))
    placed: set[str] = set()
    blocks: list[Block] = []
    for line in _lines(text):
        part = tuple(_anchored(segments(text, line.start, line.end, ordered), placed))
        if line.kind == "point" and blocks and blocks[-1].kind == "list":
            blocks[-1] = replace(blocks[-1], parts=(*blocks[-1].parts, part))
        else:
            blocks.append(Block("list" if line.kind == "point" else line.kind, (part,)))
    return blocks


def segments(text: str, start: int, end: int, marks: Sequence[Mark]) -> Iterator[Segment]:
    """The stretch [start, end) cut wherever a mark begins or ends; together the segments are the stretch."""
    here = [mark for mark in marks if mark.start < end and start < mark.end]
    edges = {start, end}
    for mark in here:
        edges.update((max(mark.start, start), min(mark.end, end)))
    cuts = sorted(edges)
    for left, right in pairwise(cuts):
        yield Segment(text[left:right], tuple(mark for mark in here if mark.start <= left and right <= mark.end))


def evidence_marks(page: StoryPage) -> list[Mark]:
    """Marks for the themes and repurposings of a story, and for personal data where the page carries it."""
    marks = [mark for theme in page.themes for mark in _theme_marks(theme)]
    for event in page.repurposings:
        marks.extend(_repurposing_marks(event))
    for finding in page.personal_data:
        if finding.status != "rejected":
            label = PERSONAL_DATA_NAMES[finding.kind]
            marks.append(Mark(f"finding-{finding.id}", finding.start, finding.end, ("personal-data",), label))
    return marks


def comment_marks(comments: Iterable[PlacedComment]) -> list[Mark]:
    """Marks for the open comments whose passage still stands."""
    return [
        Mark(f"comment-{one.comment.id}", one.start, one.end, ("comment",), f"Comment of {one.comment.author_name}")
        for one in comments
        if one.end > one.start and not one.is_settled
    ]


def chance_in_words(chance: float) -> str:
    """A probability as a word and a number: 'likely (72 %)'."""
    words = ((0.9, "almost certain"), (0.65, "likely"), (0.4, "as likely as not"), (0.0, "possible"))
    word = next(word for least, word in words if chance >= least)
    return f"{word} ({chance:.0%})".replace("%", "\N{NO-BREAK SPACE}%")


def standing_in_words(statement: Statement) -> str:
    """Who says so, and how surely."""
    if statement.status == "confirmed":
        return "Confirmed by a person"
    if statement.status == "rejected":
        return "Rejected by a person"
    if statement.score is None:
        score = ""
    elif isinstance(statement, StoryTheme | Coding):
        score = f", {chance_in_words(statement.score)}"
    else:
        score = f", score {statement.score:.2f}"
    return f"Read by the machine{score}, not yet checked"


def highlighted(snippet: Snippet) -> Markup:
    """A snippet with what was found in <mark>, all of its words escaped."""
    parts, position = [], 0
    for start, end in sorted(snippet.highlights):
        if start < position:
            continue
        parts.append(escape(snippet.text[position:start]))
        parts.append(Markup("<mark>{}</mark>").format(snippet.text[start:end]))
        position = end
    parts.append(escape(snippet.text[position:]))
    before = "…" if snippet.text[:1].islower() else ""
    after = "" if snippet.text.rstrip()[-1:] in _ENDS else "…"
    return Markup("{}{}{}").format(before, Markup("").join(parts), after)


def day_in_words(moment: date | datetime | None) -> str:
    """'3 March 2021', or nothing for no day."""
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}" if moment else ""


def moment_in_words(moment: datetime | None) -> str:
    """'3 March 2021, 14:05 UTC', or nothing for no moment."""
    return f"{day_in_words(moment)}, {moment:%H:%M} UTC" if moment else ""


def in_groups(letters: str) -> str:
    """Letters that somebody has to copy, four by four."""
    return " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def value_in_words(value: object) -> str:
    """A value of the log as people read it."""
    if value is None or value == "" or value == []:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(value_in_words, value))
    return str(value).replace("_", " ") if isinstance(value, str) else str(value)


def period_in_words(period: str | None) -> str:
    """'2020-03/2020-10' as 'March 2020 to October 2020'; words that people wrote stay as they are."""
    ends = (period or "").split("/")
    return " to ".join(dict.fromkeys(_month_in_words(end.strip()) for end in ends))


def percent(n_done: int, n_total: int) -> int:
    """How much is done, in whole hundredths."""
    return min(100, round(100 * n_done / n_total)) if n_total else 0


def _anchored(found: Iterable[Segment], placed: set[str]) -> Iterator[Segment]:
    """A mark that goes over several lines has its anchor in the first of them alone."""
    for segment in found:
        begins = tuple(mark.anchor for mark in segment.marks if mark.anchor not in placed)
        placed.update(begins)
        yield replace(segment, begins=begins)


def _theme_marks(found: StoryTheme) -> Iterator[Mark]:
    for coding in found.codings:
        if coding.status != "rejected" and coding.end > coding.start:
            yield Mark(f"coding-{coding.id}", coding.start, coding.end, ("theme",), found.theme.name)


def _repurposing_marks(event: Repurposing) -> Iterator[Mark]:
    if event.status == "rejected":
        return
    anchor = f"repurposing-{event.id}"
    label = f"{event.from_phrase or 'something'} became {event.to_phrase}"
    yield Mark(anchor, event.start, event.end, ("repurposing", f"repurposing-{event.status}"), label)
    for slot, (start, end) in event.spans.items():
        if slot in ("from", "to") and end > start:
            yield Mark(f"{anchor}-{slot}", start, end, (slot,))


def _month_in_words(written: str) -> str:
    match = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", written)
    return f"{_MONTHS[int(match[2]) - 1]} {match[1]}" if match else written


def _lines(text: str) -> Iterator[Line]:
    """Headings and points line by line; the lines of a paragraph together, up to a blank line."""
    paragraph: Line | None = None
    for match in _LINE.finditer(text):
        line = _line(text, match.start(), match.end())
        if line is not None and line.kind == "paragraph":
            paragraph = replace(paragraph, end=line.end) if paragraph else line
            continue
        if paragraph is not None:
            yield paragraph
            paragraph = None
        if line is not None:
            yield line
    if paragraph is not None:
        yield paragraph


def _line(text: str, start: int, end: int) -> Line | None:
    """The line without the spaces around it and the sign before it; None if it is blank."""
    written = text[start:end]
    start += len(written) - len(written.lstrip())
    end = start + len(written.strip())
    if start == end:
        return None
    for kind, sign in (("heading", _HEADING), ("point", _BULLET)):
        match = sign.match(text, start, end)
        if match:
            return Line(kind, match.end(), end)
    return Line("paragraph", start, end)
