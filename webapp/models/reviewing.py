"""What reviewers keep beside a story: replacements and the words they stand for, comments, care for the teller.

Nothing here is public. The replaced words and the texts that hold them are for the reviewers of the story alone:
see `webapp.services.public_words` and `webapp.services.originals`.
"""

from datetime import date, datetime

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field

from webapp.models.base import Table, UTCDateTime, now, one_of
from webapp.models.coding import PERSONAL_DATA_KINDS

REPLACEMENT_KINDS = (*PERSONAL_DATA_KINDS, "other")
RISKS = ("low", "some", "high")


class WordReplacement(Table, table=True):
    """Words that the public version of a story never shows, and those that stand in their place."""

    __tablename__ = "word_replacement"
    __table_args__ = (one_of("kind", REPLACEMENT_KINDS), UniqueConstraint("story_id", "original"))

    id: int | None = Field(default=None, primary_key=True)
    story_id: int = Field(foreign_key="story.id", ondelete="CASCADE", index=True)
    kind: str = Field(default="other", max_length=20)
    original: str = Field(max_length=300)
    words: str = Field(max_length=300)
    made_by_id: int | None = Field(default=None, foreign_key="user_account.id", ondelete="SET NULL")
    made_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)


class PrivateOriginal(Table, table=True):
    """A revision as it was written, where its public words are others."""

    __tablename__ = "private_original"

    revision_id: int = Field(foreign_key="revision.id", primary_key=True, ondelete="CASCADE")
    title: str
    summary: str = ""
    text: str
    spans: dict[str, list[list[int]]] = Field(default_factory=dict, sa_type=JSON)
    """'title', 'summary' or 'text' → [start, end, public start, public end] of each stretch that was replaced."""
    beside: dict[str, list[str]] = Field(default_factory=dict, sa_type=JSON)
    """What stands beside the text, such as 'attachment.7.alt_text' → [as written, as it is shown]."""


class ReviewComment(Table, table=True):
    """What a reviewer says of a passage, or of the whole story."""

    __tablename__ = "review_comment"

    id: int | None = Field(default=None, primary_key=True)
    story_id: int = Field(foreign_key="story.id", ondelete="CASCADE", index=True)
    body: str
    quoted: str = ""
    """The words that it was made on; empty: the whole story."""
    is_internal: bool = True
    """For the reviewers alone; otherwise whoever sent the story reads it too."""
    author_id: int | None = Field(default=None, foreign_key="user_account.id", ondelete="SET NULL")
    author_name: str = Field(default="", max_length=200)
    made_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)
    settled_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    settled_by_id: int | None = Field(default=None, foreign_key="user_account.id", ondelete="SET NULL")


class CommentPlace(Table, table=True):
    """Where a comment's passage stands in a revision; a revision without its words has none."""

    __tablename__ = "comment_place"

    comment_id: int = Field(foreign_key="review_comment.id", primary_key=True, ondelete="CASCADE")
    revision_id: int = Field(foreign_key="revision.id", primary_key=True, ondelete="CASCADE", index=True)
    start: int = Field(ge=0)
    end: int = Field(ge=0)


class WelfareNote(Table, table=True):
    """What telling a story may do to whoever tells it, and what is done about it. The latest of a story counts."""

    __tablename__ = "welfare_note"
    __table_args__ = (one_of("risk", RISKS),)

    id: int | None = Field(default=None, primary_key=True)
    story_id: int = Field(foreign_key="story.id", ondelete="CASCADE", index=True)
    risk: str = Field(max_length=10)
    note: str = ""
    """What could happen to them once it is published."""
    support: str = ""
    """What was offered to them."""
    contact_on: date | None = Field(default=None, index=True)
    """When somebody asks them how they are."""
    made_by_id: int | None = Field(default=None, foreign_key="user_account.id", ondelete="SET NULL")
    made_by_name: str = Field(default="", max_length=200)
    made_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)
