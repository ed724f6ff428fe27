"""A story, its texts and its files."""

from datetime import datetime

from sqlalchemy import JSON, LargeBinary, UniqueConstraint
from sqlmodel import Field, Relationship

from webapp.models.base import Table, UTCDateTime, now, one_of
from webapp.models.places import PLACE_KINDS, Organisation, Place

PLACE_LEVELS = ("neighbourhood", "local_authority", "region")
SPECIAL_CATEGORIES = ("health", "faith", "ethnicity", "sexuality", "politics", "union", "genetics", "biometrics")
"""Article 9(1) of the UK GDPR, in short."""
CONTENT_WARNINGS = (
    "death",
    "suicide or self-harm",
    "abuse",
    "violence",
    "addiction",
    "illness",
    "mental distress",
    "discrimination",
    "war or flight",
)
RETENTION_CLASSES = ("short", "standard", "long", "archive")
STORY_STATUSES = ("draft", "submitted", "changes_requested", "published", "archived", "withdrawn")
EVIDENCE_STRENGTHS = ("first_hand", "staff_reported", "third_party")


def shown_place(place: Place | None, place_level: str, *, do_not_identify: bool) -> Place | None:
    """The place, or the smallest larger one, that is no smaller than the level; a region if nobody may be traced."""
    smallest = "region" if do_not_identify else place_level
    shown = PLACE_KINDS[: PLACE_KINDS.index(smallest) + 1]
    while place is not None and place.kind not in shown:
        place = place.parent
    return place


class Story(Table, table=True):
    """A case study. What it says stands in its revisions; what it is about, in the tables that point to those."""

    __tablename__ = "story"
    __table_args__ = (
        one_of("status", STORY_STATUSES),
        one_of("place_level", PLACE_LEVELS),
        one_of("retention_class", RETENTION_CLASSES),
        one_of("evidence_strength", EVIDENCE_STRENGTHS),
    )

    id: int | None = Field(default=None, primary_key=True)
    external_id: str = Field(max_length=120, unique=True)
    """The id that people and files use; part of its address, never changed."""
    status: str = Field(default="draft", max_length=20, index=True)
    version: int = 1
    """Grows whenever anything that a reader may find of the story changes; the index is compared with it."""
    place_id: int | None = Field(default=None, foreign_key="place.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    period: str | None = Field(default=None, max_length=60)
    """When it happened, as 'YYYY-MM/YYYY-MM', 'YYYY' or words."""
    submitted_by_role: str | None = Field(default=None, max_length=200)
    source: str | None = Field(default=None, max_length=500)
    evidence_strength: str | None = Field(default=None, max_length=20)
    """How near whoever tells it stood to what happened: one of EVIDENCE_STRENGTHS, or none if nobody said."""
    is_illustrative: bool = False
    submitted_by_id: int | None = Field(default=None, foreign_key="user_account.id", index=True)
    submission_key: str | None = Field(default=None, max_length=64, unique=True)
    """Given out with each form, so that a second click or a retry stores nothing twice."""
    review_note: str | None = None
    """What the reviewer asked for when changes were requested."""
    is_restricted: bool = Field(default=False, index=True)
    """Out of sight for everybody but safeguarding leads, whatever its status."""
    do_not_identify: bool = False
    """Nobody in it may be traced: outranks every choice of a name or a place."""
    place_level: str = Field(default="neighbourhood", max_length=20)
    """The smallest kind of place that is shown; see `public_place`."""
    public_names: list[str] = Field(default_factory=list, sa_type=JSON)
    """How its people are named for readers: written by `webapp.services.naming` alone."""
    special_categories: list[str] | None = Field(default=None, sa_type=JSON)
    """What it tells that needs explicit consent, of SPECIAL_CATEGORIES; None while nobody has decided."""
    needs_approval: bool = False
    """Is it published only with whoever told it approving its final words?"""
    content_warnings: list[str] | None = Field(default=None, sa_type=JSON)
    """Of CONTENT_WARNINGS, in their order: a reader is told before the text is unfolded."""
    warning_words: str = Field(default="", max_length=120)
    """The same in words of its own, beside or instead of them."""
    retention_class: str | None = Field(default=None, max_length=10)
    """How long it is held (`webapp.services.retention`); None: as the setting says."""
    created_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)
    updated_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)
    submitted_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    published_at: datetime | None = Field(default=None, sa_type=UTCDateTime, index=True)
    revision_number: int = 1
    """The number of the revision that counts now."""

    place: Place | None = Relationship(sa_relationship_kwargs={"lazy": "joined"})
    organisation: Organisation | None = Relationship(sa_relationship_kwargs={"lazy": "joined"})
    revisions: list["Revision"] = Relationship(
        back_populates="story",
        sa_relationship_kwargs={
            "order_by": "Revision.number",
            "cascade": "all, delete-orphan",
        },
    )
    current_revision: "Revision" = Relationship(
        sa_relationship_kwargs={
            # By number, not by a key of its own: two tables that point at one another cannot be made in order.
            "primaryjoin": "and_(Story.id == Revision.story_id, Story.revision_number == Revision.number)",
            "viewonly": True,
            "lazy": "joined",
            "uselist": False,
        }
    )
    attachments: list["Attachment"] = Relationship(
        back_populates="story", sa_relationship_kwargs={"cascade": "all, delete-orphan"}
    )

    @property
    def content_warning(self) -> str:
        """What readers are warned of, in one line; '' for nothing."""
        return ", ".join([*(self.content_warnings or ()), *([self.warning_words] if self.warning_words else [])])

    @property
    def public_place(self) -> Place | None:
        """The place that may be shown: never smaller than `place_level`, and a region where nobody may be traced."""
        return shown_place(self.place, self.place_level, do_not_identify=self.do_not_identify)

    @property
    def hides_places(self) -> bool:
        """Is any place in it shown less precisely than it was told?"""
        return self.do_not_identify or self.place_level != PLACE_LEVELS[0]

    @property
    def public_organisation(self) -> Organisation | None:
        """The organisation that may be shown: none where nobody may be traced, nor one whose name tells the place."""
        name = self.organisation.name if self.organisation else ""
        is_hidden = self.do_not_identify or any(place in name for place in self.hidden_places)
        return None if is_hidden else self.organisation

    @property
    def hidden_places(self) -> list[str]:
        """Names of the places that it was told of and that may not be shown, the smallest first."""
        names, shown, place = [], self.public_place, self.place
        while place is not None and place != shown:
            names.append(place.name)
            place = place.parent
        return names


class Revision(Table, table=True):
    """One text of a story. It is never edited: an edit is a new revision."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("story_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    story_id: int = Field(foreign_key="story.id", ondelete="CASCADE", index=True)
    number: int
    title: str = Field(max_length=300)
    summary: str = ""
    text: str
    """Normalised by `nlp.text.normalise`: every stored offset points into it."""
    author_id: int | None = Field(default=None, foreign_key="user_account.id")
    created_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)

    story: Story = Relationship(back_populates="revisions")


class Passage(Table, table=True):
    """A stretch of a revision with its embedding, so that an index is rebuilt without embedding again."""

    __tablename__ = "passage"
    __table_args__ = (UniqueConstraint("revision_id", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    revision_id: int = Field(foreign_key="revision.id", ondelete="CASCADE", index=True)
    position: int
    start: int
    end: int
    embedding_name: str = Field(max_length=100)
    embedding: bytes = Field(sa_type=LargeBinary)
    """float32, little-endian, unit length."""


class Attachment(Table, table=True):
    """A file that belongs to a story; its bytes stand in the media store under their digest."""

    __tablename__ = "attachment"
    __table_args__ = (one_of("kind", ("original", "photo", "scan")),)

    id: int | None = Field(default=None, primary_key=True)
    story_id: int | None = Field(default=None, foreign_key="story.id", ondelete="CASCADE", index=True)
    """None while it belongs to a draft alone."""
    draft_id: int | None = Field(default=None, foreign_key="draft.id", ondelete="CASCADE", index=True)
    """The draft that a photo belongs to, until it is handed in."""
    kind: str = Field(default="original", max_length=20)
    filename: str = Field(max_length=255)
    media_type: str = Field(max_length=100)
    size_bytes: int
    sha256: str = Field(max_length=64, index=True)
    alt_text: str = ""
    credit: str = ""
    caption: str = ""
    position: int = 0
    """Photos stand in this order."""
    width: int | None = None
    height: int | None = None
    """Of a photo, in pixels."""
    copies: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    """Of a photo: name of a size → SHA-256 of its bytes."""
    created_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)

    story: Story | None = Relationship(back_populates="attachments")
