"""Who gets which page."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from webapp.services import review, stories

SignIn = Callable[[str], FlaskClient]


def test_anybody_reads_a_published_story(client: FlaskClient, publish_story: Callable[..., str]) -> None:
    page = client.get(f"/stories/{publish_story(title='Pies for all')}")
    assert page.status_code == 200
    assert "Pies for all" in page.text


def test_an_unseen_story_and_one_that_never_was_give_the_same_page(client: FlaskClient, repository) -> None:
    hidden = client.get(f"/stories/{repository.add()}")
    missing = client.get("/stories/nowhere")
    assert hidden.status_code == missing.status_code == 404
    assert _shape(hidden.text) == _shape(missing.text)


@pytest.mark.parametrize("deed", [review.archive, review.withdraw])
def test_what_left_the_shelves_is_gone_for_readers(client: FlaskClient, repository, deed) -> None:
    external_id = repository.publish()
    repository.change(external_id, deed)
    assert client.get(f"/stories/{external_id}").status_code == 404


def test_a_story_without_consent_for_the_website_is_not_on_it(client: FlaskClient, repository) -> None:
    external_id = repository.publish(title="Only among us", uses=("internal",))
    assert client.get(f"/stories/{external_id}").status_code == 404
    for address in ("/", "/search", "/search?q=badminton", "/themes/food"):
        assert "Only among us" not in client.get(address).text


def test_an_author_sees_their_own_story_before_it_is_published_and_others_do_not(
    sign_in: SignIn, client: FlaskClient, repository
) -> None:
    author = sign_in("contributor")
    story = f"/stories/{send(author)}"
    assert author.get(story).status_code == 200
    assert client.get(story).status_code == 404
    assert sign_in("researcher").get(story).status_code == 404


def test_an_author_may_not_edit_a_story_that_reviewers_have(sign_in: SignIn) -> None:
    author = sign_in("contributor")
    external_id = send(author)
    assert author.get(f"/stories/{external_id}/edit").status_code == 403
    assert author.post(f"/my-stories/{external_id}/correct", data={"key": "k" * 24}).status_code == 403


def send(author: FlaskClient) -> str:
    """Tell a story and hand it in; gives its id."""
    draft = author.post("/drafts", data={"kind": "short", "key": "a" * 24}).location.rsplit("/", 1)[0]
    author.post(f"{draft}/what", data={"title": "Mine", "text": "Words."})
    return author.post(f"{draft}/check").location.split("?")[0].rsplit("/", 1)[1]


@pytest.mark.parametrize("address", ["/stories/new", "/my-stories", "/review", "/review/nowhere", "/jobs"])
def test_a_page_for_people_leads_to_the_sign_in_page_and_back(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 303
    assert answer.location == f"/sign-in?next={address}"


def test_htmx_is_told_to_leave_for_the_sign_in_page(client: FlaskClient) -> None:
    answer = client.get("/jobs", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"].startswith("/sign-in")


@pytest.mark.parametrize("role", ["contributor", "researcher", "comms"])
@pytest.mark.parametrize("address", ["/review", "/jobs"])
def test_staff_pages_are_for_staff(sign_in: SignIn, role: str, address: str) -> None:
    assert sign_in(role).get(address).status_code == 403


@pytest.mark.parametrize("role", ["contributor", "researcher", "comms"])
def test_a_story_under_review_does_not_show_that_it_exists(sign_in: SignIn, repository, role: str) -> None:
    person = sign_in(role)
    assert _shape(person.get(f"/review/{repository.add()}").text) == _shape(person.get("/review/nowhere").text)


@pytest.mark.parametrize(
    "deed", ["decisions", "themes", "consents", "publish", "request-changes", "archive", "withdraw", "repurposings/1"]
)
def test_only_reviewers_decide(sign_in: SignIn, client: FlaskClient, repository, deed: str) -> None:
    external_id = repository.add()
    filled = {"status": "confirmed", "kind": "coding", "id": "1", "sure": "yes", "reason": "x"}
    assert client.post(f"/review/{external_id}/{deed}", data=filled).status_code == 403
    assert sign_in("contributor").post(f"/review/{external_id}/{deed}", data=filled).status_code == 403
    assert repository.story(external_id).status == "submitted"


def test_a_researcher_may_not_send_stories(sign_in: SignIn) -> None:
    assert sign_in("researcher").get("/stories/new").status_code == 403


def test_personal_data_is_marked_for_reviewers_only(sign_in: SignIn, client: FlaskClient, repository) -> None:
    external_id = repository.publish()
    repository.read(external_id)
    assert "mark-personal-data" in sign_in("reviewer").get(f"/review/{external_id}").text
    assert "mark-personal-data" not in client.get(f"/stories/{external_id}").text
    assert "mark-personal-data" not in sign_in("reviewer").get(f"/stories/{external_id}").text


def test_what_was_rejected_is_never_shown_to_readers(client: FlaskClient, repository) -> None:
    external_id = repository.publish()
    repository.read(external_id)
    assert "card-repurposing" in client.get(f"/stories/{external_id}").text
    repository.change(external_id, _reject_all)
    page = client.get(f"/stories/{external_id}").text
    assert "card-repurposing" not in page
    assert "mark-" not in page
    assert "In their words" not in page


def test_every_route_says_what_it_does(app: Flask) -> None:
    undocumented = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static" and not (app.view_functions[rule.endpoint].__doc__ or "").strip()
    ]
    assert undocumented == []


def _shape(page: str) -> list[str]:
    """The page without what differs from one answer to the next: the nonce, the address asked for, and the token of
    a form, which tells the second."""
    differing = ("nonce=", "There is no story", 'name="csrf_token"')
    return [line for line in page.splitlines() if not any(words in line for words in differing)]


def _reject_all(session, actor, story) -> None:
    for kind in ("coding", "repurposing", "quote"):
        ids = [statement.id for statement in review.statements(session, story, kind)]
        review.decide(session, actor, story, kind=kind, ids=ids, status="rejected")
    stories.touch(story)
