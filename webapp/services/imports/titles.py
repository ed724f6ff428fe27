"""A title for a text that names none."""

from __future__ import annotations

import re
import textwrap
from pathlib import PurePath

TITLE_LENGTH = 120
"""Characters; a longer line is a paragraph."""

_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(\S.*)$", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n[ \t]*\n")
_NAVIGATION = re.compile(
    r"^\W*(?:skip to (?:the )?(?:main )?(?:content|navigation)|jump to content|(?:main )?menu|home|search"
    r"|share|sign in|log ?in|back to top|(?:accept )?(?:all )?cookies?|toggle navigation|subscribe"
    r"|print(?: this page)?"
    r"|home\s*[>›»/|].*)\W*$",
    re.IGNORECASE,
)


def first_heading(text: str) -> str | None:
    """The words of the first Markdown heading."""
    found = _HEADING.search(text)
    words = _shortened(found.group(1)) if found else ""
    return re.sub(r" #+$", "", words) or None


def first_line(text: str) -> str | None:
    """The first line that has words, shortened to a title's length."""
    line = next((line for line in _lines(text) if line), None)
    return _shortened(line) if line else None


def title_line(text: str) -> str | None:
    """The line above the text that looks like its title.

    A page copied from a site begins with a block of navigation, which is passed over whole: the lines beside
    "Skip to main content" are menus and categories.
    """
    blocks = _BLANK_LINES.split("\n".join(_lines(text)))
    for block in blocks:
        lines = [line for line in block.split("\n") if line]
        if lines and not any(_is_navigation(line) for line in lines):
            return lines[0] if _looks_like_title(lines[0]) else None
    return None


def readable_stem(path: PurePath) -> str:
    """The file's name as words: `balby_food-hub.txt` gives 'Balby food hub'."""
    words = " ".join(re.split(r"[\s_\-]+", path.stem)).strip() or path.stem
    return words[:1].upper() + words[1:TITLE_LENGTH]


def _shortened(line: str) -> str:
    return textwrap.shorten(line[:1000], width=TITLE_LENGTH, placeholder="…")


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines()]


def _is_navigation(line: str) -> bool:
    return len(line) <= TITLE_LENGTH and _NAVIGATION.match(line) is not None


def _looks_like_title(line: str) -> bool:
    return 2 < len(line) <= TITLE_LENGTH and line[-1] not in ".,;:" and any(map(str.isalpha, line))
