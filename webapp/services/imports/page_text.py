"""Running text out of the lines of printed pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

_EDGE_LINES = 2
"""Lines at the top and at the bottom of a page among which headers and footers are looked for."""

_MIN_PAGES = 3
"""Fewer pages do not show whether a line repeats because it is a header."""

_SHORT_LINE = 0.75
"""A line shorter than this share of the usual width, with a full stop at its end, ends a paragraph."""

_SENTENCE_END = re.compile(r"[.!?:][\"'”’)\]]*$")
_LIST_ITEM = re.compile(r"^(?:[•‣◦▪●*–-]|\(?\d{1,2}[.)])\s+")
_DIVIDED_WORD = re.compile(r"([^\W\d_]{1,40})([-\xad])$")
_HYPHENATED = re.compile(r"([^\W\d_]{1,40})-(?=([^\W\d_]{1,40}))")

_LONGEST_WORD = 41
"""Characters at a line's end among which a divided word is looked for, the hyphen included."""

_PAGE_NUMBER = re.compile(r"^\W*(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*$", re.IGNORECASE)


def join_pages(pages: Sequence[str]) -> str:
    """The text of the pages as paragraphs, with an empty line between them.

    Headers and footers are left out, words that were divided at a line's end are whole again.
    """
    lines_by_page = _without_edges([_lines(page) for page in pages])
    lines = [line for page in lines_by_page for line in page]
    paragraphs = _paragraphs(lines, _usual_width(lines))
    hyphenated = _hyphenated_words(lines)
    return "\n\n".join(filter(None, (_joined_lines(paragraph, hyphenated) for paragraph in paragraphs)))


def _lines(page: str) -> list[str]:
    """A page's lines without outer spaces; an empty one marks a gap, and there is none at the edges."""
    return "\n".join(" ".join(line.split()) for line in page.split("\n")).strip("\n").split("\n")


def _without_edges(pages: list[list[str]]) -> list[list[str]]:
    """The pages without the lines that stand at the edge of most of them, whatever numbers they hold."""
    if len(pages) < _MIN_PAGES:
        return pages
    counts = Counter(shape for page in pages for shape in {_shape(page[at]) for at in _edges(page)})
    repeated = {shape for shape, count in counts.items() if shape and count > len(pages) / 2}
    return [_without(page, repeated) for page in pages]


def _without(page: list[str], repeated: set[str]) -> list[str]:
    dropped = {at for at in _edges(page) if _shape(page[at]) in repeated or _PAGE_NUMBER.match(page[at]) is not None}
    return _lines("\n".join(line for at, line in enumerate(page) if at not in dropped))


def _edges(page: list[str]) -> list[int]:
    """Where the outermost lines that hold something stand."""
    filled = [at for at, line in enumerate(page) if line]
    return sorted({*filled[:_EDGE_LINES], *filled[-_EDGE_LINES:]})


def _shape(line: str) -> str:
    return re.sub(r"\d+", "#", line.lower())


def _usual_width(lines: list[str]) -> int:
    """The width that a full line has: nine of ten are no longer."""
    widths = sorted(len(line) for line in lines if line)
    return widths[int(len(widths) * 0.9)] if widths else 0


def _paragraphs(lines: list[str], width: int) -> Iterator[list[str]]:
    """Runs of lines that belong together."""
    paragraph: list[str] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if paragraph and (not line or _begins_anew(paragraph[-1], line, following, width)):
            yield paragraph
            paragraph = []
        if line:
            paragraph.append(line)
    if paragraph:
        yield paragraph


def _begins_anew(before: str, line: str, following: str, width: int) -> bool:
    """Whether a line is the first of a paragraph, by the lines around it."""
    if _DIVIDED_WORD.search(before[-_LONGEST_WORD:]):
        return False
    if _LIST_ITEM.match(line):
        return True
    if _is_short(before, width):
        # The last line of a paragraph, or a heading.
        return _SENTENCE_END.search(before) is not None or line[:1].isupper()
    return _SENTENCE_END.search(before) is not None and _is_heading(line, following, width)


def _is_short(line: str, width: int) -> bool:
    return len(line) < _SHORT_LINE * width


def _is_heading(line: str, following: str, width: int) -> bool:
    """Whether a line stands for itself: short, without a full stop, between two capitals."""
    is_alone = line[:1].isupper() and following[:1].isupper()
    return is_alone and _is_short(line, width) and _SENTENCE_END.search(line) is None


def _joined_lines(lines: list[str], hyphenated: set[str]) -> str:
    parts = [lines[0]]
    for before, line in pairwise(lines):
        divided = _DIVIDED_WORD.search(before[-_LONGEST_WORD:])
        if divided is None or not line[0].isalpha():
            parts.append(" ")
        elif not _keeps_hyphen(divided, line, hyphenated):
            parts[-1] = parts[-1][:-1]
        parts.append(line)
    return "".join(parts).replace("\N{SOFT HYPHEN}", "")


def _keeps_hyphen(divided: re.Match[str], line: str, hyphenated: set[str]) -> bool:
    """Whether a hyphen at the end of a line is the word's own: the document writes it so elsewhere."""
    if divided.group(2) != "-":
        return False
    halves = _HYPHENATED.match(f"{divided.group(1)}-{line}".lower())
    return not line[0].islower() or (halves is not None and "-".join(halves.groups()) in hyphenated)


def _hyphenated_words(lines: list[str]) -> set[str]:
    """Every two words that stand with a hyphen between them within a line, in lower case."""
    return {"-".join(halves.groups()) for line in lines for halves in _HYPHENATED.finditer(line.lower())}
