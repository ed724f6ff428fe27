from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session

from webapp.errors import Forbidden, NotFound
from webapp.models import Story
from webapp.services.access import (
    ANYBODY,
    IMPORTER,
    OPERATOR,
    SYSTEM,
    Actor,
    audience_for,
    find_story,
    may_edit_story,
)
from webapp.services.accounts import add_user
from webapp.services.consent import record_consent
from webapp.services.retention import erase_story
from webapp.services.stories import StoryFields, add_story, change_status, newest_stories


def published(session: Session, external_id: str = "kitchen", *, uses=("website",), **consent) -> Story:
    story = add_story(session, SYSTEM, StoryFields(title="A kitchen", text="It cooked."), external_id=external_id)
    record_consent(session, SYSTEM, story, uses=uses, **consent)
    change_status(session, SYSTEM, story, "submitted")
    change_status(session, SYSTEM, story, "published")
    return story


def test_anybody_may_see_a_story_published_for_the_website(session: Session) -> None:
    published(session)
    assert find_story(session, ANYBODY, "kitchen").external_id == "kitchen"


def test_a_story_without_consent_for_the_website_is_as_good_as_absent(session: Session) -> None:
    published(session, uses=("research",))
    with pytest.raises(NotFound, match="There is no story 'kitchen' that you may see"):
        find_story(session, ANYBODY, "kitchen")


def test_a_researcher_sees_what_was_agreed_for_research(session: Session, people: dict[str, Actor]) -> None:
    published(session, uses=("research",))
    assert find_story(session, people["researcher"], "kitchen").external_id == "kitchen"


def test_naming_a_use_narrows_what_is_seen_to_it(session: Session, people: dict[str, Actor]) -> None:
    published(session, uses=("website",))
    audience = audience_for(people["comms"], use="social")
    assert newest_stories(session, audience, limit=10) == []


def test_somebody_without_a_role_cannot_read_for_another_use(session: Session) -> None:
    published(session, uses=("press",))
    assert newest_stories(session, audience_for(ANYBODY, use="press"), limit=10) == []


def test_consent_ends_on_the_day_it_expires(session: Session) -> None:
    expiry = datetime(2030, 5, 1, tzinfo=UTC)
    published(session, expires_at=expiry)
    before, after = date(2030, 4, 30), date(2030, 5, 1)
    assert len(newest_stories(session, audience_for(ANYBODY, day=before), limit=10)) == 1
    assert newest_stories(session, audience_for(ANYBODY, day=after), limit=10) == []


def test_everybody_in_a_story_has_to_agree(session: Session) -> None:
    story = published(session, uses=("website", "press"), given_by="Ann")
    record_consent(session, SYSTEM, story, uses=("press",), given_by="Bel")
    assert newest_stories(session, audience_for(ANYBODY), limit=10) == []


def test_the_latest_record_of_a_person_counts(session: Session) -> None:
    story = published(session, given_by="Ann")
    record_consent(session, SYSTEM, story, uses=(), given_by="Ann", action="withdrawn")
    assert newest_stories(session, audience_for(ANYBODY), limit=10) == []
    record_consent(
        session,
        SYSTEM,
        story,
        uses=("website",),
        given_by="Ann",
        given_at=datetime.now(UTC) + timedelta(seconds=1),
    )
    assert len(newest_stories(session, audience_for(ANYBODY), limit=10)) == 1


@pytest.mark.parametrize("status", ["draft", "submitted", "archived"])
def test_an_unpublished_story_is_seen_by_its_author_and_staff_alone(
    session: Session, people: dict[str, Actor], status: str
) -> None:
    author = people["contributor"]
    story = in_status(session, author, status)

    assert find_story(session, author, "draft") is story
    assert find_story(session, people["reviewer"], "draft") is story
    assert_hidden_from(session, ANYBODY, people["researcher"], people["comms"], people["safeguarding"])


def test_a_draft_that_was_not_handed_in_is_its_authors_alone(session: Session, people: dict[str, Actor]) -> None:
    author = people["contributor"]
    fields = StoryFields(title="A draft", text="Words.")
    story = add_story(session, author, fields, external_id="draft", submission_key="k")

    assert find_story(session, author, "draft") is story
    assert_hidden_from(session, ANYBODY, *(who for role, who in people.items() if role != "contributor"))


def test_a_withdrawn_story_is_seen_by_administrators_alone(session: Session, people: dict[str, Actor]) -> None:
    story = in_status(session, people["contributor"], "withdrawn")

    assert find_story(session, people["admin"], "draft") is story
    assert_hidden_from(session, ANYBODY, *(who for role, who in people.items() if role != "admin"))


@pytest.mark.parametrize("status", ["submitted", "published"])
def test_a_restricted_story_is_seen_by_nobody_on_ordinary_pages(
    session: Session, people: dict[str, Actor], status: str
) -> None:
    story = in_status(session, people["contributor"], status)
    story.is_restricted = True
    session.flush()

    # Leads open it by `webapp.services.concerns.open_concern`, which writes down each look.
    assert_hidden_from(session, ANYBODY, *people.values())


def test_whoever_may_not_open_a_story_may_not_change_it(session: Session, people: dict[str, Actor]) -> None:
    story = in_status(session, people["contributor"], "submitted")
    assert may_edit_story(people["reviewer"], story)
    assert not may_edit_story(people["contributor"], story)
    story.is_restricted = True
    assert not any(may_edit_story(actor, story) for actor in people.values())
    story.is_restricted, story.status = False, "withdrawn"
    assert not any(may_edit_story(actor, story) for actor in people.values())


def test_what_happens_by_itself_may_do_nothing_that_needs_a_role(session: Session, people: dict[str, Actor]) -> None:
    story = in_status(session, people["contributor"], "submitted")
    assert SYSTEM.roles == frozenset()
    assert_hidden_from(session, SYSTEM)
    assert not may_edit_story(SYSTEM, story)
    with pytest.raises(Forbidden):
        add_user(session, SYSTEM, email="x@example.org", name="X", roles=["admin"], password="a long enough one")


def test_whoever_imports_files_neither_erases_nor_lets_people_in(session: Session, people: dict[str, Actor]) -> None:
    story = in_status(session, people["contributor"], "submitted")
    assert may_edit_story(IMPORTER, story)
    with pytest.raises(Forbidden):
        erase_story(session, IMPORTER, story, reason="")
    with pytest.raises(Forbidden):
        add_user(session, IMPORTER, email="x@example.org", name="X", roles=["admin"], password="a long enough one")
    story.is_restricted = True
    assert_hidden_from(session, IMPORTER, OPERATOR)


def in_status(session: Session, author: Actor, status: str) -> Story:
    """The author's story 'draft', taken to a status."""
    story = add_story(session, author, StoryFields(title="A draft", text="Words."), external_id="draft")
    record_consent(session, author, story, uses=("website", "internal"))
    way = {"published": ("submitted", "published"), "archived": ("submitted", "published", "archived"), "draft": ()}
    for step in way.get(status, (status,)):
        change_status(session, SYSTEM, story, step)
    return story


def assert_hidden_from(session: Session, *strangers: Actor) -> None:
    for stranger in strangers:
        with pytest.raises(NotFound):
            find_story(session, stranger, "draft")
