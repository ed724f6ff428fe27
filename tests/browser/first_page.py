"""How long a visitor waits: `python -m tests.browser.first_page`, for docs/speed.md.

Each page is opened in a browser that has never been there, on a site with the illustrative stories, and is complete
when its load event has ended: text, styles, scripts, pictures. The site has answered once before.
"""

import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.chromium import MISSING, found_chromium, started_chromium
from tests.browser.filled import filled_site

PAGES = ("/", "/search?q=kitchen", "/search?view=flow", "/search?view=map", "/stories/ts-001", "/themes")
N_VISITS = 7
COMPLETE_MS = "performance.getEntriesByType('navigation')[0].loadEventEnd"


def main() -> None:
    """Print the milliseconds for each page: the middle of all visits, and the longest."""
    program = found_chromium()
    if program is None:
        sys.exit(f"{MISSING}.")
    with tempfile.TemporaryDirectory() as home, filled_site(Path(home)) as site, started_chromium(program) as browser:
        for address in PAGES:
            visited_ms(browser, site.address + address)
            waits = [visited_ms(browser, site.address + address) for _ in range(N_VISITS)]
            sys.stdout.write(f"{address}\tmedian {statistics.median(waits):.0f} ms\tlongest {max(waits):.0f} ms\n")


def visited_ms(browser: Browser, address: str) -> float:
    """Open a page as somebody new; gives the milliseconds until it was complete."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(address)
    page.wait_for_function(f"{COMPLETE_MS} > 0")
    complete_ms = float(page.evaluate(COMPLETE_MS))
    context.close()
    return complete_ms


if __name__ == "__main__":
    main()
