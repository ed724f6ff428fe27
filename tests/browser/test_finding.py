"""What only a browser shows of searching: years dragged, keys, the map and the flow at work."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.telling import sign_in, tell_story

OpenPage = Callable[..., Page]

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("built_front_end")]


@pytest.fixture
def admin(open_page: OpenPage) -> Page:
    """Somebody signed in, and two published stories."""
    page = sign_in(open_page(), "admin")
    for title, year, nation in (("Seeds on the green", "2019", "Wales"), ("Soup in the hall", "2021", "Scotland")):
        tell_story(
            page, title=title, text="In May the bowling green became a seed library.", region=nation, period=year
        )
        page.goto("/review")
        page.get_by_role("link", name=title).click()
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
    page.get_by_role("link", name="Wales 1 story").press("Enter")
    expect(page.get_by_role("link", name="Seeds on the green")).to_be_visible()

    page.goto("/search?view=flow")
    expect(page.locator("svg.flow .block")).to_have_count(2)
