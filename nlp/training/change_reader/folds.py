"""How well changes are read in texts that the network has not seen, in folds."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from nlp.change_reader.encoder import Weighing
from nlp.change_reader.reading import likely
from nlp.change_reader.readings import Reading
from nlp.evaluation.repurposings import evaluate
from nlp.training.change_reader.gold import Example
from nlp.training.change_reader.weighing import are_right, fit_weights, in_one, judged_of
from nlp.types import Repurposing


def fold_of(example: Example, n_folds: int) -> int:
    """The fold in which an example is measured, the same for all of its group."""
    return zlib.crc32(example.group.encode()) % n_folds


def weighed(
    examples: Sequence[Example], found: Sequence[Sequence[Reading]], n_folds: int, least: float
) -> Iterator[tuple[int, Weighing]]:
    """For each fold the weighing of readings learned from the other folds' readings."""
    for fold in range(n_folds):
        kept = [i for i, example in enumerate(examples) if fold_of(example, n_folds) != fold]
        yield fold, learn_weighing([examples[i] for i in kept], [found[i] for i in kept], least)


def learn_weighing(examples: Sequence[Example], found: Sequence[Sequence[Reading]], least: float) -> Weighing:
    """The weighing learned from readings of texts that their network had not seen."""
    rows = [
        (reading.features, is_right)
        for example, each in zip(examples, found, strict=True)
        for reading, is_right in zip(each, are_right(example, each), strict=True)
    ]
    features = np.array([row for row, _ in rows])
    fitted = fit_weights(features, np.array([is_right for _, is_right in rows]))
    return Weighing(in_one(*fitted).astype(np.float32), least)


def measured(
    examples: Sequence[Example], found: Sequence[Sequence[Reading]], n_folds: int, least: float
) -> dict[str, Any]:
    """The figures of `nlp.evaluate repurposings` over all folds, each weighed by the others."""
    told: dict[str, tuple[Repurposing, ...]] = {}
    for fold, weighing in weighed(examples, found, n_folds, least):
        for example, each in zip(examples, found, strict=True):
            if fold_of(example, n_folds) == fold:
                told[example.key] = likely(example.text, example.sentences, each, weighing)
    return evaluate([told[example.key] for example in examples], [judged_of(example) for example in examples])
