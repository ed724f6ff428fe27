"""Pictures of a running site for the README: `python tests/browser/screenshots.py URL FOLDER`.

The review page is pictured only if TURNSTONE_SCREENSHOT_EMAIL and TURNSTONE_SCREENSHOT_PASSWORD name somebody who
may review.
"""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

CHROMIUM_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SIZE = {"width": 1280, "height": 860}
SEARCH = "/search?q=sports+hub+became+a+kitchen"


def main(url: str, folder: Path) -> None:
    """Take the pictures of the tour, in the order of the README."""
    folder.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("TURNSTONE_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM_FLAGS))
        page = browser.new_page(viewport=SIZE, color_scheme="light", reduced_motion="reduce", base_url=url)
        picture(page, "/", folder / "home.png")
        picture(page, SEARCH, folder / "search.png")
        page.locator("#found h3 a").first.click()
        picture(page, page.url, folder / "story.png")
        story_path = page.url.removeprefix(url.rstrip("/"))
        picture(page, "/themes", folder / "codebook.png")
        if os.environ.get("TURNSTONE_SCREENSHOT_EMAIL"):
            sign_in(page)
            picture(page, first_waiting(page) or story_path.replace("/stories/", "/review/"), folder / "review.png")
        browser.close()


def picture(page: Page, address: str, path: Path) -> None:
    """One screen of a page, as a PNG."""
    page.goto(address, wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    page.screenshot(path=path)
    sys.stdout.write(f"{path}: {path.stat().st_size // 1024} KiB\n")


def sign_in(page: Page) -> None:
    page.goto("/sign-in")
    page.fill("#email", os.environ["TURNSTONE_SCREENSHOT_EMAIL"])
    page.fill("#password", os.environ["TURNSTONE_SCREENSHOT_PASSWORD"])
    page.click("main button[type=submit]")
    page.wait_for_load_state()


def first_waiting(page: Page) -> str | None:
    """The address of the story that waits longest for a reviewer, if any does."""
    page.goto("/review")
    waiting = page.locator(".story-list h2 a")
    return waiting.first.get_attribute("href") if waiting.count() else None


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("Usage: python tests/browser/screenshots.py URL FOLDER")
    main(sys.argv[1], Path(sys.argv[2]))
