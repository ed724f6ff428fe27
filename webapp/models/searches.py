"""Searches that people keep: to hear of what is new, and to cite what was found."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from webapp.models.base import Table, UTCDateTime, now


class SavedSearch(Table, table=True):
    """A search that somebody follows. What is new is what matches now and was not known before."""

    __tablename__ = "saved_search"

    id: int | None = Field(default=None, primary_key=True)
    owner_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", index=True)
    name: str = Field(max_length=200)
    asked: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """What was asked for (see `webapp.services.asking`)."""
    feed_key: str = Field(max_length=64, unique=True)
    """Part of the feed's address: another one makes the old address lead nowhere."""
    known: list[int] = Field(default_factory=list, sa_type=JSON)
    """Row ids of the stories that the owner has seen here. Numbers, so that nothing of a story that goes stays."""
    fresh: list[int] = Field(default_factory=list, sa_type=JSON)
    """Row ids of those that the worker found since: a hint for the count in the header, checked when shown."""
    created_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)
    seen_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)


class CitedResult(Table, table=True):
    """What a search found on a day, under an address that stays. It is never edited."""

    __tablename__ = "cited_result"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=32, unique=True)
    asked: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    n_found: int
    """How many stories whoever cited it could see."""
    story_ids: list[int] = Field(default_factory=list, sa_type=JSON)
    """Row ids of those stories, best first. Numbers, so that nothing of a story that goes stays."""
    cited_by_id: int | None = Field(default=None, foreign_key="user_account.id", ondelete="SET NULL", index=True)
    cited_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)
