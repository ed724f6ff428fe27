"""Several photos with one story, and several stories with one spreadsheet, in a browser."""

import io
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.telling import go_on, sign_in

OpenPage = Callable[..., Page]

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("built_front_end")]


def picture(colour: str) -> dict[str, object]:
    written = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(written, "JPEG")
    return {"name": f"{colour}.jpg", "mimeType": "image/jpeg", "buffer": written.getvalue()}


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_several_photos_are_sent_at_once_described_and_taken_out_again(open_page: OpenPage, scripts: bool) -> None:
    # A picture that is refused is an error to the browser.
    page = sign_in(open_page(scripts=scripts, complaints_expected=True), "contributor")
    page.goto("/stories/new")
    page.get_by_role("button", name="Begin the full form").click()
    page.goto(page.url.rsplit("/", 1)[0] + "/photos")
    files = [*(picture(colour) for colour in ("green", "red", "blue")),
             {"name": "false.jpg", "mimeType": "image/jpeg", "buffer": b"no picture"}]  # fmt: skip
    page.get_by_label("Choose photos").set_input_files(files)
    if scripts:
        page.get_by_role("link", name="Show the pictures that were taken").click(timeout=30_000)
    else:
        page.get_by_role("button", name="Add them").click()
        expect(page.get_by_text("Not every picture could be taken")).to_be_visible()
    expect(page.locator("fieldset.photo")).to_have_count(3)
    for number, words in enumerate(("A green wall.", "A red wall.", "A blue wall.")):
        page.get_by_label("What is to be seen").nth(number).fill(words)
    page.get_by_role("button", name="Remove photo 2").click()
    expect(page.locator("fieldset.photo")).to_have_count(2)
    # What was typed about the others is kept.
    shown = page.get_by_label("What is to be seen")
    expect(shown.nth(0)).to_have_value("A green wall.")
    expect(shown.nth(1)).to_have_value("A blue wall.")
    go_on(page)
    expect(page.get_by_role("heading", name="Consent")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_columns_of_a_spreadsheet_are_chosen_by_hand(open_page: OpenPage, scripts: bool) -> None:
    page = sign_in(open_page(scripts=scripts, width=390, complaints_expected=True), "contributor")
    page.goto("/stories/new")
    table = b"Col A,Title,Col C\nThe hall became a kitchen.,Brinnington,Our hall\n"
    page.get_by_label("Spreadsheet").set_input_files({"name": "s.csv", "mimeType": "text/csv", "buffer": table})
    page.get_by_role("button", name="Look at it first").click()
    expect(page.get_by_text("Say what the columns are")).to_be_visible()
    for column, field in (("Col A", "text"), ("Title", "place"), ("Col C", "title")):
        page.get_by_label(f"{column} becomes").select_option(field)
    page.get_by_role("button", name="Look again").click()
    page.get_by_role("button", name="Send 1 story to the reviewers").click()
    expect(page.get_by_text("The stories are being taken in.")).to_be_visible()
