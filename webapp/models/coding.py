"""What is said about a text, by a person or by a pipeline version, and what people decided about it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, LargeBinary
from sqlmodel import Field

from webapp.models.base import Table, UTCDateTime, now, one_of

STATUSES = ("suggested", "confirmed", "rejected")
SOURCES = ("person", "machine")
MENTION_LABELS = ("PERSON", "ORG", "PLACE", "DATE")
PERSONAL_DATA_KINDS = (
    "person",
    "child",
    "phone",
    "email",
    "postcode",
    "address",
    "health",
    "date_of_birth",
    "nhs_no",
    "ni_no",
)


TREATMENTS = ("redact", "pseudonym", "keep")


class Theme(Table, table=True):
    """An entry of the codebook."""

    __tablename__ = "theme"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=60, unique=True)
    name: str = Field(max_length=120)
    definition: str = ""
    include: str = ""
    exclude: str = ""
    cues: list[str] = Field(default_factory=list, sa_type=JSON)
    examples: list[str] = Field(default_factory=list, sa_type=JSON)
    position: int = 0
    is_retired: bool = False


class Statement(Table):
    """What every statement about a text carries: where it stands, who made it, how sure, and what people said."""

    id: int | None = Field(default=None, primary_key=True)
    revision_id: int = Field(foreign_key="revision.id", ondelete="CASCADE", index=True)
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    source: str = Field(default="machine", max_length=10)
    pipeline_version: str | None = Field(default=None, max_length=80)
    score: float | None = None
    status: str = Field(default="suggested", max_length=12, index=True)
    decided_by_id: int | None = Field(default=None, foreign_key="user_account.id")
    decided_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    created_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)


class Coding(Statement, table=True):
    """A theme applied to a stretch of text. start = end = 0 says it of the whole story."""

    __tablename__ = "coding"
    __table_args__ = (one_of("status", STATUSES), one_of("source", SOURCES))

    theme_id: int = Field(foreign_key="theme.id", index=True)
    position: int = 0
    """Order of the theme within the story, the primary one first."""
    coder_id: int | None = Field(default=None, foreign_key="user_account.id")
    memo: str = ""


class Repurposing(Statement, table=True):
    """Who turned what into what. [start, end) is the sentence that proves it."""

    __tablename__ = "repurposing"
    __table_args__ = (one_of("status", STATUSES), one_of("source", SOURCES))

    actor: str | None = None
    from_phrase: str | None = None
    to_phrase: str
    trigger: str | None = None
    place: str | None = None
    when: str | None = None
    from_category: str | None = Field(default=None, max_length=30, index=True)
    to_category: str | None = Field(default=None, max_length=30, index=True)
    trigger_kind: str | None = Field(default=None, max_length=30, index=True)
    construction: str = Field(default="", max_length=60)
    spans: dict[str, list[int]] = Field(default_factory=dict, sa_type=JSON)
    """Slot (actor, from, to, trigger, place, when) → [start, end) where the words stand in the text."""
    proposed: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    """What the machine had read, where a person edited it."""
    embedding_name: str | None = Field(default=None, max_length=100)
    embedding: bytes | None = Field(default=None, sa_type=LargeBinary)
    """Of the repurposing said in one plain sentence; float32, little-endian, unit length. None until the worker
    has made it, and again after an edit."""


class Mention(Statement, table=True):
    """A name in the text."""

    __tablename__ = "mention"
    __table_args__ = (one_of("status", STATUSES), one_of("source", SOURCES), one_of("label", MENTION_LABELS))

    label: str = Field(max_length=10)
    text: str
    place_id: int | None = Field(default=None, foreign_key="place.id")
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")


class Quote(Statement, table=True):
    """Direct speech, without its quotation marks."""

    __tablename__ = "quote"
    __table_args__ = (one_of("status", STATUSES), one_of("source", SOURCES))

    text: str
    speaker: str | None = Field(default=None, max_length=300)


class PersonalDataFinding(Statement, table=True):
    """Something that could identify a private person. confirmed: it does; rejected: it may stay."""

    __tablename__ = "personal_data_finding"
    __table_args__ = (
        one_of("status", STATUSES),
        one_of("source", SOURCES),
        one_of("kind", PERSONAL_DATA_KINDS),
        one_of("treatment", TREATMENTS),
    )

    kind: str = Field(max_length=20)
    text: str
    treatment: str | None = Field(default=None, max_length=12)
    """What a person decided should become of it; None while only its being personal is decided."""
    replacement: str | None = Field(default=None, max_length=300)
    """The words that are to stand in its place."""
