"""'I'm worried about someone': a story taken out of sight at once, for safeguarding leads alone.

Leads open it by one door, `open_concern`, which writes down each look; no ordinary page shows it, to them or to
anybody. The audit log that administrators read speaks of a concern by its number alone.
"""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from webapp.errors import Conflict, Invalid, NotFound
from webapp.models import CONCERN_DECISIONS, Concern, ConcernAccess, Notice, Story, User, UserRole, now
from webapp.services import audit
from webapp.services.access import SYSTEM, Actor, may_safeguard, require
from webapp.services.stories import change_status, touch

__all__ = [
    "Concern",
    "OpenedConcern",
    "Story",
    "close_concern",
    "concerns",
    "count_open",
    "hide_story",
    "leads",
    "open_concern",
    "raise_concern",
]

MAX_WORDS = 5000
_KIND = "concern"


@dataclass(frozen=True, slots=True)
class OpenedConcern:
    """A concern as a lead sees it, with everybody who looked before and now."""

    concern: Concern
    story: Story | None
    log: tuple[ConcernAccess, ...]
    raised_by: str


def raise_concern(
    session: Session, actor: Actor, story: Story | None, *, words: str, contact: str = "", hide: bool
) -> Concern:
    """Write down a worry, and take the story out of sight at once if `hide`.

    hide: False for readers whom nobody knows, for anybody could empty the site so; leads decide in their case.
    Raises Invalid where nothing was said and there is no story either.
    """
    words, contact = words.strip()[:MAX_WORDS], contact.strip()[:300]
    if not words and story is None:
        raise Invalid("Say what you are worried about, in a few words.")
    concern = Concern(story_id=story.id if story else None, words=words, contact=contact, raised_by_id=actor.id)
    session.add(concern)
    session.flush()
    if story is not None and hide:
        _hide(session, story)
    _tell_leads(session, concern)
    # Neither the story nor who said it: administrators read this log.
    audit.record(session, SYSTEM, "concern.raised", subject=("concern", str(concern.id)))
    return concern


def leads(session: Session) -> list[User]:
    """The active safeguarding leads."""
    query = select(User).join(UserRole, col(UserRole.user_id) == col(User.id))
    query = query.where(UserRole.role == "safeguarding", col(User.is_active).is_(True))
    return list(session.exec(query.order_by(col(User.id))))


def concerns(session: Session, actor: Actor) -> list[Concern]:
    """All concerns, the open ones first, then the newest."""
    require(may_safeguard(actor), "see what people are worried about")
    found = session.exec(select(Concern).order_by(col(Concern.id).desc()))
    return sorted(found, key=lambda concern: concern.decision != "")


def count_open(session: Session, actor: Actor) -> int:
    """How many concerns wait for a lead; 0 for anybody else."""
    if not may_safeguard(actor):
        return 0
    return len(session.exec(select(Concern.id).where(Concern.decision == "")).all())


def open_concern(session: Session, actor: Actor, concern_id: int) -> OpenedConcern:
    """A concern with its story. That it was looked at is written down: commit before the page is shown.

    Raises Forbidden for everybody but safeguarding leads, NotFound for a concern that there is not.
    """
    concern = _find(session, actor, concern_id)
    _log(session, actor, concern, "read")
    story = session.get(Story, concern.story_id) if concern.story_id else None
    log = select(ConcernAccess).where(ConcernAccess.concern_id == concern_id).order_by(col(ConcernAccess.id))
    raiser = session.get(User, concern.raised_by_id) if concern.raised_by_id else None
    return OpenedConcern(concern, story, tuple(session.exec(log)), raiser.name if raiser else "")


def hide_story(session: Session, actor: Actor, concern_id: int) -> None:
    """Take the story of a concern out of sight, where whoever raised it could not."""
    concern = _find(session, actor, concern_id)
    story = session.get(Story, concern.story_id) if concern.story_id else None
    if story is None or concern.decision:
        raise Conflict("This concern is closed, or is about no story that is still here.")
    _hide(session, story)
    _log(session, actor, concern, "taken out of sight")


def close_concern(session: Session, actor: Actor, concern_id: int, *, decision: str, note: str) -> None:
    """Decide what becomes of the story, with a reason. It goes back only once no concern about it is open."""
    concern = _find(session, actor, concern_id)
    if concern.decision:
        raise Conflict("This concern was closed before. Reload the page to read how.")
    if not decision or decision not in CONCERN_DECISIONS:
        raise Invalid("Choose what becomes of the story.")
    if not note.strip():
        raise Invalid("Say why, and what was done: it is the record of your decision.")
    concern.decision, concern.note = decision, note.strip()
    concern.closed_by_id, concern.closed_at = actor.id, now()
    session.flush()
    story = session.get(Story, concern.story_id) if concern.story_id else None
    if story is not None:
        _settle_story(session, story, decision)
    for notice in session.exec(select(Notice).where(Notice.key == _key(concern))):
        notice.done_at, notice.done_by_id = now(), actor.id
    _log(session, actor, concern, "closed")
    audit.record(session, actor, "concern.closed", subject=("concern", str(concern.id)))


def _find(session: Session, actor: Actor, concern_id: int) -> Concern:
    require(may_safeguard(actor), "see what people are worried about")
    concern = session.get(Concern, concern_id)
    if concern is None:
        raise NotFound("There is no such concern.")
    return concern


def _hide(session: Session, story: Story) -> None:
    story.is_restricted = True
    touch(story)
    session.flush()


def _settle_story(session: Session, story: Story, decision: str) -> None:
    if decision == "withdrawn" and story.status != "withdrawn":
        change_status(session, SYSTEM, story, "withdrawn")
    if decision == "kept":
        _hide(session, story)
    if decision != "returned":
        return
    others = select(Concern.id).where(Concern.story_id == story.id, Concern.decision == "")
    if session.exec(others).first() is not None:
        # Somebody else is worried about it too: it goes back with the last of them.
        return
    story.is_restricted = False
    touch(story)
    session.flush()


def _tell_leads(session: Session, concern: Concern) -> None:
    is_anybody_there = bool(leads(session))
    message = "Somebody is worried about someone. Look at it today." if is_anybody_there else (
        "Somebody is worried about someone, and nobody holds the role of safeguarding lead. Give it to somebody now."
    )  # fmt: skip
    session.add(
        Notice(
            key=_key(concern),
            kind=_KIND,
            message=message,
            address=f"/concerns/{concern.id}" if is_anybody_there else "/people",
            role="safeguarding" if is_anybody_there else "admin",
        )
    )
    session.flush()


def _log(session: Session, actor: Actor, concern: Concern, deed: str) -> None:
    session.add(ConcernAccess(concern_id=concern.row_id, actor_id=actor.id, actor_name=actor.name, deed=deed))
    session.flush()


def _key(concern: Concern) -> str:
    return f"concern {concern.id}"
