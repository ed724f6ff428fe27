"""Consent that ends soon: staff are told 60, 30 and 14 days before, and when it has ended."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import Session, col, select

from webapp.clock import today
from webapp.models import Consent, Notice, Story, User
from webapp.services.consent_records import consents_of, latest_consents
from webapp.services.notices import notify
from webapp.services.outbox import post

DAYS_BEFORE = (60, 30, 14)


def remind(session: Session) -> list[Notice]:
    """Tell staff of every consent that ends soon or has ended; gives what was not told before."""
    told = []
    for story, consent, ends_on in _ending(session):
        days_left = (ends_on - today()).days
        stage = min((days for days in DAYS_BEFORE if days_left <= days), default=DAYS_BEFORE[0])
        key = f"consent {consent.id} {f'ends within {stage} days' if days_left > 0 else 'has ended'}"
        notice = notify(
            session, key=key, kind="consent ends", story=story, user_id=_responsible(session, consent),
            message=f"A consent for {story.external_id} {'ends' if days_left > 0 else 'ended'} on "
            f"{ends_on:%d.%m.%Y}. Ask for it anew, or let the story go.",
            address=f"/review/{story.external_id}/consent",
        )  # fmt: skip
        if notice is not None:
            told.append(notice)
    return told


def mail_notices(session: Session, notices: list[Notice], *, url_of: Callable[[str], str]) -> int:
    """Have each notice mailed to whom it is for; gives the number of messages. url_of: path → whole address."""
    n_mails = 0
    for notice in notices:
        for address in _addresses(session, notice):
            post(session, to=address, subject="A consent ends", body=f"{notice.message}\n\n{url_of(notice.address)}")
            n_mails += 1
    return n_mails


def _ending(session: Session) -> Iterator[tuple[Story, Consent, date]]:
    """Stories with the latest record of somebody in them that ends within 60 days, or did in the last 60."""
    first, last = (today() + timedelta(days=days) for days in (-DAYS_BEFORE[0], DAYS_BEFORE[0] + 1))
    ends = (col(Consent.expires_at) > _midnight(first), col(Consent.expires_at) < _midnight(last))
    query = select(Story).where(
        Story.status == "published",
        col(Story.is_restricted).is_(False),
        col(Story.id).in_(select(Consent.story_id).where(*ends)),
    )
    for story in session.exec(query).all():
        for consent in latest_consents(consents_of(session, story)).values():
            if consent.action == "given" and consent.expires_at is not None:
                ends_on = consent.expires_at.date()
                if first <= ends_on <= today() + timedelta(days=DAYS_BEFORE[0]):
                    yield story, consent, ends_on


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)


def _responsible(session: Session, consent: Consent) -> int | None:
    """Whoever recorded the consent, if they still review; otherwise every reviewer is told."""
    user = session.get(User, consent.recorded_by_id) if consent.recorded_by_id is not None else None
    return user.id if user is not None and user.is_active and user.role_names & {"reviewer", "admin"} else None


def _addresses(session: Session, notice: Notice) -> list[str]:
    query = select(User).where(col(User.is_active)).order_by(col(User.id))
    if notice.user_id is not None:
        query = query.where(User.id == notice.user_id)
    everybody = session.exec(query).all()
    return [user.email for user in everybody if notice.user_id is not None or notice.role in user.role_names]
