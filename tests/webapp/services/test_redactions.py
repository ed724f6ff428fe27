"""What is decided of personal data, and the text that comes of it."""

import pytest
from sqlmodel import Session

from webapp.errors import Conflict, Forbidden, Invalid, NotFound
from webapp.models import Coding, PersonalDataFinding, Quote, Repurposing, Story
from webapp.services.access import SYSTEM, Actor
from webapp.services.publish_checks import obstacles_to_publishing
from webapp.services.redactions import apply_replacements, suggested_words, to_be_replaced, treat
from webapp.services.review import decide
from webapp.services.statements import statements
from webapp.services.stories import StoryFields, add_story
from webapp.services.themes import theme_by_key

TEXT = "Amina Okoro turned the hall into a kitchen. “We cook,” said Amina Okoro. Ring 01632 960123."


@pytest.fixture
def story(session: Session) -> Story:
    story = add_story(session, SYSTEM, StoryFields(title="Amina Okoro cooks", text=TEXT))
    revision_id = story.current_revision.row_id

    def stretch(words: str, start: int = 0) -> dict[str, int]:
        start = TEXT.index(words, start)
        return {"revision_id": revision_id, "start": start, "end": start + len(words)}

    name = {"kind": "person", "text": "Amina Okoro"}
    to = stretch("kitchen")
    session.add_all(
        [
            PersonalDataFinding(**stretch("Amina Okoro"), **name),
            PersonalDataFinding(**stretch("Amina Okoro", 20), **name),
            PersonalDataFinding(**stretch("01632 960123"), kind="phone", text="01632 960123"),
            Repurposing(**stretch("Amina Okoro turned the hall into a kitchen."), actor="Amina Okoro",
                        to_phrase="kitchen", spans={"actor": [0, 11], "to": [to["start"], to["end"]]},
                        status="confirmed"),
            Coding(**stretch("a kitchen"), theme_id=theme_by_key(session, "food").row_id, status="confirmed"),
            Quote(**stretch("We cook,"), text="We cook,", speaker="Amina Okoro", status="confirmed"),
        ]
    )  # fmt: skip
    session.flush()
    return story


def findings(session: Session, story: Story) -> list[PersonalDataFinding]:
    return statements(session, story, "personal_data")


def test_a_treatment_holds_wherever_the_same_words_stand(
    session: Session, story: Story, people: dict[str, Actor]
) -> None:
    first, second, phone = findings(session, story)
    treat(session, people["reviewer"], story, first.row_id, treatment="pseudonym", words=" Bea  Lind ")
    assert [(f.status, f.treatment, f.replacement) for f in (first, second, phone)] == [
        ("confirmed", "pseudonym", "Bea Lind"),
        ("confirmed", "pseudonym", "Bea Lind"),
        ("suggested", None, None),
    ]
    treat(session, people["reviewer"], story, second.row_id, treatment="keep")
    assert {(f.status, f.replacement) for f in (first, second)} == {("rejected", None)}


def test_the_text_without_personal_data_keeps_all_other_decisions_in_place(
    session: Session, story: Story, people: dict[str, Actor]
) -> None:
    name, _, phone = findings(session, story)
    treat(session, people["reviewer"], story, name.row_id, treatment="pseudonym", words="Bea")
    treat(session, people["reviewer"], story, phone.row_id, treatment="redact")
    assert apply_replacements(session, people["reviewer"], story) == 3

    text = story.current_revision.text
    assert text == "Bea turned the hall into a kitchen. “We cook,” said Bea. Ring [phone number]."
    assert story.current_revision.title == "Bea cooks"
    [event] = statements(session, story, "repurposing")
    assert text[event.start : event.end] == "Bea turned the hall into a kitchen."
    assert {slot: text[slice(*place)] for slot, place in event.spans.items()} == {"actor": "Bea", "to": "kitchen"}
    assert event.actor == "Bea"
    [quote] = statements(session, story, "quote")
    assert (text[quote.start : quote.end], quote.text, quote.speaker) == ("We cook,", "We cook,", "Bea")
    [coding] = statements(session, story, "coding")
    assert text[coding.start : coding.end] == "a kitchen"
    assert findings(session, story) == []
    about_it = [o for o in obstacles_to_publishing(session, story) if "personal data" in o]
    assert about_it == [
        "The machine has yet to look for personal data in this text. It takes a minute: reload the page."
    ]
    assert story.revisions[0].text == TEXT


def test_a_decision_that_is_taken_back_takes_its_treatment_along(
    session: Session, story: Story, people: dict[str, Actor]
) -> None:
    phone = findings(session, story)[2]
    treat(session, people["reviewer"], story, phone.row_id, treatment="redact")
    assert to_be_replaced(session, story) == [phone]
    decide(session, people["reviewer"], story, kind="personal_data", ids=[phone.row_id], status="suggested")
    assert (phone.treatment, to_be_replaced(session, story)) == (None, [])


def test_pseudonyms_are_suggested_for_names_and_placeholders_for_the_rest(session: Session, story: Story) -> None:
    first, second, phone = findings(session, story)
    words = suggested_words(session, story)
    assert words[first.row_id] == words[second.row_id]
    assert words[first.row_id] not in TEXT
    assert words[phone.row_id] == "[phone number]"


def test_what_cannot_be_is_refused(session: Session, story: Story, people: dict[str, Actor]) -> None:
    reviewer, finding_id = people["reviewer"], findings(session, story)[0].row_id
    with pytest.raises(Conflict):
        apply_replacements(session, reviewer, story)
    with pytest.raises(Invalid):
        treat(session, reviewer, story, finding_id, treatment="burn")
    with pytest.raises(Invalid):
        treat(session, reviewer, story, finding_id, treatment="pseudonym", words=" ")
    with pytest.raises(NotFound):
        treat(session, reviewer, story, 999_999, treatment="keep")
    with pytest.raises(Forbidden):
        treat(session, people["contributor"], story, finding_id, treatment="keep")
