"""A topic keeps its identity when a new run finds it again."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sqlmodel import Session, col, select

from nlp.topics.matching import Matching, RunTopic, match_topics
from nlp.types import Matrix
from webapp.models import Topic, TopicAssignment, TopicIdentity, TopicRun


@dataclass(frozen=True, slots=True)
class GivenIdentity:
    """What a topic of a new run is."""

    identity_id: int
    fate: str
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs side by side: the earlier one's topics, the later one's, and which is which."""

    before: list[Topic]
    after: list[Topic]
    matching: Matching


def give_identities(
    session: Session, run: TopicRun, passages: Sequence[Sequence[int]], middles: Matrix
) -> list[GivenIdentity]:
    """For each topic of a new run, the identity of the topic of the run before that it is, or a new one.

    passages: the ids of each topic's passages. middles: shape (topics, d), rows of unit length.
    """
    query = select(TopicRun).where(col(TopicRun.id) < run.row_id).order_by(col(TopicRun.id).desc()).limit(1)
    before = session.exec(query).first()
    old = _topics(session, before) if before else []
    new = [RunTopic(frozenset(ids), middles[number].tolist()) for number, ids in enumerate(passages)]
    same_space = before is not None and before.embedding_name == run.embedding_name
    matching = match_topics([_run_topic(session, topic) for topic in old], new, same_space=same_space)
    given = []
    for number in range(len(new)):
        sources = tuple(old[position].identity_id for position in matching.sources.get(number, ()))
        kept = matching.kept.get(number)
        identity_id = old[kept].identity_id if kept is not None else _new_identity(session)
        given.append(GivenIdentity(identity_id, matching.fate(number), sources))
    return given


def compare_runs(session: Session, before: TopicRun, after: TopicRun) -> Comparison:
    """Which topics of one run are which of another."""
    old, new = _topics(session, before), _topics(session, after)
    matching = match_topics(
        [_run_topic(session, topic) for topic in old],
        [_run_topic(session, topic) for topic in new],
        same_space=before.embedding_name == after.embedding_name,
    )
    return Comparison(old, new, matching)


def roots(session: Session) -> dict[int, int]:
    """Identity → the identity that it is shown under: itself, or what people merged it into."""
    parents = dict(session.exec(select(TopicIdentity.id, TopicIdentity.merged_into_id)).all())
    found: dict[int, int] = {}
    for identity_id in parents:
        top = identity_id
        while top is not None and parents[top] is not None:
            top = parents[top]
        found[identity_id or 0] = top or 0
    return found


def _topics(session: Session, run: TopicRun) -> list[Topic]:
    return list(session.exec(select(Topic).where(Topic.run_id == run.row_id).order_by(col(Topic.number))))


def _run_topic(session: Session, topic: Topic) -> RunTopic:
    query = select(TopicAssignment.passage_id).where(TopicAssignment.topic_id == topic.row_id)
    return RunTopic(frozenset(session.exec(query).all()), np.frombuffer(topic.middle, dtype="<f4").tolist())


def _new_identity(session: Session) -> int:
    identity = TopicIdentity()
    session.add(identity)
    session.flush()
    return identity.row_id
