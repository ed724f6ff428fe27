"""What the system does and what was done in it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from webapp.models.base import Table, UTCDateTime, now, one_of

JOB_STATES = ("queued", "running", "done", "failed")


class Job(Table, table=True):
    """What people see of long work. The work itself is found by comparing, so a lost job loses nothing."""

    __tablename__ = "job"
    __table_args__ = (one_of("state", JOB_STATES),)

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=30, index=True)
    title: str = Field(max_length=300)
    state: str = Field(default="queued", max_length=10, index=True)
    n_done: int = 0
    n_total: int = 0
    order: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """What was asked for, so that a restarted worker can go on."""
    messages: list[str] = Field(default_factory=list, sa_type=JSON)
    """What to tell the person who asked: errors file by file, fields that were ignored."""
    error: str | None = None
    asked_by_id: int | None = Field(default=None, foreign_key="user_account.id")
    created_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)
    beat_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)
    """When it last went forward."""
    finished_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class AuditEvent(Table, table=True):
    """One thing that somebody did. Append-only: the database refuses to change or delete a row."""

    __tablename__ = "audit_event"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(default_factory=now, sa_type=UTCDateTime, index=True)
    # No foreign keys: the event outlives what it speaks of.
    actor_id: int | None = Field(default=None, index=True)
    actor_name: str = Field(default="", max_length=200)
    action: str = Field(max_length=60, index=True)
    subject_kind: str = Field(max_length=40)
    subject_id: str = Field(max_length=120, index=True)
    before: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    after: dict[str, Any] | None = Field(default=None, sa_type=JSON)
