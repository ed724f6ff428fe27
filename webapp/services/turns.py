"""Two people at one story at once: they take turns, and whoever comes second is told what the first one decided.

A page shows how things stand and sends that back with each decision, as `seen`. A decision first takes its turn, so
that nothing moves any more, and then compares: what moved since the page was made is not overwritten unread.
"""

from collections.abc import Callable, Sequence

from sqlalchemy import update
from sqlmodel import Session, col, select

from webapp.errors import Overtaken
from webapp.models import AuditEvent, Statement, Story, User
from webapp.services.statements import seen_of


def take_turn(session: Session, story: Story) -> None:
    """Wait until nobody else is changing the story, keep others out until this transaction ends, and see it anew."""
    session.flush()
    # An update that changes nothing locks the row on PostgreSQL and the file on SQLite before anything is read.
    lock = update(Story).where(col(Story.id) == story.row_id).values(version=Story.version)
    session.connection().execute(lock)
    session.expire_all()


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
