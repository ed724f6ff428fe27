"""What was taken out goes from the files too: from the index's segments, and from SQLite's log.

A deleted story is only marked as deleted in the index until its segment is written anew, which takes as long as
writing all words. So the worker does it at once where a story has gone (withdrawn, erased, expired, restricted), and
once a day for words that were taken out of texts.
"""

import logging

from sqlalchemy import Engine

from webapp.clock import today
from webapp.database import empty_log
from webapp.resources import Resources

log = logging.getLogger(__name__)


def story_is_gone(resources: Resources) -> None:
    """Have the files written anew when the other work is done."""
    resources.purged_on = None


def purge_if_due(database: Engine, resources: Resources) -> None:
    """Write the files anew if a story has gone since, or none were today; a worker that was killed does it anew."""
    if resources.purged_on == today():
        return
    resources.engine.purge()
    if not empty_log(database):
        log.info("SQLite's log is in use; it is emptied with the next look.")
        return
    resources.purged_on = today()
