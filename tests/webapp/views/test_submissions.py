"""Sharing a story."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import Session, select

from webapp.models import Consent, Story
from webapp.services import review

SignIn = Callable[[str], FlaskClient]
FILLED = {
    "title": "Chairs to the square",
    "text": "We carried the chairs out.\r\n\r\nThe square became a classroom.",
    "place": "Brinnington",
    "local_authority": "Stockport",
    "region": "North West",
    "organisation": "Brinnington Players",
    "organisation_kind": "club",
    "period": "2021",
    "submitted_by_role": "Stage hand",
    "uses": ["website", "research"],
    "given_by": "The players",
    "naming": "first",
    "action": "submit",
}


def _stories(database: Engine) -> list[Story]:
    with Session(database) as session:
        stories = list(session.exec(select(Story)))
        session.expunge_all()
        return stories


def _key(person: FlaskClient) -> str:
    return re.search(r'name="submission_key"[^>]*value="([^"]+)"', person.get("/stories/new").text)[1]


def test_a_story_is_stored_with_all_that_was_said_and_handed_in(
    sign_in: SignIn, database: Engine, wakes: list[str]
) -> None:
    answer = sign_in("contributor").post("/stories/new", data=FILLED)
    [story] = _stories(database)
    assert answer.location == f"/stories/{story.external_id}"
    assert story.status == "submitted"
    assert story.place.path == "England / North West / Stockport / Brinnington"
    assert (story.organisation.name, story.organisation.kind) == ("Brinnington Players", "club")
    assert (story.period, story.submitted_by_role) == ("2021", "Stage hand")
    assert story.current_revision.text == "We carried the chairs out.\n\nThe square became a classroom."
    assert wakes


def test_consent_is_recorded_as_it_was_given(sign_in: SignIn, database: Engine) -> None:
    sign_in("contributor").post("/stories/new", data=FILLED)
    with Session(database) as session:
        [consent] = session.exec(select(Consent)).all()
    assert (consent.uses, consent.given_by, consent.naming) == (["website", "research"], "The players", "first")


def test_no_box_is_ticked_beforehand(sign_in: SignIn) -> None:
    assert " checked" not in sign_in("contributor").get("/stories/new").text


def test_sending_a_form_twice_stores_one_story_and_one_consent(sign_in: SignIn, database: Engine) -> None:
    author = sign_in("contributor")
    form = {**FILLED, "submission_key": _key(author)}
    first, second = author.post("/stories/new", data=form), author.post("/stories/new", data=form)
    assert first.location == second.location
    assert len(_stories(database)) == 1
    with Session(database) as session:
        assert len(session.exec(select(Consent)).all()) == 1


def test_two_forms_are_two_stories(sign_in: SignIn, database: Engine) -> None:
    author = sign_in("contributor")
    for _ in range(2):
        author.post("/stories/new", data={**FILLED, "submission_key": _key(author)})
    assert len(_stories(database)) == 2


def test_somebody_elses_form_does_not_give_their_story(sign_in: SignIn) -> None:
    author = sign_in("contributor")
    form = {**FILLED, "submission_key": _key(author)}
    author.post("/stories/new", data=form)
    assert sign_in("comms").post("/stories/new", data=form).status_code == 409


def test_a_draft_is_kept_from_the_reviewers_desk_until_it_is_sent(sign_in: SignIn, database: Engine) -> None:
    author = sign_in("contributor")
    answer = author.post("/stories/new", data={**FILLED, "action": "draft"})
    assert _stories(database)[0].status == "draft"
    author.post(f"{answer.location}/edit", data={**FILLED, "title": "Chairs in the square"})
    [story] = _stories(database)
    assert (story.status, story.current_revision.title) == ("submitted", "Chairs in the square")


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("title", "  ", "Give the story a title."),
        ("title", "x" * 301, "Shorten this to 300 characters or fewer."),
        ("text", "", "Write what happened."),
        ("given_by", "", "Say who agreed to these uses"),
        ("region", "Atlantis", "Not a valid choice"),
    ],
)
def test_a_form_that_cannot_be_taken_keeps_what_was_typed_and_says_why(
    sign_in: SignIn, database: Engine, field: str, value: str, message: str
) -> None:
    answer = sign_in("contributor").post("/stories/new", data={**FILLED, field: value})
    assert answer.status_code == 400
    assert "There is a problem" in answer.text
    assert message in answer.text
    assert f'href="#{field}"' in answer.text
    kept = {name: words for name, words in FILLED.items() if name in ("place", "period", "organisation")}
    assert all(f'value="{words}"' in answer.text for words in kept.values())
    assert answer.text.count(" checked") == 2
    assert _stories(database) == []


def test_a_text_that_is_too_long_is_given_back(sign_in: SignIn, database: Engine) -> None:
    endless = "The hall opened again. " * 50_000
    answer = sign_in("contributor").post("/stories/new", data={**FILLED, "text": endless})
    assert answer.status_code == 400
    assert "1,000,000 is the most" in answer.text
    assert endless in answer.text
    assert _stories(database) == []


def test_the_key_of_a_refused_form_stays_with_it(sign_in: SignIn) -> None:
    author = sign_in("contributor")
    answer = author.post("/stories/new", data={**FILLED, "title": "", "submission_key": "the-first-key"})
    assert 'value="the-first-key"' in answer.text


def test_an_author_reads_what_should_change_and_sends_the_story_again(
    sign_in: SignIn, database: Engine, repository
) -> None:
    author = sign_in("contributor")
    answer = author.post("/stories/new", data=FILLED)
    external_id = answer.location.rsplit("/", 1)[1]
    repository.change(
        external_id, lambda session, actor, story: review.request_changes(session, actor, story, reason="Say when.")
    )
    for address in (answer.location, f"{answer.location}/edit", "/my-stories"):
        assert "Say when." in author.get(address).text
    author.post(f"{answer.location}/edit", data={**FILLED, "text": "In May we carried the chairs out."})
    [story] = _stories(database)
    assert (story.status, story.revision_number, story.review_note) == ("submitted", 2, None)


def test_editing_keeps_what_the_form_does_not_show(sign_in: SignIn, repository) -> None:
    external_id = repository.add(
        summary="In short.", source="A newspaper", is_illustrative=True, region="Elsewhere", organisation="Us",
        organisation_kind="guild",
    )  # fmt: skip
    staff = sign_in("reviewer")
    page = staff.get(f"/stories/{external_id}/edit").text
    assert "Elsewhere" in page
    assert "guild" in page
    form = {**FILLED, "region": "Elsewhere", "organisation_kind": "guild", "uses": []}
    assert staff.post(f"/stories/{external_id}/edit", data=form).status_code == 303
    story = repository.story(external_id)
    assert (story.current_revision.summary, story.source, story.is_illustrative) == ("In short.", "A newspaper", True)
    assert story.organisation.kind == "guild"


def test_one_address_may_not_send_endlessly(sign_in: SignIn) -> None:
    author = sign_in("contributor")
    for _ in range(60):
        author.post("/stories/new", data={"title": ""})
    refused = author.post("/stories/new", data=FILLED)
    assert refused.status_code == 429
    assert "We carried the chairs out." in refused.text
