"""A running site, a worker that reads by rote, and a real Chromium."""

import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Page, Request
from sqlalchemy import Engine
from werkzeug.serving import make_server

from nlp.embedding import open_embedder
from nlp.text import passages, sentences
from nlp.types import Analysis, PersonalDatum, Repurposing, Span
from tests.browser.chromium import MISSING, found_chromium, started_chromium
from tests.browser.filled import FilledSite, filled_site, serve
from tests.browser.telling import PASSWORD, sign_in_as
from webapp import create_app
from webapp.database import open_database, transaction
from webapp.models import ROLES
from webapp.services import accounts, analysis, draft_readings, indexing, saved_searches
from webapp.services.access import OPERATOR
from webapp.services.themes import load_codebook
from webapp.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
BECAME = re.compile(r"the (?P<from>[a-z ]+) became (?P<to>[a-z ]+)\.")
PHONE = re.compile(r"\b0\d{4} \d{6}\b")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real Chromium; where there is none, tests are skipped, but never where every test must count.

    It ends with the module: its event loop would disturb the tests of the site that follow.
    """
    executable = found_chromium()
    if executable is None:
        if os.environ.get("CI") == "true":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    with started_chromium(executable) as browser:
        yield browser


@pytest.fixture(scope="session")
def peopled_file(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the codebook and one person for each role, to be copied."""
    path = tmp_path_factory.mktemp("peopled") / "peopled.sqlite"
    shutil.copy(sqlite_template, path)
    settings = Settings(home=path.parent, database=f"sqlite:///{path}")
    engine = open_database(settings)
    with transaction(engine) as session:
        load_codebook(session, settings.codebook)
        for role in ROLES:
            accounts.add_user(
                session, OPERATOR, email=f"{role}@example.org", name=role, roles=[role], password=PASSWORD
            )
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@dataclass(frozen=True)
class RunningSite:
    """A site that answers at an address, with the application behind it."""

    address: str
    app: Flask


@pytest.fixture
def site(running_site: RunningSite) -> str:
    """The address of a site that runs."""
    return running_site.address


@pytest.fixture
def running_site(tmp_path: Path, peopled_file: Path) -> Iterator[RunningSite]:
    """A site that runs."""
    settings = Settings(home=tmp_path / "home", embedding="hashing", search="memory://", secret_key="s" * 40)
    settings.prepare_home()
    shutil.copy(peopled_file, settings.home / "turnstone.sqlite")
    database = open_database(settings)
    app = create_app(settings)
    app.extensions["wake"] = lambda: work(app, database)
    server = make_server("127.0.0.1", 0, app, threaded=True)

    stop = threading.Event()
    threads = [
        threading.Thread(target=serve, args=(app, server)),
        threading.Thread(target=read_drafts, args=(app, database, stop)),
    ]
    for thread in threads:
        thread.start()
    yield RunningSite(f"http://127.0.0.1:{server.port}", app)
    stop.set()
    server.shutdown()
    for thread in threads:
        thread.join()
    server.server_close()
    database.dispose()


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """`open_page(scripts=False)`: a new visitor of the site; see `visitors`."""
    with visitors(browser, site) as open_page:
        yield open_page


@contextmanager
def visitors(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Opens pages for new visitors of the site at this address.

    At the end, no page may have complained to its console, which also tells of what the content security policy
    forbids, and none may have asked anything of anybody but the site.
    """
    contexts, complaints, asked_elsewhere = [], [], []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(message.text)

    def open_page(
        *, scripts: bool = True, width: int = 1280, complaints_expected: bool = False, **looks: Any
    ) -> Page:
        context = browser.new_context(
            java_script_enabled=scripts,
            base_url=site,
            viewport={"width": width, "height": 900},
            **{"reduced_motion": "reduce", **looks},
        )
        contexts.append(context)
        context.set_default_timeout(30_000)
        # Where a test cuts the connection or is refused, the browser says so in its console.
        if not complaints_expected:
            context.on("console", note)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        context.on("request", lambda request: asked_elsewhere.append(request.url) if is_elsewhere(request) else None)
        # What the policy stopped never left, and is a complaint of its own.
        context.on("requestfailed", lambda request: forget(request) if request.failure == "csp" else None)
        return context.new_page()

    def forget(request: Request) -> None:
        asked_elsewhere.remove(request.url)

    def is_elsewhere(request: Request) -> bool:
        return not request.url.startswith((f"{site}/", "data:", "blob:"))

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
    assert asked_elsewhere == []


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, built_front_end: None) -> Iterator[FilledSite]:
    """A site with the illustrative stories, for what is only looked at: no test may change it."""
    with filled_site(tmp_path_factory.mktemp("filled")) as site:
        yield site


@pytest.fixture
def visit(browser: Browser, filled: FilledSite) -> Iterator[Callable[..., Page]]:
    """`visit(role="admin", width=390)`: somebody who comes to the filled site, signed in if a role is named."""
    with visitors(browser, filled.address) as open_page:

        def visit(*, role: str | None = None, **looks: Any) -> Page:
            page = open_page(**looks)
            return sign_in_as(page, *filled.people[role]) if role else page

        yield visit


@pytest.fixture(scope="session")
def built_front_end() -> None:
    """The front end as it is served; without it, there is nothing for scripts to do."""
    if not (ROOT / "webapp" / "static" / "dist" / "main.js").is_file():
        missing = "The front end is not built: run `npm ci && npm run build`"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)


class ReaderByRote:
    """Stands in for the pipeline: knows 'the … became …' and telephone numbers, and no language."""

    version = "by-rote"

    def analyse(self, texts: list[str]) -> Iterator[Analysis]:
        embedder = open_embedder("hashing")
        for text in texts:
            cut = passages(text)
            yield Analysis(
                text=text,
                pipeline_version=self.version,
                embedding_name=embedder.name,
                sentences=sentences(text),
                passages=cut,
                embeddings=embedder.embed([passage.text for passage in cut]),
                repurposings=tuple(_repurposing(match) for match in BECAME.finditer(text)),
                personal_data=tuple(PersonalDatum("phone", *m.span(), m[0]) for m in PHONE.finditer(text)),
            )


def read_drafts(app: Flask, database: Engine, stop: threading.Event) -> None:
    """What the worker does beside its other work: read drafts as they are written."""
    while not stop.wait(0.1):
        with transaction(database) as session:
            for asked in draft_readings.waiting(session):
                [read] = ReaderByRote().analyse([asked.text])
                draft_readings.store(session, app.extensions["resources"].finder, asked, read)


def work(app: Flask, database: Engine) -> None:
    """What the worker does when it is woken."""
    reader = ReaderByRote()
    with transaction(database) as session:
        for reading in analysis.read(reader, analysis.pending_revisions(session, reader.version, limit=50)):
            analysis.store_reading(session, reading, reader.version)
    with transaction(database) as session:
        engine = app.extensions["resources"].engine
        for _ in indexing.index_batches(session, engine, indexing.differences(session, engine)):
            pass
    with transaction(database) as session:
        saved_searches.refresh_all(session, app.extensions["resources"].finder)


def _repurposing(match: re.Match[str]) -> Repurposing:
    before, after = (Span(*match.span(slot), match[slot]) for slot in ("from", "to"))
    return Repurposing(to=after, from_=before, sentence=Span(*match.span(), match[0]), score=0.8)
