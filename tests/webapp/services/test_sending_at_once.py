"""Fifty people send at once, each pressing the button twice: nothing is lost and nothing is doubled."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Engine
from sqlmodel import Session, select

from webapp.database import transaction
from webapp.models import AuditEvent, Consent, Draft, Story
from webapp.services.access import Actor
from webapp.services.drafts import begin_draft, find_draft, save_answer
from webapp.services.stories import StoryFields
from webapp.services.submissions import send_draft

N_STORIES, N_AT_ONCE = 50, 10


def test_fifty_stories_sent_twice_at_once_are_fifty_stories(
    database: Engine, session: Session, people: dict[str, Actor]
) -> None:
    session.commit()
    author = people["contributor"]
    keys = [f"key-of-draft-number-{n:03d}" for n in range(N_STORIES)]
    with transaction(database) as beginning:
        for key in keys:
            begin_draft(beginning, author, key=key, kind="short")
    together = threading.Barrier(N_AT_ONCE)

    def send(key: str) -> str:
        together.wait(timeout=60)
        with transaction(database) as sending:
            draft = find_draft(sending, author, key)
            fields = StoryFields(
                title=f"Story {key}", text=f"The hall of {key} became a kitchen.", place="Brinnington"
            )
            consent = {"uses": ["website"], "given_by": "Amina"}
            return send_draft(sending, author, draft, fields, consent=consent).external_id

    with ThreadPoolExecutor(N_AT_ONCE) as pool:
        # Neighbours in this list, which run together, are the two clicks of one button.
        sent = list(pool.map(send, [key for key in keys for _ in range(2)]))

    with Session(database) as after:
        stories = after.exec(select(Story)).all()
        assert Counter(story.submission_key for story in stories) == Counter(keys)
        assert {story.status for story in stories} == {"submitted"}
        assert {story.current_revision.title for story in stories} == {f"Story {key}" for key in keys}
        assert len(after.exec(select(Consent)).all()) == N_STORIES
        assert len({draft.story_id for draft in after.exec(select(Draft))}) == N_STORIES
        events = Counter(event.action for event in after.exec(select(AuditEvent)))
        assert (events["story.added"], events["story.submitted"]) == (N_STORIES, N_STORIES)
    assert Counter(sent) == {story.external_id: 2 for story in stories}


def test_one_field_saved_by_many_at_once_keeps_one_of_them_and_tells_the_others(
    database: Engine, session: Session, people: dict[str, Actor]
) -> None:
    session.commit()
    author = people["contributor"]
    with transaction(database) as beginning:
        begin_draft(beginning, author, key="k" * 24, kind="short")
    together = threading.Barrier(N_AT_ONCE)

    def save(n: int) -> bool:
        together.wait(timeout=60)
        with transaction(database) as saving:
            draft = find_draft(saving, author, "k" * 24)
            return save_answer(saving, draft, "text", [f"Words of device {n}."], base=0).is_taken

    with ThreadPoolExecutor(N_AT_ONCE) as pool:
        taken = list(pool.map(save, range(N_AT_ONCE)))
    assert taken.count(True) == 1
    with Session(database) as after:
        [answer] = find_draft(after, author, "k" * 24).answers
        assert answer.written == [f"Words of device {taken.index(True)}."]
