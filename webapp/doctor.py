"""A look at everything that can be wrong with an installation, each finding with what to do."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import resources as package_files

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import select

from nlp.search import EngineUnavailable
from webapp.database import transaction
from webapp.models import Analysis, Attachment
from webapp.resources import Resources
from webapp.services import media
from webapp.services.analysis import count_pending
from webapp.services.indexing import differences
from webapp.services.themes import codebook
from webapp.settings import Settings

MIN_FREE_BYTES = 500 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: is it well, and what was seen."""

    name: str
    is_well: bool
    seen: str


def examine(settings: Settings, database: Engine, resources: Resources) -> Iterator[Finding]:
    """Look at each part in turn; one that is broken does not keep the others from being looked at."""
    looks: dict[str, Callable[[], tuple[bool, str]]] = {
        "State": lambda: _look_at_disk(settings),
        "Front end": _look_at_front_end,
        "Database": lambda: _look_at_database(database),
        "Embeddings": lambda: _look_at_embedder(resources),
        "Readings": lambda: _look_at_readings(database, resources),
        "Index": lambda: _look_at_index(database, resources),
        "Files": lambda: _look_at_media(settings, database),
    }
    for name, look in looks.items():
        try:
            yield Finding(name, *look())
        except (SQLAlchemyError, EngineUnavailable, OSError, ValueError, ImportError) as err:
            yield Finding(name, False, f"{type(err).__name__}: {err}")


def _look_at_disk(settings: Settings) -> tuple[bool, str]:
    settings.prepare_home()
    free = shutil.disk_usage(settings.home).free
    return free > MIN_FREE_BYTES, f"{settings.home}, {free // 2**20:,} MiB free"


def _look_at_front_end() -> tuple[bool, str]:
    built = package_files.files("webapp") / "static" / "dist"
    if built.is_dir():
        return True, "built"
    return False, "not built: run `make setup`, or pages have no style"


def _look_at_database(database: Engine) -> tuple[bool, str]:
    with database.connect() as connection:
        migration = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
    return True, f"{database.dialect.name}, tables {migration}"


def _look_at_embedder(resources: Resources) -> tuple[bool, str]:
    embedder = resources.embedder
    vector = embedder.embed(["A library lends tools."])[0]
    return abs(float(vector @ vector) - 1) < 1e-3, f"{embedder.name}, {embedder.dimension} dimensions"


def _look_at_readings(database: Engine, resources: Resources) -> tuple[bool, str]:
    with transaction(database) as session:
        version = resources.pipeline(codebook(session)).version
        n_pending = count_pending(session, version)
        failed = session.exec(select(Analysis.id).where(Analysis.status == "failed")).all()
    seen = f"pipeline {version}, {n_pending} waiting, {len(failed)} failed"
    return not failed and not n_pending, seen + (": run `turnstone worker`" if n_pending else "")


def _look_at_index(database: Engine, resources: Resources) -> tuple[bool, str]:
    with transaction(database) as session:
        found = differences(session, resources.engine)
    n_held = len(resources.engine.versions())
    if found.stale or found.gone:
        return (
            False,
            f"{n_held} stories, {len(found.stale)} to index, {len(found.gone)} to delete: run the worker",
        )
    return True, f"{n_held} stories, as the database"


def _look_at_media(settings: Settings, database: Engine) -> tuple[bool, str]:
    with transaction(database) as session:
        digests = session.exec(select(Attachment.sha256).distinct()).all()
    missing = [digest for digest in digests if not media.is_kept(settings.media_folder, digest)]
    if missing:
        return False, f"{len(missing)} of {len(digests)} are missing: restore a backup"
    return True, f"{len(digests)} kept"
