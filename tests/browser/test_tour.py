"""A story's way from its author to its readers, as people walk it, with scripts and without."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.telling import sign_in, tell_story

TEXT = "We were closed for a year.\n\nIn May the bowling green became a seed library.\n\nRing 01632 960123."
OpenPage = Callable[..., Page]

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("built_front_end")]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_story_is_sent_reviewed_published_and_found(open_page: OpenPage, scripts: bool) -> None:
    author = sign_in(open_page(scripts=scripts), "contributor")
    tell_story(author, title="Seeds on the green", text=TEXT, scripts=scripts)

    reviewer = sign_in(open_page(scripts=scripts), "reviewer")
    reviewer.get_by_role("link", name="Review", exact=True).click()
    reviewer.get_by_role("link", name="Seeds on the green").click()
    expect(reviewer.get_by_role("button", name="Publish")).to_be_disabled()
    reviewer.get_by_role("button", name="It may stay").click()
    expect(reviewer.get_by_text("May stay", exact=True)).to_be_visible()
    reviewer.get_by_role("button", name="Confirm this repurposing").click()
    expect(reviewer.get_by_text("Confirmed by a person")).to_be_visible()
    reviewer.get_by_role("button", name="Publish").click()
    expect(reviewer.get_by_text("The story is published")).to_be_visible()

    reader = open_page(scripts=scripts)
    reader.goto("/")
    reader.get_by_label("Search 1 story").fill("seed library")
    reader.get_by_role("button", name="Search").click()
    expect(reader.locator(".snippet mark").first).to_be_visible()
    reader.get_by_role("link", name="Seeds on the green").click()
    expect(reader.locator(".story-text mark.mark-to")).to_have_text("a seed library")
    photo = reader.get_by_role("img", name="A bowling green.")
    photo.scroll_into_view_if_needed()
    expect(photo).to_have_js_property("naturalWidth", 640)
    reader.get_by_role("link", name="Read the sentence").click()
    expect(reader).to_have_url(re.compile(r"#repurposing-\d+$"))


def test_narrowing_swaps_the_results_and_keeps_the_address(open_page: OpenPage) -> None:
    page = sign_in(open_page(), "admin")
    tell_story(page, title="Seeds on the green", text="The bowling green became a seed library.")
    page.goto("/review")
    page.get_by_role("link", name="Seeds on the green").click()
    page.get_by_role("button", name="Publish").click()
    page.goto("/search")
    page.get_by_text("Place", exact=True).click()
    page.get_by_label("Wales").check()
    expect(page.get_by_role("link", name="Remove Place: Wales")).to_be_visible()
    expect(page.get_by_label("Wales")).to_be_focused()
    assert "place=Wales" in page.url
    page.go_back()
    expect(page.get_by_role("link", name="Remove Place: Wales")).to_have_count(0)
    expect(page.get_by_role("heading", name="Search the stories")).to_be_visible()


@pytest.mark.parametrize(
    "address", ["/", "/search", "/themes", "/themes/food", "/sign-in", "/stories/new", "/jobs", "/review"]
)
def test_pages_fit_a_narrow_screen(open_page: OpenPage, address: str) -> None:
    page = sign_in(open_page(width=390), "admin") if address not in ("/", "/sign-in") else open_page(width=390)
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_keyboard_reaches_the_content_first(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
