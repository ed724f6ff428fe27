"""The stories of a page as the engine in memory shows them."""

from __future__ import annotations

import numpy as np

from nlp.search.memory_stories import MemoryStory
from nlp.search.snippets import paragraphs, plain_snippet, snippets_by_words
from nlp.types import (
    Hit,
    Snippet,
    Vector,
)


def hit(story: MemoryStory, score: float, weight_by_term: dict[str, float], embedding: Vector | None) -> Hit:
    document = story.document
    texts = [passage.text for passage in document.passages] or paragraphs(document.body)
    shown = snippets_by_words([*texts, document.summary], weight_by_term)
    if not shown:
        shown = _snippet_by_meaning(story, texts, embedding)
    return Hit(document.story_id, document.title, score, shown)


def _snippet_by_meaning(story: MemoryStory, texts: list[str], embedding: Vector | None) -> tuple[Snippet, ...]:
    nearest = 0
    if embedding is not None and story.vectors is not None and story.vectors.shape[1] == len(embedding):
        embedded = [n for n, passage in enumerate(story.document.passages) if passage.embedding is not None]
        nearest = embedded[int(np.argmax(np.round(story.vectors @ embedding, 5)))]
    return (plain_snippet(texts[nearest]),) if texts else ()


def similar_hit(story: MemoryStory, score: float, nearest: int) -> Hit:
    embedded = [passage.text for passage in story.document.passages if passage.embedding is not None]
    return Hit(story.document.story_id, story.document.title, score, (plain_snippet(embedded[nearest]),))
