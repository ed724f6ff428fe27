"""The pictures of the README and of the guided tours, and the tours as pages of docs/: `make pictures`.

A repository of its own is filled with the illustrative stories in a temporary folder, and walked through in Chromium.
"""

import sys
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browser.chromium import MISSING, found_chromium, started_chromium
from tests.browser.filled import filled_site
from tests.browser.telling import sign_in_as
from webapp.tours import TOURS, markdown

ROOT = Path(__file__).resolve().parents[2]
README_PICTURES = ROOT / "docs" / "images"
TOUR_PICTURES = ROOT / "webapp" / "static" / "tour"
SIZE = {"width": 1280, "height": 860}
STORY = "/search?q=sports+hub+became+a+kitchen"
TEXT = (
    "When the café on the corner shut, the launderette put in four chairs and an urn.\n\n"
    "By the winter it had become the place where people on the street checked on one another."
)
Act = Callable[[Page], object]


def main() -> None:
    """Make every picture and write the pages."""
    for folder in (README_PICTURES, TOUR_PICTURES):
        folder.mkdir(parents=True, exist_ok=True)
    executable = found_chromium()
    if executable is None:
        sys.exit(f"{MISSING}.")
    with (
        tempfile.TemporaryDirectory() as home,
        filled_site(Path(home)) as site,
        started_chromium(executable) as browser,
    ):
        anybody = new_page(browser, site.address)
        for name, act in READER_PICTURES.items():
            act(anybody)
            keep(anybody, name)
        reviewer = sign_in_as(new_page(browser, site.address), *site.people["admin"])
        for name, act in STAFF_PICTURES.items():
            act(reviewer)
            keep(reviewer, name)
    for tour in TOURS:
        (ROOT / "docs" / f"tour-{tour.key}.md").write_text(markdown(tour), encoding="utf-8")


def new_page(browser: Browser, address: str) -> Page:
    """A visitor of their own."""
    page = browser.new_page(viewport=SIZE, color_scheme="light", reduced_motion="reduce", base_url=address)
    page.set_default_timeout(30_000)
    # Fonts that come too late for the first page that somebody opens are there from the second on.
    page.goto("/help")
    page.wait_for_load_state("networkidle")
    return page


def keep(page: Page, name: str) -> None:
    """Write one screen of the page under its name, for the README as PNG and for a tour as WebP."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    shot = Image.open(BytesIO(page.screenshot()))
    if name in README:
        shot.quantize(256).save(README_PICTURES / f"{name}.png", optimize=True)
    if name in {step.picture for tour in TOURS for step in tour.steps}:
        shot.save(TOUR_PICTURES / f"{name}.webp", quality=70, method=6)
    sys.stdout.write(f"{name}\n")


def goes_to(address: str) -> Act:
    """Open an address."""
    return lambda page: page.goto(address)


def open_first_hit(page: Page) -> None:
    """Open the best story of a search."""
    page.goto(STORY)
    page.locator("#found h3 a").first.click()


def scroll_to_quotes(page: Page) -> None:
    """Stay on the story, where people speak."""
    page.goto("/search?q=with+a+quote+about+a+lonely+man")
    page.locator("#found h3 a").first.click()
    page.get_by_role("heading", name="In their words").scroll_into_view_if_needed()


def tell(page: Page) -> None:
    """Begin the short form and type into its first step."""
    page.goto("/stories/new")
    page.get_by_role("button", name="Begin the short form").click()
    page.get_by_label("Title").fill("A launderette with an urn")
    page.get_by_label("What happened").fill(TEXT)


def agree(page: Page) -> None:
    """Go on from the first step to the one about consent."""
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Region or nation").select_option("North West")
    while not page.get_by_label("Our website, open to everybody").is_visible():
        page.get_by_role("button", name="Continue").click()
        page.wait_for_load_state()


def hand_in(page: Page) -> None:
    """Send the story, and open the queue that it then stands in."""
    page.get_by_label("Our website, open to everybody").check()
    page.get_by_label("Who agreed?").fill("Everybody at the launderette")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Send to the reviewers").click()
    page.wait_for_load_state()
    page.goto("/review")


def review(page: Page) -> None:
    """Open a story with suggestions for review."""
    open_first_hit(page)
    page.goto(page.url.replace("/stories/", "/review/"))


def record_use(page: Page) -> None:
    """Show the form under which a use of a story is recorded."""
    open_first_hit(page)
    form = page.get_by_text("Record a use", exact=False).first
    form.click()
    form.scroll_into_view_if_needed()


README = frozenset({"home", "search", "flow", "story", "review", "codebook"})
READER_PICTURES: dict[str, Act] = {
    "home": goes_to("/"),
    "search": goes_to(STORY),
    "codebook": goes_to("/themes"),
    "arrow": goes_to("/search?q=library+-%3E+*"),
    "flow": goes_to("/search?q=&view=flow"),
    "context": goes_to("/search?q=kitchen&view=kwic"),
    "story": open_first_hit,
    "needing": goes_to("/search?q=a+warm+story+about+a+lonely+man%2C+with+a+quote"),
    "quotes": scroll_to_quotes,
}
STAFF_PICTURES: dict[str, Act] = {
    "share": goes_to("/stories/new"),
    "telling": tell,
    "agreeing": agree,
    "queue": hand_in,
    "review": review,
    "use": goes_to("/search?q=kitchen&use=press"),
    "recording": record_use,
}

if __name__ == "__main__":
    main()
