"""What is said about a story's present text: looked up by kind, and how it stood when somebody saw it."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from sqlmodel import Session, col, select

from webapp.errors import Invalid, NotFound
from webapp.models import Coding, Mention, PersonalDataFinding, Quote, Repurposing, Statement, Story

STATEMENT_KINDS: Mapping[str, type[Statement]] = {
    "coding": Coding,
    "repurposing": Repurposing,
    "mention": Mention,
    "quote": Quote,
    "personal_data": PersonalDataFinding,
}


def statements(session: Session, story: Story, kind: str) -> list[Any]:
    """All statements of a kind about a story's present text, in the order of the text."""
    table = STATEMENT_KINDS[kind]
    query = select(table).where(table.revision_id == story.current_revision.id)
    return list(session.exec(query.order_by(col(table.start), col(table.id))))


def statements_by_id(session: Session, story: Story, kind: str, ids: Iterable[int]) -> list[Any]:
    """The named statements about a story's present text. Raises NotFound if one of them is not there."""
    table = STATEMENT_KINDS.get(kind)
    if table is None:
        raise Invalid(f"{kind!r} is not something to decide on. Use one of: {', '.join(STATEMENT_KINDS)}.")
    wanted = list(ids)
    query = select(table).where(col(table.id).in_(wanted), table.revision_id == story.current_revision.id)
    found = list(session.exec(query))
    if len(found) < len(set(wanted)):
        raise NotFound("This suggestion is no longer there: the text was changed or read again. Reload the page.")
    return found


def seen_of(*found: Statement) -> str:
    """A short mark of what was decided about statements; another one once any of it changes."""
    states = sorted(
        (
            statement.id or 0,
            statement.status,
            statement.decided_at.isoformat() if statement.decided_at else "",
            getattr(statement, "treatment", None) or "",
            getattr(statement, "replacement", None) or "",
        )
        for statement in found
    )
    return sha256(repr(states).encode()).hexdigest()[:16]
