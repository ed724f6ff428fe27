"""What the worker does as time passes: consents end, uses are asked back, what was left behind goes; by comparing."""

from sqlalchemy import Engine

from webapp.database import transaction
from webapp.mail import can_send, send_waiting
from webapp.services.abandoned import discard_abandoned, forget_uploads
from webapp.services.access import SYSTEM
from webapp.services.reminders import mail_notices, remind
from webapp.services.usage import ask_back
from webapp.settings import Settings


def keep_consents(settings: Settings, database: Engine) -> int:
    """Remind, make tasks of uses that nobody agrees to any more, send mail; gives how many things were done."""
    with transaction(database) as session:
        notices, tasks = remind(session), ask_back(session, due_days=settings.takedown_days)
        if can_send(settings):
            mail_notices(session, notices, url_of=settings.url_of)
    forget_what_was_left(settings, database)
    return len(notices) + len(tasks) + send_waiting(settings, database)


def forget_what_was_left(settings: Settings, database: Engine) -> int:
    """Throw away drafts and spreadsheets that nobody went on with; gives how many."""
    with transaction(database) as session:
        n_drafts = discard_abandoned(session, SYSTEM, days=settings.draft_days, folder=settings.media_folder)
        n_uploads = forget_uploads(session, folder=settings.media_folder)
    return n_drafts + n_uploads
