"""Which pipeline version has read which revision."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from webapp.models.base import Table, UTCDateTime, now, one_of


class Analysis(Table, table=True):
    """One reading of one revision by one pipeline version: done, or failed with its error."""

    __tablename__ = "analysis"
    __table_args__ = (
        UniqueConstraint("revision_id", "pipeline_version"),
        one_of("status", ("done", "failed")),
    )

    id: int | None = Field(default=None, primary_key=True)
    revision_id: int = Field(foreign_key="revision.id", ondelete="CASCADE", index=True)
    pipeline_version: str = Field(max_length=80, index=True)
    status: str = Field(max_length=10)
    error: str | None = None
    note: str | None = None
    """What a reader should know of this reading, such as that there was no text."""
    finished_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)
