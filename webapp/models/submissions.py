"""What a contributor is writing: a draft, kept answer by answer until it is handed in as a story."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, Relationship

from webapp.models.base import Table, UTCDateTime, now, one_of

DRAFT_KINDS = ("short", "full", "correction")
APPROVAL_METHODS = ("account", "link")


class Draft(Table, table=True):
    """A form that somebody has begun. Only whoever began it sees it, until it is handed in."""

    __tablename__ = "draft"
    __table_args__ = (one_of("kind", DRAFT_KINDS),)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=64, unique=True)
    """Part of its address, and the submission key of the story that it becomes: sent twice, it is stored once."""
    kind: str = Field(max_length=20)
    owner_id: int | None = Field(default=None, foreign_key="user_account.id", index=True, ondelete="CASCADE")
    invitation_id: int | None = Field(default=None, foreign_key="invitation.id", unique=True, ondelete="CASCADE")
    """The invitation that it took up, each once."""
    link_number: int = 1
    """Part of its own link: another number makes the old link lead nowhere."""
    story_id: int | None = Field(default=None, foreign_key="story.id", index=True, ondelete="CASCADE")
    """The story that it corrects, or became."""
    contributor_id: int | None = Field(default=None, foreign_key="contributor.id", ondelete="SET NULL")
    """Whose consent came with it."""
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


class Invitation(Table, table=True):
    """That somebody without an account may tell one story, until a day. Its link is signed; only its key is kept."""

    __tablename__ = "invitation"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=64, unique=True)
    for_whom: str = Field(default="", max_length=200)
    """Whom staff gave it to, for staff alone."""
    about: str = Field(default="", max_length=1000)
    """What they were asked to tell, shown to them."""
    invited_by_id: int | None = Field(default=None, foreign_key="user_account.id", ondelete="SET NULL")
    created_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)
    expires_at: datetime = Field(sa_type=UTCDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class Approval(Table, table=True):
    """That whoever told a story agreed to its words. It is tied to those words: other words need another."""

    __tablename__ = "approval"
    __table_args__ = (UniqueConstraint("story_id", "text_hash"), one_of("method", APPROVAL_METHODS))

    id: int | None = Field(default=None, primary_key=True)
    story_id: int = Field(foreign_key="story.id", ondelete="CASCADE", index=True)
    text_hash: str = Field(max_length=64)
    """SHA-256 of the words and photos as they were read (`webapp.services.approvals.words_hash`)."""
    method: str = Field(max_length=10)
    approved_by_id: int | None = Field(default=None, foreign_key="user_account.id", ondelete="SET NULL")
    approved_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)


class DraftReading(Table, table=True):
    """What the machine reads in a draft: asked for by the page, answered by the worker, gone with the draft."""

    __tablename__ = "draft_reading"

    draft_id: int = Field(foreign_key="draft.id", primary_key=True, ondelete="CASCADE")
    title: str = Field(default="", max_length=300)
    text: str
    text_hash: str = Field(max_length=64)
    asked_at: datetime = Field(default_factory=now, sa_type=UTCDateTime, index=True)
    found: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """What was read, as `webapp.services.draft_readings` writes it."""
    read_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    """None while it waits."""
