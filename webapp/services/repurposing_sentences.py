"""Each repurposing said in one plain sentence, and embedded, so that it can be found by what it means."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from sqlalchemy import and_, or_
from sqlmodel import Session, col, select

from nlp.search.documents import plain_sentence
from nlp.types import Matrix
from webapp.models import Repurposing, Revision, Story
from webapp.services.stories import touch

BATCH = 64


class Embeds(Protocol):
    """What this needs of an embedder."""

    @property
    def name(self) -> str: ...

    def embed(self, texts: Sequence[str]) -> Matrix: ...


def sentence_of(event: Repurposing) -> str:
    """A repurposing in words, without the story's own."""
    return plain_sentence(
        from_=event.from_phrase,
        actor=event.actor,
        to=event.to_phrase,
        categories=(event.from_category, event.to_category),
        trigger=event.trigger,
    )


def embed_repurposings(session: Session, embedder: Embeds) -> int:
    """Embed a batch of the repurposings that lack an embedding by this embedder; gives how many there were."""
    query = (
        select(Repurposing, Story)
        .join(Revision, col(Repurposing.revision_id) == col(Revision.id))
        .join(
            Story,
            and_(col(Revision.story_id) == col(Story.id), col(Revision.number) == col(Story.revision_number)),
        )
        .where(
            Repurposing.status != "rejected",
            or_(col(Repurposing.embedding_name).is_(None), col(Repurposing.embedding_name) != embedder.name),
        )
        .limit(BATCH)
    )
    found = list(session.exec(query))
    vectors = np.asarray(embedder.embed([sentence_of(event) for event, _ in found]), dtype="<f4")
    for (event, story), vector in zip(found, vectors, strict=True):
        event.embedding, event.embedding_name = vector.tobytes(), embedder.name
        touch(story)
    session.flush()
    return len(found)
