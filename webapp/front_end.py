"""The built front end: which files there are, and addresses that change when a file does."""

import hashlib
import logging
from pathlib import Path

from flask import Flask, url_for

log = logging.getLogger(__name__)
ENTRIES = ("main.css", "main.js", "story_map.js", "topic_map.js", "outlines.svg", "turnstone.svg")
FIRST_FONTS = ("literata-latin-wght-normal-*.woff2", "atkinson-hyperlegible-next-latin-wght-normal-*.woff2")
"""Those that every page needs at once: asked for before the style sheet names them, so that no text jumps."""


def serve_front_end(app: Flask) -> None:
    """Give templates `asset_url` and `font_urls`; say in the log what to do if nothing was built."""
    dist = Path(app.static_folder or "") / "dist"
    digests = {name: _digest(dist / name) for name in ENTRIES if (dist / name).is_file()}
    if len(digests) < len(ENTRIES):
        log.warning("The front end is not built, so pages are plain: run `npm ci && npm run build`.")

    def asset_url(name: str) -> str | None:
        """The address of a built file, or None if it was not built."""
        return url_for("static", filename=f"dist/{name}", v=digests[name]) if name in digests else None

    fonts = [path.name for pattern in FIRST_FONTS for path in sorted(dist.glob(pattern))]

    def font_urls() -> list[str]:
        """The addresses of the first fonts, exactly as the style sheet has them."""
        return [url_for("static", filename=f"dist/{name}") for name in fonts]

    app.view_functions["static"].__doc__ = "A file of the built front end."
    app.jinja_env.globals.update(asset_url=asset_url, font_urls=font_urls)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
