"""The keyboard alone: each stop is reached and shown; menus and dialogs; and large text, and stillness."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.telling import publish, sign_in, tell_story

OpenPage = Callable[..., Page]
LOOKS = [
    pytest.param({"color_scheme": "light"}, id="light"),
    pytest.param({"color_scheme": "dark", "width": 390}, id="dark and narrow"),
    pytest.param({"forced_colors": "active"}, id="forced colours"),
]
# Everything that the Tab key should stop at, but for radio buttons, of which a group is one stop.
STOPS = """() => [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]'
)].filter((e) => e.tabIndex >= 0 && !e.disabled && e.getClientRects().length && e.type !== 'radio'
    && e.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true})).length"""
# What has the focus: how it is shown, and whether its middle is in sight.
FOCUSED = """() => {
    const e = document.activeElement;
    // The end of the page leads to its beginning again, in some browsers without a stop between.
    if (!e || e === document.body || e.wasWalked) return null;
    e.wasWalked = true;
    const style = getComputedStyle(e);
    const drawn = e.closest('svg') && e.querySelector('.band, circle');
    const {left, right, top, bottom} = (drawn || e).getBoundingClientRect();
    const ring = drawn ? getComputedStyle(drawn) : style;
    return {
        what: e.outerHTML.slice(0, 120),
        isShown: drawn
            ? Number(ring.strokeOpacity) > 0.9 || parseFloat(ring.strokeWidth) > 5
            : style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
        isInSight: bottom > 0 && right > 0 && top < innerHeight && left < innerWidth,
    };
}"""

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("built_front_end")]


def walked(page: Page) -> Iterator[dict[str, Any]]:
    """What has the focus after each press of Tab, until the end of the page."""
    for _ in range(400):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None:
            return
        yield focused


@pytest.mark.parametrize("looks", LOOKS)
def test_every_stop_is_reached_and_shown_and_in_sight(open_page: OpenPage, looks: dict[str, Any]) -> None:
    page = sign_in(open_page(**looks), "admin")
    tell_story(page, title="Seeds on the green", text="In May the bowling green became a seed library.")
    publish(page, "Seeds on the green")
    page.goto("/search?q=seed")
    story = page.get_by_role("link", name="Seeds on the green").get_attribute("href")
    for address in ("/", "/search", "/search?view=flow", "/search?view=map", story, "/stories/new", "/components"):
        page.goto(str(address))
        n_stops = page.evaluate(STOPS)
        stops = list(walked(page))
        assert [stop["what"] for stop in stops if not (stop["isShown"] and stop["isInSight"])] == [], address
        assert len(stops) >= n_stops > 10, address


def test_menus_open_by_key_and_close_when_they_are_left(open_page: OpenPage) -> None:
    page = sign_in(open_page(), "admin")
    menu = page.locator(".site-row summary", has_text="My account")
    menu.focus()
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name="My stories")
    expect(link).to_be_visible()
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(menu).to_be_focused()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_narrow_screen_has_one_menu_that_leads_everywhere(open_page: OpenPage, scripts: bool) -> None:
    page = sign_in(open_page(width=390, scripts=scripts), "admin")
    page.goto("/")
    expect(page.get_by_role("link", name="People")).to_be_hidden()
    page.locator("summary", has_text="Menu").click()
    page.get_by_role("link", name="People").click()
    expect(page.get_by_role("heading", level=1, name="People")).to_be_visible()
    page.locator("summary", has_text="Menu").click()
    page.get_by_role("button", name="Sign out").click()
    page.locator("summary", has_text="Menu").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_dialog_asks_before_it_is_done(open_page: OpenPage, scripts: bool) -> None:
    page = sign_in(open_page(scripts=scripts), "admin")
    page.goto("/search?q=seed")
    page.get_by_role("button", name="Follow this search").click()
    asking = page.get_by_role("dialog", name="Delete it?")
    button = page.get_by_role("button", name="Delete this search and its feed …")
    button.focus()
    page.keyboard.press("Enter")
    expect(asking.get_by_role("button", name="Delete this search")).to_be_focused()
    page.keyboard.press("Escape")
    expect(asking).to_be_hidden()
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.get_by_text("You follow no search yet")).to_be_visible()


@pytest.mark.parametrize(("motion", "takes"), [("no-preference", "0.12s"), ("reduce", "0s")])
def test_things_move_only_for_those_who_did_not_ask_for_stillness(
    open_page: OpenPage, motion: str, takes: str
) -> None:
    page = open_page(reduced_motion=motion)
    page.goto("/")
    button = page.get_by_role("button", name="Search")
    assert takes in button.evaluate("e => getComputedStyle(e).transitionDuration")
    assert page.evaluate("document.getAnimations().length") == 0


def test_text_twice_as_large_hides_nothing(open_page: OpenPage) -> None:
    """As a browser enlarges text alone: twice the size at the same width."""
    page = open_page(width=1280)
    for address in ("/", "/search", "/themes", "/sign-in", "/help/search"):
        page.goto(address)
        page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280
        cut = page.evaluate(
            """() => [...document.querySelectorAll('main :is(h1, h2, p, label, button, a)')]
                .filter((e) => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX === 'hidden'
                    && !e.classList.contains('visually-hidden')).map((e) => e.outerHTML.slice(0, 80))"""
        )
        assert cut == [], address
