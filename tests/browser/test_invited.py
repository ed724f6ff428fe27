"""Somebody without an account, in a browser: from an invitation's link to the page that says what became of it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.telling import fill_in_short_form, go_on, sign_in

OpenPage = Callable[..., Page]

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("built_front_end")]


def invitation_from(staff: Page) -> str:
    """The link of a new invitation."""
    staff.goto("/invitations")
    staff.get_by_label("Who is invited?").fill("Amina, by hand")
    staff.get_by_label("What are they asked to tell?").fill("Tell us of the hall.")
    staff.get_by_role("button", name="Make the invitation").click()
    return staff.locator(".link-to-copy").inner_text()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_an_invited_person_tells_a_story_follows_it_elsewhere_and_takes_it_back(
    open_page: OpenPage, scripts: bool
) -> None:
    invitation = invitation_from(sign_in(open_page(), "comms"))
    amina = open_page(scripts=scripts, width=390)
    amina.goto(invitation)
    expect(amina.get_by_text("Tell us of the hall.")).to_be_visible()
    amina.get_by_role("button", name="Begin the short form").click()
    own = amina.locator(".link-to-copy").inner_text()
    amina.get_by_role("link", name="Go on to the form").click()
    fill_in_short_form(amina, title="Our hall", text="In May the old hall became a warm room.", scripts=scripts)

    desk = sign_in(open_page(), "reviewer")
    desk.goto("/review")
    desk.get_by_role("link", name="Our hall").click()
    desk.get_by_label("What should change?").fill("Say when it opens.")
    desk.get_by_role("button", name="Ask for changes").click()

    telephone = open_page(scripts=scripts, width=390)
    telephone.goto(own)
    expect(telephone.get_by_text("Say when it opens.")).to_be_visible()
    assert telephone.evaluate("document.documentElement.scrollWidth <= innerWidth") if scripts else True
    telephone.get_by_label("I am sure. This cannot be undone.").check()
    telephone.get_by_role("button", name="Take my story back").click()
    expect(telephone.get_by_text("It was taken back.")).to_be_visible()
    desk.goto("/review")
    expect(desk.get_by_role("link", name="Our hall")).to_have_count(0)


def test_an_invited_person_begins_with_an_email(open_page: OpenPage) -> None:
    invitation = invitation_from(sign_in(open_page(), "reviewer"))
    amina = open_page()
    amina.goto(invitation)
    amina.get_by_label("Text").fill("Subject: Our hall\n\nIn May the old hall became a warm room.")
    amina.get_by_role("button", name="Begin with this text").click()
    amina.get_by_role("link", name="Go on to the form").click()
    expect(amina.get_by_label("Title")).to_have_value("Our hall")
    go_on(amina)
    expect(amina.get_by_role("heading", name="Where and when")).to_be_visible()
    # Whoever finds the link later is told that it was taken up.
    other = open_page()
    other.goto(invitation)
    expect(other.get_by_text(re.compile("Somebody has begun by this link already"))).to_be_visible()
