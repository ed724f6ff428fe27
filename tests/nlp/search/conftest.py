"""A vocabulary for the tests of search: small stories, a tiny embedding, and both engines, empty."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from nlp.search import SearchEngine, open_engine
from nlp.search.analyzer import terms
from nlp.search.language import Query
from nlp.search.needs import text_to_embed
from nlp.search.query import parse
from nlp.types import Audience, IndexDocument, IndexPassage, SearchPage, Sort, Vector

TODAY = date(2024, 5, 1)
PUBLIC = Audience(frozenset({"website"}), TODAY)
STAFF = Audience(frozenset({"website", "internal"}), TODAY)

# Words that mean the same share a dimension, which is all the meaning that these tests need.
MEANINGS = {"hungri": "food", "meal": "food", "pantri": "food", "nurs": "health", "vaccin": "health"}


def embed(text: str, width: int = 64) -> Vector:
    """A unit vector with one direction for each term, or for what several terms mean, shape (width,)."""
    vector = np.zeros(width, dtype=np.float32)
    for term in terms(text):
        digest = hashlib.sha256(MEANINGS.get(term, term).encode()).digest()
        vector[int.from_bytes(digest[:4], "big") % width] += 1
    norm = float(np.linalg.norm(vector))
    return vector / norm if norm else vector


def story(
    story_id: str,
    title: str,
    body: str,
    *,
    uses: dict[str, date | None] | None = None,
    revision: int = 1,
    embedded: bool = True,
    **more: object,
) -> IndexDocument:
    """A document with one passage a paragraph, agreed for the website unless `uses` says otherwise."""
    passages = []
    start = 0
    for paragraph in body.split("\n"):
        vector = embed(paragraph) if embedded else None
        passages.append(IndexPassage(start, start + len(paragraph), paragraph, vector))
        start += len(paragraph) + 1
    agreed = {"website": None} if uses is None else uses
    return replace(
        IndexDocument(story_id, revision, title, body, agreed, passages=tuple(passages)),
        **more,  # type: ignore[arg-type]
    )


def asked(text: str, *, with_meaning: bool = False, **filters: tuple[str, ...]) -> Query:
    """The query that somebody typed, with its embedding if asked for."""
    query = parse(text)
    embedding = embed(text_to_embed(query)) if with_meaning else None
    return replace(query, embedding=embedding, filters=filters)


def ids(page: SearchPage) -> list[str]:
    return [hit.story_id for hit in page.hits]


Find = Callable[..., SearchPage]


@pytest.fixture(params=["memory", "whoosh"])
def engine_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an engine that holds nothing."""
    return "memory://" if request.param == "memory" else f"whoosh://{tmp_path / 'index'}"


@pytest.fixture
def engine(engine_url: str) -> Iterator[SearchEngine]:
    """An engine that holds nothing."""
    opened = open_engine(engine_url)
    yield opened
    opened.close()


@pytest.fixture
def find(engine: SearchEngine) -> Find:
    """Search the engine as the public, unless told otherwise."""

    def search(
        text: str,
        *,
        audience: Audience = PUBLIC,
        limit: int = 10,
        offset: int = 0,
        with_meaning: bool = False,
        sort: Sort = "relevance",
        **filters: tuple[str, ...],
    ) -> SearchPage:
        query = asked(text, with_meaning=with_meaning, **filters)
        return engine.search(query, audience=audience, limit=limit, offset=offset, sort=sort)

    return search
