"""`turnstone topics` as it is used at a shell, in processes of their own; the first is killed in the middle."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from tests.webapp.services.topic_stories import store_stories, store_subjects_as_run
from webapp.database import transaction
from webapp.models import Story, TopicRun
from webapp.running import set_up
from webapp.settings import Settings

DEADLINE_S = 240


class Shell:
    """A repository of its own, and the command at work on it."""

    def __init__(self, home: Path) -> None:
        self.settings = Settings(home=home, embedding="hashing", pipeline="blank")
        self.database: Engine = set_up(self.settings)
        self.environment = os.environ | {
            "TURNSTONE_HOME": str(home),
            "TURNSTONE_EMBEDDING": "hashing",
            "TURNSTONE_PIPELINE": "blank",
        }

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "webapp", "topics", *arguments]
        return subprocess.Popen(
            command, env=self.environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """(exit status, what it printed, what it complained of)"""
        process = self.start(*arguments)
        printed, complained = process.communicate(timeout=DEADLINE_S)
        return process.returncode, printed, complained

    def layouts(self) -> dict[str, int]:
        """Finished part → the number of its file, which another one written over it would change."""
        return {path.name: path.stat().st_ino for path in self.settings.home.glob("topics/*/layout-*[0-9].npy")}


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    """26 published stories on four subjects."""
    made = Shell(tmp_path_factory.mktemp("shell") / "home")
    with transaction(made.database) as session:
        for subject in range(4):
            store_stories(session, 8 - subject, subject=subject)
    yield made
    made.database.dispose()


def wait_until(is_so: Callable[[], bool], *, what: str) -> None:
    pause, end = Event(), time.monotonic() + DEADLINE_S
    while not is_so():
        assert time.monotonic() < end, f"gave up waiting: {what}"
        pause.wait(0.02)


def runs(shell: Shell) -> list[int]:
    with Session(shell.database) as session:
        return list(session.exec(select(TopicRun.id)))


def test_a_fit_that_was_killed_goes_on_from_its_finished_parts(shell: Shell) -> None:
    killed = shell.start("fit")
    wait_until(lambda: len(shell.layouts()) >= 2, what="two layouts of the first fit")
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    finished = shell.layouts()
    assert runs(shell) == []

    again = shell.start("fit")
    wait_until(lambda: len(shell.layouts()) > len(finished), what="a layout more of the second fit")
    assert {name: shell.layouts()[name] for name in finished} == finished
    printed, complained = again.communicate(timeout=DEADLINE_S)
    assert again.returncode == 0, complained
    assert "Run 1 stands.\nRun 1: 130 passages of 26 stories" in printed
    assert "layouts 1/1" in complained
    assert runs(shell) == [1]
    assert shell.layouts() == {}


def test_what_was_found_is_shown_in_words_and_as_json(shell: Shell) -> None:
    status, printed, _ = shell.run("show")
    assert (status, "kitchen" in printed.lower()) == (0, True)
    status, printed, _ = shell.run("show", "--json")
    found = json.loads(printed)
    assert (status, found["passages"], found["stories"], found["run"]) == (0, 130, 26, 1)
    assert all(topic["id"] and topic["name"] and topic["words"] for topic in found["topics"])


def test_two_runs_are_compared(shell: Shell) -> None:
    with transaction(shell.database) as session:
        second = store_subjects_as_run(session).row_id
    status, printed, _ = shell.run("compare", "1", str(second))
    assert status == 0
    assert printed.splitlines()[0].split()[0] == "kept"
    assert shell.run("compare", "1", "99") == (1, "", f"Error: There is no run 99. The newest is {second}.\n")


def test_too_little_to_read_is_one_line_and_the_last_run_stays(shell: Shell) -> None:
    before = runs(shell)
    with transaction(shell.database) as session:
        for story in session.exec(select(Story)).all()[2:]:
            story.status = "withdrawn"
    status, printed, complained = shell.run("fit")
    assert (status, printed) == (1, "")
    assert complained.splitlines()[-1].startswith("Error: There are 10 passages from 2 stories, too few to discover")
    assert "Traceback" not in complained
    assert runs(shell) == before


def test_without_a_run_showing_says_how_to_make_one(tmp_path: Path) -> None:
    empty = Shell(tmp_path / "home")
    status, _, complained = empty.run("show")
    empty.database.dispose()
    assert (status, complained) == (1, "Error: No topics were discovered yet. `turnstone topics fit` does.\n")
