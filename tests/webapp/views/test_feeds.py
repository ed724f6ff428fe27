"""Feeds of saved searches as feed readers take them (RFC 4287), and what they and downloads say of warned stories."""

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from webapp.services import review

SignIn = Callable[[str], FlaskClient]
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def feed_address(sign_in: SignIn, repository) -> str:  # type: ignore[no-untyped-def]
    """The address of the feed of a search that finds two stories, one of them with a content warning."""
    repository.publish(title="The hall & <its> kitchen", external_id="plain")
    repository.publish(title="After the fire", external_id="warned")
    warning = {"kind": ["death"], "words": "a fire"}
    assert sign_in("reviewer").post("/stories/warned/content-warnings", data=warning).status_code == 303
    shown = sign_in("researcher").post("/saved-searches?q=badminton", follow_redirects=True).text
    found = re.search(r'value="http://[^/]+(/feeds/[^"]+)"', shown)
    assert found
    return found[1]


def parsed(feed: bytes) -> ElementTree.Element:
    """The feed, by another's parser."""
    return ElementTree.fromstring(feed)  # noqa: S314 - what our own site wrote


def one(parent: ElementTree.Element, name: str) -> ElementTree.Element:
    """The only child of that name: what is required, and must not come twice."""
    [found] = parent.findall(ATOM + name)
    return found


def is_moment(element: ElementTree.Element) -> bool:
    """Is it a date and time with an offset, as RFC 3339 has them?"""
    return datetime.fromisoformat(element.text or "").tzinfo is not None


def test_a_feed_has_all_that_a_feed_must_have(client: FlaskClient, feed_address: str) -> None:
    answer = client.get(feed_address)
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    feed = parsed(answer.data)
    assert feed.tag == ATOM + "feed"
    assert one(feed, "title").text == "badminton"
    assert urlsplit(one(feed, "id").text or "").netloc
    assert is_moment(one(feed, "updated"))
    assert one(one(feed, "author"), "name").text
    links = {link.get("rel"): link.get("href") or "" for link in feed.findall(ATOM + "link")}
    assert links["self"].endswith(feed_address)
    assert links["alternate"].endswith("/search?q=badminton")


def test_each_entry_has_all_that_an_entry_must_have(client: FlaskClient, feed_address: str) -> None:
    feed = parsed(client.get(feed_address).data)
    entries = feed.findall(ATOM + "entry")
    assert {one(entry, "title").text for entry in entries} == {"The hall & <its> kitchen", "After the fire"}
    assert len({one(entry, "id").text for entry in entries}) == 2
    for entry in entries:
        assert urlsplit(one(entry, "id").text or "").netloc
        assert is_moment(one(entry, "updated"))
        link = one(entry, "link")
        assert (link.get("rel"), client.get(link.get("href") or "").status_code) == ("alternate", 200)
    latest = max(one(entry, "updated").text or "" for entry in entries)
    assert (one(feed, "updated").text or "") >= latest


def test_a_reader_that_has_the_feed_gets_it_again_only_when_it_changed(
    client: FlaskClient,
    feed_address: str,
    repository,  # type: ignore[no-untyped-def]
) -> None:
    first = client.get(feed_address)
    again = client.get(feed_address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    repository.change("plain", review.withdraw)
    changed = client.get(feed_address, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert "The hall" not in changed.text
    assert "no-cache" in changed.headers["Cache-Control"]


def test_a_feed_tells_of_a_warned_story_only_the_warning(client: FlaskClient, feed_address: str) -> None:
    feed = parsed(client.get(feed_address).data)
    summary = {one(entry, "title").text: one(entry, "summary").text or "" for entry in feed.findall(ATOM + "entry")}
    assert summary["After the fire"] == "Content warning: death, a fire."
    assert summary["The hall & <its> kitchen"].startswith("We ran badminton")


@pytest.mark.usefixtures("feed_address")
def test_downloads_and_words_in_context_say_the_warning_beside_the_words(client: FlaskClient) -> None:
    table = client.get("/search/stories.csv?q=badminton").get_data(as_text=True).lstrip("\ufeff").splitlines()
    rows = list(csv.DictReader(line for line in table if not line.startswith(("#", '"#'))))
    assert {row["content_warning"] for row in rows if row["story_id"] == "warned"} == {"death, a fire"}
    assert {row["content_warning"] for row in rows if row["story_id"] == "plain"} == {""}
    nested = json.loads(client.get("/search/stories.json?q=badminton").text)
    assert {story["story_id"]: story["content_warning"] for story in nested["stories"]}["warned"] == "death, a fire"
    sheet = load_workbook(io.BytesIO(client.get("/search/stories.xlsx?q=badminton").data))["Stories"]
    header, *stories = sheet.iter_rows(values_only=True)
    assert "death, a fire" in {dict(zip(header, story, strict=True))["content_warning"] for story in stories}
    lines = json.loads(client.get("/search/lines.json?q=badminton").text)["rows"]
    assert {line["story_id"]: line["content_warning"] for line in lines} == {"warned": "death, a fire", "plain": None}
    page = client.get("/search?q=badminton&view=kwic").text
    assert page.count("Content warning: death, a fire") == 1
