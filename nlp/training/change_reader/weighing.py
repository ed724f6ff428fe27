"""How likely a reading is right, learned from readings by networks that had not seen the text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nlp.change_reader.reading import as_repurposing
from nlp.change_reader.readings import Reading
from nlp.evaluation.events import as_judged
from nlp.evaluation.gold import Judged
from nlp.evaluation.matching import match_events
from nlp.training.change_reader.gold import Example

PENALTY = 1.0
Floats = NDArray[np.float64]


def are_right(example: Example, found: Sequence[Reading]) -> list[bool]:
    """Whether each reading is one of the judged changes, as the guidelines match them."""
    events = as_judged([as_repurposing(example.text, example.sentences, reading, 1.0) for reading in found])
    pairs = match_events(events, judged_of(example).events)
    right = {index for index, _ in pairs}
    return [index in right for index in range(len(found))]


def fit_weights(features: Floats, labels: NDArray[np.bool_]) -> tuple[Floats, Floats, Floats]:
    """Mean and spread of each feature, and the weights of a logistic regression on them, the intercept last.

    features: shape (n, d). labels: shape (n,). Newton's method, with an L2 penalty but for the intercept.
    """
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-6
    x = np.hstack([(features - mean) / spread, np.ones((len(features), 1))])
    ridge = np.diag([PENALTY] * features.shape[1] + [1e-6])
    weights = np.zeros(x.shape[1])
    for _ in range(25):
        likely = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (likely - labels) + ridge @ weights
        hessian = (x * (likely * (1 - likely))[:, None]).T @ x + ridge
        weights = weights - np.linalg.solve(hessian, gradient)
    return mean, spread, weights


def in_one(mean: Floats, spread: Floats, weights: Floats) -> Floats:
    """The same regression on features as they come, shape (d + 1,), the intercept last."""
    slopes = weights[:-1] / spread
    return np.append(slopes, weights[-1] - slopes @ mean)


def judged_of(example: Example) -> Judged:
    """The judgement of an example that was not made for learning alone."""
    if example.judged is None:
        raise ValueError(f"{example.key} was made and not judged, so that nothing can be measured on it.")
    return example.judged
