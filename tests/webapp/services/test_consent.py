"""A record of consent can be followed by another, and never be rewritten."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from webapp.models import Consent, Story
from webapp.services.access import SYSTEM
from webapp.services.consent import agreed_uses, consents_of, record_consent
from webapp.services.stories import StoryFields, add_story


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


def test_records_go_with_their_story(session: Session, story: Story) -> None:
    session.execute(delete(Story).where(col(Story.id) == story.id))
    session.commit()

    assert session.exec(select(Consent)).all() == []
