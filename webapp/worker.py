"""The reconciling worker: finds work by comparing, does it, and can be killed anywhere.

Stories without a current analysis, stories that the index lacks or holds in an older version, and stories that the
index should no longer hold are found by comparing with the database. Each unit is committed by itself and can be
done again without harm, so a worker that was killed loses at most the unit it was in.
"""

import contextlib
import fcntl
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial

from sqlalchemy import Engine
from sqlmodel import Session

from webapp.consent_work import keep_consents
from webapp.database import transaction
from webapp.models import Job
from webapp.purging import purge_if_due, story_is_gone
from webapp.resources import Resources
from webapp.services import progress
from webapp.services.analysis import count_pending, pending_revisions, read, store_reading
from webapp.services.imports.limits import MIB, ImportLimits
from webapp.services.imports_desk import run_import
from webapp.services.indexing import differences, index_batches
from webapp.services.repurposing_sentences import embed_repurposings
from webapp.services.saved_searches import refresh_all
from webapp.services.theme_learning import learn_due_themes, learned_themes, suggest_anew
from webapp.services.themes import codebook
from webapp.services.topic_keeping import keep_run
from webapp.settings import Settings
from webapp.topics_work import discover_waiting

log = logging.getLogger(__name__)

# Texts analysed together: enough for full embedding batches, few enough that a kill loses little.
READ_BATCH = 16
# Stories whose themes are suggested anew in one transaction; each takes a few milliseconds.
LEARN_BATCH = 50
# While much is being read, what was read so far is found after this long: comparing the whole index after each batch
# would cost more than reading when there are tens of thousands of stories.
INDEX_EVERY_S = 3
# Work that takes a second needs no bar.
MIN_SHOWN = 5

OnProgress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done, and of how many."""


def import_limits(settings: Settings) -> ImportLimits:
    """The limits that the settings give to imported files."""
    return ImportLimits(
        file_bytes=settings.upload_mib * MIB,
        text_characters=settings.text_characters,
        rows=settings.import_rows,
    )


class Stopped(Exception):  # noqa: N818 - it is no error: somebody asked the worker to stop
    """Raised between two units of work when the worker is to stop; what is left is found again."""


def reconcile(
    settings: Settings,
    database: Engine,
    resources: Resources,
    *,
    on_progress: OnProgress | None = None,
    should_stop: Callable[[], bool] = lambda: False,
) -> int:
    """Do all the work there is; gives how many units were done. Only one process does this at a time.

    should_stop: asked between units; once it says so, the rest is left for the next time.
    """
    report = on_progress or _say_nothing
    n_done = 0
    with work_lock(settings), contextlib.suppress(Stopped):
        n_done += _import_waiting(settings, database)
        n_done += _embed_repurposings(database, resources)
        n_done += _apply_differences(database, resources, report)
        n_done += _read_pending(database, resources, report, should_stop)
        n_done += _learn_themes(database, resources, report, should_stop)
        n_done += discover_waiting(database, resources) + _keep_topics(database)
        _look_for_news(database, resources)
        n_done += keep_consents(settings, database)
        purge_if_due(database, resources)
    return n_done


def _say_nothing(_what: str, _n_done: int, _n_total: int) -> None:
    """Progress that nobody watches."""


@contextmanager
def work_lock(settings: Settings) -> Iterator[None]:
    """Hold the lock of whoever works; the system lets it go when a process dies, however it dies."""
    settings.prepare_home()
    with settings.work_lock.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _import_waiting(settings: Settings, database: Engine) -> int:
    open_session = partial(transaction, database)
    with open_session() as session:
        waiting = [job.id for job in progress.waiting_jobs(session, "import") if job.id is not None]
    for job_id in waiting:
        try:
            run_import(
                open_session,
                job_id,
                media_folder=settings.media_folder,
                limits=import_limits(settings),
                consent_months=settings.consent_months,
            )
        except Exception as err:  # One import that fails in an unforeseen way must not stop the worker for good.
            log.exception("Import job %d failed.", job_id)
            with open_session() as session:
                progress.finish(session.get_one(Job, job_id), error=f"It stopped with {type(err).__name__}: {err}")
    return len(waiting)


def _read_pending(database: Engine, resources: Resources, report: OnProgress, should_stop: Callable[[], bool]) -> int:
    with transaction(database) as session:
        pipeline = resources.pipeline(codebook(session))
        n_pending = count_pending(session, pipeline.version)
    if not n_pending:
        return 0
    n_done, indexed_at = 0, time.monotonic()
    with _shown(database, "analyse", f"Reading {_stories(n_pending)}", n_pending) as advance:
        while True:
            if should_stop():
                raise Stopped
            with transaction(database) as session:
                batch = pending_revisions(session, pipeline.version, limit=READ_BATCH)
            if not batch:
                _apply_differences(database, resources, _say_nothing)
                return n_done
            with resources.reading:
                readings = read(pipeline, batch)
            for reading in readings:
                with transaction(database) as session:
                    store_reading(session, reading, pipeline.version)
            _embed_repurposings(database, resources)
            n_done += len(batch)
            report("Reading", n_done, max(n_done, n_pending))
            advance(len(batch))
            if time.monotonic() - indexed_at > INDEX_EVERY_S:
                _apply_differences(database, resources, _say_nothing)
                indexed_at = time.monotonic()


def _keep_topics(database: Engine) -> int:
    n_done = 0
    while True:
        with transaction(database) as session:
            n_batch = keep_run(session)
        n_done += n_batch
        if not n_batch:
            return n_done


def _learn_themes(database: Engine, resources: Resources, report: OnProgress, should_stop: Callable[[], bool]) -> int:
    """Learn from decisions and suggest anew, from stored embeddings: nothing is embedded or parsed for it."""
    with transaction(database) as session:
        pipeline = resources.pipeline(codebook(session))
        learn_due_themes(session, pipeline.themes, pipeline.version)
    with transaction(database) as session:
        version, learned = learned_themes(session, pipeline.version)
    reader = pipeline.themes.with_learned(learned)
    n_done = 0
    while not should_stop():
        with transaction(database) as session:
            n_batch = suggest_anew(session, reader, pipeline.version, version, limit=LEARN_BATCH)
        n_done += n_batch
        if not n_batch:
            break
    if n_done:
        _apply_differences(database, resources, report)
    return n_done


def _embed_repurposings(database: Engine, resources: Resources) -> int:
    n_done = 0
    while True:
        with transaction(database) as session:
            n_batch = embed_repurposings(session, resources.embedder)
        n_done += n_batch
        if not n_batch:
            return n_done


def _look_for_news(database: Engine, resources: Resources) -> None:
    with transaction(database) as session:
        refresh_all(session, resources.finder)


def _apply_differences(database: Engine, resources: Resources, report: OnProgress) -> int:
    with transaction(database) as session:
        difference = differences(session, resources.engine)
        if difference.gone:
            story_is_gone(resources)
        n_total = len(difference.stale) + len(difference.gone)
        n_done = 0
        for n_batch in index_batches(session, resources.engine, difference):
            n_done += n_batch
            report("Indexing", n_done, n_total)
    return n_done


@contextmanager
def _shown(database: Engine, kind: str, title: str, total: int) -> Iterator[Callable[[int], None]]:
    """A job that people see while the block runs; gives the function that moves it on."""
    if total < MIN_SHOWN:
        yield lambda _by: None
        return
    open_session: Callable[[], AbstractContextManager[Session]] = partial(transaction, database)
    with open_session() as session:
        # A job of this kind that still runs was left by a worker that died: this one takes it over.
        left = progress.waiting_jobs(session, kind)
        job = left[0] if left else progress.open_job(session, kind, title)
        job.title = title
        progress.start(job, total=total)
        session.flush()
        job_id = job.id

    def advance(by: int) -> None:
        with open_session() as session:
            progress.advance(session.get_one(Job, job_id), by=by)

    try:
        yield advance
    except Stopped:
        # The job stays open, for whoever goes on with it.
        raise
    except Exception as err:
        with open_session() as session:
            progress.finish(session.get_one(Job, job_id), error=f"It stopped with {type(err).__name__}: {err}")
        raise
    with open_session() as session:
        progress.finish(session.get_one(Job, job_id))


def _stories(n: int) -> str:
    return "1 story" if n == 1 else f"{n} stories"
