"""What people do to topics: name, merge, split, hide, make a theme of one; on record, and undone in order."""

import re
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from webapp.errors import Conflict, Invalid, NotFound
from webapp.models import (
    Coding,
    Passage,
    Theme,
    Topic,
    TopicChange,
    TopicIdentity,
    now,
)
from webapp.services import audit
from webapp.services.access import Actor, may_review, require
from webapp.services.topic_identity import roots
from webapp.services.topic_passages import ShownPassage, passages_of
from webapp.services.topic_runs import standing_run
from webapp.services.topic_splitting import join_again, split_off
from webapp.services.topics import topic_by_id

MAX_NAME = 120
MAX_NOTE = 2000
N_EXAMPLES = 3
DEEDS = {
    "name": "naming a topic",
    "merge": "merging two topics",
    "split": "splitting a topic",
    "hide": "hiding or showing a topic",
    "promote": "making a topic a theme",
}
"""What was done, in words, by the kind of its change."""


def name_topic(session: Session, actor: Actor, identity_id: int, *, name: str, note: str) -> None:
    """Call the topic something, and note what it is; without a name, its words name it again."""
    identity = _identity(session, actor, identity_id)
    name, note = _checked_name(name), note.strip()
    if len(note) > MAX_NOTE:
        raise Invalid(f"The note has {len(note)} characters. Shorten it to {MAX_NOTE}.")
    before = {"name": identity.name, "note": identity.note}
    identity.name, identity.note = name, note
    _record(session, actor, identity_id, "name", before, {"name": name, "note": note})


def merge_topics(session: Session, actor: Actor, identity_id: int, *, into_id: int) -> None:
    """Show a topic as part of another from now on, in later runs too."""
    identity = _identity(session, actor, identity_id)
    into = _identity(session, actor, into_id)
    if roots(session)[into.row_id] == identity.row_id:
        raise Invalid("A topic cannot be merged into itself. Choose another one.")
    before = {"merged_into_id": identity.merged_into_id}
    identity.merged_into_id = into.row_id
    _record(session, actor, identity_id, "merge", before, {"merged_into_id": into.row_id})


def hide_topic(session: Session, actor: Actor, identity_id: int, *, is_hidden: bool) -> None:
    """Take a topic out of the explorer, or put it back."""
    identity = _identity(session, actor, identity_id)
    before = {"is_hidden": identity.is_hidden}
    identity.is_hidden = is_hidden
    _record(session, actor, identity_id, "hide", before, {"is_hidden": is_hidden})


def split_topic(
    session: Session, actor: Actor, identity_id: int, *, passage_ids: Collection[int] | None = None, name: str = ""
) -> int:
    """Cut a topic in two: the chosen passages become a topic of their own, whose id is given.

    passage_ids: None for the smaller half by meaning. name: what the new topic is called, else by its words.
    """
    _identity(session, actor, identity_id)
    name = _checked_name(name)
    shown = topic_by_id(session, identity_id)
    if len(shown.topic_ids) > 1:
        raise Conflict("This topic is made of several that were merged. Undo the merging instead of splitting it.")
    topic = session.get_one(Topic, shown.topic_ids[0])
    part, moved = split_off(session, topic, passage_ids)
    session.get_one(TopicIdentity, part.identity_id).name = name
    after = {"topic_id": part.row_id, "from_topic_id": topic.row_id, "part_id": part.identity_id, "n": len(moved)}
    _record(session, actor, identity_id, "split", {}, after)
    return part.identity_id


def promote_topic(session: Session, actor: Actor, identity_id: int, *, definition: str) -> Theme:
    """Make a theme of the codebook of a topic, with its nearest passages as the first examples."""
    identity = _identity(session, actor, identity_id)
    if identity.theme_id is not None:
        raise Conflict("This topic is a theme already.")
    shown = topic_by_id(session, identity_id)
    examples = passages_of(session, shown.topic_ids, limit=N_EXAMPLES)
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
    _code_examples(session, actor, theme, examples)
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
        part, whole = (session.get_one(Topic, change.after[key]) for key in ("topic_id", "from_topic_id"))
        join_again(session, part, whole)
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
    """The change that `undo_last` would take back: the last that stands.

    A newer run finds its topics anew, so that what was split in an older one cannot be joined again.
    """
    run = standing_run(session)
    ours = set(session.exec(select(Topic.id).where(Topic.run_id == run.row_id))) if run else set()
    query = select(TopicChange).where(col(TopicChange.undone_at).is_(None)).order_by(col(TopicChange.id).desc())
    return next((c for c in session.exec(query) if c.kind != "split" or c.after["topic_id"] in ours), None)


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


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if len(name) > MAX_NAME:
        raise Invalid(f"The name has {len(name)} characters. Shorten it to {MAX_NAME}.")
    return name


def _record(
    session: Session, actor: Actor, identity_id: int, kind: str, before: dict[str, Any], after: dict[str, Any]
) -> None:
    session.add(TopicChange(identity_id=identity_id, kind=kind, before=before, after=after, actor_name=actor.name))
    audit.record(session, actor, f"topic.{kind}", subject=("topic", str(identity_id)), before=before, after=after)
    session.flush()


def _code_examples(session: Session, actor: Actor, theme: Theme, passages: Sequence[ShownPassage]) -> None:
    """The nearest passages carry the new theme from the first day, confirmed by whoever made it one."""
    for shown in passages:
        passage = session.get_one(Passage, shown.id)
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
