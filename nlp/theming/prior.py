"""What is known of the themes before anybody decides: `prior.npz`, written by `nlp.training.theme_prior`.

It knows the 24 themes of `corpus/codebook.yaml`. A theme that it does not know is read by its cues and its meaning.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from nlp.theming.logistic import Floats, log_odds
from nlp.types import Vector

PRIOR_PATH = Path(__file__).with_name("prior.npz")

EMBEDDING_SCALE = 4.0
"""Unit vectors are stretched by this, so that one precision suits them and the other signals."""


@dataclass(frozen=True)
class Prior:
    """A linear classifier a theme, and how to weigh it against cues and meaning.

    classifiers: shape (themes, d + 1), log odds from a stretched story vector, the intercept last. known, unknown:
    coefficients of `signals` with and without the classifier. rates: how often each theme is given to a story.
    threshold: the least probability that is suggested.
    """

    embedding_name: str
    keys: tuple[str, ...]
    classifiers: Floats
    known: Floats
    unknown: Floats
    rates: Floats
    threshold: float

    def log_odds(self, keys: Sequence[str], cues: Vector, near: Vector, story: Vector, embedding: str) -> Floats:
        """The log odds of each theme, shape (len(keys),), from its cue score, its nearness and the story's vector."""
        plain = signals(cues, near)
        found = self.unknown[-1] + plain @ self.unknown[:-1]
        if embedding != self.embedding_name:
            return np.asarray(found, dtype=np.float64)
        row_by_key = {key: row for row, key in enumerate(self.keys)}
        known = [i for i, key in enumerate(keys) if key in row_by_key]
        rows = [row_by_key[keys[i]] for i in known]
        stretched = np.append(story * EMBEDDING_SCALE, 1.0)
        learned = np.column_stack([self.classifiers[rows] @ stretched, log_odds(self.rates[rows])])
        found[known] = self.known[-1] + np.hstack([plain[known], learned]) @ self.known[:-1]
        return np.asarray(found, dtype=np.float64)


def signals(cues: Vector, near: Vector) -> Floats:
    """Shape (themes, 4): cues; cues as a share of the best theme's; nearness; nearness above the mean theme's."""
    share = cues / max(float(cues.max()), 0.05)
    return np.column_stack([cues, share, near, near - near.mean()]).astype(np.float64)


@cache
def load_prior(path: Path = PRIOR_PATH) -> Prior:
    """The prior that comes with the code."""
    with np.load(path, allow_pickle=False) as stored:
        return Prior(
            embedding_name=str(stored["embedding_name"]),
            keys=tuple(str(key) for key in stored["keys"]),
            classifiers=stored["classifiers"].astype(np.float64),
            known=stored["known"],
            unknown=stored["unknown"],
            rates=stored["rates"],
            threshold=float(stored["threshold"]),
        )


def prior_version(path: Path = PRIOR_PATH) -> str:
    """Twelve hexadecimal digits over the file, printed with every figure that depends on it."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
