"""The looks of a result, what can be kept of it, and searches that people follow."""

import io
import json
import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from webapp import create_app
from webapp.services import review
from webapp.settings import Settings

SignIn = Callable[[str], FlaskClient]
TURNED = "/search?repurposed=sport%3Efood"


@pytest.fixture
def read_story(repository) -> str:  # type: ignore[no-untyped-def]
    external_id = repository.publish(
        title="=The hall", region="North West", local_authority="Stockport", period="2020"
    )
    repository.read(external_id)
    return external_id


def test_the_map_has_a_pin_for_the_place_and_a_table_that_says_the_same(client: FlaskClient, read_story: str) -> None:
    page = client.get("/search?view=map").text
    assert "1 story on the map" in page
    assert 'aria-label="Stockport 1 story"' in page
    assert "<td>1</td>" in page
    pinned = client.get("/search", query_string={"view": "map", "pin": "England / North West / Stockport"}).text
    assert re.search(r"<h4><a href=\"/stories/[^\"]+\">=The hall", pinned)
    assert client.get("/search?view=map&at=nowhere").status_code == 200
    assert client.get("/search?view=map&at=nan,nan,3").status_code == 200


def test_a_band_of_the_flow_leads_to_its_stories(client: FlaskClient, read_story: str) -> None:
    page = client.get("/search?view=flow").text
    assert f'href="{TURNED}" aria-label="Sport became Food: 1 story, 0 confirmed by a person"' in page
    listed = client.get(TURNED).text
    assert "=The hall" in listed
    assert "From what to what: Sport → Food" in listed
    assert "Only the changes that you chose are drawn" in client.get(f"{TURNED}&view=flow").text


def test_keywords_stand_in_context_and_can_be_downloaded(client: FlaskClient, read_story: str) -> None:
    page = client.get("/search?view=kwic&kw=bank&order=left").text
    assert "1 line in 1 story" in page
    assert re.search(r"<td[^>]*><mark>bank</mark></td><td[^>]*>\. People came from all over\.", page)
    lines = client.get("/search/lines.csv?kw=bank").text
    assert "# Words: bank" in lines
    assert ",bank," in lines
    nested = json.loads(client.get("/search/lines.json?kw=bank").text)
    assert (nested["about"]["Lines"], nested["rows"][0]["keyword"]) == ("1", "bank")
    book = load_workbook(io.BytesIO(client.get("/search/lines.xlsx?kw=bank").data))
    assert [cell.value for cell in book["Lines"][2]][4] == "bank"
    assert client.get("/search/lines.exe?kw=bank").status_code == 404


@pytest.mark.parametrize(
    ("query", "keywords"),
    [
        ('"food bank"', ["food bank"]),
        ("badmint*", ["badminton"]),
        ("badminten~", ["badminton"]),
        ("sports hall -> food bank", ["sports hall", "food bank"]),
        ("from:hall to:bank", ["hall", "bank"]),
        ('"forty badminton"~5', ["badminton", "forty"]),
        ("-soup badminton", ["badminton"]),
    ],
)
def test_all_that_was_searched_for_stands_in_context(
    client: FlaskClient, read_story: str, query: str, keywords: list[str]
) -> None:
    page = client.get("/search", query_string={"view": "kwic", "q": query}).text
    assert re.findall(r"<mark>([^<]+)</mark>", page) == keywords


def test_lines_are_read_no_further_than_the_page(client: FlaskClient, repository) -> None:  # type: ignore[no-untyped-def]
    for number in range(3):
        repository.publish(title=f"Hall {number}", text="A kitchen. " * 40)
    first = client.get("/search?view=kwic&q=kitchen").text
    assert "Lines 1 to 50; more follow" in first
    last = client.get("/search?view=kwic&q=kitchen&page=3").text
    assert "120 lines in 3 stories" in last
    assert last.count("<mark>kitchen</mark>") == 20
    assert client.get("/search?view=kwic&q=kitchen&page=4").status_code == 404
    assert "120 lines in 3 stories" in client.get("/search?view=kwic&q=kitchen&order=right").text


def test_years_places_and_chips_narrow_and_can_be_taken_off(client: FlaskClient, read_story: str) -> None:
    page = client.get("/search?year_from=2019&year_to=2021&place=England+/+North+West").text
    assert 'data-year="2020"' not in page  # a single year is no histogram
    assert "Year: 2019–2021" in page
    assert "Within North West" in page
    assert 'href="/search?year_from=2019&amp;year_to=2021"' in page
    assert "Nothing found" in client.get("/search?year_from=2021").text


def test_downloads_hold_what_was_found_with_evidence_and_no_formulas(client: FlaskClient, read_story: str) -> None:
    table = client.get("/search/stories.csv?q=badminton").text
    assert "# Query: badminton" in table
    assert "# Stories: 1" in table
    assert "'=The hall" in table
    assert "In March 2020 the sports hall became a food bank." in table
    nested = json.loads(client.get("/search/stories.json?q=badminton").text)
    assert (nested["about"]["query"], nested["about"]["found"]) == ("badminton", 1)
    (story,) = nested["stories"]
    assert story["repurposings"][0]["to_category"] == "food"
    assert {theme["status"] for theme in story["themes"]} == {"suggested"}
    book = load_workbook(io.BytesIO(client.get("/search/stories.xlsx").data))
    assert book.sheetnames == ["About", "Stories", "Themes", "Repurposings"]
    assert book["Stories"]["C2"].value == "'=The hall"
    assert client.get("/search/stories.exe").status_code == 404


def test_a_search_is_followed_told_of_renamed_and_deleted(sign_in: SignIn, repository, read_story: str) -> None:  # type: ignore[no-untyped-def]
    researcher = sign_in("researcher")
    shown = researcher.post("/saved-searches?q=badminton", follow_redirects=True).text
    assert "Nothing new since" in shown
    address = re.search(r'value="http://[^/]+(/feeds/[^"]+)"', shown)
    assert address
    repository.publish(title="A second hall", uses=("research",))
    page = researcher.get("/saved-searches/1").text
    assert "1 new since" in page
    assert "A second hall" in page

    outsider = repository.app.test_client()
    assert outsider.get("/saved-searches/1").status_code in (302, 303, 403)
    assert sign_in("admin").get("/saved-searches/1").status_code == 404
    feed = outsider.get(address[1])
    assert "A second hall" in feed.text
    assert outsider.get(address[1].replace("/feeds/", "/feeds/x")).status_code == 404
    repository.change(re.search(r"/stories/([^\"]+)\">A second", page)[1], review.withdraw)  # type: ignore[index]
    assert "A second hall" not in outsider.get(address[1]).text

    assert "Halls" in researcher.post(
        "/saved-searches/1", data={"deed": "rename", "name": "Halls"}, follow_redirects=True
    ).text  # fmt: skip
    researcher.post("/saved-searches/1", data={"deed": "delete"})
    assert outsider.get(address[1]).status_code == 404
    assert researcher.get("/saved-searches/1").status_code == 404


def test_a_cited_result_stays_and_names_nothing_that_is_gone(sign_in: SignIn, repository, read_story: str) -> None:  # type: ignore[no-untyped-def]
    gone = repository.publish(title="A hall for research", uses=("research",))
    address = sign_in("researcher").post("/results?q=badminton").headers["Location"]
    outsider = repository.app.test_client()
    page = outsider.get(address).text
    assert "=The hall" in page
    assert "A hall for research" not in page
    assert "1 of them is not available to you now" in page
    repository.change(gone, review.withdraw)
    repository.publish(title="A third hall")
    page = sign_in("researcher").get(address).text
    assert "1 of them is not available to you now" in page
    assert "A third hall" not in page
    assert 'href="/search?q=badminton"' in page
    assert outsider.get("/results/none").status_code == 404


def test_tiles_come_only_from_the_server_that_a_setting_names(settings: Settings) -> None:
    tiled = settings.model_copy(update={"map_tiles": "https://tiles.example.org/{z}/{x}/{y}.png"})
    for used, origin in ((tiled, True), (settings, False)):
        answer = create_app(used).test_client().get("/search?view=map")
        assert ("https://tiles.example.org" in answer.headers["Content-Security-Policy"]) is origin


@pytest.mark.parametrize(
    "query", ["q=%22%22%22((%5B", "theme=" + "x" * 2000, "year_from=٢٠٢٠", "view=kwic&kw=((a%2Bb)*", "q=%E2%80%AEabc"]
)
def test_strange_addresses_are_answered(client: FlaskClient, query: str) -> None:
    assert client.get(f"/search?{query}").status_code == 200


@pytest.mark.parametrize(
    ("order", "titles"),
    [("left", ["C", "A", "B"]), ("right", ["B", "C", "A"])],
)
def test_lines_are_sorted_by_the_words_nearest_to_the_keyword(
    client: FlaskClient,
    repository,  # type: ignore[no-untyped-def]
    order: str,
    titles: list[str],
) -> None:
    repository.publish(title="A", text="An old mill yard.")
    repository.publish(title="B", text="The quiet mill again.")
    repository.publish(title="C", text="A big mill store.")
    page = client.get(f"/search?view=kwic&q=mill&order={order}").text
    assert re.findall(r"data-hit [^>]*>([ABC])</a>", page) == titles


def test_an_address_to_cite_stands_before_what_was_found(sign_in: SignIn, read_story: str) -> None:
    client = sign_in("researcher")
    address = client.post("/results?q=badminton").headers["Location"]
    page = client.get(address).text
    assert page.index("To cite this result") < page.index("=The hall")
    assert re.search(r"“badminton”, 1 story found on \d+ \w+ \d{4}\. http://[^<]+" + re.escape(address), page)
