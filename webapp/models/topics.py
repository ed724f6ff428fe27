"""Topics: discovered by a run, beside the codebook and never instead of it; curated by people."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, LargeBinary
from sqlmodel import Field

from webapp.models.base import Table, UTCDateTime, now, one_of

FATES = ("new", "kept", "split", "merged")
CHANGE_KINDS = ("name", "merge", "split", "hide", "promote")


class TopicRun(Table, table=True):
    """One discovery over the passages of the published stories. The newest one is the standing run."""

    __tablename__ = "topic_run"

    id: int | None = Field(default=None, primary_key=True)
    model_name: str = Field(max_length=60)
    manifest: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """Seeds, versions, parameters, the digest of what was read, and what was left out."""
    embedding_name: str = Field(max_length=100)
    n_passages: int
    n_outliers: int
    stability: float | None = None
    """Mean over the passages of how stable their topic is, in [0, 1]."""
    mean_cosine: float = 0.0
    """Of the passages to the middles of their topics, when the run was made."""
    hierarchy: list[list[float]] = Field(default_factory=list, sa_type=JSON)
    """Which topics lie nearest: (number, number, distance) of each join, as scipy's linkage counts them."""
    created_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)


class TopicIdentity(Table, table=True):
    """A topic as people know it, from run to run: its address, and what they said of it."""

    __tablename__ = "topic_identity"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(default="", max_length=120)
    """What people call it; empty: by its most telling words."""
    note: str = ""
    is_hidden: bool = False
    merged_into_id: int | None = Field(default=None, foreign_key="topic_identity.id", index=True)
    theme_id: int | None = Field(default=None, foreign_key="theme.id")
    """The theme of the codebook that it became."""
    created_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)


class Topic(Table, table=True):
    """One topic of a run."""

    __tablename__ = "topic"
    __table_args__ = (one_of("fate", FATES),)

    id: int | None = Field(default=None, primary_key=True)
    run_id: int = Field(foreign_key="topic_run.id", ondelete="CASCADE", index=True)
    identity_id: int = Field(foreign_key="topic_identity.id", index=True)
    number: int
    label: str = Field(max_length=200)
    words: list[str] = Field(default_factory=list, sa_type=JSON)
    candidates: list[list[Any]] = Field(default_factory=list, sa_type=JSON)
    """[word, its forms, its weight], most telling first: what the words are chosen from."""
    n_passages: int
    stability: float | None = None
    middle: bytes = Field(sa_type=LargeBinary)
    """Mean embedding: float32, little-endian, unit length."""
    floor: float = 0.0
    """The cosine to the middle below which a later passage is in no topic."""
    fate: str = Field(default="new", max_length=10)
    sources: list[int] = Field(default_factory=list, sa_type=JSON)
    """Identities of the topics of the run before that gave a fair part of themselves, the largest part first."""


class TopicAssignment(Table, table=True):
    """A passage's place in a run; without a topic, it is an outlier."""

    __tablename__ = "topic_assignment"

    run_id: int = Field(foreign_key="topic_run.id", primary_key=True, ondelete="CASCADE")
    passage_id: int = Field(foreign_key="passage.id", primary_key=True, ondelete="CASCADE", index=True)
    topic_id: int | None = Field(default=None, foreign_key="topic.id", ondelete="CASCADE", index=True)
    cosine: float = 0.0
    """To the topic's middle; the highest are its representatives."""
    x: float | None = None
    y: float | None = None
    """Its place on the map, in [0, 1]."""
    is_late: bool = False
    """Did it come after the run was made?"""


class TopicChange(Table, table=True):
    """What somebody did to a topic, with what it takes to undo it."""

    __tablename__ = "topic_change"
    __table_args__ = (one_of("kind", CHANGE_KINDS),)

    id: int | None = Field(default=None, primary_key=True)
    identity_id: int = Field(foreign_key="topic_identity.id", index=True)
    kind: str = Field(max_length=20)
    before: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    after: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    actor_name: str = Field(default="", max_length=200)
    at: datetime = Field(default_factory=now, sa_type=UTCDateTime)
    undone_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
