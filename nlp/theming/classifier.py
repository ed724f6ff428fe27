"""What people's decisions teach: for each theme a correction of what the codebook and the prior say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nlp.theming.logistic import Floats, fit_logistic
from nlp.types import Matrix

LEAST_DECISIONS = 4
"""Fewer say too little: the theme is read as if nobody had decided."""
GROWTH = 1.25
"""A theme is learned again once it has so many times the decisions that it was learned from."""
UNSAID_WEIGHT = 0.9
"""A theme that people left out of a story's list counts as rejected by this much: nearly as if they had said so."""

EMBEDDING_SCALE = 4.0
"""Unit vectors are stretched by this, so that one precision suits them and the other signals."""
_PRECISION_EMBEDDING = 3.0
_PRECISION_SLOPE = 16.0
_PRECISION_SHIFT = 0.5


@dataclass(frozen=True, slots=True)
class Decision:
    """What people said of one theme in one story. weight: 1 if they said it, UNSAID_WEIGHT if they left it out."""

    story: int
    """The row of the story's vector and log odds."""
    is_about: bool
    weight: float = 1.0


@dataclass(frozen=True)
class LearnedTheme:
    """The correction of one theme's log odds. coefficients: shape (d + 2,): the story's vector, the odds, a shift."""

    key: str
    n_decisions: int
    coefficients: Floats


def is_due(n_decisions: int, n_learned: int) -> bool:
    """Have enough decisions come in since the theme was last learned from `n_learned` of them?

    Also true if decisions were taken back, so that nothing is kept of what nobody says any more.
    """
    if n_decisions < LEAST_DECISIONS:
        return n_learned > 0
    return n_decisions >= n_learned * GROWTH or n_decisions < n_learned


def learn(key: str, decisions: Sequence[Decision], stories: Matrix, odds: Floats) -> LearnedTheme:
    """Fit one theme's correction to decisions.

    stories: shape (n, d), the stories' vectors. odds: shape (n,), the theme's log odds before learning. The fewer
    the decisions, the nearer the correction stays to none.
    """
    rows = [decision.story for decision in decisions]
    features = _features(stories[rows], odds[rows])
    precision = np.full(features.shape[1], _PRECISION_EMBEDDING)
    precision[-2:] = _PRECISION_SLOPE, _PRECISION_SHIFT
    coefficients = fit_logistic(
        features,
        np.array([float(decision.is_about) for decision in decisions]),
        precision=precision,
        offset=odds[rows],
        weights=np.array([decision.weight for decision in decisions]),
    )
    n_said = sum(decision.weight == 1.0 for decision in decisions)
    return LearnedTheme(key, n_said, coefficients)


def corrected(learned: LearnedTheme, stories: Matrix, odds: Floats) -> Floats:
    """The log odds after learning, shape (n,)."""
    return np.asarray(odds + _features(stories, odds) @ learned.coefficients, dtype=np.float64)


def _features(stories: Matrix, odds: Floats) -> Floats:
    return np.hstack([stories * EMBEDDING_SCALE, odds[:, None], np.ones((len(odds), 1))]).astype(np.float64)
