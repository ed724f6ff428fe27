"""A site with the illustrative stories, read by the real pipeline: for pictures, and for what shows only there."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from werkzeug.serving import BaseWSGIServer, make_server

from webapp import create_app
from webapp.running import load_corpus_if_empty, make_first_people, set_up
from webapp.settings import Settings


@dataclass(frozen=True)
class FilledSite:
    """Where it answers, and (e-mail address, password) by role."""

    address: str
    people: dict[str, tuple[str, str]]


def serve(app: Flask, server: BaseWSGIServer) -> None:
    """Answer until the server is shut down, then let go of the database."""
    server.serve_forever()
    # Here, in the thread that serves: Playwright has an event loop in the main one, where Flask ends no context.
    with app.app_context():
        for engine in app.extensions["sqlalchemy"].engines.values():
            engine.dispose()


@contextmanager
def filled_site(folder: Path) -> Iterator[FilledSite]:
    """It runs until the block ends; filling it takes half a minute. folder: an empty one, for all that it keeps."""
    settings = Settings(home=folder / "home")
    database = set_up(settings)
    people = {role: (email, password) for role, email, password in make_first_people(database)}
    load_corpus_if_empty(settings, database, on_progress=lambda *_: None)
    app = create_app(settings)
    server = make_server("127.0.0.1", 0, app, threaded=True)

    thread = threading.Thread(target=serve, args=(app, server))
    thread.start()
    try:
        yield FilledSite(f"http://127.0.0.1:{server.port}", people)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        database.dispose()
