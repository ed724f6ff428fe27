"""What a contributor is writing: a draft, kept answer by answer until it is handed in as a story."""

from datetime import datetime

from sqlalchemy import JSON
from sqlmodel import Field, Relationship

from webapp.models.base import Table, UTCDateTime, now, one_of

DRAFT_KINDS = ("short", "full", "correction")


class Draft(Table, table=True):
    """A form that somebody has begun. Only whoever began it sees it, until it is handed in."""

    __tablename__ = "draft"
    __table_args__ = (one_of("kind", DRAFT_KINDS),)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=64, unique=True)
    """Part of its address, and the submission key of the story that it becomes: sent twice, it is stored once."""
    kind: str = Field(max_length=20)
    owner_id: int | None = Field(default=None, foreign_key="user_account.id", index=True, ondelete="CASCADE")
    story_id: int | None = Field(default=None, foreign_key="story.id", index=True, ondelete="CASCADE")
    """The story that it corrects, or became."""
    base_revision: int | None = None
    """Of a correction: the number of the revision that it began with."""
    created_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)
    updated_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UTCDateTime)

    answers: list["DraftAnswer"] = Relationship(
        sa_relationship_kwargs={"cascade": "all, delete-orphan", "lazy": "selectin"}
    )


class DraftAnswer(Table, table=True):
    """What stands in one field of a draft. Each is saved by itself, so that two fields never overwrite each other."""

    __tablename__ = "draft_answer"

    draft_id: int = Field(foreign_key="draft.id", primary_key=True, ondelete="CASCADE")
    name: str = Field(primary_key=True, max_length=60)
    written: list[str] = Field(default_factory=list, sa_type=JSON)
    """As the browser sent it; several where several boxes may be ticked."""
    version: int = 1
    """Grows with each change, so that a device tells whether another has written meanwhile."""
    saved_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)
