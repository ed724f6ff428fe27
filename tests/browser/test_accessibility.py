"""axe-core on every page that a person of each role can walk to, and what it cannot see: reflow, motion, colours.

A page is found by following links from the first one, so that a new page is checked as soon as something leads to it.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page
from werkzeug.exceptions import HTTPException

from tests.browser.conftest import RunningSite
from tests.browser.telling import begin, go_on, sign_in, tell_story
from webapp.models import ROLES

OpenPage = Callable[..., Page]
Complaints = dict[str, list[str]]

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS = [
    pytest.param({"width": 1280, "color_scheme": "light"}, id="wide and light"),
    pytest.param({"width": 390, "color_scheme": "dark"}, id="narrow and dark"),
    pytest.param({"width": 640, "forced_colors": "active"}, id="zoomed to 200 % in forced colours"),
]
# What is not a page to look at, or ends the visit.
NOT_LOOKED_AT = frozenset({"static", "accounts.sign_out", "health.health"})
TEXT = "In May the bowling green became a seed library. “We like it,” said Ada.\n\nRing 01632 960123."

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("built_front_end")]


@pytest.fixture
def axe() -> str:
    """axe-core's source; it comes with the front end's tools."""
    if not AXE.is_file():
        pytest.skip("axe-core is missing: run `npm ci`")
    return AXE.read_text(encoding="utf-8")


@pytest.mark.parametrize("looks", LOOKS)
def test_axe_finds_nothing_on_any_page_in_any_role(
    open_page: OpenPage, running_site: RunningSite, axe: str, looks: dict[str, Any]
) -> None:
    """One walk per role; a kind of page that an earlier role has met is not checked again."""
    publish_a_story(open_page)
    met: set[str] = set()
    complaints: Complaints = {}
    for role in (None, *ROLES):
        page = open_page(**looks)
        if role is not None:
            sign_in(page, role)
        for address in walk(page, running_site, met):
            complaints |= {f"{role or 'nobody'}: {address}": said} if (said := violations(page, axe)) else {}
    assert complaints == {}
    assert len(met) > 20


@pytest.mark.parametrize("looks", LOOKS[:2])
def test_axe_finds_nothing_on_the_page_that_is_not_there(
    open_page: OpenPage, axe: str, looks: dict[str, Any]
) -> None:
    page = open_page(complaints_expected=True, **looks)
    page.goto("/nowhere-at-all")
    assert violations(page, axe) == []


def test_nothing_is_wider_than_a_narrow_screen(open_page: OpenPage, running_site: RunningSite) -> None:
    publish_a_story(open_page)
    met: set[str] = set()
    too_wide = {}
    for role in (None, "contributor", "admin"):
        page = open_page(width=390)
        if role is not None:
            sign_in(page, role)
        for address in walk(page, running_site, met):
            width = page.evaluate("document.documentElement.scrollWidth")
            if width > 390:
                too_wide[address] = width
    assert too_wide == {}


def publish_a_story(open_page: OpenPage) -> None:
    """So that there is something on the pages."""
    page = sign_in(open_page(), "admin")
    tell_story(page, title="Seeds on the green", text=TEXT)
    page.goto("/review")
    page.get_by_role("link", name="Seeds on the green").click()
    page.get_by_role("button", name="It may stay").click()
    page.get_by_role("button", name="Publish").click()
    tell_story(page, title="A second story that waits", text=TEXT)
    author = sign_in(open_page(), "contributor")
    begin(author)
    author.get_by_label("Title").fill("A story that is not finished")
    author.get_by_label("What happened").fill(TEXT)
    go_on(author)


def walk(page: Page, site: RunningSite, met: set[str]) -> Iterator[str]:
    """Go to each kind of page that links lead to and that was not met before; gives its address while it is open."""
    waiting, seen = ["/"], {"/"}
    while waiting:
        address = waiting.pop(0)
        kind = kind_of(site, address)
        if kind is None or (kind in met and address != "/"):
            continue
        met.add(kind)
        if "text/html" not in page.request.head(address).headers.get("content-type", ""):
            continue
        page.goto(address)
        yield address
        links: list[str] = page.eval_on_selector_all(
            "a[href]:not([download])", "links => links.map(link => new URL(link.getAttribute('href'), location).href)"
        )
        for link in links:
            if link.startswith(site.address):
                path = link.removeprefix(site.address).split("#")[0]
                if path not in seen:
                    seen.add(path)
                    waiting.append(path)


def kind_of(site: RunningSite, address: str) -> str | None:
    """The route behind an address and the way of looking at it; None for what is no page."""
    parts = urlsplit(address)
    try:
        endpoint, _ = site.app.url_map.bind("127.0.0.1").match(parts.path, method="GET")
    except HTTPException:
        return None
    if endpoint in NOT_LOOKED_AT:
        return None
    step = parts.path.rsplit("/", 1)[-1] if endpoint.startswith("drafts.") else ""
    return " ".join([endpoint, step, *parse_qs(parts.query).get("view", [])])


def violations(page: Page, axe: str) -> list[str]:
    """What axe complains of, with the first element that it means. Evaluated, so that no policy has to allow it."""
    page.evaluate(axe)
    found: list[dict[str, Any]] = page.evaluate(
        """rules => {
            // In forced colours the contrast is the person's own choice, and axe still reads the colours of the page.
            const isForced = matchMedia('(forced-colors: active)').matches
            const options = {runOnly: {type: 'tag', values: rules}, rules: {'color-contrast': {enabled: !isForced}}}
            return axe.run(document, options).then(found => found.violations)
        }""",
        RULES,
    )
    return [f"{said['id']}: {said['nodes'][0]['html'][:160]} ({len(said['nodes'])})" for said in found]
