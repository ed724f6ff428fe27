"""A story sent by its author: stored once, with its consent, and handed in, however often it is sent."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from webapp.errors import Conflict
from webapp.models import Consent, Draft, DraftAnswer, DraftReading, Story, now
from webapp.services.access import Actor, require
from webapp.services.consent import consents_of, record_consent
from webapp.services.drafts import answers_of, is_own
from webapp.services.photos import hand_over_photos
from webapp.services.places import place_names
from webapp.services.stories import StoryFields, add_story, revise_story, submit
from webapp.services.turns import check_form_seen, mark_of, take_turn
from webapp.services.wordings import current_wording

_MOST_TRIES = 10
"""Each failed try means that somebody else's story was stored, so they do not go on for ever."""


def revise_submission(
    session: Session,
    actor: Actor,
    story: Story,
    fields: StoryFields,
    *,
    consent: Mapping[str, Any] | None,
    hand_in: bool,
    seen: str | None = None,
) -> Consent | None:
    """Bring a story to these words and, if asked, hand it in (again). Gives the consent that came with it, if any.

    consent: what `record_consent` takes, or None. One that is recorded already is not recorded again.
    seen: `described_seen` when the actor saw the form; raises Overtaken if somebody changed the story since.
    """
    take_turn(session, story)
    wanted = {name: getattr(fields, name) for name in described(story)}
    check_form_seen(
        session, story, seen, "this story", stands=_as_called(described(story)), wanted=_as_called(wanted)
    )  # fmt: skip
    revise_story(session, actor, story, fields)
    return _complete(session, actor, story, consent=consent, hand_in=hand_in)


def send_draft(
    session: Session, actor: Actor, draft: Draft, fields: StoryFields, *, consent: Mapping[str, Any] | None
) -> Story:
    """Hand in what a draft says; the story that it became before, however often it is sent.

    Raises Conflict if the story that it corrects was reworded since.
    """
    for _ in range(_MOST_TRIES):
        # The lock makes a second sending wait for the first, where the database has such locks. It goes with a
        # rollback, so each try takes it again: two sendings that both tried without it would wait for each other.
        draft = session.get_one(Draft, draft.id, with_for_update=True, populate_existing=True)
        require(is_own(session, actor, draft), "send this draft")
        if draft.sent_at is not None:
            return session.get_one(Story, draft.story_id)
        try:
            return _send(session, actor, draft, fields, consent=consent)
        except IntegrityError:
            # Another sending of this form was first, or another story that names the same place or organisation: in
            # the first case the draft is sent now, in the second the place is there. Nothing else is lost here.
            session.rollback()
    raise Conflict("Too many people are sending stories at this moment. Yours is kept: send it again in a minute.")


def _send(
    session: Session, actor: Actor, draft: Draft, fields: StoryFields, *, consent: Mapping[str, Any] | None
) -> Story:
    """One try. Raises IntegrityError if somebody else stored the same story, place or organisation meanwhile."""
    if draft.kind == "correction":
        story = session.get_one(Story, draft.story_id)
        given = _send_correction(session, actor, story, draft, fields, consent=consent)
    else:
        story = add_story(session, actor, fields, submission_key=draft.key)
        given = _complete(session, actor, story, consent=consent, hand_in=True)
    if given is not None:
        draft.contributor_id = given.contributor_id
    hand_over_photos(session, draft, story, answers_of(draft))
    # The story has the words from here on. A second copy would outlive the names that are replaced in it.
    session.execute(delete(DraftReading).where(col(DraftReading.draft_id) == draft.id))
    session.execute(delete(DraftAnswer).where(col(DraftAnswer.draft_id) == draft.id))
    session.expire(draft, ["answers"])
    draft.story_id, draft.sent_at = story.id, draft.sent_at or now()
    session.flush()
    return story


def kept_of(story: Story | None) -> dict[str, Any]:
    """What a story says that no step shows, and that a correction must not lose."""
    if story is None:
        return {}
    return {
        "summary": story.current_revision.summary,
        "source": story.source,
        "is_illustrative": story.is_illustrative,
    }


def described(story: Story) -> dict[str, str | None]:
    """Field → what the story says in it now, as a form shows it."""
    names, organisation = place_names(story.place), story.organisation
    return {
        "title": story.current_revision.title,
        "text": story.current_revision.text,
        "place": names.get("neighbourhood"),
        "local_authority": names.get("local_authority"),
        "region": names.get("region"),
        "organisation": organisation.name if organisation else None,
        "organisation_kind": organisation.kind if organisation else None,
        "period": story.period,
        "submitted_by_role": story.submitted_by_role,
        "evidence_strength": story.evidence_strength,
    }


def described_seen(story: Story) -> str:
    """How a story stood when the form that changes it was made."""
    return mark_of(_as_called(described(story)))


def story_of_draft(session: Session, draft: Draft) -> Story | None:
    """The story that a draft corrects, or became; None while it is only a draft."""
    return session.get(Story, draft.story_id) if draft.story_id is not None else None


def _as_called(told: Mapping[str, str | None]) -> dict[str, object]:
    """What a form says of a story, by the names that its fields have on the page."""
    return {name.replace("_", " "): " ".join((words or "").split()) for name, words in told.items()}


def _send_correction(
    session: Session,
    actor: Actor,
    story: Story,
    draft: Draft,
    fields: StoryFields,
    *,
    consent: Mapping[str, Any] | None,
) -> Consent | None:
    take_turn(session, story)
    if story.revision_number != draft.base_revision:
        raise Conflict(
            "The text was changed by somebody else since you began. Nothing was sent, and your words are kept: copy "
            "what you need, throw this draft away and correct the story as it stands now."
        )
    hand_in = story.status in ("draft", "changes_requested")
    return revise_submission(session, actor, story, fields, consent=consent, hand_in=hand_in)


def _complete(
    session: Session, actor: Actor, story: Story, *, consent: Mapping[str, Any] | None, hand_in: bool
) -> Consent | None:
    given = None
    if consent and not consents_of(session, story):
        # Both forms show this wording above their boxes.
        given = record_consent(session, actor, story, **{"wording": current_wording(session), **consent})
    if hand_in and story.status in ("draft", "changes_requested"):
        submit(session, actor, story)
    return given
