"""Consent as files carry it: whose each record is, and when it was given."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session

from webapp.clock import end_of_consent
from webapp.models import Contributor, Story
from webapp.services.access import Actor
from webapp.services.consent import consents_of, record_consent
from webapp.services.contributors import add_contributor, people_of
from webapp.services.imports.story_file import ConsentForm, PersonForm


def bring_people_and_consents(
    session: Session,
    actor: Actor,
    story: Story,
    people: Iterable[PersonForm],
    consents: Iterable[ConsentForm],
    *,
    consent_months: int | None = None,
) -> None:
    """Put the people of a file into a story, and what they agreed to.

    consent_months: how long a consent lasts that tells neither when it was given nor when it ends. One with a day and
    without an end was recorded so on purpose, as an export has it.
    """
    by_key: dict[str, Contributor] = {}
    for form in people:
        by_key[form.person] = add_contributor(session, actor, story, **form.model_dump(exclude={"person"}))
    for consent in consents:
        details = consent.model_dump(exclude={"person"})
        details.update((name, _aware(details[name])) for name in ("given_at", "expires_at"))
        if consent_months and consent.action == "given" and consent.given_at is consent.expires_at is None:
            details["expires_at"] = end_of_consent(consent_months)
        if consent.person and consent.person not in by_key:
            by_key[consent.person] = add_contributor(session, actor, story, name=consent.given_by)
        record_consent(session, actor, story, contributor=by_key.get(consent.person), **details)


def people_forms(session: Session, story: Story) -> tuple[PersonForm, ...]:
    """The people of a story as a file holds them, numbered in their order."""
    return tuple(
        PersonForm(
            person=str(number),
            standing=person.standing,
            **{name: getattr(person.contributor, name) for name in ("name", "town", "pseudonym", "email", "phone")},
        )
        for number, person in enumerate(people_of(session, story), start=1)
    )


def consent_forms(session: Session, story: Story) -> tuple[ConsentForm, ...]:
    """The records of a story as a file holds them, oldest first."""
    number_by_id = {person.id: str(number) for number, person in enumerate(people_of(session, story), start=1)}

    def form(consent: Any) -> ConsentForm:
        fields = {name: getattr(consent, name) for name in ConsentForm.model_fields if name != "person"}
        return ConsentForm(person=number_by_id[consent.contributor_id], **fields)

    return tuple(form(consent) for consent in consents_of(session, story))


def _aware(moment: datetime | None) -> datetime | None:
    """A day in a file is a day in UTC."""
    return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment
