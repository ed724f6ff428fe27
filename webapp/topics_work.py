"""Discovering topics when somebody asked for it in the site: a job that goes on where it was killed."""

import logging
from collections.abc import Sequence
from functools import partial

from sqlalchemy import Engine

from nlp.topics.lemmas import lemma_by_form
from webapp.database import transaction
from webapp.errors import TurnstoneError
from webapp.models import Job
from webapp.resources import Resources
from webapp.services import progress
from webapp.services.themes import codebook
from webapp.services.topic_runs import fit

log = logging.getLogger(__name__)
JOB_KIND = "topics"


def discover_waiting(database: Engine, resources: Resources) -> int:
    """Do what was asked for; gives how many runs were asked for. What cannot be done is said in its job."""
    open_session = partial(transaction, database)
    with open_session() as session:
        waiting = [job.row_id for job in progress.waiting_jobs(session, JOB_KIND)]
    for job_id in waiting[:-1]:
        # Nobody needs the same run twice.
        _finish(database, job_id, message="A later request was done instead.")
    for job_id in waiting[-1:]:
        _discover(database, resources, job_id)
    return len(waiting)


def _discover(database: Engine, resources: Resources, job_id: int) -> None:
    def report(_what: str, n_done: int, n_total: int) -> None:
        with transaction(database) as session:
            job = session.get_one(Job, job_id)
            if job.state != "running":
                progress.start(job, total=n_total)
            progress.advance(job, by=n_done - job.n_done)

    with transaction(database) as session:
        language = resources.pipeline(codebook(session)).language

    def lemmas(forms: Sequence[str]) -> dict[str, str]:
        with resources.reading:
            return lemma_by_form(language, forms)

    try:
        run_id = fit(
            partial(transaction, database),
            on_progress=report,
            keep=resources.settings.home / "topics",
            lemmas=lemmas,
        )
    except TurnstoneError as err:
        _finish(database, job_id, error=str(err))
    except Exception as err:  # A fit that fails in an unforeseen way must not stop the worker for good.
        log.exception("Discovering topics failed.")
        _finish(database, job_id, error=f"It stopped with {type(err).__name__}: {err}. The last run stays.")
    else:
        _finish(database, job_id, message=f"Run {run_id} stands.")


def _finish(database: Engine, job_id: int, *, error: str | None = None, message: str = "") -> None:
    with transaction(database) as session:
        progress.finish(session.get_one(Job, job_id), messages=[message] if message else (), error=error)
