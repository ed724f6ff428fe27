"""What decisions are worth: a simulation of people who confirm, reject and add themes, story after story."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nlp.themes import ThemeReader
from nlp.theming.classifier import LEAST_DECISIONS, UNSAID_WEIGHT, Decision, LearnedTheme, learn
from nlp.theming.logistic import Floats
from nlp.types import Vector

STEPS = (0, 20, 50, 100, 500)
SEED = 20


@dataclass(frozen=True)
class ReadStory:
    """A story as numbers, with the themes that people gave it, the main one first."""

    themes: tuple[str, ...]
    vector: Vector
    odds: Floats


def learning_curve(reader: ThemeReader, taught: Sequence[ReadStory], judged: Sequence[ReadStory]) -> dict[str, float]:
    """Decisions made → micro-F1 on the judged stories.

    reader: of a codebook that nothing is known about beforehand, which also gave the stories' odds. People go
    through the taught stories in a fixed random order; at each they add or confirm every right theme and reject
    every wrong suggestion, one decision each.
    """
    order = np.random.default_rng(SEED).permutation(len(taught))
    decisions = [pair for row in order for pair in _decisions(reader, taught[row], int(row))]
    return {str(n): _f1(reader.with_learned(_learned(reader, taught, decisions[:n])), judged) for n in STEPS}


def _decisions(reader: ThemeReader, story: ReadStory, row: int) -> list[tuple[str, Decision]]:
    suggested = [reader.keys[i] for i in reader.chosen(reader.probabilities(story.vector, story.odds))]
    rejected = [key for key in suggested if key not in story.themes]
    return [(key, Decision(row, True)) for key in story.themes] + [(key, Decision(row, False)) for key in rejected]


def _learned(
    reader: ThemeReader, stories: Sequence[ReadStory], decisions: Sequence[tuple[str, Decision]]
) -> dict[str, LearnedTheme]:
    by_key: dict[str, list[Decision]] = defaultdict(list)
    for key, decision in decisions:
        by_key[key].append(decision)
    seen = {decision.story for _, decision in decisions}
    vectors = np.stack([story.vector for story in stories])
    learned = {}
    for i, key in enumerate(reader.keys):
        said = by_key[key]
        unsaid = [Decision(row, False, UNSAID_WEIGHT) for row in sorted(seen - {d.story for d in said})]
        if len(said) >= LEAST_DECISIONS:
            odds = np.array([story.odds[i] for story in stories])
            learned[key] = learn(key, [*said, *unsaid], vectors, odds)
    return learned


def _f1(reader: ThemeReader, judged: Sequence[ReadStory]) -> float:
    right = given = due = 0
    for story in judged:
        keys = {reader.keys[i] for i in reader.chosen(reader.probabilities(story.vector, story.odds))}
        right += len(keys & set(story.themes))
        given += len(keys)
        due += len(story.themes)
    return 2 * right / max(given + due, 1)
