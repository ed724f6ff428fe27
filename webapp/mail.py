"""Sending mail by the SMTP server of the settings; without one, nothing is sent and nothing is kept to be sent."""

import logging
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import unquote, urlsplit

from sqlalchemy import Engine

from webapp.database import transaction
from webapp.models import OutgoingMail
from webapp.services.outbox import due_mail, mark_failed, mark_sent
from webapp.settings import Settings

log = logging.getLogger(__name__)
_TIMEOUT_S = 20


def can_send(settings: Settings) -> bool:
    """Is there a server to send mail by?"""
    return bool(settings.smtp)


def send_waiting(settings: Settings, database: Engine) -> int:
    """Send what waits; gives how many messages went out. One that fails is tried again later."""
    if not can_send(settings):
        return 0
    with transaction(database) as session:
        ids = [mail.id for mail in due_mail(session)]
    if not ids:
        return 0
    try:
        with _server(settings) as server:
            return sum(_send(settings, database, server, mail_id) for mail_id in ids)
    except (OSError, smtplib.SMTPException) as err:
        log.warning("The mail server cannot be reached: %s.", type(err).__name__)
        with transaction(database) as session:
            for mail_id in ids:
                mail = session.get_one(OutgoingMail, mail_id)
                if mail.sent_at is None:
                    mark_failed(mail, f"The mail server cannot be reached: {err}")
        return 0


def _send(settings: Settings, database: Engine, server: smtplib.SMTP, mail_id: int | None) -> int:
    with transaction(database) as session:
        mail = session.get_one(OutgoingMail, mail_id)
        try:
            server.send_message(_message(settings, mail))
        except smtplib.SMTPServerDisconnected:
            raise
        except smtplib.SMTPException as err:
            # Neither the address nor the words: the log is read by more people than the mail.
            log.warning("Message %s was refused: %s.", mail_id, type(err).__name__)
            mark_failed(mail, f"The mail server refused it: {err}")
            return 0
        mark_sent(mail)
        return 1


@contextmanager
def _server(settings: Settings) -> Iterator[smtplib.SMTP]:
    """A connection, encrypted unless the server is on this machine."""
    parts = urlsplit(settings.smtp)
    host, trusted = parts.hostname or "", ssl.create_default_context()
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=_TIMEOUT_S, context=trusted)
    else:
        server = smtplib.SMTP(host, parts.port or 587, timeout=_TIMEOUT_S)
    with server:
        if parts.scheme == "smtp" and host not in ("localhost", "127.0.0.1", "::1"):
            server.starttls(context=trusted)
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        yield server


def _message(settings: Settings, mail: OutgoingMail) -> EmailMessage:
    message = EmailMessage()
    message["From"] = settings.mail_from
    message["To"] = mail.recipient
    message["Subject"] = mail.subject
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain=settings.mail_from.rpartition("@")[2].rstrip(">") or "localhost")
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body)
    return message
