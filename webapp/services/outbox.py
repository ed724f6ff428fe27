"""Mail that waits for the worker, which alone sends it: a page never waits for another machine.

Whoever posts first asks whether mail can be sent at all (`context.post_mail` does, `webapp.mail.can_send`); without
that, a link is shown to a person instead.
"""

from datetime import timedelta

from sqlmodel import Session, col, select

from webapp.errors import Invalid
from webapp.models import OutgoingMail, now

MOST_TRIES = 6
_LONGEST_SUBJECT = 200


def post(session: Session, *, to: str, subject: str, body: str) -> OutgoingMail:
    """Put a message to one address into the outbox; it is sent after the commit. body: plain text."""
    to, subject = to.strip(), " ".join(subject.split())
    if "@" not in to or any(letter.isspace() or letter in ",;<>" for letter in to):
        raise Invalid(f"{to!r} is not an e-mail address. Write it as name@example.org.")
    mail = OutgoingMail(recipient=to, subject=subject[:_LONGEST_SUBJECT], body=body.strip() + "\n")
    session.add(mail)
    session.flush()
    return mail


def due_mail(session: Session, *, limit: int = 20) -> list[OutgoingMail]:
    """Messages to try now, the oldest first; after each failure the next try waits longer."""
    query = select(OutgoingMail).where(col(OutgoingMail.sent_at).is_(None), OutgoingMail.n_tries < MOST_TRIES)
    waiting = session.exec(query.order_by(col(OutgoingMail.id)))
    return [mail for mail in waiting if mail.made_at + _wait(mail.n_tries) <= now()][:limit]


def mark_sent(mail: OutgoingMail) -> None:
    """It is gone: forget its words, which may hold a link that opens a door."""
    mail.sent_at, mail.error, mail.body = now(), "", ""


def mark_failed(mail: OutgoingMail, error: str) -> None:
    """It could not be sent. After the last try its words are forgotten too."""
    mail.n_tries += 1
    mail.error = error[:300]
    if mail.n_tries >= MOST_TRIES:
        mail.body = ""


def _wait(n_tries: int) -> timedelta:
    return timedelta(minutes=5 * (2**n_tries - 1))
