"""Which stories of a snapshot a query finds, and how well: words and meaning, fused."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from nlp.search.bm25f import Floats, Mask, Postings, scorer
from nlp.search.columns import StoredTexts
from nlp.search.fields import FIELDS
from nlp.search.fusion import PHRASE_BONUS, TITLE_BONUS, fuse_rankings
from nlp.search.language import Query
from nlp.search.passages import PassageMatrix
from nlp.search.query import Wanted, is_listing, understand
from nlp.search.snapshot import Snapshot
from nlp.search.suggestions import Lexicon
from nlp.search.whoosh_views import View
from nlp.search.whoosh_words import WordReader
from nlp.types import Audience, Vector

_TITLE = FIELDS.index("title")
_N_SAMPLES = 5


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


class TextReader(Protocol):
    """Whoever gives the texts of a row."""

    def texts(self, number: int) -> StoredTexts | None:
        """What is shown of a row; None if it has just gone."""


def rank(snapshot: Snapshot, reader: WordReader, query: Query, audience: Audience) -> Ranking:
    """The stories of the snapshot that the query finds among those the audience may see."""
    visible = snapshot.visible(audience)
    wanted = understand(query)
    eligible = _eligible(reader, wanted, visible)
    if is_listing(query):
        newest = np.where(eligible, snapshot.published.astype(np.float64), -np.inf)
        return Ranking(newest, {}, None, visible)
    if not (query.clauses or query.required):
        return Ranking(np.full(len(snapshot), -np.inf), {}, None, visible)
    return _ranked(snapshot, reader, wanted, query.embedding, visible, eligible)


class VisibleWords:
    """The words of an index as one audience sees them (nlp.search.suggestions.Vocabulary)."""

    def __init__(self, texts: TextReader, view: View, reader: WordReader, ranking: Ranking) -> None:
        self._texts = texts
        self._view = view
        self._reader = reader
        self._visible = ranking.visible

    def lexicon(self) -> Lexicon:
        """All terms of the index."""
        return self._view.lexicon(self._reader)

    def document_frequency(self, term: str) -> int:
        """How many visible stories have the term."""
        return int(np.count_nonzero(self._holders(term)))

    def sample(self, term: str) -> list[str]:
        """Texts of the first visible stories with the term."""
        numbers = self._view.snapshot.numbers[self._holders(term)][:_N_SAMPLES]
        stored = [self._texts.texts(int(number)) for number in numbers]
        return [" ".join(getattr(texts, field) for field in FIELDS) for texts in stored if texts is not None]

    def _holders(self, term: str) -> Mask:
        holders = np.zeros(len(self._visible), dtype=bool)
        for postings in self._reader.postings(term).values():
            holders[postings.positions] = True
        return holders & self._visible


def _eligible(reader: WordReader, wanted: Wanted, visible: Mask) -> Mask:
    """The visible stories that hold every required pattern and no excluded one."""
    eligible = visible
    for pattern in wanted.required:
        eligible = reader.holding(pattern, among=eligible)
    for pattern in wanted.excluded:
        eligible = eligible & ~reader.holding(pattern, among=eligible)
    return eligible


def _ranked(
    snapshot: Snapshot,
    reader: WordReader,
    wanted: Wanted,
    embedding: Vector | None,
    visible: Mask,
    eligible: Mask,
) -> Ranking:
    postings = {term: reader.postings(term) for term in wanted.terms}
    bm25f = scorer(snapshot.lengths, visible)
    words = np.zeros(len(snapshot))
    idf_by_term = {}
    for term, by_field in postings.items():
        scores, idf_by_term[term] = bm25f.score(by_field)
        words += scores
    words = np.where(eligible & (words > 0), words, -np.inf)
    similarities = snapshot.passages.similarities(embedding)
    meaning = _best_by_story(snapshot, snapshot.passages, similarities)
    repurposings = _best_by_story(snapshot, snapshot.repurposings, snapshot.repurposings.similarities(embedding))
    scores = fuse_rankings(words, meaning, repurposings, eligible)
    found = scores > -np.inf
    scores += _bonus(snapshot, reader, wanted, {t: p.get("title") for t, p in postings.items()}, found)
    return Ranking(np.where(found, scores, -np.inf), idf_by_term, similarities, visible)


def _best_by_story(snapshot: Snapshot, vectors: PassageMatrix, similarities: Vector | None) -> Floats:
    """The best cosine of each story's vectors, -inf for none, shape (n,)."""
    best = np.full(len(snapshot), -np.inf)
    if similarities is not None:
        positions = snapshot.positions_of(vectors.owners)
        lives = positions >= 0
        best[positions[lives]] = vectors.best_by_story(similarities)[lives]
    return best


def _bonus(
    snapshot: Snapshot,
    reader: WordReader,
    wanted: Wanted,
    title_postings: dict[str, Postings | None],
    found: Mask,
) -> Floats:
    """What lifts a story that holds the whole query word for word, or is called like it, shape (n,)."""
    bonus = np.zeros(len(snapshot))
    if wanted.whole is not None:
        bonus[reader.holding(wanted.whole, among=found)] += PHRASE_BONUS
    bonus[_called(snapshot, wanted, title_postings)] += TITLE_BONUS
    return bonus


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
