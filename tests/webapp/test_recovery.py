"""The site and its worker are killed at random while 300 stories come in: none is lost, none doubled."""

import csv
import http.cookiejar
import io
import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import Engine, func, select
from sqlmodel import Session

from nlp.search import open_engine
from webapp.database import open_database, transaction
from webapp.models import Analysis, Job, Passage, Revision, Story
from webapp.running import set_up
from webapp.services.access import ANYBODY, OPERATOR
from webapp.services.accounts import add_user
from webapp.services.search import Finder, search
from webapp.settings import Settings

N_FILES, N_ROWS = 6, 50
N_STORIES = N_FILES * N_ROWS
N_KILLS = 8
PASSWORD = "correct horse battery"
DEADLINE_S = 150


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return Settings(home=tmp_path / "home", embedding="hashing", port=port)


@pytest.fixture
def database(settings: Settings) -> Iterator[Engine]:
    engine = set_up(settings)
    with transaction(engine) as session:
        add_user(session, OPERATOR, email="staff@example.org", name="Staff", roles=["reviewer"], password=PASSWORD)
    yield engine
    engine.dispose()


class Process:
    """A site or a worker that can be killed and started again."""

    def __init__(self, command: str, settings: Settings) -> None:
        self.command = command
        self.environment = os.environ | {
            "TURNSTONE_HOME": str(settings.home),
            "TURNSTONE_EMBEDDING": settings.embedding,
            "TURNSTONE_PORT": str(settings.port),
        }
        self.start()

    def start(self) -> None:
        self.child = subprocess.Popen([sys.executable, "-m", "webapp", self.command], env=self.environment)

    def kill(self) -> None:
        self.child.send_signal(signal.SIGKILL)
        self.child.wait()


@pytest.fixture
def site(settings: Settings, database: Engine) -> Iterator[Process]:
    process = Process("serve", settings)
    yield process
    process.kill()


@pytest.fixture
def worker(settings: Settings, database: Engine) -> Iterator[Process]:
    process = Process("worker", settings)
    yield process
    process.kill()


def wait_until(is_so: Callable[[], bool], *, what: str, deadline_s: float = DEADLINE_S) -> None:
    """Ask again and again, until it is so; what the processes do in between is theirs."""
    pause, end = Event(), time.monotonic() + deadline_s
    while not is_so():
        assert time.monotonic() < end, f"gave up waiting: {what}"
        pause.wait(0.05)


class Browser:
    """Just enough of a browser to sign in and send files."""

    def __init__(self, settings: Settings) -> None:
        self.base = f"http://127.0.0.1:{settings.port}"
        cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(cookies))

    def answers(self) -> bool:
        try:
            return self.opener.open(f"{self.base}/healthz", timeout=5).status == 200
        except (urllib.error.URLError, ConnectionError):
            return False

    def token(self, path: str) -> str:
        page = self.opener.open(self.base + path).read().decode()
        return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]

    def post(self, path: str, form: str, fields: dict[str, str], files: dict[str, bytes]) -> int:
        boundary, body = uuid.uuid4().hex, io.BytesIO()
        for name, value in {**fields, "csrf_token": self.token(form)}.items():
            body.write(f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode())
        for name, content in files.items():
            head = (
                f'Content-Disposition: form-data; name="files"; filename="{name}"\r\nContent-Type: text/csv\r\n\r\n'
            )
            body.write(f"--{boundary}\r\n{head}".encode() + content + b"\r\n")
        body.write(f"--{boundary}--\r\n".encode())
        request = urllib.request.Request(self.base + path, data=body.getvalue())  # noqa: S310 - our own site
        request.add_header("Content-Type", f"multipart/form-data; boundary={boundary}")
        request.add_header("Origin", self.base)
        return self.opener.open(request).status


def table_of_stories(n_file: int) -> bytes:
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["id", "title", "text", "place", "organisation"])
    for row in range(n_file * N_ROWS, (n_file + 1) * N_ROWS):
        text = f"The sports hub number {row} turned itself into a community kitchen in 2021. " * 6
        rows.writerow([f"s-{row:03d}", f"Kitchen {row}", text, "Brinnington", f"Hub {row % 7}"])
    return out.getvalue().encode()


def count(database: Engine, column: object) -> int:
    with Session(database) as session:
        return session.scalar(select(func.count(column)))


def test_killing_everything_at_random_loses_and_doubles_nothing(
    settings: Settings, database: Engine, site: Process, worker: Process
) -> None:
    browser = Browser(settings)
    wait_until(browser.answers, what="the site's first answer")
    fields = {"email": "staff@example.org", "password": PASSWORD}
    assert browser.post("/sign-in", "/sign-in", fields, {}) == 200
    files = {f"part-{n}.csv": table_of_stories(n) for n in range(N_FILES)}
    fields = {"publish": "y", "basis": "illustrative, written for this test"}
    assert browser.post("/jobs", "/jobs", fields, files) == 200

    chance = random.Random(20)
    for n_stories in sorted(chance.sample(range(1, N_STORIES), N_KILLS)):
        # Points in the work, not in time, so that slow machines are killed as often as fast ones.
        wait_until(lambda n=n_stories: count(database, Story.id) + count(database, Analysis.id) >= 2 * n,
                   what=f"{n_stories} stories")  # fmt: skip
        for process in chance.choice(([worker], [worker], [site], [site, worker])):
            process.kill()
            process.start()

    engine = open_engine(settings.search)
    wait_until(lambda: count(database, Analysis.id) >= N_STORIES, what="all analyses")
    wait_until(lambda: len(engine.versions()) >= N_STORIES, what="the whole index")
    wait_until(lambda: is_quiet(database, engine), what="the end of the work")

    assert_each_story_once(database)
    assert_found_once(settings, database, engine)


def is_quiet(database: Engine, engine) -> bool:  # type: ignore[no-untyped-def]
    with Session(database) as session:
        versions = dict(session.execute(select(Story.external_id, Story.version)).all())
        open_jobs = session.scalar(select(func.count(Job.id)).where(Job.state.in_(("queued", "running"))))
    return engine.versions() == versions and open_jobs == 0


def assert_each_story_once(database: Engine) -> None:
    with Session(database) as session:
        ids = session.scalars(select(Story.external_id).order_by(Story.external_id)).all()
        assert ids == [f"s-{row:03d}" for row in range(N_STORIES)]
        assert session.scalar(select(func.count(Revision.id))) == N_STORIES
        assert session.scalar(select(func.count(Analysis.id)).where(Analysis.status == "done")) == N_STORIES
        passages = session.execute(select(Passage.revision_id, func.count()).group_by(Passage.revision_id)).all()
        assert len(passages) == N_STORIES
        assert len({n for _, n in passages}) == 1


def assert_found_once(settings: Settings, database: Engine, engine) -> None:  # type: ignore[no-untyped-def]
    from nlp.embedding import open_embedder

    finder = Finder(engine=engine, embedder=open_embedder(settings.embedding))
    with Session(open_database(settings)) as session:
        result = search(session, finder, ANYBODY, "kitchen", limit=2 * N_STORIES)
    found = [hit.story.external_id for hit in result.found]
    assert len(found) == len(set(found)) == result.total == N_STORIES
