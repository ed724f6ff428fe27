"""What a page asks of a browser: how much is fetched, that nothing jumps, and nothing from elsewhere.

How long it takes is not tested, since that depends on the machine: `python -m webapp.benchmark` measures it.
"""

import gzip
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request

Visit = Callable[..., Page]

MOST_BYTES = 120 * 1024
"""Of a page's own CSS and JavaScript, compressed."""
PAGES = {
    "home": "/",
    "search": "/search?q=kitchen",
    "flow": "/search?view=flow",
    "map": "/search?view=map",
    "story": "/stories/ts-001",
    "themes": "/themes",
    "help": "/help/tours/researchers",
    "sign in": "/sign-in",
}
OF_CHARTS = {"story_map.js", "topic_map.js", "outlines.svg"}
SHIFT = """() => new Promise((resolve) => {
    let total = 0;
    const add = (list) => list.getEntries().forEach((entry) => { total += entry.value; });
    new PerformanceObserver(add).observe({type: "layout-shift", buffered: true});
    // What was observed before is told in a task of its own, after the next two frames have been drawn.
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(total))));
})"""

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_jumps_while_a_page_comes(visit: Visit, width: int) -> None:
    shifts = {}
    for name, address in PAGES.items():
        page = visit(width=width)
        page.goto(address)
        page.wait_for_load_state("networkidle")
        page.evaluate("document.fonts.ready")
        shifts[name] = page.evaluate(SHIFT)
    assert {name: shift for name, shift in shifts.items() if shift > 0.001} == {}


def test_styles_and_scripts_are_small_and_charts_are_fetched_only_where_they_are_shown(visit: Visit) -> None:
    sizes, charts = {}, {}
    for name, address in PAGES.items():
        page = visit()
        fetched: list[Request] = []
        page.on("request", lambda request, fetched=fetched: fetched.append(request))
        page.goto(address)
        page.wait_for_load_state("networkidle")
        own = {request.url.split("?")[0].rsplit("/", 1)[-1]: request for request in fetched}
        charts[name] = set(own) & OF_CHARTS
        sizes[name] = sum(
            len(gzip.compress(request.response().body()))
            for file, request in own.items()
            if request.resource_type in ("stylesheet", "script") and file not in OF_CHARTS
        )
    assert all(0 < size <= MOST_BYTES for size in sizes.values()), sizes
    assert charts.pop("map") == {"story_map.js", "outlines.svg"}
    assert not any(charts.values()), charts


def test_a_breach_of_the_policy_is_an_error_in_the_console(open_page: Visit) -> None:
    """What every browser test relies on, since each fails on such an error."""
    page = open_page(complaints_expected=True)
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.goto("/")
    page.evaluate("document.body.append(Object.assign(new Image(), {src: 'https://elsewhere.example/dot.png'}))")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: 'let a = 1'}))")
    page.wait_for_function("() => document.images.length > 1")
    breaches = [words for words in said if words.startswith("error:") and "Content Security Policy" in words]
    assert len(breaches) == 2
