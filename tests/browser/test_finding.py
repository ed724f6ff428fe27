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


def drag(page: Page, *, by: tuple[int, int]) -> None:
    """Press on the middle of the map and let go elsewhere."""
    box = page.locator("[data-map]").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + 60
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by[0], y + by[1], steps=4)
    page.mouse.up()


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

    page.goto("/search?view=map&at=54,-4,5")
    drag(page, by=(-80, 0))
    expect(page).to_have_url(re.compile(r"at=54\.0000,-[0-3]\."))
    page.locator("[data-map]").hover(position={"x": 300, "y": 300})
    page.mouse.wheel(0, -100)
    expect(page).to_have_url(re.compile(r"at=[^&]+,6\b"))
    page.keyboard.press("-")
    expect(page).to_have_url(re.compile(r"at=[^&]+,5\b"))
    # The box, then the pins, the most stories first; arrows go from one to the next on every look.
    page.locator("body").press("/")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-map] a").first).to_be_focused()

    page.goto("/search?view=flow")
    expect(page.locator("svg.flow-wide .block")).to_have_count(2)
    expect(page.locator("svg.flow-narrow")).to_be_hidden()
    page.locator("body").press("/")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#n-found")).to_have_text("2 stories")
