"""What an erased story leaves in the files of the site: they are read byte by byte."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from webapp.clock import living_at, now
from webapp.database import empty_log, transaction
from webapp.models import Story
from webapp.resources import Resources
from webapp.services import retention
from webapp.services.access import IMPORTER, Actor
from webapp.services.consent import record_consent
from webapp.services.stories import StoryFields, add_story, change_status, revise_story
from webapp.settings import Settings
from webapp.worker import reconcile

SECRET = "quernston"
"""As it begins in the text, and as the index stems it. The story's address, which the log keeps, is without it."""


@pytest.fixture
def site(settings: Settings, session: Session, database: Engine) -> Settings:
    """A site whose index lies in its folder, with a published story of the secret and another beside it."""
    site = settings.model_copy(update={"search": f"whoosh://{settings.home / 'index'}", "pipeline": "blank"})
    for name, title in (("a", "The quernstone"), ("b", "The choir")):
        fields = StoryFields(title=title, text=f"{title} moved into the library.")
        story = add_story(session, IMPORTER, fields, external_id=name)
        record_consent(session, IMPORTER, story, uses=("website",))
        for status in ("submitted", "published"):
            change_status(session, IMPORTER, story, status)
    session.commit()
    return site


def holding(site: Settings, *, besides: str = "") -> list[str]:
    """Files of the site that hold the secret, in whatever case."""
    found = (path for path in Path(site.home).rglob("*") if path.is_file() and path.name != besides)
    return sorted(path.name for path in found if SECRET.encode() in path.read_bytes().lower())


def test_an_erased_story_is_in_no_file_after_the_workers_next_look(
    site: Settings, database: Engine, session: Session, people: dict[str, Actor]
) -> None:
    session.commit()
    resources = Resources(site)
    reconcile(site, database, resources)
    assert any(name.endswith(".seg") for name in holding(site))

    story = session.exec(select(Story).where(Story.external_id == "a")).one()
    retention.erase_story(session, people["admin"], story, reason="on request")
    session.commit()
    reconcile(site, database, resources)
    assert holding(site) == []
    assert list(resources.engine.versions()) == ["b"]


def test_a_word_that_was_taken_out_is_in_no_file_of_the_index_the_day_after(
    site: Settings, database: Engine, session: Session
) -> None:
    resources = Resources(site)
    reconcile(site, database, resources)
    story = session.exec(select(Story).where(Story.external_id == "a")).one()
    revise_story(session, IMPORTER, story, StoryFields(title="The stone", text="The stone moved into the library."))
    session.commit()
    reconcile(site, database, resources)
    with living_at(now() + timedelta(days=1)):
        reconcile(site, database, resources)
    # The database keeps the earlier revision, for reviewers.
    assert holding(site, besides="turnstone.sqlite") == []


def test_the_log_of_sqlite_is_emptied(database: Engine, session: Session) -> None:
    session.commit()
    with transaction(database) as writing:
        add_story(writing, IMPORTER, StoryFields(title="A", text="B."))
    assert empty_log(database)
    name = database.url.database or ""
    assert database.dialect.name != "sqlite" or Path(f"{name}-wal").stat().st_size == 0


def test_a_log_that_somebody_reads_is_left_for_later(database: Engine, session: Session) -> None:
    session.commit()
    if database.dialect.name != "sqlite":
        pytest.skip("Only SQLite has such a log.")
    with closing(sqlite3.connect(database.url.database or "", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM story").fetchone()
        with transaction(database) as writing:
            add_story(writing, IMPORTER, StoryFields(title="A", text="B."))
        assert not empty_log(database)
        reader.execute("COMMIT")
    assert empty_log(database)
