"""How well each story in memory answers a query, from the formulas as they stand in the papers."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np

from nlp.search.analyzer import Pattern
from nlp.search.fields import FIELD_WEIGHTS, FIELDS, K1, B
from nlp.search.fusion import PHRASE_BONUS, TITLE_BONUS, Floats, fuse_rankings
from nlp.search.language import Query
from nlp.search.memory_stories import MemoryStory, has_term
from nlp.search.query import Wanted, is_listing
from nlp.search.sorting import evidence_of, in_order
from nlp.types import (
    Matrix,
    Sort,
    Vector,
)


def idf(term: str, stories: Sequence[MemoryStory]) -> float:
    """Robertson and Spärck Jones's weight, in the form never negative: ln(1 + (N - df + ½) / (df + ½))."""
    df = sum(has_term(story, term) for story in stories)
    return math.log(1 + (len(stories) - df + 0.5) / (df + 0.5))


def _bm25f(stories: Sequence[MemoryStory], idf_by_term: dict[str, float]) -> Floats:
    """BM25F of each story, -inf where no term stands in it.

    Source: Robertson, Zaragoza and Taylor (2004), "Simple BM25 extension to multiple weighted fields", CIKM,
    with the length normalised per field: tf = Σ_f w_f · tf_f / (1 - b + b · len_f / mean len_f),
    score = Σ_t idf_t · tf · (k1 + 1) / (k1 + tf).
    """
    means = {field: sum(story.lengths[field] for story in stories) / len(stories) or 1.0 for field in FIELDS}
    scores = np.full(len(stories), -np.inf)
    for position, story in enumerate(stories):
        score = 0.0
        for term, idf in idf_by_term.items():
            tf = 0.0
            for field, weight in FIELD_WEIGHTS.items():
                n_here = len(story.positions[field].get(term, ()))
                tf += weight * n_here / (1 - B + B * story.lengths[field] / means[field])
            score += idf * tf * (K1 + 1) / (K1 + tf)
        if score > 0:
            scores[position] = score
    return scores


def _similarities(vectors_by_story: Sequence[Matrix | None], embedding: Vector | None) -> Floats:
    """The best cosine among each story's vectors, -inf for none."""
    best = np.full(len(vectors_by_story), -np.inf)
    for position, vectors in enumerate(vectors_by_story):
        if embedding is not None and vectors is not None and vectors.shape[1] == len(embedding):
            best[position] = np.round(np.max(vectors @ embedding), 5)
    return best


def ranked(
    stories: Sequence[MemoryStory],
    query: Query,
    wanted: Wanted,
    idf_by_term: dict[str, float],
) -> Floats:
    """The score of each story for the query before its filters, -inf for not found."""
    eligible = np.array([_is_eligible(story, wanted) for story in stories], dtype=bool)
    if is_listing(query):
        newest = [story.document.published.toordinal() if story.document.published else 0 for story in stories]
        return np.where(eligible, np.array(newest, dtype=np.float64), -np.inf)
    if not stories or not (query.clauses or query.required):
        return np.full(len(stories), -np.inf)
    words = np.where(eligible, _bm25f(stories, idf_by_term), -np.inf)
    meaning = _similarities([story.vectors for story in stories], query.embedding)
    repurposings = _similarities([story.repurposings for story in stories], query.embedding)
    bonus = np.array([_bonus(story, wanted) for story in stories])
    fused = fuse_rankings(words, meaning, repurposings, eligible)
    return np.asarray(fused + bonus)


def _is_eligible(story: MemoryStory, wanted: Wanted) -> bool:
    holds_all = all(_holds(story, pattern) for pattern in wanted.required)
    return holds_all and not any(_holds(story, pattern) for pattern in wanted.excluded)


def _holds(story: MemoryStory, pattern: Pattern) -> bool:
    return any(_field_holds(story.positions[field], pattern) for field in FIELDS)


def _field_holds(positions: dict[str, list[int]], pattern: Pattern) -> bool:
    places = [set(positions.get(term, ())) for term, _ in pattern.places]
    offsets = [offset for _, offset in pattern.places]
    return any(
        all(start + offset in here for offset, here in zip(offsets, places, strict=True)) for start in places[0]
    )


def ordered(stories: Sequence[MemoryStory], scores: Floats, sort: Sort) -> list[int]:
    days = [story.document.published for story in stories]
    published = np.array([day.toordinal() if day else 0 for day in days], dtype=np.int32)
    evidence = np.array([evidence_of(story.document) for story in stories], dtype=np.int32)
    return in_order(scores, sort, published=published, evidence=evidence)


def _bonus(story: MemoryStory, wanted: Wanted) -> float:
    bonus = PHRASE_BONUS if wanted.whole is not None and _holds(story, wanted.whole) else 0.0
    title = Counter({term: len(places) for term, places in story.positions["title"].items()})
    if wanted.title and title == Counter(wanted.title):
        bonus += TITLE_BONUS
    return bonus
