"""How well each story in memory answers a query, from the formulas as they stand in the papers."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from nlp.search.fact_table import FactTable
from nlp.search.facts import facts_of
from nlp.search.fields import FIELD_WEIGHTS, FIELDS, K1, B
from nlp.search.fusion import Floats, Signals, fuse_signals
from nlp.search.knowing import change_asked, change_weight, place_scores, theme_scores
from nlp.search.language import Query
from nlp.search.memory_conditions import holds, is_eligible, stands_for
from nlp.search.memory_stories import MemoryStory, facet_columns
from nlp.search.needs import Need, Wanted, finds, is_listing
from nlp.search.sorting import evidence_of, has_confirmed, in_order
from nlp.types import Matrix, Sort, Vector

Means = Callable[[str], bool]
"""Whether a term is what is asked for: one term itself, or any that a * or ~ stands for."""


def asked_terms(wanted: Wanted) -> list[Means]:
    """What is scored of a query: each of its terms, and each of its prefixes and fuzzy words as one."""
    exact: list[Means] = [term.__eq__ for term in wanted.terms]
    return exact + [_means(need) for need in wanted.expansions]


def weights(stories: Sequence[MemoryStory], wanted: Wanted) -> dict[str, float]:
    """The idf of each term that the query has or stands for."""
    found = {term for story in stories for field in FIELDS for term in story.positions[field]}
    by_term: dict[str, float] = {term: idf(term.__eq__, stories) for term in wanted.terms}
    for need in wanted.expansions:
        terms = [term for term in sorted(found) if stands_for(need, term)]
        shared = idf(_means(need), stories)
        by_term.update((term, shared) for term in terms if term not in by_term)
    return by_term


def idf(means: Means, stories: Sequence[MemoryStory]) -> float:
    """Robertson and Spärck Jones's weight, in the form never negative: ln(1 + (N - df + ½) / (df + ½))."""
    df = sum(any(_frequency(story, field, means) for field, w in FIELD_WEIGHTS.items() if w) for story in stories)
    return math.log(1 + (len(stories) - df + 0.5) / (df + 0.5))


def ranked(stories: Sequence[MemoryStory], query: Query, wanted: Wanted) -> Floats:
    """The score of each story for the query before its filters, -inf for not found."""
    n = len(stories)
    eligible = np.array([is_eligible(story, wanted, query) for story in stories], dtype=bool)
    if is_listing(query):
        newest = [story.document.published.toordinal() if story.document.published else 0 for story in stories]
        return np.where(eligible, np.array(newest, dtype=np.float64), -np.inf)
    if not stories or not finds(query):
        return np.full(n, -np.inf)
    facts = [facts_of(story.document) for story in stories]
    by_turn = FactTable(facts).turn_scores(query.turn) if query.turn else np.full(n, -np.inf)
    themes = {key: np.array([story.document.theme_scores.get(key, 0.0) for story in stories], dtype=np.float32)
              for key in query.knowledge.themes}  # fmt: skip
    has_quote = np.array([bool(story.document.quotes) for story in stories], dtype=bool)
    evidence = np.array([evidence_of(story.document) for story in stories], dtype=np.int32)
    whole = [wanted.whole is not None and holds(story, wanted.whole) for story in stories]

    def among(scores: Floats) -> Floats:
        return np.where(eligible, scores, -np.inf)

    return fuse_signals(
        Signals(
            eligible=eligible,
            words=among(_bm25f(stories, asked_terms(wanted))),
            meaning=among(_similarities([story.vectors for story in stories], query.embedding)),
            repurposings=among(_similarities([story.repurposings for story in stories], change_asked(query))),
            turns=among(by_turn),
            told=among(_similarities([story.vectors for story in stories], query.turn_embedding)),
            themes=among(theme_scores(query.knowledge.themes, themes, n)),
            places=among(place_scores(query.knowledge, facet_columns(stories)["place"], n)),
            quoted=has_quote & query.knowledge.with_quote,
            confirmed=has_confirmed(evidence),
            change_weight=change_weight(query),
            whole=np.array(whole, dtype=bool) & eligible,
            called=np.array([_is_called(story, wanted) for story in stories], dtype=bool),
        )
    )


def ordered(stories: Sequence[MemoryStory], scores: Floats, sort: Sort) -> list[int]:
    """Positions of what was found, in the order asked for."""
    days = [story.document.published for story in stories]
    published = np.array([day.toordinal() if day else 0 for day in days], dtype=np.int32)
    evidence = np.array([evidence_of(story.document) for story in stories], dtype=np.int32)
    return in_order(scores, sort, published=published, evidence=evidence)


def _means(need: Need) -> Means:
    return lambda term: stands_for(need, term)


def _frequency(story: MemoryStory, field: str, means: Means) -> int:
    return sum(len(places) for term, places in story.positions[field].items() if means(term))


def _bm25f(stories: Sequence[MemoryStory], asked: Sequence[Means]) -> Floats:
    """BM25F of each story, -inf where no term stands in it.

    Source: Robertson, Zaragoza and Taylor (2004), "Simple BM25 extension to multiple weighted fields", CIKM,
    with the length normalised per field: tf = Σ_f w_f · tf_f / (1 - b + b · len_f / mean len_f),
    score = Σ_t idf_t · tf · (k1 + 1) / (k1 + tf).
    """
    means = {field: sum(story.lengths[field] for story in stories) / len(stories) or 1.0 for field in FIELDS}
    scores = np.zeros(len(stories))
    for is_it in asked:
        weight_of_term = idf(is_it, stories)
        for position, story in enumerate(stories):
            tf = 0.0
            for field, weight in FIELD_WEIGHTS.items():
                n_here = _frequency(story, field, is_it)
                tf += weight * n_here / (1 - B + B * story.lengths[field] / means[field])
            scores[position] += weight_of_term * tf * (K1 + 1) / (K1 + tf)
    return np.where(scores > 0, scores, -np.inf)


def _similarities(vectors_by_story: Sequence[Matrix | None], embedding: Vector | None) -> Floats:
    """The best cosine among each story's vectors, -inf for none."""
    best = np.full(len(vectors_by_story), -np.inf)
    for position, vectors in enumerate(vectors_by_story):
        if embedding is not None and vectors is not None and vectors.shape[1] == len(embedding):
            best[position] = np.round(np.max(vectors @ embedding), 5)
    return best


def _is_called(story: MemoryStory, wanted: Wanted) -> bool:
    title = Counter({term: len(places) for term, places in story.positions["title"].items()})
    return bool(wanted.title) and title == Counter(wanted.title)
