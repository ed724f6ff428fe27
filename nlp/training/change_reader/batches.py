"""Windows of judged texts as tensors, with what the network is to say of them (needs PyTorch)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import torch

from nlp.change_reader.heads import SLOTS
from nlp.change_reader.windows import Window
from nlp.training.change_reader.gold import Change, Example
from nlp.training.change_reader.mixing import Item
from nlp.types import USE_CATEGORIES

IGNORED = -100
"""What the losses leave out."""
Range = tuple[int, int]


@dataclass(frozen=True)
class Batch:
    """Windows side by side. ids, shapes, mask, sentence, tags: shape (windows, pieces); uses: one axis more.

    told: rows (window, sentence) of the sentences that are judged; tells: for each, 1 if it tells of a change.
    tags: outside, begin and inside of a target, as 0, 1 and 2.
    targets, slot_tags, target_uses: one row a target: (window, first, last), its slots' tags, its category.
    sources, source_uses: the same of the former uses.
    """

    ids: torch.Tensor
    shapes: torch.Tensor
    uses: torch.Tensor
    mask: torch.Tensor
    sentence: torch.Tensor
    tags: torch.Tensor
    told: torch.Tensor
    tells: torch.Tensor
    targets: torch.Tensor
    slot_tags: torch.Tensor
    target_uses: torch.Tensor
    sources: torch.Tensor
    source_uses: torch.Tensor


@dataclass
class _Judgements:
    """What is collected row by row before it becomes tensors."""

    width: int
    told: list[Range] = field(default_factory=list)
    tells: list[float] = field(default_factory=list)
    targets: list[tuple[int, int, int]] = field(default_factory=list)
    slot_tags: list[torch.Tensor] = field(default_factory=list)
    target_uses: list[int] = field(default_factory=list)
    sources: list[tuple[int, int, int]] = field(default_factory=list)
    source_uses: list[int] = field(default_factory=list)


def make_batch(items: Sequence[Item]) -> Batch:
    """The windows, each with its text's changes, padded to the longest."""
    width = max(len(window.ids) for _, window in items)
    tags = torch.full((len(items), width), IGNORED)
    judgements = _Judgements(width)
    for row, (example, window) in enumerate(items):
        _judge(judgements, tags[row], row, example, window)
    return Batch(
        ids=_padded([window.ids for _, window in items], width, 0),
        shapes=_padded([window.shapes for _, window in items], width, 0),
        uses=torch.stack([_rows(window.uses, width) for _, window in items]),
        mask=_padded([np.ones_like(window.ids) for _, window in items], width, 0),
        sentence=_padded([window.sentence for _, window in items], width, -1),
        tags=tags,
        told=_numbers(judgements.told, 2),
        tells=torch.tensor(judgements.tells),
        targets=_numbers(judgements.targets, 3),
        slot_tags=torch.stack([*judgements.slot_tags])
        if judgements.slot_tags
        else torch.zeros((0, width, len(SLOTS))),
        target_uses=torch.tensor(judgements.target_uses, dtype=torch.long),
        sources=_numbers(judgements.sources, 3),
        source_uses=torch.tensor(judgements.source_uses, dtype=torch.long),
    )


def pieces_of(window: Window, stretch: Range) -> Range | None:
    """The pieces [first, last) of a stretch of the text, or None if the window does not hold it whole."""
    start, end = stretch
    inside = np.nonzero((window.ends > start) & (window.starts < end) & (window.sentence >= 0))[0]
    if not len(inside) or window.starts[inside[0]] > start or window.ends[inside[-1]] < end:
        return None
    return int(inside[0]), int(inside[-1]) + 1


def _judge(judgements: _Judgements, tags: torch.Tensor, row: int, example: Example, window: Window) -> None:
    changes: dict[int, list[tuple[Range, Change]]] = defaultdict(list)
    for change in example.changes:
        span = pieces_of(window, change.to)
        if span is not None:
            changes[int(window.sentence[span[0]])].append((span, change))
    for number in range(window.first, window.last):
        inside = window.sentence == number
        if not inside.any() or (not changes[number] and _is_unjudged(example, number)):
            continue
        judgements.told.append((row, number))
        judgements.tells.append(float(bool(changes[number])))
        tags[: len(inside)][torch.from_numpy(inside)] = 0
        for span, change in changes[number]:
            tags[span[0] : span[1]] = 2
            tags[span[0]] = 1
            _judge_change(judgements, row, window, span, change)


def _judge_change(judgements: _Judgements, row: int, window: Window, target: Range, change: Change) -> None:
    tags = torch.full((judgements.width, len(SLOTS)), IGNORED)
    tags[: len(window.ids)] = 0
    for column, slot in enumerate(SLOTS):
        span = pieces_of(window, change.slots[slot]) if slot in change.slots else None
        if span is None:
            continue
        tags[span[0] : span[1], column] = 2
        tags[span[0], column] = 1
        if slot == "from" and change.from_use:
            judgements.sources.append((row, *span))
            judgements.source_uses.append(USE_CATEGORIES.index(change.from_use))
    judgements.targets.append((row, *target))
    judgements.slot_tags.append(tags)
    judgements.target_uses.append(USE_CATEGORIES.index(change.to_use) if change.to_use else IGNORED)


def _is_unjudged(example: Example, number: int) -> bool:
    sentence = example.sentences[number]
    return any(start < sentence.end and sentence.start < end for start, end in example.unjudged)


def _padded(rows: Sequence[np.ndarray], width: int, blank: int) -> torch.Tensor:
    filled = torch.full((len(rows), width), blank, dtype=torch.long)
    for row, values in enumerate(rows):
        filled[row, : len(values)] = torch.from_numpy(values)
    return filled


def _rows(values: np.ndarray, width: int) -> torch.Tensor:
    return torch.from_numpy(np.pad(values, ((0, width - len(values)), (0, 0))))


def _numbers(rows: Sequence[tuple[int, ...]], n_columns: int) -> torch.Tensor:
    return torch.tensor(rows, dtype=torch.long).reshape(-1, n_columns)
