"""Which stories of a snapshot a query finds, and how well: all that is known of them, fused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from nlp.search.bm25f import Floats, Mask, Postings, Scorer, scorer
from nlp.search.fields import FIELDS
from nlp.search.fusion import Signals, fuse_signals
from nlp.search.knowing import change_asked, change_weight, place_scores, theme_scores
from nlp.search.language import Query
from nlp.search.needs import Wanted, finds, is_listing, narrowed, understand
from nlp.search.passages import PassageMatrix
from nlp.search.snapshot import Positions, Snapshot
from nlp.search.sorting import has_confirmed
from nlp.search.whoosh_conditions import Conditions
from nlp.search.whoosh_views import View
from nlp.search.whoosh_words import WordReader
from nlp.types import Audience, Vector

_TITLE = FIELDS.index("title")
PostingsByTerm = Mapping[str, Mapping[str, Postings]]


@dataclass(frozen=True, slots=True)
class Ranking:
    """What a query finds before its filters.

    scores: shape (n,), -inf for not found. idf_by_term: the query's terms. similarities: of the query to
    every passage of the snapshot, or None. visible: shape (n,).
    """

    scores: Floats
    idf_by_term: dict[str, float]
    similarities: Vector | None
    visible: Mask


def rank(view: View, reader: WordReader, query: Query, audience: Audience) -> Ranking:
    """The stories of the view that the query finds among those the audience may see."""
    snapshot = view.snapshot
    visible = snapshot.visible(narrowed(audience, query))
    wanted = understand(query)
    conditions = Conditions(view, reader)
    eligible = conditions.eligible(wanted, query, visible)
    if is_listing(query):
        newest = np.where(eligible, snapshot.published.astype(np.float64), -np.inf)
        return Ranking(newest, {}, None, visible)
    if not finds(query):
        return Ranking(np.full(len(snapshot), -np.inf), {}, None, visible)
    return _ranked(view, reader, conditions, wanted, query, visible, eligible)


def _ranked(
    view: View,
    reader: WordReader,
    conditions: Conditions,
    wanted: Wanted,
    query: Query,
    visible: Mask,
    eligible: Mask,
) -> Ranking:
    snapshot = view.snapshot
    postings = {term: reader.postings(term) for term in wanted.terms}
    words, idf_by_term = _scores_by_words(snapshot, reader, conditions, wanted, postings, visible)
    similarities = snapshot.passages.similarities(query.embedding)
    n, knowledge = len(snapshot), query.knowledge
    by_repurposing = snapshot.repurposings.similarities(change_asked(query))
    by_told = snapshot.passages.similarities(query.turn_embedding)
    found_by_turn = view.facts().turn_scores(query.turn) if query.turn else np.full(n, -np.inf)
    signals = Signals(
        eligible=eligible,
        words=np.where(eligible & (words > 0), words, -np.inf),
        meaning=_best_by_story(snapshot.passages, snapshot.passage_places, similarities, eligible),
        repurposings=_best_by_story(snapshot.repurposings, snapshot.repurposing_places, by_repurposing, eligible),
        turns=np.where(eligible, found_by_turn, -np.inf),
        told=_best_by_story(snapshot.passages, snapshot.passage_places, by_told, eligible),
        themes=np.where(eligible, theme_scores(knowledge.themes, snapshot.themes, n), -np.inf),
        places=np.where(eligible, place_scores(knowledge, snapshot.facets["place"], n), -np.inf),
        quoted=snapshot.has_quote & knowledge.with_quote,
        confirmed=has_confirmed(snapshot.evidence),
        change_weight=change_weight(query),
        whole=_whole(reader, wanted, eligible),
        called=_called(snapshot, wanted, {t: p.get("title") for t, p in postings.items()}),
    )
    return Ranking(fuse_signals(signals), idf_by_term, similarities, visible)


def _scores_by_words(
    snapshot: Snapshot,
    reader: WordReader,
    conditions: Conditions,
    wanted: Wanted,
    postings: PostingsByTerm,
    visible: Mask,
) -> tuple[Floats, dict[str, float]]:
    """BM25F of each story, shape (n,), and the idf of each term. All words that one * or ~ stands for are one."""
    bm25f: Scorer = scorer(snapshot.lengths, visible)
    words = np.zeros(len(snapshot))
    idf_by_term: dict[str, float] = {}
    for term, by_field in postings.items():
        scores, idf_by_term[term] = bm25f.score([by_field])
        words += scores
    for need in wanted.expansions:
        terms = conditions.expanded(need)
        scores, idf = bm25f.score([reader.postings(term) for term in terms])
        words += scores
        idf_by_term.update((term, idf) for term in terms if term not in idf_by_term)
    return words, idf_by_term


def _best_by_story(
    vectors: PassageMatrix, positions: Positions, similarities: Vector | None, eligible: Mask
) -> Floats:
    """The best cosine of each eligible story's vectors, -inf for none, shape (n,).

    positions: where the story of each of the vectors' owners stands.
    """
    best = np.full(len(eligible), -np.inf)
    if similarities is not None:
        lives = positions >= 0
        best[positions[lives]] = vectors.best_by_story(similarities)[lives]
    return np.where(eligible, best, -np.inf)


def _whole(reader: WordReader, wanted: Wanted, among: Mask) -> Mask:
    """Which stories hold the whole query word for word, shape (n,)."""
    if wanted.whole is None:
        return np.zeros(len(among), dtype=bool)
    return reader.holding(wanted.whole, among=among)


def _called(snapshot: Snapshot, wanted: Wanted, title_postings: dict[str, Postings | None]) -> Mask:
    """Which stories have a title of exactly the query's terms."""
    called: Mask = snapshot.lengths[:, _TITLE] == len(wanted.title)
    for term, n_wanted in Counter(wanted.title).items():
        has_term = np.zeros(len(snapshot), dtype=bool)
        postings = title_postings.get(term)
        if postings is not None:
            has_term[postings.positions[postings.frequencies == n_wanted]] = True
        called &= has_term
    return called if wanted.title else np.zeros(len(snapshot), dtype=bool)
