"""What time it is: the one place that asks the system, so that a test can live on another day.

Consent ends by date, and every path that reads asks here; nothing else may ask the system what day it is.
"""

from calendar import monthrange
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time

_TOLD: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """The present moment, in UTC."""
    return _TOLD.get() or datetime.now(UTC)


def today() -> date:
    """The present day, in UTC."""
    return now().date()


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month if it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def end_of_consent(months: int) -> datetime:
    """When a consent that is given now and lasts so many months ends: at midnight, in UTC."""
    return datetime.combine(months_after(today(), months), time.min, tzinfo=UTC)


@contextmanager
def living_at(moment: datetime) -> Iterator[None]:
    """Inside the block it is this moment, for everything that runs in this thread."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no time zone.")
    token = _TOLD.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _TOLD.reset(token)
