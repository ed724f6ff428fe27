"""Where an index lies on disk: one folder a generation, and a pointer file that names the one in use.

A rebuild fills a new folder and then replaces the pointer in one step, so that a reader sees the old index
or the new one and nothing between. What an interrupted rebuild leaves is a folder that nothing points to;
the next writer sweeps it away.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nlp.search import EngineUnavailable

_POINTER = "CURRENT"
_LOCK = "writing.lock"
_PREFIX = "generation-"
FORMAT = 3
"""Raised when what lies in a generation changes its shape; one of another format counts as never written, so
that the next sweep fills a new one."""
_LOCK_TIMEOUT_S = 10.0


def current_generation(home: Path) -> Path | None:
    """The folder in use; None if nothing was ever written in this format."""
    try:
        name = (home / _POINTER).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None
    return home / name if name.startswith(f"{_PREFIX}{FORMAT}-") else None


def new_generation(home: Path) -> Path:
    """An empty folder to fill, which nothing points to yet."""
    folder = home / f"{_PREFIX}{FORMAT}-{uuid.uuid4().hex}"
    folder.mkdir(parents=True)
    return folder


def publish_generation(home: Path, folder: Path) -> None:
    """Make `folder` the one in use, in one step."""
    pointer = home / f"{_POINTER}.{folder.name}"
    with pointer.open("w", encoding="ascii") as written:
        written.write(folder.name)
        written.flush()
        os.fsync(written.fileno())
    os.replace(pointer, home / _POINTER)


def sweep_generations(home: Path) -> None:
    """Remove all folders but the one in use; readers keep what files they have open until they let go."""
    current = current_generation(home)
    for folder in home.glob(f"{_PREFIX}*"):
        if folder != current:
            # Where open files cannot be removed, the next writer tries again.
            shutil.rmtree(folder, ignore_errors=True)
    for pointer in home.glob(f"{_POINTER}.*"):
        pointer.unlink(missing_ok=True)


@contextmanager
def writing(home: Path) -> Iterator[None]:
    """Hold the right to write, which one thread of one process has at a time and loses when it dies.

    Raises EngineUnavailable if another holds it for longer than ten seconds.
    """
    home.mkdir(parents=True, exist_ok=True)
    # A transaction of SQLite is a lock that every system has, that waits, and that a dead process cannot
    # keep.
    lock = sqlite3.connect(home / _LOCK, timeout=_LOCK_TIMEOUT_S, isolation_level=None)
    try:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as err:
            raise EngineUnavailable(f"Another process is writing to the index in {home}; try later.") from err
        yield
    finally:
        lock.close()
