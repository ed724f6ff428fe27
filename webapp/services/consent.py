"""What contributors agreed to: records that follow one another, and the uses that they add up to."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select

from webapp.errors import Invalid
from webapp.models import NAMING_CHOICES, USES, AgreedUse, Consent, Story, now
from webapp.services import audit
from webapp.services.access import Actor


def record_consent(session: Session, actor: Actor, story: Story, *, uses: Iterable[str], **details: Any) -> Consent:
    """Add a record to a story and bring its agreed uses up to date.

    details: columns of `Consent` (basis, given_by, method, naming, expires_at, …).
    Raises Invalid for a use or a naming choice that does not exist.
    """
    uses = [use for use in USES if use in set(_known_uses(uses))]
    naming = details.get("naming", "anonymous")
    if naming not in NAMING_CHOICES:
        raise Invalid(f"{naming!r} is not a way to be named. Use one of: {', '.join(NAMING_CHOICES)}.")
    details = {name: value for name, value in details.items() if value is not None}
    consent = Consent(story_id=story.row_id, uses=uses, recorded_by_id=actor.id, **details)
    session.add(consent)
    session.flush()
    refresh_agreed_uses(session, story)
    audit.record(
        session,
        actor,
        f"consent.{consent.action}",
        subject=("story", story.external_id),
        after={"uses": uses, "basis": consent.basis, "expires_at": _iso(consent.expires_at)},
    )
    return consent


def consents_of(session: Session, story: Story) -> list[Consent]:
    """All records of a story, oldest first."""
    query = select(Consent).where(Consent.story_id == story.id)
    return list(session.exec(query.order_by(col(Consent.given_at), col(Consent.id))))


def agreed_uses(consents: Iterable[Consent]) -> dict[str, date | None]:
    """Use → the first day without it (None: no end), by the latest record of every person.

    Everybody in the story has to agree: a use that one person's latest record leaves out is not agreed.
    """
    # Whoever is not named may be anybody: two records without a name are two people, lest one overrule the other.
    latest = {consent.given_by or consent.id: consent for consent in consents}
    terms = [_terms(consent) for consent in latest.values()]
    if not terms:
        return {}
    shared = set(terms[0]).intersection(*terms[1:])
    return {use: _earliest(term[use] for term in terms) for use in USES if use in shared}


def refresh_agreed_uses(session: Session, story: Story) -> Mapping[str, date | None]:
    """Write what the consents add up to, and mark the story as changed for the index."""
    uses = agreed_uses(consents_of(session, story))
    session.execute(delete(AgreedUse).where(col(AgreedUse.story_id) == story.id))
    session.add_all(AgreedUse(story_id=story.row_id, use=use, until=until) for use, until in uses.items())
    story.version += 1
    story.updated_at = now()
    session.flush()
    return uses


def uses_by_story(session: Session, story_ids: Iterable[int]) -> dict[int, dict[str, date | None]]:
    """Story id → its agreed uses, for many stories in one statement."""
    found: dict[int, dict[str, date | None]] = {}
    for row in session.exec(select(AgreedUse).where(col(AgreedUse.story_id).in_(list(story_ids)))):
        found.setdefault(row.story_id, {})[row.use] = row.until
    return found


def _known_uses(uses: Iterable[str]) -> list[str]:
    uses = list(uses)
    unknown = sorted(set(uses) - set(USES))
    if unknown:
        raise Invalid(f"{unknown[0]!r} is not a use. Use any of: {', '.join(USES)}.")
    return uses


def _terms(consent: Consent) -> dict[str, date | None]:
    if consent.action == "withdrawn":
        return {}
    until = consent.expires_at.date() if consent.expires_at else None
    return dict.fromkeys(consent.uses, until)


def _earliest(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day is not None), default=None)


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
