"""What the worker's sweep does about consent: once, found by comparing."""

from datetime import timedelta

from sqlalchemy import Engine
from sqlmodel import Session, select

from webapp.clock import living_at, now
from webapp.consent_work import keep_consents
from webapp.models import Notice, OutgoingMail, TakedownTask, User, UserRole
from webapp.services.access import SYSTEM, actor_of
from webapp.services.consent import record_consent
from webapp.services.stories import StoryFields, add_story, change_status
from webapp.services.usage import record_use
from webapp.settings import Settings


def test_a_sweep_reminds_before_the_end_and_asks_back_after_it(database: Engine, settings: Settings) -> None:
    # Nobody listens there: the messages stay in the outbox.
    mailing = settings.model_copy(update={"smtp": "smtp://127.0.0.1:9", "mail_from": "stories@example.org"})
    with Session(database) as session:
        reviewer = User(email="kim@example.org", name="Kim", password_hash="", session_key="k")
        reviewer.roles = [UserRole(role="reviewer")]
        session.add(reviewer)
        session.flush()
        actor = actor_of(reviewer)
        story = add_story(session, SYSTEM, StoryFields(title="A hall", text="It danced."), external_id="hall")
        record_consent(session, actor, story, uses=["website"], expires_at=now() + timedelta(days=20))
        for status in ("submitted", "published"):
            change_status(session, SYSTEM, story, status)
        record_use(session, actor, story, use="website", place="Annual review")
        session.commit()

    assert [keep_consents(mailing, database) for _ in range(2)] == [1, 0]
    with living_at(now() + timedelta(days=21)):
        assert [keep_consents(mailing, database) for _ in range(2)] == [2, 0]

    with Session(database) as session:
        assert [notice.kind for notice in session.exec(select(Notice).order_by(Notice.id))] == [
            "consent ends", "consent ends", "take-down",
        ]  # fmt: skip
        [task] = session.exec(select(TakedownTask)).all()
        assert (task.owner_id, task.state) == (actor.id, "open")
        mails = session.exec(select(OutgoingMail)).all()
        assert [(mail.recipient, "hall" in mail.body) for mail in mails] == [("kim@example.org", True)] * 2
