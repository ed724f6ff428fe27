"""How a story is told in a browser, step by step."""

import io
from collections.abc import Iterable
from typing import Any

from PIL import Image
from playwright.sync_api import Page, expect

PASSWORD = "a long enough password"


def sign_in(page: Page, role: str) -> Page:
    """Sign in as the person of the tests who holds a role."""
    return sign_in_as(page, f"{role}@example.org", PASSWORD)


def sign_in_as(page: Page, email: str, password: str) -> Page:
    """Sign in by the form."""
    page.goto("/sign-in")
    fill_in_sign_in(page, email, password)
    # In a menu that is closed; a narrow screen has another menu than a wide one.
    expect(page.get_by_role("button", name="Sign out", include_hidden=True).first).to_be_attached()
    return page


def fill_in_sign_in(page: Page, email: str, password: str) -> None:
    """Fill in the form of the page that is open, and send it."""
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(password)
    page.locator("main").get_by_role("button", name="Sign in").click()


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Continue").click()


def add_photo(page: Page, *, scripts: bool) -> None:
    """Choose a photo and say what is to be seen. Scripts send it when it is chosen, a button does without them."""
    written = io.BytesIO()
    Image.new("RGB", (640, 480), "green").save(written, "JPEG")
    page.get_by_label("Choose a photo").set_input_files(
        {"name": "green.jpg", "mimeType": "image/jpeg", "buffer": written.getvalue()}
    )
    if not scripts:
        page.get_by_role("button", name="Add it").click()
    page.get_by_label("What is to be seen").fill("A bowling green.")


def begin(page: Page) -> None:
    page.goto("/stories/new")
    page.get_by_role("button", name="Begin the short form").click()


def tell_story(page: Page, **answers: Any) -> None:
    """The five-minute form, from its beginning until it is sent. answers: as `fill_in_short_form` takes them."""
    begin(page)
    fill_in_short_form(page, **answers)


def fill_in_short_form(
    page: Page,
    *,
    title: str,
    text: str,
    region: str = "Wales",
    period: str = "",
    scripts: bool | None = None,
    uses: Iterable[str] = ("Our website, open to everybody",),
) -> None:
    """A form whose first step is open, until it is sent. scripts: send a photo too, with or without them."""
    page.get_by_label("Title").fill(title)
    page.get_by_label("What happened").fill(text)
    go_on(page)
    page.get_by_label("Region or nation").select_option(region)
    page.get_by_label("When it happened").fill(period)
    go_on(page)
    page.get_by_label("Your role").fill("Bowler")
    go_on(page)
    expect(page.get_by_role("heading", name="Photo")).to_be_visible()
    if scripts is not None:
        add_photo(page, scripts=scripts)
    go_on(page)
    for use in uses:
        page.get_by_label(use).check()
    page.get_by_label("Who agreed?").fill("The bowlers")
    go_on(page)
    page.get_by_role("button", name="Send to the reviewers").click()
    expect(page.get_by_text("The reviewers have your story now")).to_be_visible()


def publish(page: Page, title: str) -> None:
    """As a reviewer, publish a story that waits and holds nothing personal."""
    page.goto("/review")
    page.get_by_role("link", name=title).click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("The story is published")).to_be_visible()
