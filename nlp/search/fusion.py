"""One ranking from several: scores of words and of meaning added in equal parts, and what lifts a story above it.

Source: Bruch, Gai and Ingber (2023), "An analysis of fusion functions for hybrid retrieval", TOIS 42(1): a convex
combination of scores scaled to [0, 1] finds more than their ranks do. Measured here, nDCG@10 beside reciprocal rank
fusion (Cormack, Clarke and Büttcher 2009): 250 of SciFact's training queries 0.725 for 0.698, 40 queries written for
development 0.768 for 0.702.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.search.fields import MEANING_FLOOR, MEANING_LIMIT

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

WORDS_SHARE = 0.5
"""How much of a score the words give; the rest is meaning."""

CHANGE_SHARE = 0.5
"""What the cosine to what a story says turned into what adds, at most, before the query's own weight for changes."""

THEME_SHARE = 0.5
"""What being about the query's theme adds: as much as its words, where reading is sure of both."""

PHRASE_BONUS = 1.0
"""For a story that holds the whole query word for word: as much as all words and all meaning together, so that
one found by meaning alone stays below."""

TITLE_BONUS = 3.0
"""For a story whose title is the query: more than anything else can add, the arrow and the place aside."""

TURN_BONUS = 3.0
"""For a story with a repurposing that answers the whole arrow, so that it comes first; for one side, half of it."""

THEME_FLOOR = 0.5
"""From here on a story is surely about what the query is surely about, and is found whatever its words."""

TOLD_SHARE, TOLD_FLOOR, TOLD_RANGE = 0.5, 0.2, 0.4
"""What a passage near to the arrow, said in a sentence, adds at most, from which cosine on, and over how much of it:
reading finds two changes in three, and the others are told all the same."""

PLACE_BONUS = 2.0
"""For a story of the place that the query names: where it is what was asked, nothing from elsewhere precedes it."""

QUOTE_BONUS = 0.05
"""For a story with a quote where one is wanted: it decides between stories alike."""

CONFIRMED_BONUS = 0.02
"""For a story with a change that a person confirmed: it comes before one alike that only a machine has read."""

_DECIMALS = 9


@dataclass(frozen=True, slots=True)
class Signals:
    """What is known of how n stories answer a query; arrays of shape (n,), -inf for what does not answer at all.

    eligible: those that may be found. words: BM25F. meaning: the best cosine of the query to a story's passages.
    repurposings: that of the query, or of its arrow said in a sentence, to what a story says turned into what.
    turns: see nlp.search.fact_table. told: the best cosine of the arrow, said in a sentence, to a story's passages.
    themes: how far the story is about what the query is about. places: in [0, 1], whether it is from where the query
    says. quoted: has a quote, and one is wanted. confirmed: a person confirmed what it says turned into what. whole:
    holds the whole query word for word. called: is called like it. change_weight: see nlp.search.knowing.
    """

    eligible: Mask
    words: Floats
    meaning: Floats
    repurposings: Floats
    turns: Floats
    told: Floats
    themes: Floats
    places: Floats
    quoted: Mask
    confirmed: Mask
    whole: Mask
    called: Mask
    change_weight: float = 1.0


def best_first(scores: Floats) -> NDArray[np.intp]:
    """Positions by falling score; equal scores (to nine decimals) keep their order."""
    return np.argsort(-np.round(scores, _DECIMALS), kind="stable")


def fuse_signals(signals: Signals) -> Floats:
    """The score of each story that words, meaning, a theme, a change or the arrow finds, -inf for the others, shape
    (n,).

    The ranking by meaning holds all that anything found. Those by repurposings, themes and places hold only what
    they speak for: that a story tells of a change is no merit where the query asks for something else.
    """
    by_repurposing = found_by_meaning(signals.repurposings, signals.eligible)
    found = (signals.words > -np.inf) | found_by_meaning(signals.meaning, signals.eligible) | by_repurposing
    for extra in (signals.turns, signals.places, np.where(signals.themes >= THEME_FLOOR, 0.0, -np.inf)):
        found = found | (signals.eligible & (extra > -np.inf))
    words = np.maximum(signals.words, 0.0)
    words = words / max(float(words.max(initial=0.0)), 1e-9)
    meaning = _scaled(np.where(found, signals.meaning, -np.inf))
    scores = WORDS_SHARE * words + (1 - WORDS_SHARE) * meaning
    # From the floor to the best, as words and meaning are: a raw cosine hardly tells one change from another.
    changes = np.where(by_repurposing, signals.repurposings - MEANING_FLOOR, 0.0)
    scores += CHANGE_SHARE * signals.change_weight * changes / max(float(changes.max(initial=0.0)), 1e-9)
    scores += THEME_SHARE * np.maximum(signals.themes, 0.0)
    scores += PHRASE_BONUS * signals.whole + TITLE_BONUS * signals.called
    scores += TURN_BONUS * np.maximum(signals.turns, 0.0)
    scores += TOLD_SHARE * np.clip((signals.told - TOLD_FLOOR) / TOLD_RANGE, 0.0, 1.0)
    scores += PLACE_BONUS * np.maximum(signals.places, 0.0)
    scores += QUOTE_BONUS * signals.quoted + CONFIRMED_BONUS * signals.confirmed
    return np.where(found, scores, -np.inf)


def _scaled(scores: Floats) -> Floats:
    """Scores from the worst found to the best as 0 to 1, 0 for what is not found; all 1 if all are alike."""
    is_found = scores > -np.inf
    if not is_found.any():
        return np.zeros(len(scores))
    lowest, highest = scores[is_found].min(), scores[is_found].max()
    if highest == lowest:
        return is_found.astype(np.float64)
    return np.where(is_found, (scores - lowest) / (highest - lowest), 0.0)


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
