"""What the engine in memory keeps of each story: the document with its terms, where they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from nlp.search.analyzer import tokens
from nlp.search.facets import FacetColumn, facet_column
from nlp.search.facts import repurposed
from nlp.search.fields import FIELDS, SHOWN_FIELDS, field_texts
from nlp.search.suggestions import Lexicon, lexicon_of
from nlp.types import (
    FACETS,
    Audience,
    IndexDocument,
    IndexPassage,
    IndexRepurposing,
    Matrix,
)


@dataclass(frozen=True, slots=True)
class MemoryStory:
    """A document with its terms. positions: field → term → the numbers of the words where it stands.

    vectors, repurposings: the embeddings of its passages, and of what it says turned into what.
    """

    document: IndexDocument
    positions: dict[str, dict[str, list[int]]]
    lengths: dict[str, int]
    vectors: Matrix | None
    repurposings: Matrix | None


def with_documents(held: dict[str, MemoryStory], documents: Iterable[IndexDocument]) -> dict[str, MemoryStory]:
    stories = dict(held)
    for document in documents:
        stories[document.story_id] = _read(document)
    widths = {story.vectors.shape[1] for story in stories.values() if story.vectors is not None}
    if len(widths) > 1:
        raise ValueError(f"Embeddings of different widths {sorted(widths)} cannot be compared; rebuild the index.")
    return stories


def _read(document: IndexDocument) -> MemoryStory:
    positions: dict[str, dict[str, list[int]]] = {}
    lengths: dict[str, int] = {}
    for field, text in field_texts(document).items():
        places: dict[str, list[int]] = defaultdict(list)
        for token in tokens(text):
            places[token.term].append(token.position)
        positions[field] = dict(places)
        lengths[field] = sum(map(len, places.values()))
    return MemoryStory(document, positions, lengths, _stacked(document.passages), _stacked(document.repurposings))


def _stacked(parts: Sequence[IndexPassage | IndexRepurposing]) -> Matrix | None:
    vectors = [part.embedding for part in parts if part.embedding is not None]
    return np.stack(vectors) if vectors else None


def is_visible(document: IndexDocument, audience: Audience) -> bool:
    for use in audience.uses:
        if use in document.uses:
            until = document.uses[use]
            if until is None or until > audience.day:
                return True
    return False


def has_term(story: MemoryStory, term: str) -> bool:
    return any(term in story.positions[field] for field in SHOWN_FIELDS)


def facet_columns(stories: Sequence[MemoryStory]) -> dict[str, FacetColumn]:
    documents = [story.document for story in stories]
    facets = [{**document.facets, "repurposed": repurposed(document.repurposings)} for document in documents]
    return {name: facet_column([values.get(name, ()) for values in facets]) for name in FACETS}


class WordsOfStories:
    def __init__(self, stories: Sequence[MemoryStory]) -> None:
        self._stories = stories

    def lexicon(self) -> Lexicon:
        found = {term for story in self._stories for field in FIELDS for term in story.positions[field]}
        return lexicon_of(sorted(found))

    def document_frequency(self, term: str) -> int:
        return sum(has_term(story, term) for story in self._stories)

    def sample(self, term: str) -> list[str]:
        holders = [story for story in self._stories if has_term(story, term)][:5]
        return [" ".join(getattr(story.document, field) for field in SHOWN_FIELDS) for story in holders]
