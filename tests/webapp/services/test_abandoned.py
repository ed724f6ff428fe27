"""Drafts and spreadsheets that somebody began and left: thrown away when their time is over, and not before."""

import os
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from tests.webapp.services.test_erasure import words_left
from tests.webapp.services.test_pictures import photo
from webapp.clock import living_at, now
from webapp.models import Attachment, AuditEvent, Draft, Story
from webapp.services import abandoned, concerns
from webapp.services.access import IMPORTER, SYSTEM, Actor
from webapp.services.drafts import begin_correction, begin_draft, save_answer
from webapp.services.imports.limits import ImportLimits
from webapp.services.photos import add_photo
from webapp.services.spreadsheets import keep_spreadsheet, take_in
from webapp.services.stories import StoryFields, add_story
from webapp.settings import Settings

DAYS = 180
WORD = "quernstone"


def begun(session: Session, actor: Actor, key: str = "k" * 20) -> Draft:
    draft = begin_draft(session, actor, key=key, kind="short")
    save_answer(session, draft, "text", [f"The {WORD}."], base=0)
    session.commit()
    return draft


def swept(session: Session, settings: Settings, *, after_days: float) -> int:
    with living_at(now() + timedelta(days=after_days)):
        return abandoned.discard_abandoned(session, SYSTEM, days=DAYS, folder=settings.media_folder)


def test_a_draft_that_nobody_went_on_with_goes_with_its_photo_and_every_word(
    session: Session, people: dict[str, Actor], settings: Settings
) -> None:
    draft = begun(session, people["contributor"])
    add_photo(session, draft, filename="hall.png", content=photo(), folder=settings.media_folder)
    session.commit()
    assert swept(session, settings, after_days=DAYS - 1) == 0
    assert swept(session, settings, after_days=DAYS + 1) == 1
    assert not words_left(session, WORD)
    assert session.exec(select(Attachment)).all() == []
    assert not any(path.is_file() for path in settings.media_folder.rglob("*"))
    event = session.exec(select(AuditEvent).where(AuditEvent.action == "drafts.abandoned")).one()
    assert (event.actor_name, event.after) == ("Turnstone", {"n": 1, "days": DAYS})


@pytest.mark.parametrize("change", ["answer", "photo"])
def test_a_draft_lives_as_long_again_after_each_change(
    session: Session, people: dict[str, Actor], settings: Settings, change: str
) -> None:
    draft = begun(session, people["contributor"])
    with living_at(now() + timedelta(days=100)):
        if change == "answer":
            save_answer(session, draft, "title", ["A hall"], base=0)
        else:
            add_photo(session, draft, filename="hall.png", content=photo(), folder=settings.media_folder)
    assert swept(session, settings, after_days=DAYS + 1) == 0
    assert swept(session, settings, after_days=DAYS + 101) == 1


def test_what_was_sent_and_what_corrects_a_restricted_story_stays(
    session: Session, people: dict[str, Actor], settings: Settings
) -> None:
    story = add_story(session, IMPORTER, StoryFields(title="A", text="B."), external_id="a")
    begin_correction(session, people["reviewer"], story, key="c" * 20, answers={"text": ["B."]})
    sent = begun(session, people["contributor"])
    sent.sent_at = now()
    concerns.raise_concern(session, people["reviewer"], story, words="Hm.", hide=True)
    session.commit()
    assert swept(session, settings, after_days=DAYS + 1) == 0
    assert len(session.exec(select(Draft)).all()) == 2


def test_a_spreadsheet_that_nobody_took_in_goes_and_one_that_waits_stays(
    session: Session, people: dict[str, Actor], settings: Settings
) -> None:
    settings.prepare_home()
    folder = settings.media_folder
    kept = [
        keep_spreadsheet(people["reviewer"], name=name, content=b"title,text\nA,B", folder=folder,
                         limits=ImportLimits())
        for name in ("left.csv", "taken.csv")
    ]  # fmt: skip
    take_in(session, people["reviewer"], kept[1].key, folder=folder)
    session.commit()
    assert abandoned.forget_uploads(session, folder=folder) == 0
    long_ago = (now() - timedelta(days=3)).timestamp()
    for told in (folder / "incoming").glob("*.json"):
        os.utime(told, (long_ago, long_ago))
    assert abandoned.forget_uploads(session, folder=folder) == 1
    assert sorted(path.name for path in (folder / "incoming").iterdir()) == sorted(
        [kept[1].key, f"{kept[1].key}.json"]
    )
    assert session.exec(select(Story)).all() == []
