"""What each group comes for, from sign-in to done. The way of those who share stories is in `test_tour.py`."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.telling import publish, sign_in, tell_story

OpenPage = Callable[..., Page]
USES = ("Our website, open to everybody", "The press", "Research")

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("built_front_end")]


@pytest.fixture
def published(open_page: OpenPage) -> None:
    """A story that was agreed for the website, the press and research."""
    page = sign_in(open_page(), "admin")
    text = "In May the bowling green became a seed library."
    tell_story(page, title="Seeds on the green", text=text, uses=USES)
    publish(page, "Seeds on the green")


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_researcher_asks_reads_the_evidence_takes_it_away_and_cites_it(open_page: OpenPage, scripts: bool) -> None:
    page = sign_in(open_page(scripts=scripts), "researcher")
    page.goto("/")
    page.get_by_label("Search 1 story").fill("bowling green -> *")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Seeds on the green").click()
    page.get_by_role("link", name="Read the sentence").click()
    expect(page).to_have_url(re.compile(r"#repurposing-\d+$"))
    expect(page.locator(".story-text mark.mark-to")).to_have_text("a seed library")
    page.go_back()
    page.go_back()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").first.click()
    assert "Seeds on the green" in Path(download.value.path()).read_text(encoding="utf-8-sig")
    page.get_by_role("button", name="Make an address to cite").click()
    expect(page.get_by_text("To cite this result")).to_be_visible()
    expect(page.get_by_role("link", name="Seeds on the green")).to_be_visible()


@pytest.mark.usefixtures("published")
def test_communications_find_what_the_press_may_have_and_record_where_it_went(open_page: OpenPage) -> None:
    page = sign_in(open_page(), "comms")
    page.goto("/search")
    page.get_by_label("To be used for").select_option("The press")
    expect(page.locator("#n-found")).to_have_text("1 story")
    page.get_by_role("link", name="Seeds on the green").click()
    page.get_by_text("Record a use").click()
    page.get_by_label("What for?").select_option("The press")
    page.get_by_label("Where?").fill("The Gazette, page 4")
    page.get_by_role("button", name="Record").click()
    expect(page.get_by_text("The Gazette, page 4")).to_be_visible()
