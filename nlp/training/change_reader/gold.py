"""Judged texts as the change reader learns from them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from nlp.change_reader.heads import SLOTS
from nlp.evaluation.gold import Event, Judged, read_gold, stories_near
from nlp.text import sentences
from nlp.types import Span


@dataclass(frozen=True)
class Change:
    """One judged event by offsets. slots: those that are filled; to_use, from_use: categories, where judged."""

    to: tuple[int, int]
    slots: dict[str, tuple[int, int]]
    to_use: str | None = None
    from_use: str | None = None

    def shifted(self, by: int) -> Change:
        """The same in a text that has `by` more characters before it."""
        slots = {slot: (start + by, end + by) for slot, (start, end) in self.slots.items()}
        return replace(self, to=(self.to[0] + by, self.to[1] + by), slots=slots)


@dataclass(frozen=True)
class Example:
    """A text with its changes. unjudged: stretches whose sentences neither tell nor do not tell of a change."""

    key: str
    text: str
    sentences: tuple[Span, ...]
    changes: tuple[Change, ...]
    group: str
    """Examples of one group are never parted between learning and measuring."""
    is_story: bool = False
    unjudged: tuple[tuple[int, int], ...] = ()
    judged: Judged | None = field(default=None, compare=False)


def read_examples(paths: Sequence[Path]) -> Iterator[Example]:
    """The examples of gold files, in order. Raises ValueError for one with a slot outside its text."""
    for path in paths:
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        for number, (entry, judged) in enumerate(zip(lines, read_gold(path, stories_near(path)), strict=True)):
            is_story = "text" not in entry
            group = judged.key if is_story else f"{path.parent.name}/{path.stem}/{number // 10}"
            yield Example(
                key=judged.key,
                text=judged.text,
                sentences=sentences(judged.text),
                changes=tuple(_change(event, judged) for event in judged.events),
                group=group,
                is_story=is_story,
                unjudged=tuple((stretch["start"], stretch["end"]) for stretch in judged.optional),
                judged=judged,
            )


def _change(event: Event, judged: Judged) -> Change:
    spans = event["spans"]
    for slot in ("to", *SLOTS):
        if spans.get(slot) and judged.text[slice(*spans[slot])] != event[slot]:
            raise ValueError(f"{judged.key}: the offsets of {slot!r} do not give {event[slot]!r}.")
    slots = {slot: (spans[slot][0], spans[slot][1]) for slot in SLOTS if spans.get(slot)}
    return Change((spans["to"][0], spans["to"][1]), slots, event.get("to_category"), event.get("from_category"))
