"""What a contributor agreed to. A record is never edited: a change is another record that follows it.

The database holds to that itself: it refuses an update, and a deletion of anything but the whole story.
"""

from datetime import date, datetime

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, Relationship

from webapp.models.base import Table, UTCDateTime, now, one_of
from webapp.models.contributors import Contributor

USES = ("website", "social", "press", "print", "funders", "internal", "research")
NAMING_CHOICES = ("full", "first", "first_and_town", "pseudonym", "anonymous")
AGE_BANDS = ("adult", "16-17", "13-15", "under 13")
PURPOSES = ("hold", "analyse", "publish")
LAWFUL_BASES = (
    "consent",
    "contract",
    "legal obligation",
    "vital interests",
    "public task",
    "legitimate interests",
)
"""Article 6(1) of the UK GDPR, in its order."""


class ConsentWording(Table, table=True):
    """What people are told before they agree. A version is never edited: a better wording is the next one."""

    __tablename__ = "consent_wording"
    __table_args__ = (UniqueConstraint("key", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=40)
    """For whom: 'adult', 'child'."""
    version: int
    title: str = Field(max_length=200)
    text: str
    """Paragraphs with empty lines between them. {months} stands for how long the consent lasts."""
    sha256: str = Field(max_length=64)
    """Of the text, in UTF-8; a consent carries the same."""
    made_by_id: int | None = Field(default=None, foreign_key="user_account.id")
    made_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)


class Consent(Table, table=True):
    """One agreement, or one withdrawal of it, of one person for one story."""

    __tablename__ = "consent"
    __table_args__ = (
        one_of("action", ("given", "withdrawn")),
        one_of("naming", NAMING_CHOICES),
        one_of("age_band", AGE_BANDS),
    )

    id: int | None = Field(default=None, primary_key=True)
    story_id: int = Field(foreign_key="story.id", ondelete="CASCADE", index=True)
    contributor_id: int = Field(foreign_key="contributor.id", index=True)
    """Who agreed. The records of one person follow one another; the latest counts."""
    action: str = Field(default="given", max_length=20)
    uses: list[str] = Field(default_factory=list, sa_type=JSON)
    platforms: list[str] = Field(default_factory=list, sa_type=JSON)
    """The social media that were named to them, where uses hold 'social'."""
    conditions: str = ""
    """What else they asked for, such as 'not beside stories about addiction'."""
    is_explicit: bool = False
    """Did they expressly agree that what it tells of health, faith and the like is used (Article 9(2)(a))?"""
    basis: str = ""
    """Where this agreement comes from, in words."""
    method: str = Field(default="", max_length=60)
    naming: str = Field(default="anonymous", max_length=20)
    wording_version: str = Field(default="", max_length=40)
    """Key and version of what they were told: 'adult 1'."""
    wording_hash: str = Field(default="", max_length=64)
    given_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)
    expires_at: datetime | None = Field(default=None, sa_type=UTCDateTime, index=True)
    witness: str = Field(default="", max_length=200)
    """The member of staff who asked, or who was there."""
    scan_sha256: str = Field(default="", max_length=64)
    """The signed form or the recording, in the media store; the attachment of kind 'scan' tells its name."""
    age_band: str = Field(default="adult", max_length=10)
    guardian_id: int | None = Field(default=None, foreign_key="contributor.id")
    """The parent or guardian who agreed for a child."""
    guardian_relationship: str = Field(default="", max_length=100)
    has_assent: bool = False
    """Did the child agree too, in their own words?"""
    is_looked_after: bool = False
    authority: str = Field(default="", max_length=200)
    """The local authority that agreed for a looked-after child."""
    recorded_by_id: int | None = Field(default=None, foreign_key="user_account.id")
    recorded_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)

    contributor: Contributor = Relationship(
        sa_relationship_kwargs={"lazy": "joined", "foreign_keys": "Consent.contributor_id"}
    )
    guardian_person: Contributor | None = Relationship(
        sa_relationship_kwargs={"lazy": "joined", "foreign_keys": "Consent.guardian_id"}
    )

    @property
    def given_by(self) -> str:
        """The name of whoever agreed, for staff alone."""
        return self.contributor.name

    @property
    def guardian(self) -> str:
        """The name of the parent or guardian, for staff alone."""
        return self.guardian_person.name if self.guardian_person else ""


class AgreedUse(Table, table=True):
    """A use that a story's consents allow today: derived from them, so that lists can ask the database."""

    __tablename__ = "agreed_use"
    __table_args__ = (one_of("use", USES),)

    story_id: int = Field(foreign_key="story.id", primary_key=True, ondelete="CASCADE")
    use: str = Field(primary_key=True, max_length=20)
    until: date | None = Field(default=None, index=True)
    """The first day on which it is no longer agreed; none: without end."""


class LawfulBasis(Table, table=True):
    """Why it is lawful to hold, analyse or publish; the latest for a purpose counts. Never edited."""

    __tablename__ = "lawful_basis"
    __table_args__ = (one_of("purpose", PURPOSES), one_of("basis", LAWFUL_BASES))

    id: int | None = Field(default=None, primary_key=True)
    story_id: int | None = Field(default=None, foreign_key="story.id", ondelete="CASCADE", index=True)
    """None: for every story that has none of its own."""
    purpose: str = Field(max_length=10)
    basis: str = Field(max_length=30)
    note: str = ""
    decided_by_id: int | None = Field(default=None, foreign_key="user_account.id")
    decided_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)
