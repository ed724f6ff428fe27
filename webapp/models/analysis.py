"""Which pipeline version has read which revision."""

from datetime import datetime

from sqlalchemy import LargeBinary, UniqueConstraint
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
    learned_version: str = Field(default="", max_length=20)
    """Of what had been learned of the themes when they were suggested; empty if nothing had."""
    finished_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)


class ThemeLearning(Table, table=True):
    """What people's decisions taught of one theme. Derived: the worker makes it again from the decisions."""

    __tablename__ = "theme_learning"

    theme_id: int = Field(foreign_key="theme.id", ondelete="CASCADE", primary_key=True)
    pipeline_version: str = Field(max_length=80)
    n_decisions: int
    """In how many stories people had decided on the theme."""
    coefficients: bytes = Field(sa_type=LargeBinary)
    """float64, little-endian; see `nlp.theming.classifier.LearnedTheme`."""
    learned_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)
