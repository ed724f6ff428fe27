"""What people do to topics: name, merge, split, hide, make a theme of one; on record, and undone in order."""

import re
from typing import Any

import numpy as np
from sqlalchemy import func, update
from sqlmodel import Session, col, select

from nlp.topics.wording import heading
from nlp.types import Matrix
from webapp.errors import Conflict, Invalid, NotFound
from webapp.models import (
    Coding,
    Passage,
    Revision,
    Theme,
    Topic,
    TopicAssignment,
    TopicChange,
    TopicIdentity,
    now,
)
from webapp.services import audit
from webapp.services.access import Actor, may_review, require
from webapp.services.topic_identity import roots
from webapp.services.topic_words import told_words, topic_texts
from webapp.services.topics import ShownTopic, passages_of, topic_by_id

MAX_NAME = 120
MAX_NOTE = 2000
N_EXAMPLES = 3
_LEAST_TO_SPLIT = 8


def name_topic(session: Session, actor: Actor, identity_id: int, *, name: str, note: str) -> None:
    """Call the topic something, and note what it is; without a name, its words name it again."""
    identity = _identity(session, actor, identity_id)
    name, note = " ".join(name.split()), note.strip()
    if len(name) > MAX_NAME or len(note) > MAX_NOTE:
        raise Invalid(f"Shorten the name to {MAX_NAME} and the note to {MAX_NOTE} characters.")
    before = {"name": identity.name, "note": identity.note}
    identity.name, identity.note = name, note
    _record(session, actor, identity_id, "name", before, {"name": name, "note": note})


def merge_topics(session: Session, actor: Actor, identity_id: int, *, into_id: int) -> None:
    """Show a topic as part of another from now on, in later runs too."""
    identity = _identity(session, actor, identity_id)
    into = _identity(session, actor, into_id)
    if roots(session)[into.row_id] == identity.row_id:
        raise Invalid("A topic cannot be merged into itself. Choose another one.")
    identity.merged_into_id = into.row_id
    _record(session, actor, identity_id, "merge", {"merged_into_id": None}, {"merged_into_id": into.row_id})


def hide_topic(session: Session, actor: Actor, identity_id: int, *, is_hidden: bool) -> None:
    """Take a topic out of the explorer, or put it back."""
    identity = _identity(session, actor, identity_id)
    before = {"is_hidden": identity.is_hidden}
    identity.is_hidden = is_hidden
    _record(session, actor, identity_id, "hide", before, {"is_hidden": is_hidden})


def split_topic(session: Session, actor: Actor, identity_id: int) -> int:
    """Cut a topic in two by meaning; the smaller part becomes a topic of its own, whose id is given."""
    _identity(session, actor, identity_id)
    shown = topic_by_id(session, identity_id)
    if len(shown.topic_ids) > 1:
        raise Conflict("This topic is made of several that were merged. Undo the merging instead of splitting it.")
    topic = session.get_one(Topic, shown.topic_ids[0])
    rows = _members(session, topic)
    if len(rows) < _LEAST_TO_SPLIT:
        raise Conflict(f"A topic of {len(rows)} passages is too small to split: it takes {_LEAST_TO_SPLIT}.")
    embeddings = np.stack([np.frombuffer(row, "<f4") for _, row in rows])
    goes = _smaller_half(embeddings)
    moved = [passage_id for (passage_id, _), is_going in zip(rows, goes, strict=True) if is_going]
    part = _new_topic(session, topic, embeddings[goes], len(moved))
    _move(session, topic, part, moved)
    for changed in (topic, part):
        _word_anew(session, changed)
    after = {"topic_id": part.row_id, "from_topic_id": topic.row_id, "passage_ids": moved}
    _record(session, actor, identity_id, "split", {}, after)
    return part.identity_id


def promote_topic(session: Session, actor: Actor, identity_id: int, *, definition: str) -> Theme:
    """Make a theme of the codebook of a topic, with its nearest passages as the first examples."""
    identity = _identity(session, actor, identity_id)
    if identity.theme_id is not None:
        raise Conflict("This topic is a theme already.")
    shown = topic_by_id(session, identity_id)
    examples = [passage.text for passage in passages_of(session, shown.topic_ids, limit=N_EXAMPLES)]
    position = session.exec(select(func.max(Theme.position))).one() or 0
    theme = Theme.model_validate(
        {
            "key": _free_key(session, shown.name),
            "name": shown.name[:MAX_NAME],
            "definition": definition.strip() or f"Stories that speak of {', '.join(shown.words[:5])}.",
            "cues": list(shown.words[:8]),
            # Names of people and places stay in the stories: an example is read out of its context.
            "examples": [],
            "position": position + 1,
        }
    )
    session.add(theme)
    session.flush()
    identity.theme_id = theme.row_id
    _code_examples(session, actor, theme, shown)
    _record(
        session, actor, identity_id, "promote", {"theme_id": None}, {"theme_id": theme.row_id, "n": len(examples)}
    )
    return theme


def undo_last(session: Session, actor: Actor) -> TopicChange:
    """Take back the last change that stands; the one before it is then the last."""
    require(may_review(actor), "change topics")
    change = last_change(session)
    if change is None:
        raise Conflict("There is nothing to undo.")
    identity = session.get_one(TopicIdentity, change.identity_id)
    if change.kind == "split":
        _unsplit(session, change.after)
    else:
        for name, value in change.before.items():
            setattr(identity, name, value)
    if change.kind == "promote":
        # A theme that people may have used meanwhile is retired, not deleted.
        session.get_one(Theme, change.after["theme_id"]).is_retired = True
    change.undone_at = now()
    audit.record(
        session, actor, "topic.undone", subject=("topic", str(change.identity_id)), before={"kind": change.kind}
    )
    session.flush()
    return change


def last_change(session: Session) -> TopicChange | None:
    """The change that `undo_last` would take back."""
    query = select(TopicChange).where(col(TopicChange.undone_at).is_(None)).order_by(col(TopicChange.id).desc())
    return session.exec(query.limit(1)).first()


def history(session: Session, identity_id: int | None = None, *, limit: int = 30) -> list[TopicChange]:
    """What was done to a topic, or to any, last first."""
    query = select(TopicChange).order_by(col(TopicChange.id).desc()).limit(limit)
    if identity_id is not None:
        query = query.where(TopicChange.identity_id == identity_id)
    return list(session.exec(query))


def _identity(session: Session, actor: Actor, identity_id: int) -> TopicIdentity:
    require(may_review(actor), "change topics")
    found = session.get(TopicIdentity, identity_id)
    if found is None:
        raise NotFound(f"There is no topic {identity_id}.")
    return found


def _record(
    session: Session, actor: Actor, identity_id: int, kind: str, before: dict[str, Any], after: dict[str, Any]
) -> None:
    session.add(TopicChange(identity_id=identity_id, kind=kind, before=before, after=after, actor_name=actor.name))
    told = {name: value for name, value in after.items() if name != "passage_ids"}
    audit.record(session, actor, f"topic.{kind}", subject=("topic", str(identity_id)), before=before, after=told)
    session.flush()


def _members(session: Session, topic: Topic) -> list[tuple[int, bytes]]:
    query = (
        select(Passage.id, Passage.embedding)
        .join(TopicAssignment, col(TopicAssignment.passage_id) == col(Passage.id))
        .where(TopicAssignment.topic_id == topic.row_id)
        .order_by(col(Passage.id))
    )
    return [(passage_id or 0, row) for passage_id, row in session.exec(query)]


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
            raise Conflict("Nothing in this topic stands apart, so it cannot be split.")
        middles = np.stack([embeddings[~is_second].mean(axis=0), embeddings[is_second].mean(axis=0)])
        middles /= np.linalg.norm(middles, axis=1, keepdims=True)
    return is_second if is_second.sum() * 2 <= len(order) else ~is_second


def _new_topic(session: Session, whole: Topic, embeddings: Matrix, n_passages: int) -> Topic:
    identity = TopicIdentity()
    session.add(identity)
    session.flush()
    last = session.exec(select(func.max(Topic.number)).where(Topic.run_id == whole.run_id)).one()
    middle = embeddings.mean(axis=0)
    middle = middle / max(float(np.linalg.norm(middle)), 1e-9)
    part = Topic(
        run_id=whole.run_id,
        identity_id=identity.row_id,
        number=(last or 0) + 1,
        label=whole.label,
        candidates=whole.candidates,
        n_passages=n_passages,
        middle=middle.astype("<f4").tobytes(),
        floor=float(np.percentile(embeddings @ middle, 5)),
        fate="split",
        sources=[whole.identity_id],
    )
    session.add(part)
    session.flush()
    return part


def _move(session: Session, source: Topic, target: Topic, passage_ids: list[int]) -> None:
    session.execute(
        update(TopicAssignment)
        .where(col(TopicAssignment.topic_id) == source.row_id, col(TopicAssignment.passage_id).in_(passage_ids))
        .values(topic_id=target.row_id)
    )
    session.flush()


def _word_anew(session: Session, topic: Topic) -> None:
    texts = topic_texts(session, [topic.row_id])
    topic.words = list(told_words(topic, texts))
    topic.label = heading(topic.words, number=topic.number)[:200]
    topic.n_passages = len(texts)
    session.flush()


def _unsplit(session: Session, after: dict[str, Any]) -> None:
    part, whole = session.get(Topic, after["topic_id"]), session.get(Topic, after["from_topic_id"])
    if part is None or whole is None:
        raise Conflict("A newer run has found these topics anew, so that this split cannot be undone. Merge them.")
    session.execute(
        update(TopicAssignment).where(col(TopicAssignment.topic_id) == part.row_id).values(topic_id=whole.row_id)
    )
    session.flush()
    session.delete(part)
    _word_anew(session, whole)


def _code_examples(session: Session, actor: Actor, theme: Theme, shown: ShownTopic) -> None:
    """The nearest passages carry the new theme from the first day, confirmed by whoever made it one."""
    query = (
        select(Passage)
        .where(col(Passage.id).in_([p.id for p in passages_of(session, shown.topic_ids, limit=N_EXAMPLES)]))
        .join(Revision, col(Passage.revision_id) == col(Revision.id))
    )
    for passage in session.exec(query):
        session.add(
            Coding(
                revision_id=passage.revision_id,
                theme_id=theme.row_id,
                start=passage.start,
                end=passage.end,
                source="person",
                status="confirmed",
                coder_id=actor.id,
                decided_by_id=actor.id,
                decided_at=now(),
            )
        )
    session.flush()


def _free_key(session: Session, name: str) -> str:
    base = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:50] or "theme"
    taken = set(session.exec(select(Theme.key)))
    return next(key for n in range(1, 1000) if (key := base if n == 1 else f"{base}-{n}") not in taken)
