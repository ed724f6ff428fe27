"""Search over published stories: what an engine promises, and how one is opened.

One process writes to an engine (the worker, or the command line), any number of processes and threads read.
An engine is a copy: whatever it holds can be thrown away and made again from the database, and `versions` is
how the two are compared.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from nlp.search.language import Query
from nlp.types import Audience, Hit, IndexDocument, SearchPage, Sort


class EngineUnavailable(Exception):  # noqa: N818 - the word for it in the whole house
    """The engine cannot answer or write now: it is locked, damaged, or out of reach."""


class SearchEngine(Protocol):
    """A searchable copy of published stories.

    Nothing that an audience may not see has any influence on what `search` and `similar` return: not on hits,
    totals, facets, suggestions and snippets, and not on the statistics behind a score.
    Every method raises EngineUnavailable if the engine cannot do its work.
    """

    def upsert(self, documents: Iterable[IndexDocument]) -> None:
        """Add stories, or replace them by story id: all of them or, if anything fails, none for certain.

        Raises ValueError if embeddings are not as wide as those already held.
        """

    def delete(self, story_ids: Iterable[str]) -> None:
        """Forget stories; unknown ids are ignored."""

    def purge(self) -> None:
        """Keep no word of what is gone in any file: neither of deleted stories nor of texts that were replaced.

        Costs about as much as writing the whole index of words, so it is for what has to be gone.
        """

    def search(
        self, query: Query, *, audience: Audience, limit: int, offset: int = 0, sort: Sort = "relevance"
    ) -> SearchPage:
        """Stories that `query` finds by words or by meaning, with total, facets and a suggestion.

        Without a text, all that the filters leave, newest first.
        """

    def matching(self, query: Query, *, audience: Audience) -> tuple[str, ...]:
        """The ids of all stories that `search` would show on its pages by relevance, best first."""

    def similar(self, story_id: str, *, audience: Audience, limit: int) -> list[Hit]:
        """Stories with passages close to this one's, closest first, never the story itself.

        Empty if the story is unknown, hidden from the audience, or without embeddings.
        """

    def rebuild(self, documents: Iterable[IndexDocument]) -> None:
        """Replace everything by `documents`; readers keep the old index until the new one is whole."""

    def versions(self) -> dict[str, int]:
        """Story id → revision, for all that is wholly in the index."""

    def close(self) -> None:
        """Let go of files and memory; the engine is not used afterwards."""


def open_engine(url: str) -> SearchEngine:
    """The engine that `url` names: `memory://`, or `whoosh:///absolute/folder` (made when first written to).

    Raises ValueError for any other address.
    """
    parts = urlsplit(url)
    if parts.scheme == "memory":
        from nlp.search.memory_engine import MemoryEngine

        return MemoryEngine()
    if parts.scheme == "whoosh" and not parts.netloc and parts.path.startswith("/"):
        from nlp.search.whoosh_engine import WhooshEngine

        return WhooshEngine(Path(unquote(parts.path)))
    raise ValueError(f"No search engine is known for {url!r}; use memory:// or whoosh:///absolute/folder.")
