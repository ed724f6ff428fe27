"""Measures of a ranking against people's judgements.

A run is, for each query, the ids that were found, best first; qrels are, for each query, the grades of the
ids that were judged. A query that is missing from the run found nothing and scores zero; it is never left
out of a mean.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

Grades = Mapping[str, int]
"""Id → grade, above zero for relevant; ids that were not judged count as not relevant."""

Gain = Literal["linear", "exponential"]
"""What a grade is worth: the grade itself, as trec_eval and BEIR have it, or 2^grade - 1."""


def ndcg_at_k(ranked: Sequence[str], grades: Grades, *, k: int, gain: Gain = "exponential") -> float:
    """Normalised discounted cumulative gain of the first k, in [0, 1]; 0 if nothing is relevant.

    Source: Järvelin and Kekäläinen (2002), "Cumulated gain-based evaluation of IR techniques", TOIS 20(4),
    with the discount log2(rank + 1); the exponential gain is that of Burges et al. (2005).
    """
    best = sorted(grades.values(), reverse=True)
    ideal = _dcg(best[:k], gain)
    return _dcg([grades.get(key, 0) for key in ranked[:k]], gain) / ideal if ideal else 0.0


def reciprocal_rank(ranked: Sequence[str], grades: Grades) -> float:
    """1 / rank of the first relevant id, 0 if there is none."""
    for rank, key in enumerate(ranked, 1):
        if grades.get(key, 0) > 0:
            return 1 / rank
    return 0.0


def recall_at_k(ranked: Sequence[str], grades: Grades, *, k: int) -> float:
    """The part of all relevant ids that is among the first k, in [0, 1]; 0 if nothing is relevant."""
    relevant = {key for key, grade in grades.items() if grade > 0}
    return len(relevant.intersection(ranked[:k])) / len(relevant) if relevant else 0.0


def mean_over_queries(
    measure: Callable[[Sequence[str], Grades], float],
    run: Mapping[str, Sequence[str]],
    qrels: Mapping[str, Grades],
) -> float:
    """The mean of a measure over all judged queries, with zero for those missing from the run; 0 for no queries."""
    return sum(measure(run.get(key, ()), grades) for key, grades in qrels.items()) / len(qrels) if qrels else 0.0


def _dcg(grades: Sequence[int], gain: Gain) -> float:
    gains = grades if gain == "linear" else [2**grade - 1 for grade in grades]
    return sum(max(value, 0) / math.log2(rank + 1) for rank, value in enumerate(gains, 1))
