"""What the site tells staff: once, until somebody says that it is done. No notice holds a word of a story."""

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import Session, col, select

from webapp.errors import NotFound
from webapp.models import Notice, Story, now
from webapp.services import audit
from webapp.services.access import Actor


def notify(
    session: Session,
    *,
    key: str,
    kind: str,
    message: str,
    address: str = "",
    role: str = "reviewer",
    user_id: int | None = None,
    story: Story | None = None,
) -> Notice | None:
    """Tell somebody, or whoever holds a role; None if the same was told before. address: a path on this site."""
    if session.exec(select(Notice.id).where(Notice.key == key)).first() is not None:
        return None
    notice = Notice(
        key=key, kind=kind, message=message, address=address, role=role, user_id=user_id,
        story_id=story.id if story else None,
    )  # fmt: skip
    session.add(notice)
    session.flush()
    return notice


def notices_for(session: Session, actor: Actor, *, limit: int = 100) -> list[Notice]:
    """What the actor is told and nobody has done yet, the newest first."""
    query = select(Notice).where(_is_for(actor)).order_by(col(Notice.made_at).desc(), col(Notice.id).desc())
    return list(session.exec(query.limit(limit)))


def count_notices(session: Session, actor: Actor) -> int:
    """How many notices wait for the actor."""
    if actor.id is None:
        return 0
    return int(session.exec(select(func.count()).select_from(Notice).where(_is_for(actor))).one())


def settle_notice(session: Session, actor: Actor, notice_id: int) -> None:
    """Say that it is done. Raises NotFound for a notice that the actor was not told."""
    notice = session.exec(select(Notice).where(Notice.id == notice_id, _is_for(actor))).first()
    if notice is None:
        raise NotFound("There is no such notice. Somebody may have settled it already.")
    notice.done_at, notice.done_by_id = now(), actor.id
    session.flush()
    audit.record(session, actor, "notice.settled", subject=("notice", notice.key))


def _is_for(actor: Actor) -> ColumnElement[bool]:
    to_role = and_(col(Notice.user_id).is_(None), col(Notice.role).in_(actor.roles))
    # What somebody is worried about is for safeguarding leads, and so is every word about it.
    restricted = select(Story.id).where(col(Story.is_restricted))
    is_open = or_(col(Notice.story_id).is_(None), col(Notice.story_id).not_in(restricted))
    may_know = is_open if "safeguarding" not in actor.roles else or_(is_open, col(Notice.role) == "safeguarding")
    return and_(col(Notice.done_at).is_(None), or_(to_role, col(Notice.user_id) == actor.id), may_know)
