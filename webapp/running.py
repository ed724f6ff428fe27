"""Running everything on one machine: the first-time set-up, then the site and its worker, watched over."""

import logging
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import waitress
from sqlalchemy import Engine
from sqlmodel import select

from webapp.database import open_database, transaction
from webapp.migrating import migrate
from webapp.models import Story
from webapp.resources import Resources
from webapp.services.access import SYSTEM
from webapp.services.accounts import first_sign_ins
from webapp.services.imports import find_files
from webapp.services.imports.bringing_in import FileReport, ImportTerms, import_file
from webapp.services.themes import load_codebook
from webapp.settings import Settings
from webapp.worker import OnProgress, import_limits, reconcile

log = logging.getLogger(__name__)

CORPUS_BASIS = "illustrative, written for this project"
# How long a stopping process may take to finish its unit before it is killed.
STOP_TIMEOUT_S = 20
# A process that dies sooner than this after its start is given a moment before the next.
SHORT_LIFE_S = 5


def set_up(settings: Settings) -> Engine:
    """The database, brought to the present tables, with the codebook's themes."""
    settings.prepare_home()
    database = open_database(settings)
    migrate(database)
    with transaction(database) as session:
        load_codebook(session, settings.codebook)
    return database


def load_corpus_if_empty(settings: Settings, database: Engine, *, on_progress: OnProgress) -> bool:
    """Fill an empty repository with the illustrative stories, read and indexed; False if it held any."""
    with transaction(database) as session:
        if session.exec(select(Story.id).limit(1)).first() is not None:
            return False
    terms = ImportTerms(settings.media_folder, import_limits(settings), basis=CORPUS_BASIS)
    files = find_files([settings.corpus]).files
    report = FileReport()
    for n_done, path in enumerate(files, start=1):
        with transaction(database) as session:
            report += import_file(session, SYSTEM, path, terms)
        on_progress("Loading", n_done, len(files))
    reconcile(settings, database, Resources(settings), on_progress=on_progress)
    return True


def make_first_people(database: Engine) -> list[tuple[str, str, str]]:
    """(role, address, password) for each role of a repository without people; to be shown once."""
    with transaction(database) as session:
        return first_sign_ins(session)


def serve(settings: Settings) -> None:
    """Answer requests until told to stop."""
    from webapp import create_app

    waitress.serve(
        create_app(settings), host=settings.host, port=settings.port, threads=settings.web_threads, ident=None
    )


@dataclass
class Supervisor:
    """Keeps processes of this program running until it is told to stop."""

    commands: dict[str, Sequence[str]]
    children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    started_at: dict[str, float] = field(default_factory=dict)
    is_stopping: bool = False

    def run(self, *, on_started: Callable[[], None]) -> None:
        """Start all, restart any that dies, and stop all on SIGINT or SIGTERM."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop_soon)
        for name in self.commands:
            self._start(name)
        on_started()
        while not self.is_stopping:
            time.sleep(0.2)
            self._restart_the_dead()
        self._stop_all()

    def _stop_soon(self, _number: int, _frame: object) -> None:
        self.is_stopping = True

    def _start(self, name: str) -> None:
        # A group of its own, so that Ctrl-C reaches the children through us, in order, and not all at once.
        self.children[name] = subprocess.Popen(  # noqa: S603 - our own commands
            [sys.executable, "-m", "webapp", *self.commands[name]], start_new_session=True
        )
        self.started_at[name] = time.monotonic()

    def _restart_the_dead(self) -> None:
        for name, child in self.children.items():
            if child.poll() is None:
                continue
            log.warning("The %s ended with code %s; starting it again.", name, child.returncode)
            if time.monotonic() - self.started_at[name] < SHORT_LIFE_S:
                time.sleep(1)
            self._start(name)

    def _stop_all(self) -> None:
        for child in self.children.values():
            if child.poll() is None:
                # SIGINT lets the worker finish its unit (huey) and the server its requests.
                child.send_signal(signal.SIGINT)
        for name, child in self.children.items():
            try:
                child.wait(STOP_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                log.warning("The %s did not stop within %d s and is ended.", name, STOP_TIMEOUT_S)
                child.kill()
                child.wait()
