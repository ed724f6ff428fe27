"""Pages to read: home, stories, the codebook, help."""

import json
import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from nlp.search import EngineUnavailable
from webapp.database import transaction
from webapp.models import ThemeLearning
from webapp.services.themes import theme_by_key

Publish = Callable[..., str]


@pytest.mark.parametrize("address", ["/", "/search", "/themes", "/themes/food", "/sign-in", "/help/search"])
def test_pages_stand_in_an_empty_repository(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 200


def test_home_shows_what_is_new_and_what_turned_into_what(client: FlaskClient, repository) -> None:
    repository.read(repository.publish(title="Forty years of badminton"))
    page = client.get("/").text
    assert "Search 1 story" in page
    assert "Forty years of badminton" in page
    assert "<span>food bank</span>" in page


def test_each_band_of_the_first_page_leads_to_a_search_for_what_it_counts(client: FlaskClient, repository) -> None:
    repository.read(repository.publish(title="Forty years of badminton"))
    repository.publish(title="A story of no change")
    page = client.get("/").text
    assert "1 of 2 stories say what a thing was" in page
    [address] = set(re.findall(r'href="(/search\?repurposed=[^"]+)"', page))
    found = client.get(address).text
    assert "Forty years of badminton" in found
    assert "A story of no change" not in found


def test_the_first_page_counts_the_stories_of_each_region_no_finer(client: FlaskClient, repository) -> None:
    repository.publish(place="Brinnington", local_authority="Stockport", region="North West")
    repository.publish(local_authority="Stockport", region="North West")
    repository.publish(region="Wales")
    places = client.get("/").text.split('id="places"')[1]
    found = re.findall(r'<a href="([^"]+)">([^<]+)</a>.*?<span class="count">(\d+)<', places)
    assert found == [
        ("/search?place=England+/+North+West", "North West", "2"),
        ("/search?place=Wales", "Wales", "1"),
    ]
    assert all(f"{n} stor" in client.get(address).text for address, _, n in found)


def test_the_first_page_tells_of_nothing_that_whoever_asks_may_not_see(
    client: FlaskClient, sign_in: Callable[[str], FlaskClient], repository
) -> None:
    repository.read(repository.publish(title="Among ourselves", uses=("internal",), region="Wales"))
    page = client.get("/").text
    assert "No story is published yet" in page
    assert "Wales" not in page
    assert "repurposed=" not in page
    inside = sign_in("comms").get("/").text
    assert "Among ourselves" in inside
    assert "repurposed=sport" in inside
    assert "place=Wales" in inside


def test_a_story_shows_its_repurposing_with_its_proof_and_standing(client: FlaskClient, repository) -> None:
    external_id = repository.publish(place="Brinnington", region="North West", organisation="The Hall")
    repository.read(external_id)
    [event] = repository.statements(external_id, "repurposing")
    page = client.get(f"/stories/{external_id}").text
    assert "Read by the machine, score 0.80, not yet checked" in page
    assert f'href="#repurposing-{event.id}"' in page
    assert page.count(f'id="repurposing-{event.id}"') == 1
    assert 'href="/search?place=England+/+North+West"' in page
    assert "March 2020" in page


def test_a_story_says_how_to_cite_it(client: FlaskClient, publish_story: Publish) -> None:
    external_id = publish_story(title="Pies", organisation="The Hall")
    page = client.get(f"/stories/{external_id}").text
    assert f"http://localhost/stories/{external_id}" in page
    assert "<cite>Pies</cite>" in page


def test_an_illustrative_story_says_so(client: FlaskClient, publish_story: Publish) -> None:
    assert "This story is illustrative" in client.get(f"/stories/{publish_story(is_illustrative=True)}").text
    assert "illustrative" not in client.get(f"/stories/{publish_story()}").text


def test_ids_with_odd_letters_have_addresses_that_work(client: FlaskClient, repository) -> None:
    external_id = repository.publish(external_id="Tŷ coffi? 50% & #1")
    page = client.get("/").text
    address = page.split('<h3><a href="')[1].split('"')[0].replace("&amp;", "&")
    assert client.get(address).status_code == 200
    assert external_id == "Tŷ coffi? 50% & #1"


def test_the_codebook_counts_visible_stories_only(client: FlaskClient, repository) -> None:
    repository.read(repository.publish(title="Seen"))
    repository.read(repository.add(title="Unseen"))
    assert "1 story" in client.get("/themes").text
    page = client.get("/themes/food").text
    assert "Seen" in page
    assert "Unseen" not in page
    assert "Getting food to people" in page


def test_a_theme_that_is_not_in_the_codebook_is_not_there(client: FlaskClient) -> None:
    assert client.get("/themes/none").status_code == 404


def test_staff_see_what_the_machine_has_learned_of_a_theme(
    client: FlaskClient, sign_in: Callable[[str], FlaskClient], database: Engine
) -> None:
    with transaction(database) as session:
        food = theme_by_key(session, "food").row_id
        session.add(ThemeLearning(theme_id=food, pipeline_version="v1", n_decisions=12, coefficients=b""))
    assert "decisions in 12 stories" in sign_in("reviewer").get("/themes/food").text
    assert "What the machine has learned" not in client.get("/themes/food").text


def test_the_site_says_that_it_is_well(client: FlaskClient) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")


def test_a_story_is_readable_while_the_index_is_not(client: FlaskClient, repository) -> None:
    external_id = repository.publish(title="Pies")
    resources = repository.app.extensions["resources"]
    resources.engine.close()
    resources.__dict__["engine"] = _BrokenEngine()
    page = client.get(f"/stories/{external_id}")
    assert page.status_code == 200
    assert "Stories like this" not in page.text


class _BrokenEngine:
    """An engine that is out of reach."""

    def similar(self, *_: object, **__: object) -> list[object]:
        raise EngineUnavailable("The index is locked.")


def test_a_story_tells_programs_what_its_page_tells_people(client: FlaskClient, publish_story: Publish) -> None:
    external_id = publish_story(
        title='Pies & "peas"', organisation="The Hall", place="Brinnington", region="North West"
    )
    page = client.get(f"/stories/{external_id}").text
    [said] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    article = json.loads(said)
    assert article["@type"] == "Article"
    assert article["headline"] == 'Pies & "peas"'
    assert article["url"] == f"http://localhost/stories/{external_id}"
    assert article["sourceOrganization"]["name"] == "The Hall"
    assert '<meta property="og:title" content="Pies &amp; &#34;peas&#34;">' in page


def test_a_story_that_identifies_nobody_tells_programs_no_more(client: FlaskClient, repository) -> None:
    external_id = repository.publish(organisation="Brinnington Hall", place="Brinnington", region="North West")
    repository.change(external_id, lambda _session, _actor, story: setattr(story, "do_not_identify", True))
    head = client.get(f"/stories/{external_id}").text.split("</head>")[0]
    assert "Brinnington" not in head
    assert '"name": "North West"' in head
