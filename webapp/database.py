"""Opening the database: what every connection needs, and sessions for processes that serve no pages."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, make_url
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import Session, create_engine

from webapp.settings import Settings

DatabaseRefusal = DBAPIError
"""Whatever a database refuses, for those who know nothing of its driver."""
_PATIENCE_MS = 30_000


def engine_options() -> dict[str, object]:
    """Options that every engine is made with, the site's own too."""
    return {"pool_pre_ping": True}


def open_database(settings: Settings) -> Engine:
    """An engine for the configured database; the folder of an SQLite file is made if it is missing."""
    url = make_url(settings.database)
    if url.get_backend_name() == "sqlite" and url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    return create_engine(url, **engine_options())


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """A session that is committed as a whole when the block ends well, and not at all otherwise."""
    with Session(engine) as session:
        yield session
        session.commit()


def empty_log(engine: Engine) -> bool:
    """Move all that was written into SQLite's own file, so that its write-ahead log holds no earlier words.

    False where somebody is reading at that moment, so that the log stays; other databases have no such log.
    """
    if engine.dialect.name != "sqlite":
        return True
    with engine.connect() as connection:
        # A page should not wait for as long as a write may.
        connection.exec_driver_sql("PRAGMA busy_timeout = 1000")
        try:
            is_busy, *_ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
        finally:
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {_PATIENCE_MS}")
    return not is_busy


def is_collision(error: DatabaseRefusal) -> bool:
    """Did two change the same thing at the same moment, so that the database kept one of them?"""
    said = str(error.orig).lower()
    if isinstance(error, IntegrityError):
        # Other rules, such as that of a column which may not be empty, are broken by our own mistakes alone.
        return "unique" in said
    # PostgreSQL: deadlock_detected and serialization_failure. SQLite: another writer took too long.
    return getattr(error.orig, "sqlstate", "") in ("40P01", "40001") or "database is locked" in said


@event.listens_for(Engine, "connect")
def _set_sqlite_pragmas(connection: Any, _record: Any) -> None:
    """Readers beside one writer (WAL), references that hold, patience while another process writes,
    and deleted rows overwritten, for what somebody had erased should be gone from the disk too."""
    if not isinstance(connection, sqlite3.Connection):
        return
    cursor = connection.cursor()
    for pragma in (
        "journal_mode = WAL",
        "foreign_keys = ON",
        f"busy_timeout = {_PATIENCE_MS}",
        "synchronous = NORMAL",
        "secure_delete = ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
