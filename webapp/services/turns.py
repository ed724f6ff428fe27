"""Two people at one story at once: they take turns, and whoever comes second is told what the first one decided.

A page shows how things stand and sends that back with each decision, as `seen`. A decision first takes its turn, so
that nothing moves any more, and then compares: what moved since the page was made is not overwritten unread.
"""

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256

from sqlalchemy import update
from sqlmodel import Session, col, select

from webapp.errors import Overtaken
from webapp.models import AuditEvent, Statement, Story, User
from webapp.services.statements import seen_of


def take_turn(session: Session, story: Story) -> None:
    """Wait until nobody else is changing the story, keep others out until this transaction ends, and see all anew."""
    keep_others_out(session, story)
    session.expire_all()


def keep_others_out(session: Session, story: Story) -> None:
    """The same, and see only the story itself anew: for work in which one turn is taken many times."""
    session.flush()
    # An update that changes nothing locks the row on PostgreSQL and the file on SQLite before anything is read.
    lock = update(Story).where(col(Story.id) == story.row_id).values(version=Story.version)
    session.connection().execute(lock)
    session.expire(story)


def mark_of(values: Mapping[str, object]) -> str:
    """A short mark of what a form was filled in with when its page was made; another one once any of it changes."""
    return sha256(repr(sorted(values.items())).encode()).hexdigest()[:16]


def check_form_seen(
    session: Session,
    story: Story,
    seen: str | None,
    matter: str,
    *,
    stands: Mapping[str, object],
    wanted: Mapping[str, object],
) -> None:
    """Raise Overtaken if somebody filled a form about the story in otherwise since it was seen; see above.

    stands, wanted: field, as people call it → what it holds now, and what this person sends. What differs is told.
    """
    if seen is None or seen == mark_of(stands):
        return
    differing = [name for name, value in wanted.items() if (value or "") != (stands[name] or "")]
    if not differing:
        return
    event = _last_event(session, story)
    raise Overtaken(
        matter, mine=_in_words(wanted, differing), theirs=_in_words(stands, differing), seen=mark_of(stands),
        by=event.actor_name if event else "", at=event.at if event else None,
    )  # fmt: skip


def story_seen(story: Story) -> str:
    """How a story stood when a page about it was made: its status and its text."""
    return f"{story.status}-{story.revision_number}"


def check_story_seen(session: Session, story: Story, seen: str | None, *, mine: str, theirs: str) -> None:
    """Raise Overtaken if somebody took the story a step on, or wrote another text, since it was seen.

    seen: None where nobody looked at a page, so that there is nothing to compare with.
    """
    if seen is None or seen == story_seen(story):
        return
    event = _last_event(session, story)
    raise Overtaken(
        "this story", mine=mine, theirs=theirs, seen=story_seen(story),
        by=event.actor_name if event else "", at=event.at if event else None,
    )  # fmt: skip


def check_seen(
    session: Session, found: Sequence[Statement], seen: str | None, *, mine: str, theirs: Callable[[Statement], str]
) -> None:
    """Raise Overtaken if anything was decided about these statements since they were seen; see above."""
    if seen is None or seen == seen_of(*found):
        return
    last = max(found, key=lambda statement: statement.decided_at.timestamp() if statement.decided_at else 0.0)
    somebody = session.get(User, last.decided_by_id) if last.decided_by_id else None
    raise Overtaken(
        "this suggestion", mine=mine, theirs=theirs(last), seen=seen_of(*found),
        by=somebody.name if somebody else "", at=last.decided_at,
    )  # fmt: skip


def _last_event(session: Session, story: Story) -> AuditEvent | None:
    query = select(AuditEvent).where(
        AuditEvent.subject_kind == "story",
        AuditEvent.subject_id == story.external_id,
        col(AuditEvent.action).startswith("story."),
    )
    return session.exec(query.order_by(col(AuditEvent.id).desc())).first()


def _in_words(values: Mapping[str, object], names: Sequence[str]) -> str:
    """Fields with their values, the long ones cut."""
    told = []
    for name in names:
        value = values[name]
        words = ", ".join(map(str, value)) if isinstance(value, list | tuple) else "yes" if value is True else value
        words = " ".join(str(words or "nothing").split())
        told.append(f"{name}: {words[:300]}{'…' if len(words) > 300 else ''}")
    return "; ".join(told)
