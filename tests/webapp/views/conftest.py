"""What tests of the site speak with: a site with an empty repository, people who sign in, stories in any state."""

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import Session, create_engine, select

from nlp.embedding import open_embedder
from webapp import create_app
from webapp.database import transaction
from webapp.extensions import limiter
from webapp.models import ROLES, Analysis, Coding, Passage, PersonalDataFinding, Quote, Repurposing, Story, User
from webapp.services import accounts, indexing, review, stories
from webapp.services.access import OPERATOR, find_story
from webapp.services.consent import record_consent
from webapp.services.themes import load_codebook, theme_by_key
from webapp.settings import Settings

CODEBOOK = Path(__file__).resolve().parents[3] / "corpus" / "codebook.yaml"
PASSWORD = "a long enough password"
TEXT = (
    "We ran badminton for forty years.\n\n"
    "In March 2020 the sports hall became a food bank. People came from all over.\n\n"
    "“Nobody asked us to,” said Amina Okoro. Ring her on 01632 960123."
)


ON_POSTGRES = os.environ.get("TURNSTONE_TEST_VIEWS") == "postgresql"
"""Tests of pages run on SQLite, for what they share with the other database has tests of both; with
TURNSTONE_TEST_VIEWS=postgresql they run on PostgreSQL."""


@pytest.fixture(scope="session")
def peopled_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the tables, the codebook and one person for each role, to be copied."""
    path = tmp_path_factory.mktemp("peopled") / "peopled.sqlite"
    shutil.copy(sqlite_template, path)
    engine = create_engine(f"sqlite:///{path}")
    _put_people(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """A site of its own: nothing is shared between tests, and no model is loaded."""
    address = request.getfixturevalue("postgres_database") if ON_POSTGRES else ""
    settings = Settings(
        home=tmp_path / "home", database=address, embedding="hashing", search="memory://", secret_key="s" * 40,
        page_size=3,
    )  # fmt: skip
    settings.prepare_home()
    if ON_POSTGRES:
        engine = create_engine(address)
        _put_people(engine)
        engine.dispose()
    else:
        shutil.copy(request.getfixturevalue("peopled_template"), settings.home / "turnstone.sqlite")
    return settings


def _put_people(engine: Engine) -> None:
    with transaction(engine) as session:
        load_codebook(session, CODEBOOK)
        for role in ROLES:
            accounts.add_user(
                session, OPERATOR, email=f"{role}@example.org", name=f"The {role}", roles=[role], password=PASSWORD
            )


@pytest.fixture
def wakes() -> list[str]:
    """One entry for each time the site woke the worker."""
    return []


@pytest.fixture
def app(settings: Settings, database: Engine, wakes: list[str]) -> Iterator[Flask]:
    app = create_app(settings)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    app.extensions["wake"] = lambda: wakes.append("wake")
    yield app
    # The limits are kept in the process, which every test shares.
    with app.app_context():
        limiter.reset()
        for engine in app.extensions["sqlalchemy"].engines.values():
            engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Somebody who is not signed in."""
    return app.test_client()


@pytest.fixture
def sign_in(app: Flask, database: Engine) -> Callable[[str], FlaskClient]:
    """`sign_in("reviewer")`: a browser in which a person with that role is signed in."""

    def sign_in(role: str) -> FlaskClient:
        client = app.test_client()
        with Session(database) as session, client.session_transaction() as kept:
            # As signing in leaves it; the sign-in page has tests of its own, and checking a password takes long.
            kept["_user_id"] = session.exec(select(User.session_key).where(User.email == f"{role}@example.org")).one()
            kept["_fresh"] = True
        return client

    return sign_in


@dataclass(frozen=True)
class Repository:
    """Stories put into the database as a test needs them, and read back from it."""

    app: Flask
    engine: Engine

    def add(self, *, title: str = "The hall that fed us", text: str = TEXT, **fields: object) -> str:
        """A submitted story with consent for the website; gives its id."""
        uses = fields.pop("uses", ("website",))
        external_id = str(fields.pop("external_id", f"s-{secrets.token_hex(4)}"))
        described = stories.StoryFields(title=title, text=text, **fields)  # type: ignore[arg-type]
        with transaction(self.engine) as session:
            story = stories.add_story(session, OPERATOR, described, external_id=external_id)
            if uses:
                record_consent(session, OPERATOR, story, uses=uses, given_by="Hazel Example")  # type: ignore[arg-type]
            _store_reading(session, story)
            stories.submit(session, OPERATOR, story)
            return story.external_id

    def publish(self, **fields: object) -> str:
        """A published story that the search engine holds; gives its id."""
        external_id = self.add(**fields)  # type: ignore[arg-type]
        self.change(external_id, review.publish)
        return external_id

    def publish_sent(self, external_id: str) -> None:
        """Publish a story that came by the form, as soon as the machine has read it."""
        self.change(external_id, lambda session, _actor, story: _store_reading(session, story))
        self.change(external_id, review.publish)

    def change(self, external_id: str, deed: Callable[[Session, object, Story], object]) -> None:
        """Do something to a story as the system itself, and bring the index up to date."""
        with transaction(self.engine) as session:
            deed(session, OPERATOR, find_story(session, OPERATOR, external_id))
        self.index()

    def index(self) -> None:
        engine = self.app.extensions["resources"].engine
        with transaction(self.engine) as session:
            for _ in indexing.index_batches(session, engine, indexing.differences(session, engine)):
                pass

    def story(self, external_id: str) -> Story:
        """The story as it stands, cut loose from its session."""
        with Session(self.engine) as session:
            story = find_story(session, OPERATOR, external_id)
            session.expunge_all()
            return story

    def statements(self, external_id: str, kind: str) -> list[object]:
        with Session(self.engine) as session:
            return review.statements(session, find_story(session, OPERATOR, external_id), kind)

    def read(self, external_id: str) -> None:
        """Store what the machine might have read in `TEXT`."""
        self.change(external_id, _read)


@pytest.fixture
def repository(app: Flask, database: Engine) -> Repository:
    return Repository(app, database)


@pytest.fixture
def publish_story(repository: Repository) -> Callable[..., str]:
    """`publish_story(title=…, place=…)`: gives the id of a published story."""
    return repository.publish


@pytest.fixture
def reviewer(sign_in: Callable[[str], FlaskClient]) -> FlaskClient:
    return sign_in("reviewer")


@pytest.fixture
def waiting(repository: Repository) -> str:
    """A submitted story that the machine has read."""
    external_id = repository.add()
    repository.read(external_id)
    return external_id


def _store_reading(session: Session, story: Story) -> None:
    """What the worker would have stored: that the text was read, and all of it as one passage."""
    revision, embedder = story.current_revision, open_embedder("hashing")
    session.add(Analysis(revision_id=revision.id or 0, pipeline_version="test", status="done"))
    session.add(
        Passage(
            revision_id=revision.id or 0,
            position=0,
            start=0,
            end=len(revision.text),
            embedding_name=embedder.name,
            embedding=embedder.embed([revision.text])[0].astype("<f4").tobytes(),
        )
    )


def _read(session: Session, _actor: object, story: Story) -> None:
    revision, text = story.current_revision, story.current_revision.text

    def stretch(words: str) -> dict[str, int]:
        start = text.index(words)
        return {"revision_id": revision.id or 0, "start": start, "end": start + len(words)}

    sentence = "In March 2020 the sports hall became a food bank."
    hall, bank = stretch("sports hall"), stretch("food bank")
    session.add_all(
        (
            Repurposing(
                **stretch(sentence), score=0.8, from_phrase="sports hall", to_phrase="food bank", when="March 2020",
                from_category="sport", to_category="food", construction="became",
                spans={"from": [hall["start"], hall["end"]], "to": [bank["start"], bank["end"]]},
            ),
            Coding(**stretch(sentence), theme_id=theme_by_key(session, "food").id or 0, score=0.9),
            Coding(**stretch("We ran badminton"), theme_id=theme_by_key(session, "food").id or 0, score=0.6),
            Quote(**stretch("Nobody asked us to,"), text="Nobody asked us to,", speaker="Amina Okoro"),
            PersonalDataFinding(**stretch("01632 960123"), kind="phone", text="01632 960123"),
        )
    )  # fmt: skip
    stories.touch(story)
    session.flush()
