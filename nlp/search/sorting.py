"""In which order the stories that were found are shown."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nlp.search.fusion import Floats, best_first
from nlp.types import IndexDocument, Sort

_MOST = 99
"""More facts or quotes than this make no further difference."""


def evidence_of(document: IndexDocument) -> int:
    """How much stands behind a story: its confirmed facts, then all of its facts, then its quotes."""
    n_confirmed = sum(event.is_confirmed for event in document.repurposings)
    counts = (n_confirmed, len(document.repurposings), len(document.quotes))
    return sum(min(count, _MOST) * 100**power for power, count in enumerate(reversed(counts)))


def has_confirmed(evidence: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Which stories have a fact that a person confirmed. evidence: of `evidence_of`, shape (n,)."""
    confirmed: NDArray[np.bool_] = evidence >= 100**2
    return confirmed


def in_order(scores: Floats, sort: Sort, *, published: NDArray[np.int32], evidence: NDArray[np.int32]) -> list[int]:
    """Positions of what was found in the order asked for; equals stand by score, then as they came.

    scores: -inf for not found. published: ordinals. evidence: of `evidence_of`. All of shape (n,).
    """
    found = best_first(scores)[: int(np.count_nonzero(scores > -np.inf))]
    if sort != "relevance":
        key = published if sort == "newest" else evidence
        found = found[np.argsort(-key[found].astype(np.int64), kind="stable")]
    return [int(position) for position in found]
