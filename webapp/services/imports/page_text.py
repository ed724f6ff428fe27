"""Running text out of the lines of printed pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

_EDGE_LINES = 2
"""Lines at the top and at the bottom of a page among which headers and footers are looked for."""

_MIN_PAGES = 3
"""Fewer pages do not show whether a line repeats because it is a header."""

_SHORT_LINE = 0.75
"""A line shorter than this share of the usual width, with a full stop at its end, ends a paragraph."""

_SENTENCE_END = re.compile(r"[.!?:][\"'”’)\]]*$")
_LIST_ITEM = re.compile(r"^(?:[•‣◦▪●*–-]|\(?\d{1,2}[.)])\s+")
_DIVIDED_WORD = re.compile(r"([^\W\d_]+)(?:-|\N{SOFT HYPHEN})$")
_PAGE_NUMBER = re.compile(r"^\W*(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*$", re.IGNORECASE)


def join_pages(pages: Sequence[str]) -> str:
    """The text of the pages as paragraphs, with an empty line between them.

    Headers and footers are left out, words that were divided at a line's end are whole again.
    """
    lines_by_page = _without_edges([_lines(page) for page in pages])
    lines = [line for page in lines_by_page for line in page]
    paragraphs = _paragraphs(lines, _usual_width(lines))
    words = " ".join(lines).lower()
    return "\n\n".join(filter(None, (_joined_lines(paragraph, words) for paragraph in paragraphs)))


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
    dropped = {
        at for at in _edges(page) if _shape(page[at]) in repeated or _PAGE_NUMBER.match(page[at]) is not None
    }
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
    if _DIVIDED_WORD.search(before):
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


def _joined_lines(lines: list[str], words: str) -> str:
    joined = lines[0]
    for line in lines[1:]:
        joined = _joined_words(joined, line, words)
    return joined.replace("\N{SOFT HYPHEN}", "")


def _joined_words(before: str, line: str, words: str) -> str:
    """Two lines as one; a hyphen at the end is part of the word where the document writes it so elsewhere."""
    first_half = _DIVIDED_WORD.search(before)
    second_half = re.match(r"[^\W\d_]+", line)
    if first_half is None or second_half is None:
        return f"{before} {line}"
    if before.endswith("\N{SOFT HYPHEN}"):
        return before[:-1] + line
    if not line[0].islower() or f"{first_half.group(1)}-{second_half.group()}".lower() in words:
        return before + line
    return before[:-1] + line
