"""What contributors agreed to: records that follow one another, and the uses that they add up to."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col

from webapp.errors import Invalid
from webapp.models import AGE_BANDS, NAMING_CHOICES, USES, AgreedUse, Consent, ConsentWording, Contributor, Story, now
from webapp.services import audit
from webapp.services.access import Actor
from webapp.services.consent_records import agreed_uses, consents_of, latest_consents, uses_agreed_in, uses_by_story
from webapp.services.contributors import add_contributor, join_story, person_named
from webapp.services.naming import refresh_public_names
from webapp.services.stories import touch
from webapp.services.turns import keep_others_out
from webapp.services.wordings import named_version

__all__ = [
    "agreed_uses",
    "consents_of",
    "latest_consents",
    "record_consent",
    "refresh_agreed_uses",
    "uses_agreed_in",
    "uses_by_story",
]

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


def refresh_agreed_uses(session: Session, story: Story) -> Mapping[str, date | None]:
    """Write what the consents add up to and how people are named, and mark the story as changed for the index."""
    # Two who record at once would each write the uses that they know of.
    keep_others_out(session, story)
    uses = uses_agreed_in(session, story)
    session.execute(delete(AgreedUse).where(col(AgreedUse.story_id) == story.id))
    session.add_all(AgreedUse(story_id=story.row_id, use=use, until=until) for use, until in uses.items())
    refresh_public_names(session, story)
    touch(story)
    session.flush()
    return uses


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


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
