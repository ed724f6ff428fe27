"""What every table shares: naming of constraints, time in UTC, lists of allowed words."""

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import CheckConstraint, DateTime, Dialect, MetaData
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

from webapp.clock import now

__all__ = ["NAMING_CONVENTION", "Table", "UTCDateTime", "metadata", "now", "one_of"]

# Set before the first table, so that migrations can name what they change on SQLite and PostgreSQL alike.
NAMING_CONVENTION = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING_CONVENTION
metadata: MetaData = SQLModel.metadata


class UTCDateTime(TypeDecorator[datetime]):
    """A moment in UTC: aware in Python, whatever the database gives back (SQLite gives naive values)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone; use webapp.models.base.now().")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def one_of(column: str, words: Iterable[str]) -> CheckConstraint:
    """A constraint that holds a column to a closed list of words."""
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


class Table(SQLModel):
    """The base of all tables: user input is checked by `Model.model_validate`, for SQLModel's own constructors
    of tables check nothing (fastapi/sqlmodel #52)."""

    @property
    def row_id(self) -> int:
        """The id of a row that the database has; ValueError before it was flushed."""
        found = getattr(self, "id", None)
        if found is None:
            raise ValueError(f"This {type(self).__name__} has no id yet: flush the session first.")
        return int(found)
