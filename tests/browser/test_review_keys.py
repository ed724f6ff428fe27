"""Deciding by keyboard alone, and commenting on what is selected."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.telling import sign_in, tell_story

OpenPage = Callable[..., Page]
TEXT = (
    "We were closed for a year.\n\nIn May the bowling green became a seed library.\n\n"
    "Ring 01632 960123 or 01632 960124."
)

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("built_front_end")]


def test_suggestions_are_decided_and_a_passage_commented_by_keyboard(open_page: OpenPage) -> None:
    tell_story(sign_in(open_page(), "contributor"), title="Seeds on the green", text=TEXT)
    page = sign_in(open_page(), "reviewer")
    page.goto("/review")
    page.get_by_role("link", name="Seeds on the green").click()
    # The help is shown by the script, so the keys are there once it is.
    expect(page.get_by_text("Deciding by keyboard")).to_be_visible()
    page.keyboard.press("j")
    expect(page.locator(".suggestion-current")).to_contain_text("01632 960123")
    page.keyboard.press("n")
    # Decided, and on to the next one that is open.
    expect(page.locator(".suggestion-current")).to_contain_text("01632 960124")
    expect(page.get_by_text("May stay", exact=True)).to_have_count(1)
    page.keyboard.press("y")
    expect(page.locator(".suggestion-current")).to_contain_text("seed library")
    page.keyboard.press("y")
    expect(page.get_by_text("Confirmed by a person")).to_be_visible()
    page.keyboard.press("k")
    page.keyboard.press("u")
    expect(page.get_by_text("Personal: replace it")).to_have_count(0)
    expect(page.get_by_text("1 finding of personal data still to be decided on")).to_be_visible()
    page.locator("#text p").first.click(click_count=3)
    page.keyboard.press("c")
    page.keyboard.type("For a whole year?")
    page.get_by_role("button", name="Keep the comment").click()
    expect(page.locator("mark.mark-comment[data-marks]")).to_have_text(re.compile("We were closed for a year"))
    page.get_by_text("Deciding by keyboard").click()
    page.get_by_label("Use these keys").uncheck()
    page.locator("h1").click()
    page.keyboard.press("j")
    expect(page.locator(".suggestion-current")).to_have_count(0)
