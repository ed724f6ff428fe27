from sqlalchemy import Engine
from sqlmodel import Session, select

from tests.webapp.services.topic_stories import store_stories, store_subjects_as_run
from webapp.database import transaction
from webapp.models import Job, TopicRun
from webapp.resources import Resources
from webapp.services.progress import open_job
from webapp.settings import Settings
from webapp.topics_work import discover_waiting


def test_what_cannot_be_discovered_is_said_in_the_job_and_the_last_run_stays(
    settings: Settings, database: Engine, session: Session
) -> None:
    store_stories(session, 4)
    run = store_subjects_as_run(session)
    run_id = run.row_id
    open_job(session, "topics", "Discovering topics")
    open_job(session, "topics", "Discovering topics")
    session.commit()

    resources = Resources(settings.model_copy(update={"pipeline": "blank"}))
    assert discover_waiting(database, resources) == 2

    with transaction(database) as later:
        first, second = later.exec(select(Job).order_by(Job.id)).all()
        assert (first.state, first.messages) == ("done", ["A later request was done instead."])
        assert second.state == "failed"
        assert "too few to discover topics in" in second.error
        assert later.exec(select(TopicRun.id)).all() == [run_id]
