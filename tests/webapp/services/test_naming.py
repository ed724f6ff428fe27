"""People are named as they chose, and never otherwise."""

import pytest
from sqlmodel import Session, select

from webapp.models import Analysis, Attachment, Consent, Contributor, Story
from webapp.services import review
from webapp.services.access import ANYBODY, IMPORTER, may_read
from webapp.services.care import change_person, set_care
from webapp.services.consent import consents_of, latest_consents, record_consent
from webapp.services.contributors import add_contributor, people_of
from webapp.services.indexing import documents
from webapp.services.naming import first_name, naming_obstacles, public_name, public_speaker, refresh_public_names
from webapp.services.stories import StoryFields, add_story

AMINA = Contributor(name="Mrs Amina Okoro", town="Stockport", pseudonym="Hazel")


@pytest.mark.parametrize(
    ("naming", "shown"),
    [
        ("full", "Mrs Amina Okoro"),
        ("first", "Amina"),
        ("first_and_town", "Amina, Stockport"),
        ("pseudonym", "Hazel"),
        ("anonymous", ""),
    ],
)
def test_a_name_is_shown_as_it_was_agreed(naming: str, shown: str) -> None:
    assert public_name(AMINA, Consent(naming=naming)) == shown
    assert public_name(AMINA, Consent(naming=naming, action="withdrawn")) == ""


def test_whoever_was_not_asked_is_not_named_and_a_child_in_a_picture_not_in_full() -> None:
    assert public_name(AMINA, None) == ""
    child = Consent(naming="full", age_band="13-15")
    assert [public_name(AMINA, child, has_photos=has_photos) for has_photos in (False, True)] == [
        "Mrs Amina Okoro",
        "Amina",
    ]


@pytest.mark.parametrize(
    ("name", "first"),
    [("Amina Okoro", "Amina"), ("Dr. Amina Okoro", "Amina"), ("Amina", "Amina"), ("Mrs Okoro", ""), ("", "")],
)
def test_a_surname_is_never_taken_for_a_first_name(name: str, first: str) -> None:
    assert first_name(name) == first


def test_the_public_names_of_a_story_follow_every_change(session: Session, story: Story) -> None:
    [amina] = people_of(session, story)
    record_consent(session, IMPORTER, story, uses=["website"], contributor=amina.contributor, naming="first")
    assert story.public_names == ["Amina"]

    change_person(session, IMPORTER, story, amina.contributor, name="Aminata Okoro")
    assert story.public_names == ["Aminata"]
    session.add(Attachment(story_id=story.id, kind="photo", filename="a", media_type="b", size_bytes=1, sha256="c"))
    record_consent(
        session, IMPORTER, story, uses=["website"], contributor=amina.contributor, naming="full", age_band="16-17"
    )
    assert story.public_names == ["Aminata"], "a young person beside a picture"
    change_person(session, IMPORTER, story, amina.contributor, standing="anonymised")
    assert story.public_names == []


def test_do_not_identify_outranks_every_choice(session: Session, story: Story) -> None:
    [amina] = people_of(session, story)
    record_consent(session, IMPORTER, story, uses=["website"], contributor=amina.contributor, naming="full")
    set_care(session, IMPORTER, story, do_not_identify=True, place_level="neighbourhood", special_categories=[])

    assert (story.public_names, story.public_organisation) == ([], None)
    assert story.public_place is not None
    assert story.public_place.name == "North West"
    people, latest = people_of(session, story), latest_consents(consents_of(session, story))
    assert public_speaker("the caretaker", story, people, latest) == ""


def test_the_speaker_of_a_quote_is_named_as_they_chose(session: Session, story: Story) -> None:
    [amina] = people_of(session, story)
    record_consent(session, IMPORTER, story, uses=["website"], contributor=amina.contributor, naming="pseudonym")
    change_person(session, IMPORTER, story, amina.contributor, pseudonym="Hazel")
    people, latest = people_of(session, story), latest_consents(consents_of(session, story))

    said = [public_speaker(who, story, people, latest) for who in ("Amina", "Mrs Okoro", "the caretaker", None)]
    assert said == ["Hazel", "Hazel", "the caretaker", ""]


@pytest.mark.parametrize(
    ("naming", "text", "is_said"),
    [
        ("anonymous", "Amina cooked.", True),
        ("anonymous", "Okoro's kitchen cooked.", True),
        ("anonymous", "Aminata cooked.", False),
        ("first", "Amina cooked.", False),
        ("first", "Amina Okoro cooked.", True),
        ("full", "Amina Okoro cooked.", False),
    ],
)
def test_a_name_that_may_not_be_shown_keeps_a_text_from_its_readers(
    session: Session, naming: str, text: str, is_said: bool
) -> None:
    story = add_story(session, IMPORTER, StoryFields(title="A kitchen", text=text))
    session.add(Analysis(revision_id=story.current_revision.row_id, pipeline_version="test", status="done"))
    record_consent(session, IMPORTER, story, uses=["website"], given_by="Mrs Amina Okoro", naming=naming)
    assert bool(naming_obstacles(session, story)) == is_said
    assert bool(review.obstacles_to_publishing(session, story)) == is_said


@pytest.mark.parametrize("given_by", ["The players", "our volunteers of Brinnington", "May", ""])
def test_what_describes_people_or_is_a_word_too_keeps_nothing_back(session: Session, given_by: str) -> None:
    fields = StoryFields(title="A hall", text="In May the players and our volunteers of Brinnington cooked.")
    story = add_story(session, IMPORTER, fields)
    record_consent(session, IMPORTER, story, uses=["website"], given_by=given_by)
    assert naming_obstacles(session, story) == []


def test_a_published_story_goes_out_of_sight_when_its_text_says_too_much(session: Session, story: Story) -> None:
    [amina] = people_of(session, story)
    record_consent(session, IMPORTER, story, uses=["website"], contributor=amina.contributor, naming="full")
    review.publish(session, IMPORTER, story)
    assert may_read(session, ANYBODY, story)

    set_care(session, IMPORTER, story, do_not_identify=False, place_level="region", special_categories=[])
    assert not may_read(session, ANYBODY, story)
    assert (story.status, "names or places" in (story.review_note or "")) == ("changes_requested", True)
    assert [told for told in review.obstacles_to_publishing(session, story) if "Brinnington" in told]


def test_a_place_is_no_more_precise_in_the_index_than_on_the_page(session: Session, story: Story) -> None:
    record_consent(session, IMPORTER, story, uses=["website"], given_by="Mrs Amina Okoro", naming="full")
    story.current_revision.text = "She cooked."
    review.publish(session, IMPORTER, story)
    set_care(session, IMPORTER, story, do_not_identify=False, place_level="local_authority", special_categories=[])

    [document] = documents(session, [story.external_id])
    assert document.facets["place"][-1] == "England / North West / Stockport"
    assert "Brinnington" not in str(document)


def test_nobody_is_named_before_they_are_in_a_story(session: Session) -> None:
    story = add_story(session, IMPORTER, StoryFields(title="A hall", text="It danced."))
    add_contributor(session, IMPORTER, story, name="Ada Example")
    refresh_public_names(session, story)
    assert session.exec(select(Story.public_names)).all() == [[]]


@pytest.fixture
def story(session: Session) -> Story:
    """A story of Amina Okoro in Brinnington."""
    fields = StoryFields(
        title="A kitchen", text="Amina Okoro cooked in Brinnington.", place="Brinnington",
        local_authority="Stockport", region="North West", organisation="Brinnington Kitchen",
    )  # fmt: skip
    story = add_story(session, IMPORTER, fields, external_id="kitchen")
    session.add(Analysis(revision_id=story.current_revision.row_id, pipeline_version="test", status="done"))
    add_contributor(session, IMPORTER, story, name="Mrs Amina Okoro", town="Stockport")
    return story
