"""Topics: discovered by a run, beside the codebook and never instead of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from webapp.models.base import Table, UTCDateTime, now


class TopicRun(Table, table=True):
    """One discovery over the passages of the published stories."""

    __tablename__ = "topic_run"

    id: int | None = Field(default=None, primary_key=True)
    model_name: str = Field(max_length=60)
    manifest: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """Seeds, versions, parameters and the digest of what was read."""
    n_passages: int
    n_outliers: int
    created_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)


class Topic(Table, table=True):
    """One topic of a run."""

    __tablename__ = "topic"

    id: int | None = Field(default=None, primary_key=True)
    run_id: int = Field(foreign_key="topic_run.id", ondelete="CASCADE", index=True)
    number: int
    label: str = Field(max_length=200)
    words: list[str] = Field(default_factory=list, sa_type=JSON)
    n_passages: int


class TopicAssignment(Table, table=True):
    """A passage's place in a run."""

    __tablename__ = "topic_assignment"

    topic_id: int = Field(foreign_key="topic.id", primary_key=True, ondelete="CASCADE")
    passage_id: int = Field(foreign_key="passage.id", primary_key=True, ondelete="CASCADE", index=True)
    is_representative: bool = False
