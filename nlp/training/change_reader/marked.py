"""Sentences whose slots are marked by hand in `marked.txt`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from nlp.text import sentences
from nlp.training.change_reader.gold import Change, Example

PATH = Path(__file__).parent / "marked.txt"
_MARK = re.compile(r"\[([ARPWFT])(?::([a-z-]+))? ([^\]]+)\]")
_SLOT = {"A": "actor", "R": "trigger", "P": "place", "W": "when", "F": "from"}


def read_marked(path: Path = PATH) -> Iterator[Example]:
    """One example a line. Two T on a line are two changes; of every other slot the first mention counts."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        if line and not line.startswith("#"):
            yield _example(line, f"marked-{number}", f"marked/{number // 10}")


def _example(line: str, key: str, group: str) -> Example:
    text, at = "", 0
    slots: dict[str, tuple[int, int]] = {}
    from_use, targets = None, []
    for match in _MARK.finditer(line):
        text += line[at : match.start()]
        kind, use, words = match.groups()
        article = re.match(r"(?i)(?:the|a|an) (?=.)", words)
        span = (len(text) + (article.end() if article else 0), len(text) + len(words))
        text += words
        at = match.end()
        if kind == "T":
            targets.append((span, use))
        else:
            slots.setdefault(_SLOT[kind], span)
            from_use = use if kind == "F" else from_use
    text += line[at:]
    changes = tuple(Change(span, slots, use, from_use) for span, use in targets)
    return Example(key, text, sentences(text), changes, group)
