"""A child beside a picture is never named in full, and nothing leads to their school or street.

Source: NSPCC, photography and sharing images guidance.
"""

import pytest
from sqlmodel import Session

from webapp.models import Attachment, Draft, Story
from webapp.services.access import Actor
from webapp.services.care import set_care
from webapp.services.consent import record_consent
from webapp.services.contributors import add_contributor
from webapp.services.drafts import begin_draft
from webapp.services.naming import naming_obstacles
from webapp.services.photos import hand_over_photos
from webapp.services.publish_checks import publish_checks
from webapp.services.stories import StoryFields, add_story

NAME = "Amina Okoro"


def told_of(session: Session, actor: Actor, text: str, *, age_band: str = "13-15", place: str = "") -> Story:
    """A story with the consent of somebody who wants to be named in full."""
    story = add_story(session, actor, StoryFields(title="A hall", text=text, place=place), external_id="a")
    person = add_contributor(session, actor, story, name=NAME)
    record_consent(session, actor, story, uses=("website",), contributor=person, naming="full", age_band=age_band,
                   guardian="Di Okoro", guardian_relationship="mother", has_assent=True)  # fmt: skip
    return story


def with_photo(session: Session, actor: Actor, story: Story) -> None:
    """Bring a photo as a form does: after the consent."""
    draft: Draft = begin_draft(session, actor, key="k" * 20, kind="short")
    session.add(Attachment(draft_id=draft.row_id, kind="photo", filename="a.jpg", media_type="image/jpeg",
                           size_bytes=1, sha256="a" * 64, alt_text="Chairs."))  # fmt: skip
    session.flush()
    hand_over_photos(session, draft, story, {})


def missing(session: Session, story: Story) -> str:
    return " ".join(check.missing for check in publish_checks(session, story))


@pytest.mark.parametrize(("age_band", "named"), [("13-15", ["Amina"]), ("adult", [NAME])])
def test_a_photo_that_comes_after_the_consent_takes_a_childs_surname_away(
    session: Session, people: dict[str, Actor], age_band: str, named: list[str]
) -> None:
    story = told_of(session, people["contributor"], "We cook.", age_band=age_band)
    assert story.public_names == [NAME]
    with_photo(session, people["contributor"], story)
    assert story.public_names == named


def test_the_surname_of_a_child_in_the_text_stands_in_the_way_once_there_is_a_photo(
    session: Session, people: dict[str, Actor]
) -> None:
    story = told_of(session, people["contributor"], f"{NAME} cooks.")
    assert naming_obstacles(session, story) == []
    with_photo(session, people["contributor"], story)
    assert "Okoro" in " ".join(naming_obstacles(session, story))
    assert "Okoro" in missing(session, story)


@pytest.mark.parametrize(
    ("text", "school"),
    [
        ("She goes to St Mary's Primary School.", "St Mary's Primary School"),
        ("She is in year 8 at Wexcombe Academy.", "Wexcombe Academy"),
        ("She goes to school, and her primary school has a garden.", ""),
        ("The old School Lane hall.", ""),
    ],
)
def test_a_school_beside_a_child_stands_in_the_way(
    session: Session, people: dict[str, Actor], text: str, school: str
) -> None:
    story = told_of(session, people["contributor"], text)
    assert ("names a school" in missing(session, story)) is bool(school)
    assert school in missing(session, story)


def test_a_school_in_a_story_of_grown_ups_may_be_named(session: Session, people: dict[str, Actor]) -> None:
    story = told_of(session, people["contributor"], "We met at Wexcombe Academy.", age_band="adult")
    assert "school" not in missing(session, story)


def test_child_surname_and_school_are_blocked_together_and_nothing_else_is(
    session: Session, people: dict[str, Actor]
) -> None:
    text = f"{NAME} goes to Wexcombe Academy."
    story = told_of(session, people["contributor"], text, place="Brinnington")
    with_photo(session, people["contributor"], story)
    told = missing(session, story)
    for words in ("Okoro", "Wexcombe Academy", "no smaller place than the local authority"):
        assert words in told
    set_care(session, people["reviewer"], story, do_not_identify=False, place_level="local_authority",
             special_categories=())  # fmt: skip
    assert "no smaller place" not in missing(session, story)
