"""The log of who looked at a concern, on both databases."""

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from webapp.models import ConcernAccess
from webapp.services import concerns
from webapp.services.access import SYSTEM, Actor
from webapp.services.stories import StoryFields, add_story


@pytest.mark.parametrize("statement", [update(ConcernAccess).values(actor_name="nobody"), delete(ConcernAccess)])
def test_the_log_refuses_to_be_changed_and_outlives_the_story(
    session: Session, people: dict[str, Actor], statement
) -> None:
    story = add_story(session, SYSTEM, StoryFields(title="A", text="B."))
    concern = concerns.raise_concern(session, people["reviewer"], story, words="She is alone.", hide=True)
    concerns.open_concern(session, people["safeguarding"], concern.row_id)
    session.delete(story)
    session.commit()

    opened = concerns.open_concern(session, people["safeguarding"], concern.row_id)
    assert opened.story is None
    assert len(opened.log) == 2
    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(statement)
