"""What changed between two texts, word by word, in blocks that a page can show.

>>> [(c.kind, c.text) for block in differences("We ran badminton.", "We ran a kitchen.") for c in block.changes]
[('same', 'We ran '), ('removed', 'badminton'), ('added', 'a kitchen'), ('same', '.')]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch that stayed ('same'), went ('removed') or came ('added')."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """One or more lines with what happened in them."""

    changes: tuple[Change, ...]

    @property
    def is_changed(self) -> bool:
        return any(change.kind != "same" for change in self.changes)


def differences(before: str, after: str) -> tuple[Block, ...]:
    """The two texts as one: what is the same or removed is the first, what is the same or added the second."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    blocks: list[Block] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            blocks.extend(Block((Change("same", line),)) for line in old[i1:i2])
        else:
            blocks.append(Block(tuple(_changes("".join(old[i1:i2]), "".join(new[j1:j2])))))
    return tuple(blocks)


def _changes(before: str, after: str) -> Iterator[Change]:
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    yield from _joined(_stretches(matcher.get_opcodes(), old, new))


def _stretches(
    opcodes: Sequence[tuple[str, int, int, int, int]], old: Sequence[str], new: Sequence[str]
) -> Iterator[Change]:
    for place, (tag, i1, i2, j1, j2) in enumerate(opcodes):
        kept = "".join(old[i1:i2])
        is_between = 0 < place < len(opcodes) - 1
        # A lone blank between two changes would cut a reworded phrase into crumbs.
        if tag == "equal" and not (kept.isspace() and "\n" not in kept and is_between):
            yield Change("same", kept)
        else:
            yield Change("removed", kept)
            yield Change("added", "".join(new[j1:j2]))


def _joined(stretches: Iterable[Change]) -> Iterator[Change]:
    """Neighbours of one kind together; between two that stayed, all that went and then all that came."""
    removed = added = ""
    for stretch in stretches:
        if stretch.kind == "removed":
            removed += stretch.text
        elif stretch.kind == "added":
            added += stretch.text
        else:
            yield from _told(removed, added)
            removed = added = ""
            yield stretch
    yield from _told(removed, added)


def _told(removed: str, added: str) -> Iterator[Change]:
    if removed:
        yield Change("removed", removed)
    if added:
        yield Change("added", added)
