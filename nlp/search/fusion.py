"""One ranking from several: reciprocal rank fusion, and what lifts an exact match above it.

Source: Cormack, Clarke and Büttcher (2009), "Reciprocal rank fusion outperforms Condorcet and individual rank
learning methods", SIGIR: RRFscore(d) = Σ over rankings r of 1 / (k + r(d)), k = 60, ranks from 1.
Ranks, not scores, are added, so that BM25 and cosines need no common scale.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nlp.search.fields import MEANING_FLOOR, MEANING_LIMIT, RANK_CONSTANT

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

PHRASE_BONUS = 1 / (RANK_CONSTANT + 1)
"""For a story that holds the whole query word for word: as if one more ranking put it first. A story found by
meaning alone stands in one ranking only, hence has at most this much, and stays below."""

TITLE_BONUS = 3 / (RANK_CONSTANT + 1)
"""For a story whose title is the query: no story can have more from both rankings and the phrase together."""

_DECIMALS = 9


def best_first(scores: Floats) -> NDArray[np.intp]:
    """Positions by falling score; equal scores (to nine decimals) keep their order."""
    return np.argsort(-np.round(scores, _DECIMALS), kind="stable")


def reciprocal_ranks(scores: Floats) -> Floats:
    """1 / (k + rank) for each position, 0 where the score is -inf (not in this ranking)."""
    ranked = best_first(scores)[: int(np.count_nonzero(scores > -np.inf))]
    reciprocal = np.zeros(len(scores))
    reciprocal[ranked] = 1.0 / (RANK_CONSTANT + np.arange(1, len(ranked) + 1))
    return reciprocal


def fuse(rankings: Sequence[Floats]) -> Floats:
    """The fused score of each position; a ranking gives each position a score, -inf for not found by it."""
    fused = np.zeros(len(rankings[0]))
    for scores in rankings:
        fused += reciprocal_ranks(scores)
    return fused


def fuse_rankings(words: Floats, meaning: Floats, repurposings: Floats, eligible: Mask) -> Floats:
    """The fused score of each story that words, meaning or a repurposing finds, -inf for the others, shape
    (n,).

    words: BM25F, -inf where no word stands. meaning, repurposings: the best cosine of the query to a story's
    passages, and to what it says turned into what. The third ranking holds only what is above the floor: that
    stories tell of a change is no merit where the query asks for something else.
    """
    by_repurposing = found_by_meaning(repurposings, eligible)
    found = (words > -np.inf) | found_by_meaning(meaning, eligible) | by_repurposing
    rankings = [words, np.where(found, meaning, -np.inf), np.where(by_repurposing, repurposings, -np.inf)]
    return np.where(found, fuse(rankings), -np.inf)


def found_by_meaning(similarities: Floats, eligible: Mask) -> Mask:
    """Which positions meaning finds: the MEANING_LIMIT most similar of the eligible, none below
    MEANING_FLOOR.

    similarities: shape (n,), the best cosine of each story's passages, -inf for none.
    """
    close = np.where(eligible & (similarities >= MEANING_FLOOR), similarities, -np.inf)
    n_found = min(MEANING_LIMIT, int(np.count_nonzero(close > -np.inf)))
    found = np.zeros(len(close), dtype=bool)
    found[best_first(close)[:n_found]] = True
    return found
