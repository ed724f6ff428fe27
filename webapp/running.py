"""What has to be done before the site and its worker can run, and serving the site."""

import fcntl

import waitress
from sqlalchemy import Engine
from sqlmodel import select

from webapp.database import open_database, transaction
from webapp.migrating import migrate
from webapp.models import Story
from webapp.resources import Resources
from webapp.services.access import IMPORTER
from webapp.services.accounts import first_sign_ins
from webapp.services.imports import find_files
from webapp.services.imports.bringing_in import ImportTerms, import_file
from webapp.services.place_import import load_areas
from webapp.services.themes import load_codebook
from webapp.settings import Settings
from webapp.worker import OnProgress, import_limits, reconcile

CORPUS_BASIS = "illustrative, written for this project"


def set_up(settings: Settings) -> Engine:
    """The database, brought to the present tables, with the codebook's themes and the areas of the gazetteer."""
    settings.prepare_home()
    database = open_database(settings)
    # The site and the worker start together: one migrates while the other waits.
    with (settings.home / "set_up.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        migrate(database)
        with transaction(database) as session:
            load_codebook(session, settings.codebook)
            load_areas(session)
    return database


def load_corpus_if_empty(settings: Settings, database: Engine, *, on_progress: OnProgress) -> bool:
    """Fill an empty repository with the illustrative stories, read and indexed; False if it held any.

    All of them or none are stored, so that an interrupted first start is simply done again.
    """
    terms = ImportTerms(settings.media_folder, import_limits(settings), basis=CORPUS_BASIS)
    with transaction(database) as session:
        if session.exec(select(Story.id).limit(1)).first() is not None:
            return False
        files = find_files([settings.corpus]).files
        for n_done, path in enumerate(files, start=1):
            import_file(session, IMPORTER, path, terms)
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
