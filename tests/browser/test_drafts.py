"""What is typed into a draft is lost by nothing: a broken connection, a closed tab, an expired session."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.telling import PASSWORD, begin, fill_in_sign_in, go_on, sign_in

OpenPage = Callable[..., Page]

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("built_front_end")]


def test_words_are_saved_as_they_are_typed_and_found_on_another_device(open_page: OpenPage) -> None:
    page = sign_in(open_page(), "contributor")
    begin(page)
    page.get_by_label("What happened").press_sequentially("We opened the hall.")
    expect(page.get_by_text("Saved at")).to_be_visible()
    telephone = sign_in(open_page(width=390), "contributor")
    telephone.goto(page.url)
    expect(telephone.get_by_label("What happened")).to_have_value("We opened the hall.")
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_a_broken_connection_and_a_closed_tab_lose_nothing(open_page: OpenPage) -> None:
    page = sign_in(open_page(complaints_expected=True), "contributor")
    begin(page)
    address = page.url
    page.context.set_offline(True)
    page.get_by_label("What happened").fill("Typed in a tunnel.")
    expect(page.get_by_text("the site cannot be reached")).to_be_visible()
    context = page.context
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(address)
    expect(again.get_by_label("What happened")).to_have_value("Typed in a tunnel.")
    expect(again.get_by_text("Saved at")).to_be_visible()
    again.reload()
    expect(again.get_by_label("What happened")).to_have_value("Typed in a tunnel.")


def test_an_expired_session_loses_nothing(open_page: OpenPage) -> None:
    page = sign_in(open_page(complaints_expected=True), "contributor")
    begin(page)
    address = page.url
    # An answer that is still on its way would bring the cookie back.
    page.wait_for_load_state("networkidle")
    page.context.clear_cookies()
    page.get_by_label("What happened").fill("Two hours of typing.")
    expect(page.get_by_text("you are signed out")).to_be_visible()
    page.get_by_role("link", name="Sign in and go on").click()
    fill_in_sign_in(page, "contributor@example.org", PASSWORD)
    expect(page).to_have_url(address)
    expect(page.get_by_label("What happened")).to_have_value("Two hours of typing.")
    expect(page.get_by_text("Saved at")).to_be_visible()


def test_continuing_at_once_after_typing_keeps_the_last_letter_and_asks_nothing(open_page: OpenPage) -> None:
    page = sign_in(open_page(), "contributor")
    begin(page)
    page.get_by_label("Title").fill("Seeds")
    page.get_by_label("What happened").press_sequentially("abc ", delay=400)
    page.get_by_label("What happened").press_sequentially("and the end", delay=1)
    go_on(page)
    expect(page.get_by_role("heading", name="Where and when")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("What happened")).to_have_value("abc and the end")
    assert page.locator(".other-words").count() == 0


def test_what_the_machine_reads_is_shown_while_somebody_writes(open_page: OpenPage) -> None:
    page = sign_in(open_page(), "contributor")
    begin(page)
    page.get_by_label("What happened").fill("In May the bowling green became a seed library. Ring 01632 960123.")
    reading = page.locator("[data-reading]")
    expect(reading.locator(".turn-to")).to_have_text(re.compile("a seed library"))
    expect(reading.get_by_text("01632 960123")).to_be_visible()
    page.get_by_label("What happened").fill("In May the old chapel became a bicycle workshop.")
    expect(reading.locator(".turn-from")).to_have_text(re.compile("old chapel"))


def test_two_tabs_keep_both_words_until_somebody_chooses(open_page: OpenPage) -> None:
    page = sign_in(open_page(complaints_expected=True), "contributor")
    begin(page)
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_label("Title").fill("From the other tab")
    expect(other.get_by_text("Saved at")).to_be_visible()
    page.get_by_label("Title").fill("From this tab")
    expect(page.get_by_text("From the other tab")).to_be_visible()
    expect(page.get_by_label("Title")).to_have_value("From this tab")
    page.get_by_role("button", name="Use those words").click()
    expect(page.get_by_label("Title")).to_have_value("From the other tab")
    expect(page.get_by_text("Saved at")).to_be_visible()
