"""Where stories happen, and whose stories they are."""

from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, Relationship

from webapp.models.base import Table, one_of

PLACE_KINDS = ("nation", "region", "local_authority", "neighbourhood")

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
    """A named place inside a larger one: neighbourhood, local authority, region (in England), nation."""

    __tablename__ = "place"
    # Two rows may share a name (Newport), never a name, a kind and a path.
    __table_args__ = (one_of("kind", PLACE_KINDS), UniqueConstraint("path", "kind"))

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=200, index=True)
    kind: str = Field(max_length=20)
    path: str = Field(max_length=830)
    """Names from the nation down, joined by ' / ': 'England / North West / Stockport / Brinnington'."""
    parent_id: int | None = Field(default=None, foreign_key="place.id", index=True)
    code: str | None = Field(default=None, max_length=20, index=True)
    """Of the Office for National Statistics, where it has one."""
    latitude: float | None = None
    longitude: float | None = None

    parent: "Place" = Relationship(
        sa_relationship_kwargs={"remote_side": "Place.id", "lazy": "joined", "join_depth": 3}
    )


class PlaceName(Table, table=True):
    """A key (`nlp.gazetteer.name_key`) that finds a place. is_whole: it is not merely a part of its name."""

    __tablename__ = "place_name"

    place_id: int = Field(foreign_key="place.id", ondelete="CASCADE", primary_key=True)
    key: str = Field(max_length=200, primary_key=True, index=True)
    is_whole: bool = True


class PlaceOutline(Table, table=True):
    """The simplified outline of a place, for maps: a GeoJSON MultiPolygon, longitude before latitude."""

    __tablename__ = "place_outline"

    place_id: int = Field(foreign_key="place.id", ondelete="CASCADE", primary_key=True)
    geometry: dict[str, Any] = Field(sa_type=JSON)
    source: str = Field(default="", max_length=255)
    """The file it came from."""


class Organisation(Table, table=True):
    """A body whose story is told: a club, a charity, a school."""

    __tablename__ = "organisation"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=300, unique=True)
    kind: str | None = Field(default=None, max_length=60)
