"""Following a search and citing one, from the button on the page to what comes of it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.telling import sign_in, tell_story

OpenPage = Callable[..., Page]
TEXT = "In May the bowling green became a seed library."

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("built_front_end")]


def publish(page: Page, title: str) -> None:
    tell_story(page, title=title, text=TEXT)
    page.goto("/review")
    page.get_by_role("link", name=title).click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("The story is published")).to_be_visible()


def test_what_is_new_in_a_followed_search_is_told_and_can_be_seen(open_page: OpenPage) -> None:
    admin = sign_in(open_page(), "admin")
    publish(admin, "Seeds on the green")
    page = sign_in(open_page(width=390), "researcher")
    page.goto("/search?q=seed")
    page.get_by_role("button", name="Follow this search").click()
    expect(page.get_by_role("heading", name=re.compile("Nothing new since"))).to_be_visible()
    feed = page.get_by_label("Address of the feed").input_value()

    publish(admin, "More seeds")
    page.goto("/")
    page.locator(".site-menu summary").click()
    page.get_by_role("link", name="Followed searches 1 new").click()
    page.get_by_role("link", name="seed", exact=True).click()
    expect(page.get_by_role("heading", name=re.compile("1 new since"))).to_be_visible()
    expect(page.get_by_role("link", name="More seeds")).to_be_visible()
    titles = re.findall(r"<title>([^<]+)", open_page().request.get(feed).text())
    assert titles == ["seed", "More seeds", "Seeds on the green"]
    page.get_by_role("button", name="I have seen these").click()
    expect(page.get_by_role("heading", name=re.compile("Nothing new since"))).to_be_visible()
    page.get_by_label("Name", exact=True).fill("Seeds everywhere")
    page.get_by_role("button", name="Rename").click()
    expect(page.get_by_role("heading", name="Seeds everywhere")).to_be_visible()
    page.get_by_role("button", name="Delete this search and its feed").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete this search and its feed").click()
    expect(page.get_by_text("The search is deleted")).to_be_visible()
    assert open_page(complaints_expected=True).request.get(feed).status == 404


def test_a_cited_result_is_the_same_for_everybody_and_for_good(open_page: OpenPage) -> None:
    page = sign_in(open_page(), "admin")
    publish(page, "Seeds on the green")
    page.goto("/search?q=seed")
    page.get_by_role("button", name="Make an address to cite").click()
    expect(page.get_by_text("To cite this result")).to_be_visible()
    address = page.url
    assert address in page.locator(".cite").inner_text()
    publish(page, "More seeds")
    visitor = open_page(width=390)
    visitor.goto(address)
    expect(visitor.locator("[data-hits] a")).to_have_text(["Seeds on the green"])
    visitor.get_by_role("link", name="Search again today").click()
    expect(visitor.locator("#n-found")).to_contain_text("2 stories")


def test_words_in_context_fit_a_narrow_screen(open_page: OpenPage) -> None:
    admin = sign_in(open_page(), "admin")
    publish(admin, "Seeds on the green")
    page = open_page(width=390)
    page.goto("/search?q=library&view=kwic")
    table = page.get_by_role("table")
    expect(table.get_by_role("row")).to_have_count(2)
    expect(table.get_by_role("row").nth(1)).to_contain_text("a seed")
    region = page.get_by_role("region", name="Keywords in context")
    assert region.evaluate("element => element.scrollWidth <= element.clientWidth")
    page.get_by_label("Sort lines by").select_option("left")
    expect(page).to_have_url(re.compile("order=left"))
