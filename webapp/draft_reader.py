"""Reads drafts as they are written, in a thread of the worker beside its other work.

It has the worker's own pipeline, which reads one batch at a time: a draft waits for the batch that is being read,
and for nothing else, however much there is to do.
"""

import logging
import threading

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

import nlp.types
from webapp.database import transaction
from webapp.resources import Resources
from webapp.services.draft_readings import Asked, store, waiting
from webapp.services.themes import codebook

log = logging.getLogger(__name__)
LOOK_EVERY_S = 0.3


def read_drafts(database: Engine, resources: Resources, stop: threading.Event) -> None:
    """Read whatever is asked for until told to stop."""
    while not stop.is_set():
        try:
            n_read = read_waiting(database, resources)
        except SQLAlchemyError:
            # The database is away or busy: drafts can wait, and the worker's other work says so louder.
            log.warning("Drafts could not be read just now.", exc_info=True)
            n_read = 0
        if not n_read:
            stop.wait(LOOK_EVERY_S)


def read_waiting(database: Engine, resources: Resources) -> int:
    """Read what waits now; gives how many texts."""
    with transaction(database) as session:
        asked = waiting(session)
        themes = codebook(session) if asked else ()
    for one in asked:
        analysis = _read(one, resources, themes)
        with transaction(database) as session:
            store(session, resources.finder, one, analysis)
    return len(asked)


def _read(asked: Asked, resources: Resources, themes: tuple[nlp.types.Theme, ...]) -> nlp.types.Analysis | None:
    try:
        with resources.reading:
            return next(iter(resources.pipeline(themes).analyse([asked.text])))
    except Exception:  # One text may break a library in any way; its writer is told that it could not be read.
        log.exception("Reading a draft failed.")
        return None
