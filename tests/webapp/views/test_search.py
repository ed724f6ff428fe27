"""The search page."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

SignIn = Callable[[str], FlaskClient]
Publish = Callable[..., str]


def _titles(page: str) -> list[str]:
    return re.findall(r'<h3><a href="/stories/[^"]+">([^<]*)</a></h3>', page)


def test_words_find_stories_and_are_marked(client: FlaskClient, publish_story: Publish) -> None:
    publish_story(title="Boats", text="We mended dinghies on the quay.")
    publish_story(title="Bread", text="We baked bread in the vestry.")
    page = client.get("/search?q=dinghies").text
    assert _titles(page)[0] == "Boats"
    assert "<mark>dinghies</mark>" in page


def test_nothing_asked_lists_all(client: FlaskClient, publish_story: Publish) -> None:
    publish_story(title="One")
    publish_story(title="Two")
    assert sorted(_titles(client.get("/search").text)) == ["One", "Two"]


def test_nothing_found_says_what_may_help(client: FlaskClient) -> None:
    page = client.get("/search?q=zeppelin").text
    assert "Nothing found for “zeppelin”" in page
    assert "What may help" in page


def test_boxes_narrow_the_search_and_chosen_ones_can_be_taken_off(
    client: FlaskClient, publish_story: Publish
) -> None:
    publish_story(title="North", region="North West", local_authority="Stockport", place="Brinnington")
    publish_story(title="South", region="South West")
    page = client.get("/search", query_string={"place": "England / North West", "q": "badminton"}).text
    assert _titles(page) == ["North"]
    assert re.search(r'name="place" value="England / North West"[^>]* checked', page)
    assert 'href="/search?q=badminton"' in page
    assert "Brinnington" in page


def test_a_facet_shows_names_and_not_keys(client: FlaskClient, repository) -> None:
    repository.read(repository.publish())
    page = client.get("/search").text
    assert re.search(r'name="repurposed_to" value="food".*?<span>Food</span>', page, re.DOTALL)
    assert re.search(r'name="theme" value="food".*?<span>Food</span>', page, re.DOTALL)
    assert "What set it off" not in page


def test_a_hit_shows_what_turned_into_what(client: FlaskClient, repository) -> None:
    repository.read(repository.publish())
    page = client.get("/search?q=badminton").text
    assert 'class="turn turn-small"' in page
    assert "<span>sports hall</span>" in page


def test_pages_follow_one_another(client: FlaskClient, publish_story: Publish) -> None:
    for number in range(7):
        publish_story(title=f"Story {number}")
    first, last = client.get("/search").text, client.get("/search?page=3").text
    assert len(_titles(first)) == 3
    assert len(_titles(last)) == 1
    assert not set(_titles(first)) & set(_titles(last))
    assert 'rel="next"' in first
    assert 'rel="next"' not in last
    assert "page 3 of 3" in last


def test_a_page_beyond_the_last_is_not_there(client: FlaskClient, publish_story: Publish) -> None:
    publish_story()
    answer = client.get("/search?page=2")
    assert answer.status_code == 404
    assert "last page is 1" in answer.text


@pytest.mark.parametrize("page", ["0", "-3", "abc", "", "1e9", "99999999999999999999"])
def test_a_page_that_is_no_number_is_the_first(client: FlaskClient, publish_story: Publish, page: str) -> None:
    publish_story()
    assert client.get("/search", query_string={"page": page}).status_code == 200


def test_htmx_gets_only_what_changes(client: FlaskClient, publish_story: Publish) -> None:
    publish_story(title="Boats")
    answer = client.get("/search?q=badminton", headers={"HX-Request": "true"})
    assert answer.text.lstrip().startswith('<div id="found"')
    assert "<html" not in answer.text
    assert "HX-Request" in answer.headers["Vary"]


def test_a_restored_page_is_whole(client: FlaskClient) -> None:
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in client.get("/search", headers=headers).text


def test_a_use_is_chosen_by_those_whose_work_it_is(client: FlaskClient, sign_in: SignIn, publish_story) -> None:
    publish_story(title="For the papers", uses=("website", "press"))
    publish_story(title="Not for the papers", uses=("website",))
    assert _titles(sign_in("comms").get("/search?use=press").text) == ["For the papers"]
    assert len(_titles(client.get("/search?use=press").text)) == 2
    assert 'name="use"' not in client.get("/search").text


def test_a_use_that_does_not_exist_is_refused_in_words(sign_in: SignIn) -> None:
    answer = sign_in("comms").get("/search?use=profit")
    assert answer.status_code == 400
    assert "is not a use" in answer.text


@pytest.mark.parametrize("text", ['"', "-", '"open', "a" * 5000, "(((", "theme:food AND", "\x00", "→", "%s"])
def test_nothing_that_is_typed_breaks_the_search(client: FlaskClient, publish_story: Publish, text: str) -> None:
    publish_story()
    assert client.get("/search", query_string={"q": text}).status_code == 200


def test_a_slip_of_the_keys_is_mended_and_said_and_can_be_kept(client: FlaskClient, publish_story: Publish) -> None:
    publish_story(title="Boats", text="We mended dinghies on the quay.")
    answer = client.get("/search?q=dinghees", follow_redirects=True)
    assert answer.request.args["q"] == "dinghies"
    assert _titles(answer.text)[0] == "Boats"
    assert "No story says “dinghees”, so this is for “dinghies”" in answer.text
    kept = client.get("/search?q=dinghees&typed=dinghees")
    assert kept.status_code == 200
    assert "Did you mean" in kept.text


def test_a_word_written_like_a_name_is_left_as_it_was_typed(client: FlaskClient, publish_story: Publish) -> None:
    publish_story(title="Boats", text="We mended dinghies in Bennington.")
    page = client.get("/search?q=Bennyngton")
    assert page.status_code == 200
    assert "Did you mean" in page.text
