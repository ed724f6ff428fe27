"""What somebody in a story may see and decide of their own part in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from webapp.clock import today
from webapp.errors import Conflict
from webapp.models import Consent, ConsentWording, Contributor, Story, UsageLog
from webapp.services.access import Actor
from webapp.services.care import change_person, hide_if_it_says_too_much
from webapp.services.consent import UNDER_16, record_consent
from webapp.services.consent_records import consents_of, latest_consents
from webapp.services.naming import public_name
from webapp.services.signed_links import holder_of
from webapp.services.usage import uses_of_story
from webapp.services.wordings import current_wording, paragraphs

__all__ = ["Contributor", "Part", "Story", "agree_anew", "holder_of", "part_of"]


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody's part in one story, as they see it."""

    story: Story
    latest: Consent | None
    public_name: str
    wording: ConsentWording
    told: tuple[str, ...]
    """The paragraphs of the wording."""
    past_uses: tuple[UsageLog, ...]
    may_agree: bool
    """Can they decide alone? For a child others have to agree too, so that staff have to ask."""

    @property
    def naming(self) -> str:
        return self.latest.naming if self.latest else "anonymous"

    @property
    def has_ended(self) -> bool:
        end = self.latest.expires_at if self.latest else None
        return end is not None and end.date() <= today()


def part_of(session: Session, story: Story, contributor: Contributor, *, months: int) -> Part:
    """What they see. months: how long a consent lasts."""
    latest = latest_consents(consents_of(session, story)).get(contributor.row_id)
    is_child = latest is not None and (latest.age_band in UNDER_16 or latest.is_looked_after)
    wording = current_wording(session, "child" if latest is not None and latest.age_band != "adult" else "adult")
    return Part(
        story=story,
        latest=latest,
        public_name="" if story.do_not_identify else public_name(contributor, latest),
        wording=wording,
        told=tuple(paragraphs(wording, months=months)),
        past_uses=tuple(uses_of_story(session, story)),
        may_agree=not is_child,
    )


def agree_anew(
    session: Session,
    actor: Actor,
    story: Story,
    contributor: Contributor,
    *,
    terms: Mapping[str, Any],
    pseudonym: str,
    expires_at: datetime,
) -> Consent:
    """Record what they agree to from now on. Raises Conflict for a child, for whom others have to agree too."""
    part = part_of(session, story, contributor, months=1)
    if not part.may_agree:
        raise Conflict("Others have to agree together with you. Tell any member of staff, and they will ask them.")
    if pseudonym:
        change_person(session, actor, story, contributor, pseudonym=pseudonym)
    consent = record_consent(
        session, actor, story, contributor=contributor, wording=part.wording, method="By their own link",
        expires_at=expires_at, age_band=part.latest.age_band if part.latest else "adult", **terms,
    )  # fmt: skip
    hide_if_it_says_too_much(session, story)
    return consent
