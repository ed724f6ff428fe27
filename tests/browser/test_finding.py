"""What only a browser shows of searching: years dragged, keys, the map and the flow at work."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

PASSWORD = "a long enough password"
OpenPage = Callable[..., Page]

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("built_front_end")]


@pytest.fixture
def admin(open_page: OpenPage) -> Page:
    """Somebody signed in, and two published stories."""
    page = open_page()
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill("admin@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    for title, year, nation in (("Seeds on the green", "2019", "Wales"), ("Soup in the hall", "2021", "Scotland")):
        page.goto("/stories/new")
        page.get_by_label("Title").fill(title)
        page.get_by_label("What happened").fill("In May the bowling green became a seed library.")
        page.get_by_label("Region or nation").select_option(nation)
        page.get_by_label("When it happened").fill(year)
        page.get_by_label("Our website, open to everybody").check()
        page.get_by_label("Who agreed?").fill("The bowlers")
        page.get_by_role("button", name="Send to the reviewers").click()
        page.get_by_role("link", name="Review", exact=True).last.click()
        page.get_by_role("button", name="Publish").click()
        expect(page.get_by_text("The story is published")).to_be_visible()
    return page


def test_keys_years_map_and_flow(admin: Page) -> None:
    page = admin
    page.goto("/search?q=seed")
    page.locator("body").press("/")
    expect(page.get_by_label("Words, or a question")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    second = page.locator("[data-hits] h3 a").nth(1)
    expect(second).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/stories/"))

    page.goto("/search")
    box = page.locator("[data-years]").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.95, box["y"] + 20)
    page.mouse.up()
    expect(page.get_by_role("link", name="Remove Year: 2020–2021")).to_be_visible()
    expect(page.locator("#n-found")).to_have_text("1 story")
    assert "year_from=2020" in page.url
    assert "use=" not in page.url

    page.goto("/search?view=map")
    page.get_by_role("link", name="Wales: 1 story").press("Enter")
    expect(page.get_by_role("link", name="Seeds on the green")).to_be_visible()

    page.goto("/search?view=flow")
    expect(page.locator("svg.flow .block")).to_have_count(2)
