"""Search in a folder: words by Whoosh's posting lists, everything else from columns. The default engine.

A request works on one view (nlp.search.whoosh_views): what the audience may see is a mask over its stories
before anything is scored, counted or suggested, and no time limit is ever set.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from typing import TypeVar

import numpy as np
from whoosh.index import IndexError as DamagedIndex

from nlp.search import EngineUnavailable
from nlp.search.facets import count_facets, filter_masks, filtered
from nlp.search.generations import (
    current_generation,
    new_generation,
    publish_generation,
    sweep_generations,
    writing,
)
from nlp.search.language import Query
from nlp.search.sorting import in_order
from nlp.search.suggestions import suggest
from nlp.search.whoosh_hits import hit, similar_hits
from nlp.search.whoosh_ranking import rank
from nlp.search.whoosh_views import OpenGeneration
from nlp.search.whoosh_vocabulary import VisibleWords
from nlp.search.whoosh_writing import create, failures_named, write
from nlp.types import Audience, Hit, IndexDocument, SearchPage, Sort

Answer = TypeVar("Answer")
_MOST_TRIES = 3


class WhooshEngine:
    """The search engine of `whoosh:///folder`. Threads may share one; processes open one each."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._open: OpenGeneration | None = None
        self._guard = threading.Lock()

    def upsert(self, documents: Iterable[IndexDocument]) -> None:
        """Add or replace stories. Raises ValueError if embeddings are not as wide as those already held."""
        with self._writing() as folder:
            write(folder, documents=documents)

    def delete(self, story_ids: Iterable[str]) -> None:
        """Forget stories; hidden from readers first, then taken out of the words."""
        with self._writing() as folder:
            write(folder, without=story_ids)

    def purge(self) -> None:
        """Write every file anew that holds words of stories, or of texts of theirs, that are gone."""
        if current_generation(self._home) is not None:
            with self._writing() as folder:
                write(folder, is_purge=True)

    def rebuild(self, documents: Iterable[IndexDocument]) -> None:
        """Build a new index beside the old one and switch to it when it is whole."""
        with failures_named(self._home), writing(self._home):
            sweep_generations(self._home)
            self._publish(documents)

    def search(
        self, query: Query, *, audience: Audience, limit: int, offset: int = 0, sort: Sort = "relevance"
    ) -> SearchPage:
        """The page of stories from `offset` that the query finds among those the audience may see."""

        def answer(generation: OpenGeneration) -> SearchPage:
            return _search(generation, query, audience, shown=slice(offset, offset + limit), sort=sort)

        return self._read(answer, nothing=SearchPage((), 0))

    def matching(self, query: Query, *, audience: Audience) -> tuple[str, ...]:
        """The ids of everything that the query finds, best first."""

        def answer(generation: OpenGeneration) -> tuple[str, ...]:
            return _matching(generation, query, audience)

        return self._read(answer, nothing=())

    def similar(self, story_id: str, *, audience: Audience, limit: int) -> list[Hit]:
        """Stories with passages close to this one's (see nlp.search.meaning.closeness), closest first."""

        def answer(generation: OpenGeneration) -> list[Hit]:
            return similar_hits(generation, story_id, audience, limit=limit)

        return self._read(answer, nothing=[])

    def versions(self) -> dict[str, int]:
        """Story id → revision, for all that is wholly in the index."""
        return self._read(OpenGeneration.versions, nothing={})

    def close(self) -> None:
        """Close the files, once running requests have ended."""
        with self._guard:
            if self._open is not None:
                self._open.retire()
            self._open = None

    def _publish(self, documents: Iterable[IndexDocument]) -> Path:
        folder = new_generation(self._home)
        try:
            create(folder)
            write(folder, documents=documents)
            publish_generation(self._home, folder)
        except BaseException:
            rmtree(folder, ignore_errors=True)
            raise
        sweep_generations(self._home)
        return folder

    @contextmanager
    def _writing(self) -> Iterator[Path]:
        with failures_named(self._home), writing(self._home):
            yield current_generation(self._home) or self._publish(())

    def _read(self, answer: Callable[[OpenGeneration], Answer], *, nothing: Answer) -> Answer:
        """What `answer` makes of the generation in use, or `nothing` if none was ever written."""
        for n_try in range(1, _MOST_TRIES + 1):
            folder = current_generation(self._home)
            if folder is None:
                return nothing
            try:
                with self._opened(folder).used() as generation:
                    return answer(generation)
            except (OSError, sqlite3.Error, DamagedIndex) as err:
                # A rebuild may have replaced the generation, or a commit a segment, between two steps of
                # reading.
                self.close()
                if n_try == _MOST_TRIES:
                    raise EngineUnavailable(f"The index in {folder} cannot be read: {err}.") from err
        raise AssertionError("Every try either answers or raises.")

    def _opened(self, folder: Path) -> OpenGeneration:
        with self._guard:
            if self._open is None or self._open.folder != folder:
                opened = OpenGeneration(folder)
                if self._open is not None:
                    self._open.retire()
                self._open = opened
            return self._open


def _search(generation: OpenGeneration, query: Query, audience: Audience, *, shown: slice, sort: Sort) -> SearchPage:
    view = generation.view()
    snapshot = view.snapshot
    with view.reader() as reader:
        ranking = rank(view, reader, query, audience)
        chosen = filter_masks(snapshot.facets, query.filters, len(snapshot))
        scores = filtered(ranking.scores, chosen)
        found = in_order(scores, sort, published=snapshot.published, evidence=snapshot.evidence)
        hits = [hit(generation, snapshot, ranking, position, float(scores[position])) for position in found[shown]]
        facets = count_facets(snapshot.facets, ranking.scores > -np.inf, chosen)
        words = VisibleWords(generation, view, reader, ranking.visible)
        return SearchPage(tuple(hits), len(found), facets, suggest(query, words))


def _matching(generation: OpenGeneration, query: Query, audience: Audience) -> tuple[str, ...]:
    view = generation.view()
    snapshot = view.snapshot
    with view.reader() as reader:
        ranking = rank(view, reader, query, audience)
    scores = filtered(ranking.scores, filter_masks(snapshot.facets, query.filters, len(snapshot)))
    found = in_order(scores, "relevance", published=snapshot.published, evidence=snapshot.evidence)
    return tuple(snapshot.story_ids[position] for position in found)
