"""The people in stories: who they really are, apart from everything that is shown."""

import secrets
from datetime import datetime

from sqlmodel import Field

from webapp.models.base import Table, UTCDateTime, now, one_of

STANDINGS = ("asked", "anonymised", "public role")
"""asked: has to agree; anonymised: nobody can tell who it is; public role: speaks as the holder of an office."""


class Contributor(Table, table=True):
    """Somebody who tells a story, is told of in one, or agrees for a child. Never shown as it stands: see
    `webapp.services.naming`."""

    __tablename__ = "contributor"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(default="", max_length=200)
    """The real name; empty where nobody wrote it down. It tells nobody apart: the id does."""
    town: str = Field(default="", max_length=200)
    pseudonym: str = Field(default="", max_length=200)
    """What they are called in public where they chose another name."""
    email: str = Field(default="", max_length=254)
    phone: str = Field(default="", max_length=40)
    user_id: int | None = Field(default=None, foreign_key="user_account.id", ondelete="SET NULL", index=True)
    link_key: str = Field(default_factory=lambda: secrets.token_urlsafe(24), max_length=64, unique=True)
    """Part of the links that they hold: another one makes the old links lead nowhere."""
    created_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)


class StoryContributor(Table, table=True):
    """That somebody is in a story. Whoever is 'asked' has to agree before it is used."""

    __tablename__ = "story_contributor"
    __table_args__ = (one_of("standing", STANDINGS),)

    story_id: int = Field(foreign_key="story.id", primary_key=True, ondelete="CASCADE")
    contributor_id: int = Field(foreign_key="contributor.id", primary_key=True, ondelete="CASCADE", index=True)
    standing: str = Field(default="asked", max_length=20)
    added_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)
