"""Search in memory, exact and plain: what the other engine is compared with, and what tests use.

Every score is worked out story by story from the formulas as they stand in the papers, with nothing kept
between requests but the stories' terms. It is right for hundreds of stories.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable

import numpy as np

from nlp.search.facets import count_facets, filter_masks, filtered
from nlp.search.fields import MEANING_FLOOR
from nlp.search.fusion import best_first
from nlp.search.language import Query
from nlp.search.meaning import closeness
from nlp.search.memory_hits import hit, similar_hit
from nlp.search.memory_ranking import ordered, ranked, weights
from nlp.search.memory_stories import MemoryStory, WordsOfStories, facet_columns, is_visible, with_documents
from nlp.search.needs import narrowed, understand
from nlp.search.suggestions import suggest
from nlp.types import (
    Audience,
    Hit,
    IndexDocument,
    SearchPage,
    Sort,
)


class MemoryEngine:
    """The search engine of `memory://`. Threads may share it; another process sees nothing of it."""

    def __init__(self) -> None:
        self._story_by_id: dict[str, MemoryStory] = {}
        self._writing = threading.Lock()

    def upsert(self, documents: Iterable[IndexDocument]) -> None:
        """Add or replace stories. Raises ValueError if embeddings are not as wide as those already held."""
        with self._writing:
            self._story_by_id = with_documents(self._story_by_id, documents)

    def delete(self, story_ids: Iterable[str]) -> None:
        """Forget stories."""
        gone = set(story_ids)
        with self._writing:
            self._story_by_id = {key: story for key, story in self._story_by_id.items() if key not in gone}

    def purge(self) -> None:
        """Nothing: what is gone is held nowhere."""

    def rebuild(self, documents: Iterable[IndexDocument]) -> None:
        """Replace everything by `documents`."""
        with self._writing:
            self._story_by_id = with_documents({}, documents)

    def versions(self) -> dict[str, int]:
        """Story id → revision."""
        return {key: story.document.revision for key, story in self._story_by_id.items()}

    def close(self) -> None:
        """Forget everything."""
        self._story_by_id = {}

    def search(
        self, query: Query, *, audience: Audience, limit: int, offset: int = 0, sort: Sort = "relevance"
    ) -> SearchPage:
        """The page of stories from `offset` that the query finds among those the audience may see."""
        stories = self._visible(narrowed(audience, query))
        wanted = understand(query)
        weight_by_term = weights(stories, wanted)
        every_score = ranked(stories, query, wanted)
        columns = facet_columns(stories)
        chosen = filter_masks(columns, query.filters, len(stories))
        scores = filtered(every_score, chosen)
        order = ordered(stories, scores, sort)
        hits = tuple(
            hit(stories[position], float(scores[position]), weight_by_term, query.embedding)
            for position in order[offset : offset + limit]
        )
        counts = count_facets(columns, every_score > -np.inf, chosen)
        return SearchPage(hits, len(order), counts, suggest(query, WordsOfStories(stories)))

    def matching(self, query: Query, *, audience: Audience) -> tuple[str, ...]:
        """The ids of everything that the query finds, best first."""
        stories = self._visible(narrowed(audience, query))
        scores = ranked(stories, query, understand(query))
        scores = filtered(scores, filter_masks(facet_columns(stories), query.filters, len(stories)))
        return tuple(stories[position].document.story_id for position in ordered(stories, scores, "relevance"))

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
        return [similar_hit(others[p], float(scores[p]), int(cosines[p].max(axis=0).argmax())) for p in near]

    def _visible(self, audience: Audience) -> list[MemoryStory]:
        stories = self._story_by_id
        return [stories[key] for key in sorted(stories) if is_visible(stories[key].document, audience)]
