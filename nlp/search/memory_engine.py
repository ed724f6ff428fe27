"""Search in memory, exact and plain: what the other engine is compared with, and what tests use.

Every score is worked out story by story from the formulas as they stand in the papers, with nothing kept
between requests but the stories' terms. It is right for hundreds of stories.
"""

from __future__ import annotations

import math
import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from nlp.search.analyzer import Pattern, tokens
from nlp.search.facets import FacetColumn, count_facets, facet_column, filter_masks
from nlp.search.fields import FIELD_WEIGHTS, FIELDS, K1, MEANING_FLOOR, B, field_texts
from nlp.search.fusion import PHRASE_BONUS, TITLE_BONUS, Floats, best_first, fuse_rankings
from nlp.search.meaning import closeness
from nlp.search.query import Wanted, is_listing, understand
from nlp.search.snippets import paragraphs, plain_snippet, snippets_by_words
from nlp.search.suggestions import Lexicon, lexicon_of, suggest
from nlp.types import (
    FACETS,
    Audience,
    Hit,
    IndexDocument,
    IndexPassage,
    IndexRepurposing,
    Matrix,
    Query,
    SearchPage,
    Snippet,
    Vector,
)


@dataclass(frozen=True, slots=True)
class _Story:
    """A document with its terms. positions: field → term → the numbers of the words where it stands.

    vectors, repurposings: the embeddings of its passages, and of what it says turned into what.
    """

    document: IndexDocument
    positions: dict[str, dict[str, list[int]]]
    lengths: dict[str, int]
    vectors: Matrix | None
    repurposings: Matrix | None


class MemoryEngine:
    """The search engine of `memory://`. Threads may share it; another process sees nothing of it."""

    def __init__(self) -> None:
        self._story_by_id: dict[str, _Story] = {}
        self._writing = threading.Lock()

    def upsert(self, documents: Iterable[IndexDocument]) -> None:
        """Add or replace stories. Raises ValueError if embeddings are not as wide as those already held."""
        with self._writing:
            self._story_by_id = _with_documents(self._story_by_id, documents)

    def delete(self, story_ids: Iterable[str]) -> None:
        """Forget stories."""
        gone = set(story_ids)
        with self._writing:
            self._story_by_id = {key: story for key, story in self._story_by_id.items() if key not in gone}

    def rebuild(self, documents: Iterable[IndexDocument]) -> None:
        """Replace everything by `documents`."""
        with self._writing:
            self._story_by_id = _with_documents({}, documents)

    def versions(self) -> dict[str, int]:
        """Story id → revision."""
        return {key: story.document.revision for key, story in self._story_by_id.items()}

    def close(self) -> None:
        """Forget everything."""
        self._story_by_id = {}

    def search(self, query: Query, *, audience: Audience, limit: int, offset: int = 0) -> SearchPage:
        """The page of stories from `offset` that the query finds among those the audience may see."""
        stories = self._visible(audience)
        wanted = understand(query)
        weight_by_term = {term: _idf(term, stories) for term in wanted.terms}
        scores = _scores(stories, query, wanted, weight_by_term)
        found = scores > -np.inf
        columns = _facet_columns(stories)
        chosen = filter_masks(columns, query.filters, len(stories))
        for mask in chosen.values():
            scores = np.where(mask, scores, -np.inf)
        total = int(np.count_nonzero(scores > -np.inf))
        hits = tuple(
            _hit(stories[position], float(scores[position]), weight_by_term, query.embedding)
            for position in best_first(scores)[:total][offset : offset + limit]
        )
        suggestion = suggest(query, _VisibleWords(stories))
        return SearchPage(hits, total, count_facets(columns, found, chosen), suggestion)

    def similar(self, story_id: str, *, audience: Audience, limit: int) -> list[Hit]:
        """Stories with passages close to this one's (see nlp.search.meaning.closeness), closest first."""
        visible = {story.document.story_id: story for story in self._visible(audience)}
        source = visible.pop(story_id, None)
        if source is None or source.vectors is None:
            return []
        others = [story for story in visible.values() if story.vectors is not None]
        cosines = [source.vectors @ story.vectors.T for story in others if story.vectors is not None]
        best = [np.round(cosine, 5).max(axis=1) for cosine in cosines]
        scores = closeness(np.stack(best, axis=1)) if best else np.zeros(0)
        near = [position for position in best_first(scores) if scores[position] >= MEANING_FLOOR][:limit]
        return [_similar_hit(others[p], float(scores[p]), int(cosines[p].max(axis=0).argmax())) for p in near]

    def _visible(self, audience: Audience) -> list[_Story]:
        stories = self._story_by_id
        return [stories[key] for key in sorted(stories) if _is_visible(stories[key].document, audience)]


class _VisibleWords:
    def __init__(self, stories: Sequence[_Story]) -> None:
        self._stories = stories

    def lexicon(self) -> Lexicon:
        found = {term for story in self._stories for field in FIELDS for term in story.positions[field]}
        return lexicon_of(sorted(found))

    def document_frequency(self, term: str) -> int:
        return sum(_has_term(story, term) for story in self._stories)

    def sample(self, term: str) -> list[str]:
        holders = [story for story in self._stories if _has_term(story, term)][:5]
        return [" ".join(field_texts(story.document).values()) for story in holders]


def _with_documents(held: dict[str, _Story], documents: Iterable[IndexDocument]) -> dict[str, _Story]:
    stories = dict(held)
    for document in documents:
        stories[document.story_id] = _read(document)
    widths = {story.vectors.shape[1] for story in stories.values() if story.vectors is not None}
    if len(widths) > 1:
        raise ValueError(f"Embeddings of different widths {sorted(widths)} cannot be compared; rebuild the index.")
    return stories


def _read(document: IndexDocument) -> _Story:
    positions: dict[str, dict[str, list[int]]] = {}
    lengths: dict[str, int] = {}
    for field, text in field_texts(document).items():
        places: dict[str, list[int]] = defaultdict(list)
        for token in tokens(text):
            places[token.term].append(token.position)
        positions[field] = dict(places)
        lengths[field] = sum(map(len, places.values()))
    return _Story(document, positions, lengths, _stacked(document.passages), _stacked(document.repurposings))


def _stacked(parts: Sequence[IndexPassage | IndexRepurposing]) -> Matrix | None:
    vectors = [part.embedding for part in parts if part.embedding is not None]
    return np.stack(vectors) if vectors else None


def _is_visible(document: IndexDocument, audience: Audience) -> bool:
    for use in audience.uses:
        if use in document.uses:
            until = document.uses[use]
            if until is None or until > audience.day:
                return True
    return False


def _has_term(story: _Story, term: str) -> bool:
    return any(term in story.positions[field] for field in FIELDS)


def _idf(term: str, stories: Sequence[_Story]) -> float:
    """Robertson and Spärck Jones's weight, in the form never negative: ln(1 + (N - df + ½) / (df + ½))."""
    df = sum(_has_term(story, term) for story in stories)
    return math.log(1 + (len(stories) - df + 0.5) / (df + 0.5))


def _bm25f(stories: Sequence[_Story], idf_by_term: dict[str, float]) -> Floats:
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


def _scores(
    stories: Sequence[_Story],
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


def _is_eligible(story: _Story, wanted: Wanted) -> bool:
    holds_all = all(_holds(story, pattern) for pattern in wanted.required)
    return holds_all and not any(_holds(story, pattern) for pattern in wanted.excluded)


def _holds(story: _Story, pattern: Pattern) -> bool:
    return any(_field_holds(story.positions[field], pattern) for field in FIELDS)


def _field_holds(positions: dict[str, list[int]], pattern: Pattern) -> bool:
    places = [set(positions.get(term, ())) for term, _ in pattern.places]
    offsets = [offset for _, offset in pattern.places]
    return any(
        all(start + offset in here for offset, here in zip(offsets, places, strict=True)) for start in places[0]
    )


def _bonus(story: _Story, wanted: Wanted) -> float:
    bonus = PHRASE_BONUS if wanted.whole is not None and _holds(story, wanted.whole) else 0.0
    title = Counter({term: len(places) for term, places in story.positions["title"].items()})
    if wanted.title and title == Counter(wanted.title):
        bonus += TITLE_BONUS
    return bonus


def _facet_columns(stories: Sequence[_Story]) -> dict[str, FacetColumn]:
    return {name: facet_column([story.document.facets.get(name, ()) for story in stories]) for name in FACETS}


def _hit(story: _Story, score: float, weight_by_term: dict[str, float], embedding: Vector | None) -> Hit:
    document = story.document
    texts = [passage.text for passage in document.passages] or paragraphs(document.body)
    shown = snippets_by_words([*texts, document.summary], weight_by_term)
    if not shown:
        shown = _snippet_by_meaning(story, texts, embedding)
    return Hit(document.story_id, document.title, score, shown)


def _snippet_by_meaning(story: _Story, texts: list[str], embedding: Vector | None) -> tuple[Snippet, ...]:
    nearest = 0
    if embedding is not None and story.vectors is not None and story.vectors.shape[1] == len(embedding):
        embedded = [n for n, passage in enumerate(story.document.passages) if passage.embedding is not None]
        nearest = embedded[int(np.argmax(np.round(story.vectors @ embedding, 5)))]
    return (plain_snippet(texts[nearest]),) if texts else ()


def _similar_hit(story: _Story, score: float, nearest: int) -> Hit:
    embedded = [passage.text for passage in story.document.passages if passage.embedding is not None]
    return Hit(story.document.story_id, story.document.title, score, (plain_snippet(embedded[nearest]),))
