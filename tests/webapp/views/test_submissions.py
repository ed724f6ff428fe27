"""Beginning to tell a story, and changing one as staff."""

import re
from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient

from webapp import context
from webapp.models import Organisation

SignIn = Callable[[str], FlaskClient]
FILLED = {
    "title": "Chairs to the square",
    "text": "We carried the chairs out.",
    "place": "Brinnington",
    "local_authority": "Stockport",
    "region": "North West",
    "organisation": "Brinnington Players",
    "organisation_kind": "club",
    "action": "save",
}


def test_the_ways_to_begin_are_offered_to_whoever_may_send_stories(sign_in: SignIn, client: FlaskClient) -> None:
    page = sign_in("contributor").get("/stories/new").text
    assert "Begin the short form" in page
    assert "Begin the full form" in page
    assert sign_in("researcher").get("/stories/new").status_code == 403
    assert "/sign-in" in client.get("/stories/new").location


def test_editing_keeps_what_the_form_does_not_show(sign_in: SignIn, repository) -> None:
    external_id = repository.add(
        summary="In short.", source="A newspaper", is_illustrative=True, region="Elsewhere", organisation="Us",
        organisation_kind="guild", evidence_strength="third_party",
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
    assert story.evidence_strength == "third_party"


def test_editing_says_what_cannot_be_taken_and_keeps_what_was_typed(sign_in: SignIn, repository) -> None:
    external_id = repository.add()
    answer = sign_in("reviewer").post(f"/stories/{external_id}/edit", data={**FILLED, "title": ""})
    assert answer.status_code == 400
    assert "Give the story a title." in answer.text
    assert 'value="Brinnington Players"' in answer.text


def test_nobody_else_may_edit_a_story(sign_in: SignIn, repository) -> None:
    external_id = repository.publish()
    assert sign_in("contributor").get(f"/stories/{external_id}/edit").status_code == 403
    assert sign_in("contributor").get(f"/my-stories/{external_id}").status_code == 404
    assert sign_in("contributor").post(f"/my-stories/{external_id}/correct").status_code == 404


def test_of_two_staff_who_edit_at_once_the_second_sees_both_and_may_still_choose(sign_in: SignIn, repository) -> None:
    external_id = repository.add()
    address = f"/stories/{external_id}/edit"
    first, second = sign_in("reviewer"), sign_in("admin")
    seen = {"seen": re.search(r'name="seen" value="(\w+)"', second.get(address).text)[1]}
    assert first.post(address, data={**FILLED, **seen, "place": "Quern Green"}).status_code == 303

    answer = second.post(address, data={**FILLED, **seen, "place": "Quern Brow"})
    assert answer.status_code == 409
    for words in ("The reviewer decided about this story", "place: Quern Green", "place: Quern Brow"):
        assert words in answer.text
    assert repository.story(external_id).place.name == "Quern Green"
    again = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', answer.text))
    assert second.post(address, data=again).status_code == 303
    assert repository.story(external_id).place.name == "Quern Brow"


def test_a_form_with_a_fault_still_knows_what_its_page_showed(sign_in: SignIn, repository) -> None:
    external_id = repository.add()
    address, staff = f"/stories/{external_id}/edit", sign_in("reviewer")
    page = staff.post(address, data={**FILLED, "title": "", "seen": "as-it-was"}).text
    assert 'name="seen" value="as-it-was"' in page


def test_what_the_database_refuses_because_two_came_at_once_is_said_as_such(app: Flask, settings) -> None:
    def collide() -> str:
        context.session().add_all(Organisation(name="The Quern Group") for _ in range(2))
        context.session().flush()
        return ""

    app.add_url_rule("/collide", view_func=collide)
    answer = app.test_client().get("/collide")
    assert answer.status_code == 409
    assert "at this very moment" in answer.text
