"""What the worker does about consent: tells staff of what ends, and asks back what ended; found by comparing."""

from sqlalchemy import Engine

from webapp.database import transaction
from webapp.mail import can_send, send_waiting
from webapp.services.reminders import mail_notices, remind
from webapp.services.usage import ask_back
from webapp.settings import Settings


def keep_consents(settings: Settings, database: Engine) -> int:
    """Remind, make tasks of uses that nobody agrees to any more, send mail; gives how many things were done."""
    with transaction(database) as session:
        notices, tasks = remind(session), ask_back(session, due_days=settings.takedown_days)
        if can_send(settings):
            mail_notices(session, notices, url_of=settings.url_of)
    return len(notices) + len(tasks) + send_waiting(settings, database)
