"""Where stories happen, and whose stories they are."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Relationship

from webapp.models.base import Table, one_of

PLACE_KINDS = ("region", "local_authority", "neighbourhood")

ORGANISATION_KINDS = (
    "community group",
    "charity",
    "social enterprise",
    "faith group",
    "club",
    "school",
    "business",
    "public body",
    "residents' association",
    "trust",
)


class Place(Table, table=True):
    """A named place inside a larger one: neighbourhood, local authority, region (or nation)."""

    __tablename__ = "place"
    # Two rows may share a name (Newport), never a name, a kind and a path.
    __table_args__ = (one_of("kind", PLACE_KINDS), UniqueConstraint("path", "kind"))

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=200, index=True)
    kind: str = Field(max_length=20)
    path: str = Field(max_length=620)
    """Names from the region down, joined by ' / ': 'North West / Stockport / Brinnington'."""
    parent_id: int | None = Field(default=None, foreign_key="place.id", index=True)
    code: str | None = Field(default=None, max_length=20)
    latitude: float | None = None
    longitude: float | None = None

    parent: "Place" = Relationship(
        sa_relationship_kwargs={"remote_side": "Place.id", "lazy": "joined", "join_depth": 2}
    )


class Organisation(Table, table=True):
    """A body whose story is told: a club, a charity, a school."""

    __tablename__ = "organisation"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=300, unique=True)
    kind: str | None = Field(default=None, max_length=60)
