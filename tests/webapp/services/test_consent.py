"""A record of consent can be followed by another, and never be rewritten."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from webapp.errors import Conflict, Forbidden, Invalid
from webapp.models import Consent, ConsentWording, Story
from webapp.services.access import SYSTEM, Actor
from webapp.services.consent import agreed_uses, consents_of, record_consent, refresh_agreed_uses, uses_agreed_in
from webapp.services.contributors import add_contributor, people_of
from webapp.services.stories import StoryFields, add_story
from webapp.services.wordings import add_wording, current_wording, hash_of


@pytest.fixture
def story(session: Session) -> Story:
    story = add_story(session, SYSTEM, StoryFields(title="A kitchen", text="It cooked."), external_id="kitchen")
    record_consent(session, SYSTEM, story, uses=["website"], given_by="Ada Example")
    session.commit()
    return story


@pytest.mark.parametrize(
    "statement",
    [update(Consent).values(uses=["website", "press"]), delete(Consent)],
    ids=["edited", "taken away"],
)
def test_the_database_refuses_a_change_of_a_record(session: Session, story: Story, statement) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(DBAPIError, match="append-only: add another that follows it"):
        session.execute(statement)

    session.rollback()
    assert [consent.uses for consent in consents_of(session, story)] == [["website"]]


def test_a_withdrawal_follows_the_record_and_ends_its_uses(session: Session, story: Story) -> None:
    record_consent(session, SYSTEM, story, uses=[], given_by="Ada Example", action="withdrawn")
    session.commit()

    assert [consent.action for consent in consents_of(session, story)] == ["given", "withdrawn"]
    assert agreed_uses(consents_of(session, story)) == {}


def test_a_use_is_agreed_until_the_first_of_its_persons_ends_it(session: Session, story: Story) -> None:
    end = datetime(2027, 3, 1, tzinfo=UTC)
    record_consent(session, SYSTEM, story, uses=["website", "press"], given_by="Bo Example", expires_at=end)

    assert agreed_uses(consents_of(session, story)) == {"website": end.date()}


def test_two_people_without_a_name_are_two_people(session: Session) -> None:
    story = add_story(session, SYSTEM, StoryFields(title="A hall", text="It danced."), external_id="hall")
    record_consent(session, SYSTEM, story, uses=["press"])
    record_consent(session, SYSTEM, story, uses=["website", "press"])

    assert agreed_uses(consents_of(session, story)) == {"press": None}


def test_two_people_of_one_name_are_told_apart_by_who_they_are(session: Session, story: Story) -> None:
    namesake = add_contributor(session, SYSTEM, story, name="Ada Example")
    assert uses_agreed_in(session, story) == {}, "she was not asked yet"

    record_consent(session, SYSTEM, story, uses=["press", "website"], contributor=namesake)
    assert uses_agreed_in(session, story) == {"website": None}
    with pytest.raises(Conflict, match="2 people in this story are called Ada Example"):
        record_consent(session, SYSTEM, story, uses=[], given_by="Ada Example", action="withdrawn")


def test_who_cannot_be_recognised_need_not_agree_unless_they_took_it_back(session: Session, story: Story) -> None:
    somebody = add_contributor(session, SYSTEM, story, name="Bo Example", standing="anonymised")
    assert uses_agreed_in(session, story) == {"website": None}

    record_consent(session, SYSTEM, story, uses=[], contributor=somebody, action="withdrawn")
    assert uses_agreed_in(session, story) == {}


def test_health_and_faith_need_express_agreement(session: Session, story: Story) -> None:
    story.special_categories = ["health"]
    assert refresh_agreed_uses(session, story) == {}

    record_consent(session, SYSTEM, story, uses=["website"], given_by="Ada Example", is_explicit=True)
    assert uses_agreed_in(session, story) == {"website": None}


@pytest.mark.parametrize(
    ("details", "said"),
    [
        ({"age_band": "13-15"}, "a parent or guardian has to agree"),
        ({"age_band": "13-15", "guardian": "Di Example"}, "how the parent or guardian is related"),
        (
            {"age_band": "13-15", "guardian": "Di Example", "guardian_relationship": "mother"},
            "A child has to agree too",
        ),
        ({"age_band": "16-17", "is_looked_after": True}, "the local authority has to agree"),
        ({"age_band": "grown"}, "is not an age band"),
        ({"given_at": datetime(2999, 1, 1, tzinfo=UTC)}, "cannot be given in the future"),
    ],
    ids=["no guardian", "whose guardian", "no assent", "looked after", "no such band", "in the future"],
)
def test_a_record_that_lacks_somebodys_word_is_refused(session: Session, story: Story, details, said: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Invalid, match=said):
        record_consent(session, SYSTEM, story, uses=["website"], given_by="Cy Example", **details)


def test_a_childs_record_holds_all_who_agreed_and_what_they_were_told(session: Session, story: Story) -> None:
    wording = current_wording(session, "child")
    consent = record_consent(
        session, SYSTEM, story, uses=["print"], given_by="Cy Example", age_band="under 13", has_assent=True,
        guardian="Di Example", guardian_relationship="mother", wording=wording,
    )  # fmt: skip

    assert (consent.given_by, consent.guardian, consent.guardian_relationship) == (
        "Cy Example",
        "Di Example",
        "mother",
    )
    assert (consent.wording_version, consent.wording_hash) == ("child 1", hash_of(wording.text))
    assert [person.contributor.name for person in people_of(session, story)] == ["Ada Example", "Cy Example"]


def test_a_wording_is_followed_by_another_and_never_changed(session: Session, people: dict[str, Actor]) -> None:
    first = current_wording(session, "adult")
    second = add_wording(session, people["admin"], key="adult", title=first.title, text="We ask you.")
    session.commit()
    assert (second.version, current_wording(session, "adult")) == (2, second)
    with pytest.raises(Forbidden):
        add_wording(session, people["reviewer"], key="adult", title="x", text="y")
    with pytest.raises(DBAPIError, match="add the next one"):
        session.execute(update(ConsentWording).values(text="Sign here."))


def test_records_go_with_their_story(session: Session, story: Story) -> None:
    session.execute(delete(Story).where(col(Story.id) == story.id))
    session.commit()

    assert session.exec(select(Consent)).all() == []
