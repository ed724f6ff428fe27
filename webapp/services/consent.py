"""What contributors agreed to: records that follow one another, and the uses that they add up to."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select

from webapp.errors import Invalid
from webapp.models import AGE_BANDS, NAMING_CHOICES, USES, AgreedUse, Consent, ConsentWording, Contributor, Story, now
from webapp.services import audit
from webapp.services.access import Actor
from webapp.services.contributors import add_contributor, join_story, people_of, person_named
from webapp.services.wordings import named_version

UNDER_16 = ("13-15", "under 13")
# Clocks of two machines differ a little; a record dated later than this would outrank what people say after it.
_CLOCKS_DIFFER = timedelta(minutes=5)


def record_consent(
    session: Session,
    actor: Actor,
    story: Story,
    *,
    uses: Iterable[str],
    contributor: Contributor | None = None,
    given_by: str = "",
    guardian: str = "",
    wording: ConsentWording | None = None,
    **details: Any,
) -> Consent:
    """Add a record to a story and bring its agreed uses up to date.

    contributor: who agreed. Without one, the person in the story who is called `given_by`, else somebody new; a
    record without a name is always somebody new. guardian: name of the parent or guardian who agreed for a child.
    wording: what they were told. details: columns of `Consent` (method, naming, expires_at, platforms, age_band, …).
    Raises Invalid for what does not exist, and for a child without all who have to agree.
    """
    details = {name: value for name, value in details.items() if value is not None}
    details["uses"] = [use for use in USES if use in set(_known_uses(uses))]
    _check(details, guardian=guardian)
    if contributor is None:
        contributor = person_named(session, actor, story, given_by)
    join_story(session, actor, story, contributor)
    if wording is not None:
        details.update(wording_version=named_version(wording), wording_hash=wording.sha256)
    if guardian:
        details["guardian_id"] = _guardian(session, actor, story, guardian).id
    consent = Consent(story_id=story.row_id, contributor_id=contributor.row_id, recorded_by_id=actor.id, **details)
    session.add(consent)
    session.flush()
    refresh_agreed_uses(session, story)
    audit.record(
        session, actor, f"consent.{consent.action}", subject=("story", story.external_id),
        after={"contributor": contributor.id, "uses": consent.uses, "naming": consent.naming,
               "wording": consent.wording_version, "expires_at": _iso(consent.expires_at)},
    )  # fmt: skip
    return consent


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


def refresh_agreed_uses(session: Session, story: Story) -> Mapping[str, date | None]:
    """Write what the consents add up to, and mark the story as changed for the index."""
    uses = uses_agreed_in(session, story)
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


def _check(details: Mapping[str, Any], *, guardian: str) -> None:
    naming, age_band = details.get("naming", "anonymous"), details.get("age_band", "adult")
    if naming not in NAMING_CHOICES:
        raise Invalid(f"{naming!r} is not a way to be named. Use one of: {', '.join(NAMING_CHOICES)}.")
    if age_band not in AGE_BANDS:
        raise Invalid(f"{age_band!r} is not an age band. Use one of: {', '.join(AGE_BANDS)}.")
    given_at = details.get("given_at")
    if given_at is not None and given_at > now() + _CLOCKS_DIFFER:
        raise Invalid(f"A consent cannot be given in the future ({given_at:%Y-%m-%d}). Correct the day.")
    if details.get("action", "given") == "given":
        _check_child(details, age_band, guardian=guardian)


def _check_child(details: Mapping[str, Any], age_band: str, *, guardian: str) -> None:
    is_looked_after = details.get("is_looked_after", False)
    if is_looked_after and not details.get("authority"):
        raise Invalid("For a looked-after child the local authority has to agree: name it.")
    if age_band not in UNDER_16:
        return
    if not guardian and not is_looked_after:
        raise Invalid("For somebody under 16 a parent or guardian has to agree: name them.")
    if guardian and not details.get("guardian_relationship"):
        raise Invalid("Say how the parent or guardian is related to the child.")
    if not details.get("has_assent"):
        raise Invalid("A child has to agree too: ask them, and tick the box if they did.")


def _guardian(session: Session, actor: Actor, story: Story, name: str) -> Contributor:
    """The guardian of that name in an earlier record of the story, else somebody new, who is not in the story."""
    earlier = (consent.guardian_person for consent in consents_of(session, story))
    found = next((person for person in earlier if person is not None and person.name == name), None)
    return found or add_contributor(session, actor, None, name=name)


def _terms(consent: Consent | None, *, needs_explicit: bool) -> dict[str, date | None]:
    if consent is None or consent.action == "withdrawn" or (needs_explicit and not consent.is_explicit):
        return {}
    until = consent.expires_at.date() if consent.expires_at else None
    return dict.fromkeys(consent.uses, until)


def _earliest(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day is not None), default=None)


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
