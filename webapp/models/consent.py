"""What a contributor agreed to. A record is never edited: a change is another record that follows it.

The database holds to that itself: it refuses an update, and a deletion of anything but the whole story.
"""

from datetime import date, datetime

from sqlalchemy import JSON
from sqlmodel import Field

from webapp.models.base import Table, UTCDateTime, now, one_of

USES = ("website", "social", "press", "print", "funders", "internal", "research")
NAMING_CHOICES = ("full", "first", "first_and_town", "anonymous")


class Consent(Table, table=True):
    """One agreement, or one withdrawal of it, for one story."""

    __tablename__ = "consent"
    __table_args__ = (one_of("action", ("given", "withdrawn")), one_of("naming", NAMING_CHOICES))

    id: int | None = Field(default=None, primary_key=True)
    story_id: int = Field(foreign_key="story.id", ondelete="CASCADE", index=True)
    action: str = Field(default="given", max_length=20)
    uses: list[str] = Field(default_factory=list, sa_type=JSON)
    basis: str = ""
    """Why it is lawful to hold and publish this, in words."""
    given_by: str = Field(default="", max_length=200)
    """Who agreed. The records of one person follow one another; the latest counts."""
    method: str = Field(default="", max_length=60)
    naming: str = Field(default="anonymous", max_length=20)
    wording_version: str = Field(default="", max_length=40)
    wording_hash: str = Field(default="", max_length=64)
    given_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)
    expires_at: datetime | None = Field(default=None, sa_type=UTCDateTime, index=True)
    witness: str = Field(default="", max_length=200)
    guardian: str = Field(default="", max_length=200)
    recorded_by_id: int | None = Field(default=None, foreign_key="user_account.id")
    recorded_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)


class AgreedUse(Table, table=True):
    """A use that a story's consents allow today: derived from them, so that lists can ask the database."""

    __tablename__ = "agreed_use"
    __table_args__ = (one_of("use", USES),)

    story_id: int = Field(foreign_key="story.id", primary_key=True, ondelete="CASCADE")
    use: str = Field(primary_key=True, max_length=20)
    until: date | None = Field(default=None, index=True)
    """The first day on which it is no longer agreed; none: without end."""
