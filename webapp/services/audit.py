"""The log of what was done: written beside every change, never rewritten."""

from typing import Any

from sqlmodel import Session

from webapp.models import AuditEvent
from webapp.services.access import Actor


def record(
    session: Session,
    actor: Actor,
    action: str,
    *,
    subject: tuple[str, str],
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Add an event. subject: kind and id, such as ('story', 'ts-001'). Never put story text into it."""
    session.add(
        AuditEvent(
            actor_id=actor.id,
            actor_name=actor.name,
            action=action,
            subject_kind=subject[0],
            subject_id=subject[1],
            before=before,
            after=after,
        )
    )
