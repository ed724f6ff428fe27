"""One ranking from several: reciprocal rank fusion, and what lifts an exact match above it.

Source: Cormack, Clarke and Büttcher (2009), "Reciprocal rank fusion outperforms Condorcet and individual rank
learning methods", SIGIR: RRFscore(d) = Σ over rankings r of 1 / (k + r(d)), k = 60, ranks from 1.
Ranks, not scores, are added, so that BM25 and cosines need no common scale.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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

TURN_BONUS = 4 / (RANK_CONSTANT + 1)
"""For a story with a repurposing that answers the whole arrow: more than all rankings together, so that it comes
first; one that answers one side gets half of it."""

PLACE_BONUS = 4 / (RANK_CONSTANT + 1)
"""For a story of the place that the query names: where it is what was asked, nothing from elsewhere precedes it."""

QUOTE_BONUS = 0.5 / (RANK_CONSTANT + 1)
"""For a story with a quote where one is wanted: it decides between stories alike."""

_DECIMALS = 9


@dataclass(frozen=True, slots=True)
class Signals:
    """What is known of how n stories answer a query; arrays of shape (n,), -inf for what does not answer at all.

    eligible: those that may be found. words: BM25F. meaning, repurposings: the best cosine of the query to a
    story's passages, and to what it says turned into what. turns: see nlp.search.facts. themes: how far the story
    is about what the query is about. places: in [0, 1], whether it is from where the query says. quoted: has a
    quote, and one is wanted. whole: holds the whole query word for word. called: is called like it.
    """

    eligible: Mask
    words: Floats
    meaning: Floats
    repurposings: Floats
    turns: Floats
    themes: Floats
    places: Floats
    quoted: Mask
    whole: Mask
    called: Mask


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


def fuse_signals(signals: Signals) -> Floats:
    """The score of each story that words, meaning, a repurposing or the arrow finds, -inf for the others, shape
    (n,).

    The ranking by meaning holds all that anything found. Those by repurposings, themes and places hold only what
    they speak for: that a story tells of a change is no merit where the query asks for something else.
    """
    by_repurposing = found_by_meaning(signals.repurposings, signals.eligible)
    found = (signals.words > -np.inf) | found_by_meaning(signals.meaning, signals.eligible) | by_repurposing
    for extra in (signals.turns, signals.places):
        found = found | (signals.eligible & (extra > -np.inf))
    rankings = [signals.words, np.where(found, signals.meaning, -np.inf)]
    rankings += [
        np.where(found, by_knowledge, -np.inf)
        for by_knowledge in (
            np.where(by_repurposing, signals.repurposings, -np.inf),
            signals.themes,
        )
    ]
    scores = fuse(rankings)
    scores += PHRASE_BONUS * signals.whole + TITLE_BONUS * signals.called
    scores += TURN_BONUS * np.maximum(signals.turns, 0.0)
    scores += PLACE_BONUS * np.maximum(signals.places, 0.0)
    scores += QUOTE_BONUS * signals.quoted
    return np.where(found, scores, -np.inf)


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
