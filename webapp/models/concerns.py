"""What somebody is worried about, and who looked at it."""

from datetime import datetime

from sqlmodel import Field

from webapp.models.base import Table, UTCDateTime, now, one_of

CONCERN_DECISIONS = ("", "returned", "kept", "withdrawn")
"""returned: the story stands again where it stood; kept: it stays with the leads; withdrawn: it is gone for good."""
CONCERN_DEEDS = ("read", "taken out of sight", "closed")


class Concern(Table, table=True):
    """That somebody is worried about someone. Only safeguarding leads see it."""

    __tablename__ = "concern"
    __table_args__ = (one_of("decision", CONCERN_DECISIONS),)

    id: int | None = Field(default=None, primary_key=True)
    story_id: int | None = Field(default=None, foreign_key="story.id", ondelete="SET NULL", index=True)
    """The story that gave rise to it; None for a worry about none in particular, and once the story is erased."""
    words: str = ""
    contact: str = Field(default="", max_length=300)
    """How to reach whoever said it, if they want that."""
    raised_by_id: int | None = Field(default=None, foreign_key="user_account.id", ondelete="SET NULL")
    raised_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)
    decision: str = Field(default="", max_length=20)
    """'' while it is open."""
    note: str = ""
    """Why it was closed so, and what was done."""
    closed_by_id: int | None = Field(default=None, foreign_key="user_account.id", ondelete="SET NULL")
    closed_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class ConcernAccess(Table, table=True):
    """One look at a concern, or one deed. Append-only: the database refuses to change or delete a row."""

    __tablename__ = "concern_access"
    __table_args__ = (one_of("deed", CONCERN_DEEDS),)

    id: int | None = Field(default=None, primary_key=True)
    # No foreign keys: the log outlives what it speaks of.
    concern_id: int = Field(index=True)
    actor_id: int | None = Field(default=None, index=True)
    actor_name: str = Field(default="", max_length=200)
    deed: str = Field(max_length=20)
    at: datetime = Field(default_factory=now, sa_type=UTCDateTime)
