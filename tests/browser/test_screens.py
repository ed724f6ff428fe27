"""Screenshots of key pages, at both widths, light and dark, written to build/screens/ to be looked at by people."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

Visit = Callable[..., Page]

SCREENS = Path(__file__).resolve().parents[2] / "build" / "screens"
LOOKS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
# Who looks → name of the picture → address.
PAGES = {
    None: {
        "home": "/",
        "search": "/search?q=sports+hub+became+a+kitchen",
        "map": "/search?view=map",
        "flow": "/search?view=flow",
        "context": "/search?view=kwic&q=kitchen",
        "nothing-found": "/search?q=zzxqj",
        "story": "/stories/ts-001",
        "themes": "/themes",
        "theme": "/themes/food",
        "topics": "/topics",
        "worried": "/worried",
        "sign-in": "/sign-in",
        "help": "/help",
        "tour": "/help/tours/researchers",
    },
    "contributor": {"share": "/stories/new", "my-stories": "/my-stories"},
    "admin": {
        "review-queue": "/review",
        "review": "/review/ts-001",
        "consent": "/review/ts-001/consent",
        "jobs": "/jobs",
        "people": "/people",
        "log": "/audit",
        "account": "/account",
    },
}

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "scheme"), LOOKS, ids=lambda look: str(look))
def test_key_pages_are_kept_as_pictures(visit: Visit, width: int, scheme: str) -> None:
    SCREENS.mkdir(parents=True, exist_ok=True)
    for role, addresses in PAGES.items():
        page = visit(role=role, width=width, color_scheme=scheme)
        # Fonts that come too late for the first page that somebody opens are there from the second on.
        page.goto("/help")
        page.wait_for_load_state("networkidle")
        for name, address in addresses.items():
            answer = page.goto(address)
            assert answer is not None
            assert answer.status == 200, address
            page.evaluate("document.fonts.ready")
            picture = SCREENS / f"{name}-{width}-{scheme}.png"
            page.screenshot(path=picture, full_page=True)
            assert page.locator("main h1").is_visible()
