"""What a story's records of consent add up to: who said what last, and which uses everybody agreed to."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlmodel import Session, col, select

from webapp.models import USES, AgreedUse, Consent, Story
from webapp.services.contributors import people_of


def consents_of(session: Session, story: Story) -> list[Consent]:
    """All records of a story, oldest first."""
    query = select(Consent).where(Consent.story_id == story.id)
    return list(session.exec(query.order_by(col(Consent.given_at), col(Consent.id))))


def latest_consents(consents: Iterable[Consent]) -> dict[int, Consent]:
    """Contributor → their latest record. consents: oldest first."""
    return {consent.contributor_id: consent for consent in consents}


def agreed_uses(
    consents: Iterable[Consent], *, standings: Mapping[int, str] | None = None, needs_explicit: bool = False
) -> dict[str, date | None]:
    """Use → the first day without it (None: no end), by the latest record of every person.

    Everybody in the story has to agree: a use that one person's latest record leaves out is not agreed, and neither
    is any while somebody was not asked yet. standings: contributor → how they stand in the story; who cannot be
    recognised or speaks for an office need not agree, yet whoever took it back counts in any case.
    needs_explicit: the story tells of what the law wants express agreement for.
    """
    latest = latest_consents(consents)
    standings = standings or {}
    asked = {one for one in latest.keys() | standings.keys() if standings.get(one, "asked") == "asked"}
    asked |= {one for one, consent in latest.items() if consent.action == "withdrawn"}
    terms = [_terms(latest.get(one), needs_explicit=needs_explicit) for one in asked]
    if not terms:
        return {}
    shared = set(terms[0]).intersection(*terms[1:])
    return {use: _earliest(term[use] for term in terms) for use in USES if use in shared}


def uses_agreed_in(session: Session, story: Story) -> dict[str, date | None]:
    """The agreed uses of a story, worked out from its records as they stand."""
    return agreed_uses(
        consents_of(session, story),
        standings={person.id: person.standing for person in people_of(session, story)},
        needs_explicit=bool(story.special_categories),
    )


def uses_by_story(session: Session, story_ids: Iterable[int]) -> dict[int, dict[str, date | None]]:
    """Story id → its agreed uses, for many stories in one statement."""
    found: dict[int, dict[str, date | None]] = {}
    for row in session.exec(select(AgreedUse).where(col(AgreedUse.story_id).in_(list(story_ids)))):
        found.setdefault(row.story_id, {})[row.use] = row.until
    return found


def _terms(consent: Consent | None, *, needs_explicit: bool) -> dict[str, date | None]:
    if consent is None or consent.action == "withdrawn" or (needs_explicit and not consent.is_explicit):
        return {}
    until = consent.expires_at.date() if consent.expires_at else None
    return dict.fromkeys(consent.uses, until)


def _earliest(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day is not None), default=None)
