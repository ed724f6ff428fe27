"""Opening the database for processes that serve no pages: the worker and the command line."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, make_url
from sqlmodel import Session, create_engine

import webapp.extensions  # noqa: F401 - sets what every SQLite connection needs
from webapp.settings import Settings


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
