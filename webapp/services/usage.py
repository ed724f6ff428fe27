"""Where stories were used outside this site, and the tasks to take them down when the consent for it ends."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlmodel import Session, col, select

from webapp.clock import today
from webapp.errors import Invalid, NotFound
from webapp.models import USES, AgreedUse, Story, TakedownTask, UsageLog, User, now
from webapp.services import audit
from webapp.services.access import Actor, audience_for, may_review, require, visible_to
from webapp.services.notices import notify

DUE_DAYS = 14
_STATES = {"open": "still to do", "done": "taken down", "cannot": "cannot be called back"}


@dataclass(frozen=True, slots=True)
class Task:
    """A use that has to be taken down, and who sees to it. The story is told by its id alone."""

    task: TakedownTask
    usage: UsageLog
    external_id: str
    owner: str

    @property
    def is_late(self) -> bool:
        return self.task.state == "open" and self.task.due_on < today()


def may_record_use(actor: Actor) -> bool:
    """Whether the actor brings stories to others."""
    return bool(actor.roles & {"comms", "reviewer", "admin"})


def record_use(
    session: Session,
    actor: Actor,
    story: Story,
    *,
    use: str,
    place: str,
    address: str = "",
    used_on: date | None = None,
    is_recallable: bool = True,
) -> UsageLog:
    """Write down that a story was used. Raises Invalid for a use that is not agreed: it should not have been."""
    require(may_record_use(actor), "record where a story was used")
    place, address, used_on = " ".join(place.split())[:500], address.strip()[:500], used_on or today()
    if use not in USES or not place:
        raise Invalid("Say what the story was used for, and where.")
    if used_on > today():
        raise Invalid("Record a use once it has happened: the day lies in the future.")
    if address and not address.startswith(("http://", "https://")):
        raise Invalid("The address of a page begins with https://.")
    is_agreed = select(Story.id).where(Story.id == story.id, visible_to(audience_for(actor, use=use)))
    if session.exec(is_agreed).first() is None:
        raise Invalid("This use is not agreed for this story today. If it was used all the same, tell a reviewer.")
    usage = UsageLog(
        story_id=story.row_id, use=use, place=place, address=address, used_on=used_on, is_recallable=is_recallable,
        recorded_by_id=actor.id,
    )  # fmt: skip
    session.add(usage)
    session.flush()
    audit.record(session, actor, "use.recorded", subject=("story", story.external_id), after={"use": use})
    return usage


def uses_of_story(session: Session, story: Story) -> list[UsageLog]:
    """Where a story was used, the latest first."""
    query = select(UsageLog).where(UsageLog.story_id == story.id)
    return list(session.exec(query.order_by(col(UsageLog.used_on).desc(), col(UsageLog.id).desc())))


def ask_back(session: Session, *, story: Story | None = None, due_days: int = DUE_DAYS) -> list[TakedownTask]:
    """Make a task of every use that nobody agrees to any more, of one story or of all; gives the new ones.

    What cannot be called back is listed too, so that whoever took their consent back can be told.
    """
    query = select(UsageLog, Story).join(Story, col(Story.id) == UsageLog.story_id).where(_is_lost())
    if story is not None:
        query = query.where(Story.id == story.id)
    made = []
    for usage, used_story in session.exec(query).all():
        task = TakedownTask(
            usage_id=usage.row_id, owner_id=usage.recorded_by_id, due_on=today() + timedelta(days=due_days)
        )
        session.add(task)
        session.flush()
        made.append(task)
        notify(
            session, key=f"take down {usage.id}", kind="take-down", user_id=_if_active(session, task.owner_id),
            message=f"Consent has ended for something that was published ({used_story.external_id}): take it down "
            f"by {task.due_on:%d.%m.%Y}.",
            address="/take-downs", role="comms", story=used_story,
        )  # fmt: skip
    return made


def take_down_tasks(session: Session, *, story: Story | None = None) -> list[Task]:
    """All tasks, of one story or of all: open ones first, those due soonest before the others."""
    query = (
        select(TakedownTask, UsageLog, Story.external_id, User.name)
        .join(UsageLog, col(UsageLog.id) == TakedownTask.usage_id)
        .join(Story, col(Story.id) == UsageLog.story_id)
        .join(User, col(User.id) == TakedownTask.owner_id, isouter=True)
        .where(col(Story.is_restricted).is_(False))
        .order_by(col(TakedownTask.due_on), col(TakedownTask.id))
    )
    if story is not None:
        query = query.where(Story.id == story.id)
    tasks = [Task(task, usage, external_id, owner or "") for task, usage, external_id, owner in session.exec(query)]
    return sorted(tasks, key=lambda one: one.task.state != "open")


def close_task(session: Session, actor: Actor, task_id: int, *, state: str, note: str = "") -> None:
    """Say that a use was taken down, cannot be called back (with a reason), or is open again."""
    require(may_record_use(actor), "close a take-down")
    task, note = _task(session, task_id), " ".join(note.split())
    if state not in _STATES:
        raise Invalid(f"{state!r} is not what can become of it. Use one of: {', '.join(_STATES)}.")
    if state == "cannot" and not note:
        raise Invalid("Say why it cannot be called back: the contributor is told.")
    before, task.state, task.note = task.state, state, note
    task.closed_at, task.closed_by_id = (None, None) if state == "open" else (now(), actor.id)
    session.flush()
    subject = ("takedown", str(task.id))
    audit.record(session, actor, "takedown.closed", subject=subject, before={"state": before}, after={"state": state})


def give_task(session: Session, actor: Actor, task_id: int, *, owner_id: int) -> None:
    """Give a task to somebody who brings stories to others."""
    require(may_review(actor), "give a take-down to somebody")
    task, owner = _task(session, task_id), session.get(User, owner_id)
    if owner is None or owner.id not in {person.id for person in owners(session)}:
        raise Invalid("Give it to somebody who is in the communications team or a reviewer.")
    before, task.owner_id = task.owner_id, owner.id
    session.flush()
    subject = ("takedown", str(task.id))
    audit.record(session, actor, "takedown.given", subject=subject, before={"id": before}, after={"id": owner.id})


def owners(session: Session) -> list[User]:
    """Whoever may take a story down: active people of the communications team, reviewers, administrators."""
    people: Iterable[User] = session.exec(select(User).where(col(User.is_active)).order_by(col(User.name)))
    return [user for user in people if user.role_names & {"comms", "reviewer", "admin"}]


def _is_lost() -> ColumnElement[bool]:
    """The condition under which a use is no longer agreed and has no task yet."""
    agreed = exists().where(
        col(AgreedUse.story_id) == UsageLog.story_id,
        col(AgreedUse.use) == col(UsageLog.use),
        or_(col(AgreedUse.until).is_(None), col(AgreedUse.until) > today()),
    )
    has_task = exists().where(col(TakedownTask.usage_id) == UsageLog.id)
    return and_(or_(~agreed, col(Story.status) == "withdrawn"), ~has_task)


def _task(session: Session, task_id: int) -> TakedownTask:
    task = session.get(TakedownTask, task_id)
    if task is None:
        raise NotFound("There is no such task. Reload the page.")
    return task


def _if_active(session: Session, user_id: int | None) -> int | None:
    user = session.get(User, user_id) if user_id is not None else None
    return user.id if user is not None and user.is_active else None
