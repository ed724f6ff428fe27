"""Reading the log of what was done: for administrators, page by page or as a file."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from webapp.models import AuditEvent
from webapp.services import audit
from webapp.services.access import Actor, may_administer, require

PAGE_SIZE = 50
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class LogAsked:
    """What to look for. '' or None for all; `until` is the last day, included."""

    actor: str = ""
    """A part of the name of whoever did it, in any case."""
    action: str = ""
    """As it is logged, or its first part: 'consent' finds 'consent.given'."""
    subject: str = ""
    """The id of what it was done to, such as a story's."""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class LogPage:
    """Events, the latest first, and how many there are in all."""

    events: Sequence[AuditEvent]
    n_all: int
    number: int

    @property
    def n_pages(self) -> int:
        return max(1, -(-self.n_all // PAGE_SIZE))


def log_page(session: Session, actor: Actor, asked: LogAsked, *, number: int = 1) -> LogPage:
    """One page of what was asked for; a number beyond the last gives the last."""
    _require_admin(actor)
    conditions = _conditions(asked)
    n_all = session.exec(select(func.count()).select_from(AuditEvent).where(*conditions)).one()
    number = min(max(number, 1), max(1, -(-n_all // PAGE_SIZE)))
    query = select(AuditEvent).where(*conditions).order_by(col(AuditEvent.id).desc())
    events = session.exec(query.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)).all()
    return LogPage(events, n_all, number)


def log_events(session: Session, actor: Actor, asked: LogAsked) -> Iterator[AuditEvent]:
    """All that was asked for, the oldest first, read in batches. That it was taken away is logged, too."""
    _require_admin(actor)
    filters = {name: str(value) for name, value in asdict(asked).items() if value}
    audit.record(session, actor, "log.exported", subject=("log", "all"), after=filters)
    session.flush()
    return _events(session, _conditions(asked))


def actions(session: Session, actor: Actor) -> list[str]:
    """What is logged so far, and the first part of each, in order."""
    _require_admin(actor)
    found = session.exec(select(AuditEvent.action).distinct()).all()
    return sorted({*found, *(action.split(".")[0] for action in found)})


def _require_admin(actor: Actor) -> None:
    require(may_administer(actor), "read the log")


def _events(session: Session, conditions: list[ColumnElement[bool]]) -> Iterator[AuditEvent]:
    last = 0
    while True:
        query = select(AuditEvent).where(*conditions, col(AuditEvent.id) > last).order_by(col(AuditEvent.id))
        events = session.exec(query.limit(_BATCH)).all()
        yield from events
        if len(events) < _BATCH:
            return
        last = events[-1].row_id
        session.expunge_all()


def _conditions(asked: LogAsked) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.actor:
        found.append(col(AuditEvent.actor_name).icontains(asked.actor, autoescape=True))
    if asked.action:
        is_first_part = col(AuditEvent.action).startswith(f"{asked.action}.", autoescape=True)
        found.append((col(AuditEvent.action) == asked.action) | is_first_part)
    if asked.subject:
        found.append(col(AuditEvent.subject_id) == asked.subject)
    if asked.since:
        found.append(col(AuditEvent.at) >= _midnight(asked.since))
    if asked.until:
        found.append(col(AuditEvent.at) < _midnight(asked.until + timedelta(days=1)))
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
