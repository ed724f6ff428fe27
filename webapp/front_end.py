"""The built front end: which files there are, and addresses that change when a file does."""

import hashlib
import logging
from pathlib import Path

from flask import Flask, url_for

log = logging.getLogger(__name__)
ENTRIES = ("main.css", "main.js", "outlines.svg", "turnstone.svg")


def serve_front_end(app: Flask) -> None:
    """Give templates `asset_url`; say in the log what to do if nothing was built."""
    dist = Path(app.static_folder or "") / "dist"
    digests = {name: _digest(dist / name) for name in ENTRIES if (dist / name).is_file()}
    if len(digests) < len(ENTRIES):
        log.warning("The front end is not built, so pages are plain: run `npm ci && npm run build`.")

    def asset_url(name: str) -> str | None:
        """The address of a built file, or None if it was not built."""
        return url_for("static", filename=f"dist/{name}", v=digests[name]) if name in digests else None

    app.view_functions["static"].__doc__ = "A file of the built front end."
    app.jinja_env.globals["asset_url"] = asset_url


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
