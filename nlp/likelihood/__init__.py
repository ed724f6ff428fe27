"""How likely it is that a sentence in which a construction stands tells of a change of use that did happen.

Rules see the construction; they do not see that a sentence sounds like a plan, a joke or a new job. A logistic
regression on the sentence's embedding does, a little, and weighs the two together (see README.md for its figures).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlp.components.repurposing import LEAST_SCORE
from nlp.embedding import Embedder
from nlp.types import Matrix, Repurposing

WEIGHTS = Path(__file__).parent / "weights.npz"


@dataclass(frozen=True)
class Weights:
    """What was learned. sentence: shape (d + 1,), the last one the intercept. event: shape (n_features + 1,)."""

    embedding_name: str
    sentence: NDArray[np.float32]
    event: NDArray[np.float32]
    least: float
    """Events that are less likely than this are not told."""


class ChangeLikelihood:
    """Weighs the events that the rules read; without weights for its embedder, the rules' own scores decide."""

    def __init__(self, embedder: Embedder) -> None:
        """embedder: the one that the pipeline uses; loads a few kilobytes."""
        weights = load_weights()
        self._embedder = embedder
        self._weights = weights if weights.embedding_name == embedder.name else None

    def likely(self, events: Sequence[Repurposing]) -> tuple[Repurposing, ...]:
        """The events that are likely enough, in the same order, each with its likelihood for a score."""
        if self._weights is None:
            return tuple(event for event in events if event.score >= LEAST_SCORE)
        if not events:
            return ()
        found = list(dict.fromkeys(event.sentence.text for event in events))
        telling = dict(zip(found, tells(self._weights.sentence, self._embedder.embed(found)), strict=True))
        features = np.array([features_of(event, telling[event.sentence.text]) for event in events])
        scores = probabilities(self._weights.event, features)
        return tuple(
            replace(event, score=round(float(score), 3))
            for event, score in zip(events, scores, strict=True)
            if score >= self._weights.least
        )


def tells(weights: NDArray[np.float32], embeddings: Matrix) -> NDArray[np.float32]:
    """How far each sentence, shape (n, d), is on the telling side: the logit, shape (n,)."""
    told: NDArray[np.float32] = embeddings @ weights[:-1] + weights[-1]
    return told


def features_of(event: Repurposing, telling: float) -> list[float]:
    """What the second regression sees of an event. telling: the logit of its sentence."""
    uses = event.from_category, event.to_category
    return [
        telling,
        event.score,
        float(uses[0] is not None),
        float(uses[1] is not None),
        float(None not in uses and uses[0] != uses[1]),
        float(event.from_ is not None),
        float(event.actor is not None),
        float(event.when is not None or event.trigger is not None),
    ]


def probabilities(weights: NDArray[np.float32], features: NDArray[np.float64]) -> NDArray[np.float64]:
    """The logistic of the weighted features, shape (n,), in (0, 1)."""
    logits = features @ weights[:-1] + weights[-1]
    likely: NDArray[np.float64] = 1 / (1 + np.exp(-logits))
    return likely


@cache
def load_weights() -> Weights:
    """The weights beside this module."""
    with np.load(WEIGHTS) as stored:
        return Weights(str(stored["embedding_name"]), stored["sentence"], stored["event"], float(stored["least"]))
