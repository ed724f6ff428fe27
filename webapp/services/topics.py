"""Topics: discovered in what anybody may read on the website, and shown as far as it still may be."""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from sqlalchemy import and_, func
from sqlmodel import Session, col, select

from nlp.topics import TooFewPassages, Topics, open_topic_model, require_enough
from webapp.errors import Conflict
from webapp.models import Passage, Revision, Story, Topic, TopicAssignment, TopicRun
from webapp.services.access import ANYBODY, audience_for, visible_to


@dataclass(frozen=True, slots=True)
class _Reading:
    """The passages that a run reads, and their revisions' texts by id."""

    passages: list[Passage]
    texts: dict[int, str]

    @property
    def n_stories(self) -> int:
        # A story has one current revision, so the revisions read are as many as the stories.
        return len({passage.revision_id for passage in self.passages})


def fit(
    session: Session,
    *,
    on_progress: Callable[[str, int, int], None],
    model_name: str = "bertopic",
    seed: int = 1,
) -> TopicRun:
    """Discover topics and store them as a new run.

    Raises Conflict, saying how many it takes, if there are too few passages.
    """
    reading = _read(session)
    n_passages = len(reading.passages)
    try:
        require_enough(n_passages=n_passages, n_documents=reading.n_stories)
    except TooFewPassages as err:
        raise Conflict(str(err)) from err
    on_progress("topics", 0, n_passages)
    topics = _discover(reading, model_name=model_name, seed=seed)
    run = TopicRun(
        model_name=model_name,
        manifest={**topics.manifest, **_what_was_read(reading)},
        n_passages=n_passages,
        n_outliers=int((topics.labels < 0).sum()),
    )
    session.add(run)
    session.flush()
    _store_topics(session, run, topics, reading.passages)
    on_progress("topics", n_passages, n_passages)
    return run


def latest_topics(session: Session) -> list[Topic]:
    """The newest run's topics, largest first; what is not, or no longer, for the website counts for nothing.

    They are copies, detached from the session, whose `n_passages` is today's.
    """
    n_visible = func.count(col(TopicAssignment.passage_id))
    query = (
        select(Topic, n_visible)
        .join(TopicAssignment, col(TopicAssignment.topic_id) == col(Topic.id))
        .join(Passage, col(TopicAssignment.passage_id) == col(Passage.id))
        .join(Revision, col(Passage.revision_id) == col(Revision.id))
        .join(Story, col(Revision.story_id) == col(Story.id))
        .where(Topic.run_id == select(func.max(TopicRun.id)).scalar_subquery())
        .where(visible_to(audience_for(ANYBODY)))
        # By the key alone: the other columns follow from it, and PostgreSQL cannot compare JSON.
        .group_by(col(Topic.id))
        .order_by(n_visible.desc(), col(Topic.number))
    )
    return [Topic(**{**topic.model_dump(), "n_passages": n}) for topic, n in session.exec(query)]


def _read(session: Session) -> _Reading:
    """What anybody may read on the website, as far as the newest embedder has embedded it."""
    is_current = and_(col(Story.id) == col(Revision.story_id), col(Story.revision_number) == col(Revision.number))
    visible = visible_to(audience_for(ANYBODY))
    passages = select(Passage).join(Revision, col(Passage.revision_id) == col(Revision.id)).join(Story, is_current)
    newest = session.exec(passages.where(visible).order_by(col(Passage.id).desc()).limit(1)).first()
    if newest is None:
        return _Reading([], {})
    # The embeddings of two models cannot be compared.
    read = passages.where(visible, Passage.embedding_name == newest.embedding_name)
    texts = select(Revision.id, Revision.text).join(Story, is_current).where(visible)
    return _Reading(
        passages=list(session.exec(read.order_by(col(Story.id), col(Passage.position)))),
        texts={revision_id: text for revision_id, text in session.exec(texts) if revision_id is not None},
    )


def _discover(reading: _Reading, *, model_name: str, seed: int) -> Topics:
    texts = [reading.texts[passage.revision_id][passage.start : passage.end] for passage in reading.passages]
    embeddings = np.stack([np.frombuffer(passage.embedding, dtype="<f4") for passage in reading.passages])
    return open_topic_model(model_name).fit(texts, embeddings, seed=seed)


def _what_was_read(reading: _Reading) -> dict[str, str | int]:
    ids = [(passage.id, passage.revision_id) for passage in reading.passages]
    return {
        "embedding_name": reading.passages[0].embedding_name,
        "n_stories": reading.n_stories,
        "passages_and_revisions_sha256": hashlib.sha256(json.dumps(ids).encode()).hexdigest(),
    }


def _store_topics(session: Session, run: TopicRun, topics: Topics, passages: list[Passage]) -> None:
    rows = [
        Topic(
            run_id=_id_of(run),
            number=topic.number,
            label=topic.label[:200],
            words=list(topic.words),
            n_passages=int((topics.labels == topic.number).sum()),
        )
        for topic in topics.topics
    ]
    session.add_all(rows)
    session.flush()
    session.add_all(_assignments(rows, topics, passages))
    session.flush()


def _assignments(rows: list[Topic], topics: Topics, passages: list[Passage]) -> Iterable[TopicAssignment]:
    """One for each passage within a topic; an outlier is one that has none."""
    representatives = {index for topic in topics.topics for index in topic.representatives}
    for index, (passage, number) in enumerate(zip(passages, topics.labels, strict=True)):
        if number >= 0:
            yield TopicAssignment(
                topic_id=_id_of(rows[number]),
                passage_id=_id_of(passage),
                is_representative=index in representatives,
            )


def _id_of(row: TopicRun | Topic | Passage) -> int:
    if row.id is None:
        raise ValueError("The row has not been flushed yet.")
    return row.id
