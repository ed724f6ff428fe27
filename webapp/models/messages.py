"""What the system tells people: notices on the site, and mail that waits to be sent."""

from datetime import datetime

from sqlmodel import Field

from webapp.models.base import Table, UTCDateTime, now


class Notice(Table, table=True):
    """Something that staff should know or do. It holds no word of a story."""

    __tablename__ = "notice"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=120, unique=True)
    """What it is about, so that it is said once: 'consent 12 ends in 30 days'."""
    kind: str = Field(max_length=40, index=True)
    message: str = Field(max_length=500)
    address: str = Field(default="", max_length=300)
    """Path of the page where something can be done about it."""
    role: str = Field(default="reviewer", max_length=20)
    """Whoever holds this role sees it, where nobody in particular is named."""
    user_id: int | None = Field(default=None, foreign_key="user_account.id", ondelete="CASCADE", index=True)
    story_id: int | None = Field(default=None, foreign_key="story.id", ondelete="CASCADE", index=True)
    made_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)
    done_at: datetime | None = Field(default=None, sa_type=UTCDateTime, index=True)
    done_by_id: int | None = Field(default=None, foreign_key="user_account.id", ondelete="SET NULL")


class OutgoingMail(Table, table=True):
    """A message that the worker sends. Its words are wiped once it is gone, for they may hold a link that opens."""

    __tablename__ = "outgoing_mail"

    id: int | None = Field(default=None, primary_key=True)
    recipient: str = Field(max_length=254)
    subject: str = Field(max_length=200)
    body: str
    made_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)
    n_tries: int = 0
    error: str = Field(default="", max_length=300)
    sent_at: datetime | None = Field(default=None, sa_type=UTCDateTime, index=True)
