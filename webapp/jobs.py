"""The huey queue and its tasks. A task is only a wake-up: what there is to do is found by comparing."""

import logging
import os
import threading
from collections.abc import Callable

from huey import SqliteHuey, crontab

from webapp.database import open_database
from webapp.draft_reader import read_drafts
from webapp.resources import Resources
from webapp.settings import Settings
from webapp.worker import reconcile

log = logging.getLogger(__name__)
TASK_NAME = "reconcile"


def open_queue(settings: Settings) -> SqliteHuey:
    """The queue of wake-ups, in a file that only its owner may write: huey unpickles what it reads."""
    path = settings.queue_file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    os.chmod(path, 0o600)
    return SqliteHuey("turnstone", filename=str(path), results=False)


def waker(settings: Settings) -> Callable[[], None]:
    """A function that wakes the worker; the site calls it after a commit that makes work."""
    queue = open_queue(settings)
    wake_task = queue.task(name=TASK_NAME)(_do_nothing_here)

    def wake() -> None:
        # A wake-up that still waits will see this work too.
        if queue.pending_count() < 2:
            wake_task()

    return wake


def work(settings: Settings) -> None:
    """Run the worker until it is told to stop: SIGINT lets it finish its unit, SIGTERM does not wait."""
    queue = open_queue(settings)
    database, resources = open_database(settings), Resources(settings)

    def reconcile_now() -> None:
        n_done = reconcile(settings, database, resources, should_stop=consumer.stop_flag.is_set)
        if n_done:
            log.info("%d done.", n_done)

    queue.task(name=TASK_NAME)(reconcile_now)
    queue.periodic_task(crontab(minute=f"*/{settings.sweep_minutes}"), name="sweep")(reconcile_now)
    consumer = queue.create_consumer(workers=1, periodic=True, initial_delay=0.05, max_delay=0.5, backoff=1.2)
    # A restarted worker looks around at once.
    waker(settings)()
    stop = threading.Event()
    drafts = threading.Thread(target=read_drafts, args=(database, resources, stop), name="drafts", daemon=True)
    drafts.start()
    consumer.run()
    stop.set()
    drafts.join(timeout=5)


def _do_nothing_here() -> None:
    """The body that the site's side of the queue never runs."""
