"""Where stories were used outside this site, and what has to be taken down again."""

from datetime import date, datetime

from sqlmodel import Field

from webapp.models.base import Table, UTCDateTime, now, one_of
from webapp.models.consent import USES

TASK_STATES = ("open", "done", "cannot")


class UsageLog(Table, table=True):
    """One use of a story: what for, where, when, and whether it can be called back."""

    __tablename__ = "usage_log"
    __table_args__ = (one_of("use", USES),)

    id: int | None = Field(default=None, primary_key=True)
    story_id: int = Field(foreign_key="story.id", ondelete="CASCADE", index=True)
    use: str = Field(max_length=20)
    place: str = Field(max_length=500)
    """Where, in words: 'Annual review 2026, page 4'."""
    address: str = Field(default="", max_length=500)
    """Of the page or post, if it has one."""
    used_on: date
    is_recallable: bool = True
    """Can it be taken down? A printed copy cannot."""
    recorded_by_id: int | None = Field(default=None, foreign_key="user_account.id", ondelete="SET NULL")
    recorded_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)


class TakedownTask(Table, table=True):
    """That a use of a story has to be taken down, by whom and by when."""

    __tablename__ = "takedown_task"
    __table_args__ = (one_of("state", TASK_STATES),)

    id: int | None = Field(default=None, primary_key=True)
    usage_id: int = Field(foreign_key="usage_log.id", ondelete="CASCADE", unique=True)
    owner_id: int | None = Field(default=None, foreign_key="user_account.id", ondelete="SET NULL", index=True)
    due_on: date = Field(index=True)
    state: str = Field(default="open", max_length=10)
    note: str = ""
    made_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    closed_by_id: int | None = Field(default=None, foreign_key="user_account.id", ondelete="SET NULL")
