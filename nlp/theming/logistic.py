"""Logistic regression with a Gaussian prior, in numpy alone: small, exact and the same on every run."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

STEPS = 30
_CONVERGED = 1e-8


def fit_logistic(features: Floats, labels: Floats, *, precision: Floats, offset: Floats, weights: Floats) -> Floats:
    """The coefficients with the highest posterior probability, shape (k,), by Newton's method.

    features: shape (n, k); put a column of ones for the intercept. labels: shape (n,), 0 or 1. precision: shape
    (k,), that of each coefficient's prior, a Gaussian around zero. offset: shape (n,), added to each row's log
    odds. weights: shape (n,), how much each row counts.
    Source: Bishop, "Pattern Recognition and Machine Learning" (2006), 4.3.3 and 4.5.
    """
    n_rows, n_columns = features.shape
    if n_rows < n_columns:
        # The answer lies in the space of the rows, which is smaller; there its prior is a standard Gaussian.
        spread = 1 / np.sqrt(precision)
        basis, triangle = np.linalg.qr((features * spread).T)
        within = fit_logistic(triangle.T, labels, precision=np.ones(n_rows), offset=offset, weights=weights)
        return np.asarray((basis @ within) * spread)
    coefficients = np.zeros(n_columns)
    for _ in range(STEPS):
        odds = offset + features @ coefficients
        chance = probability(odds)
        gradient = features.T @ (weights * (chance - labels)) + precision * coefficients
        curvature = weights * chance * (1 - chance)
        hessian = (features * curvature[:, None]).T @ features + np.diag(precision)
        step = np.linalg.solve(hessian, gradient)
        # A full Newton step can overshoot when the classes are far apart.
        coefficients = coefficients - step * min(1.0, 4.0 / max(float(np.abs(features @ step).max()), 1e-12))
        if float(np.abs(step).max()) < _CONVERGED:
            break
    return coefficients


def probability(log_odds: Floats) -> Floats:
    """1 / (1 + exp(-x)), without overflow."""
    return np.asarray(1 / (1 + np.exp(-np.clip(log_odds, -30, 30))), dtype=np.float64)


def log_odds(chance: Floats) -> Floats:
    """The inverse of `probability`, for chances in (0, 1)."""
    return np.asarray(np.log(chance / (1 - chance)), dtype=np.float64)
