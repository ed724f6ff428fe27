"""Taking a story back: gone for readers at once, its past uses asked back, and a receipt for whoever took it back."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from webapp.models import Contributor, Story, UsageLog, now
from webapp.services.access import Actor
from webapp.services.consent import record_consent
from webapp.services.notices import notify
from webapp.services.stories import change_status
from webapp.services.usage import DUE_DAYS, ask_back, take_down_tasks, uses_of_story


@dataclass(frozen=True, slots=True)
class PastUse:
    """Something that was published, and what becomes of it."""

    usage: UsageLog
    state: str
    due_on: date | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was done and what is still to do. It holds no word of the story."""

    number: str
    at: datetime
    past_uses: tuple[PastUse, ...]


def withdraw_story(
    session: Session,
    actor: Actor,
    story: Story,
    *,
    contributor: Contributor | None = None,
    method: str = "",
    due_days: int = DUE_DAYS,
) -> Receipt:
    """Take a story back for good. contributor: who took their consent back; None: staff did it of their own accord.

    The database hides it from the next request on; the index follows when the worker is woken.
    """
    if contributor is not None:
        record_consent(session, actor, story, uses=[], contributor=contributor, action="withdrawn", method=method)
    change_status(session, actor, story, "withdrawn")
    ask_back(session, story=story, due_days=due_days)
    notify(
        session, key=f"withdrawn {story.external_id}", kind="withdrawn", story=story,
        message=f"The story {story.external_id} was withdrawn: it is out of sight, and its past uses are asked back.",
        address="/take-downs", role="reviewer",
    )  # fmt: skip
    return receipt_of(session, story)


def receipt_of(session: Session, story: Story) -> Receipt:
    """What stands of a withdrawal now."""
    task_by_usage = {found.usage.id: found.task for found in take_down_tasks(session, story=story)}
    uses = []
    for usage in uses_of_story(session, story):
        task = task_by_usage.get(usage.id)
        if task is None or (task.state == "open" and not usage.is_recallable):
            uses.append(PastUse(usage, "open" if task is None else "cannot", None))
        else:
            uses.append(PastUse(usage, task.state, task.due_on, task.note))
    return Receipt(number=f"{story.row_id}-{story.updated_at:%Y%m%d}", at=now(), past_uses=tuple(uses))
