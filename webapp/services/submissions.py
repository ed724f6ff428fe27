"""A story sent by its author: stored once, with its consent, and handed in, however often it is sent."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from webapp.errors import Conflict
from webapp.models import Story
from webapp.services.access import Actor, may_submit, require
from webapp.services.consent import consents_of, record_consent
from webapp.services.stories import StoryFields, add_story, revise_story, submit


def receive_story(
    session: Session,
    actor: Actor,
    fields: StoryFields,
    *,
    submission_key: str,
    consent: Mapping[str, Any] | None,
    hand_in: bool,
) -> Story:
    """The story of this submission key, new or as an earlier sending left it.

    consent: what `record_consent` takes, or None. hand_in: whether reviewers get it, or it stays a draft.
    """
    require(may_submit(actor), "send stories")
    story = _add_once(session, actor, fields, submission_key)
    if story.submitted_by_id != actor.id:
        raise Conflict("Somebody else sent this form. Open a new one and send the story from there.")
    _complete(session, actor, story, consent=consent, hand_in=hand_in)
    return story


def revise_submission(
    session: Session,
    actor: Actor,
    story: Story,
    fields: StoryFields,
    *,
    consent: Mapping[str, Any] | None,
    hand_in: bool,
) -> None:
    """Bring a story to these words and, if asked, hand it in (again)."""
    revise_story(session, actor, story, fields)
    _complete(session, actor, story, consent=consent, hand_in=hand_in)


def _add_once(session: Session, actor: Actor, fields: StoryFields, submission_key: str) -> Story:
    try:
        return add_story(session, actor, fields, submission_key=submission_key)
    except IntegrityError:
        # Two sendings of one form arrived at once and the other was first. Nothing else is in this transaction.
        session.rollback()
        return session.exec(select(Story).where(Story.submission_key == submission_key)).one()


def _complete(
    session: Session, actor: Actor, story: Story, *, consent: Mapping[str, Any] | None, hand_in: bool
) -> None:
    if consent and not consents_of(session, story):
        record_consent(session, actor, story, **consent)
    if hand_in and story.status in ("draft", "changes_requested"):
        submit(session, actor, story)
