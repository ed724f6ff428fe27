"""Cutting a topic in two, by meaning or by hand, and joining the parts again."""

from collections.abc import Collection
from typing import Any

import numpy as np
from sqlalchemy import func, update
from sqlmodel import Session, col, select

from nlp.topics.wording import N_WORDS, heading, words_of_part, words_still_told
from nlp.types import Matrix
from webapp.errors import Conflict, Invalid
from webapp.models import Passage, Topic, TopicAssignment, TopicIdentity
from webapp.services.topic_words import candidates_of, topic_texts

LEAST_TO_SPLIT = 8
_FLOOR_PERCENTILE = 5


def split_off(session: Session, topic: Topic, chosen: Collection[int] | None = None) -> tuple[Topic, list[int]]:
    """Make a topic of its own of the chosen passages, or of the smaller half by meaning; gives it and its passages.

    Raises Invalid if some of the chosen are no passages of the topic or all of them are, and Conflict if the topic
    has too few passages or nothing in it stands apart.
    """
    rows = members(session, topic)
    if chosen is None:
        if len(rows) < LEAST_TO_SPLIT:
            raise Conflict(f"A topic of {len(rows)} passages is too small to split: it takes {LEAST_TO_SPLIT}.")
        goes = _smaller_half(np.stack([embedding for _, embedding in rows]))
        moved = [passage_id for (passage_id, _), is_going in zip(rows, goes, strict=True) if is_going]
    else:
        moved = _picked({passage_id for passage_id, _ in rows}, set(chosen))
    part = _new_topic(session, topic)
    _move(session, topic, part, moved)
    for changed in (topic, part):
        _settle(session, changed)
    texts = {t.row_id: topic_texts(session, [t.row_id]) for t in (topic, part)}
    for changed, other in ((topic, part), (part, topic)):
        ranked = words_of_part(candidates_of(changed), texts[changed.row_id], texts[other.row_id])
        _call(changed, [candidate.word for candidate in ranked[:N_WORDS]])
    session.flush()
    return part, moved


def join_again(session: Session, part: Topic, whole: Topic) -> None:
    """Put a part back where it was split off."""
    _move(session, part, whole, [passage_id for passage_id, _ in members(session, part)])
    session.delete(part)
    _settle(session, whole)
    _call(whole, words_still_told(candidates_of(whole), topic_texts(session, [whole.row_id])))
    session.flush()


def members(session: Session, topic: Topic) -> list[tuple[int, Any]]:
    """(passage, its embedding of shape (d,)) of every passage of the topic."""
    query = (
        select(Passage.id, Passage.embedding)
        .join(TopicAssignment, col(TopicAssignment.passage_id) == col(Passage.id))
        .where(TopicAssignment.topic_id == topic.row_id)
        .order_by(col(Passage.id))
    )
    return [(passage_id or 0, np.frombuffer(row, "<f4")) for passage_id, row in session.exec(query)]


def _picked(held: set[int], chosen: set[int]) -> list[int]:
    if not chosen:
        raise Invalid("Tick the passages that are to become a topic of their own.")
    if not chosen <= held:
        raise Invalid("Some of the ticked passages are not in this topic any more. Reload the page and tick again.")
    if chosen == held:
        raise Invalid("All passages are ticked, so that nothing would be left. Leave some of them out.")
    return sorted(chosen)


def _smaller_half(embeddings: Matrix) -> Any:
    """Shape (n,), true for the smaller part of two: k-means that starts from the two ends of the longest axis."""
    centred = embeddings - embeddings.mean(axis=0)
    axis = np.linalg.svd(centred, full_matrices=False)[2][0]
    order = np.argsort(centred @ axis, kind="stable")
    quarter = max(len(order) // 4, 1)
    middles = np.stack([embeddings[order[:quarter]].mean(axis=0), embeddings[order[-quarter:]].mean(axis=0)])
    is_second = np.zeros(len(order), dtype=bool)
    for _ in range(20):
        is_second = (embeddings @ middles.T).argmax(axis=1) == 1
        if is_second.all() or not is_second.any():
            raise Conflict("Nothing in this topic stands apart, so it cannot be split by meaning. Split it by hand.")
        middles = np.stack([embeddings[~is_second].mean(axis=0), embeddings[is_second].mean(axis=0)])
        middles /= np.linalg.norm(middles, axis=1, keepdims=True)
    return is_second if is_second.sum() * 2 <= len(order) else ~is_second


def _new_topic(session: Session, whole: Topic) -> Topic:
    identity = TopicIdentity()
    session.add(identity)
    session.flush()
    last = session.exec(select(func.max(Topic.number)).where(Topic.run_id == whole.run_id)).one()
    part = Topic(
        run_id=whole.run_id,
        identity_id=identity.row_id,
        number=(last or 0) + 1,
        label=whole.label,
        candidates=whole.candidates,
        n_passages=0,
        middle=whole.middle,
        fate="split",
        sources=[whole.identity_id],
    )
    session.add(part)
    session.flush()
    return part


def _move(session: Session, source: Topic, target: Topic, passage_ids: list[int]) -> None:
    """In pieces, because a statement takes only so many values."""
    for start in range(0, len(passage_ids), 500):
        session.execute(
            update(TopicAssignment)
            .where(
                col(TopicAssignment.topic_id) == source.row_id,
                col(TopicAssignment.passage_id).in_(passage_ids[start : start + 500]),
            )
            .values(topic_id=target.row_id)
        )
    session.flush()


def _settle(session: Session, topic: Topic) -> None:
    """Its size and middle, and how near to that its passages lie, by the passages that it has now."""
    rows = members(session, topic)
    topic.n_passages = len(rows)
    if not rows:
        return
    embeddings = np.stack([embedding for _, embedding in rows])
    middle = embeddings.mean(axis=0)
    middle /= max(float(np.linalg.norm(middle)), 1e-9)
    cosines = embeddings @ middle
    topic.middle = middle.astype("<f4").tobytes()
    topic.floor = float(np.percentile(cosines, _FLOOR_PERCENTILE))
    by_passage = {passage_id: float(cosine) for (passage_id, _), cosine in zip(rows, cosines, strict=True)}
    for assignment in session.exec(select(TopicAssignment).where(TopicAssignment.topic_id == topic.row_id)):
        assignment.cosine = by_passage[assignment.passage_id]
    session.flush()


def _call(topic: Topic, words: Collection[str]) -> None:
    topic.words = list(words)
    topic.label = heading(topic.words, number=topic.number)[:200]
