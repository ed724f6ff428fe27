"""A real database, on SQLite and on PostgreSQL, with the codebook of three themes and people of each role."""

import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, create_engine, make_url
from sqlmodel import Session

from webapp.database import open_database
from webapp.migrating import migrate
from webapp.models import ROLES, Theme, User, UserRole
from webapp.services import passwords
from webapp.services.access import Actor, actor_of
from webapp.settings import Settings

POSTGRES = os.environ.get("TURNSTONE_TEST_POSTGRES")


@pytest.fixture(scope="session", autouse=True)
def _quick_hashes() -> None:
    """Hashing a password is made to take long; here its parameters are the smallest that there are."""
    passwords.hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(scope="session")
def postgres_template() -> Iterator[str]:
    """The name of a migrated PostgreSQL database; a copy of it is much quicker than a migration."""
    if not POSTGRES:
        pytest.skip("TURNSTONE_TEST_POSTGRES names no server; `make test` starts one")
    name = f"template_{uuid.uuid4().hex}"
    _on_server(f"CREATE DATABASE {name}")
    engine = create_engine(_address(name))
    migrate(engine)
    engine.dispose()
    yield name
    _on_server(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def postgres_database(postgres_template: str) -> Iterator[str]:
    """The address of a fresh, migrated PostgreSQL database."""
    name = f"test_{uuid.uuid4().hex}"
    _on_server(f"CREATE DATABASE {name} TEMPLATE {postgres_template}")
    yield _address(name)
    _on_server(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, to be copied."""
    path = tmp_path_factory.mktemp("template") / "migrated.sqlite"
    engine = create_engine(f"sqlite:///{path}")
    migrate(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings with all state in a folder of the test's own, and a migrated database of each kind."""
    address = ""
    if request.param == "postgresql":
        address = request.getfixturevalue("postgres_database")
    settings = Settings(home=tmp_path / "home", database=address, embedding="hashing", search="memory://")
    if request.param == "sqlite":
        settings.prepare_home()
        shutil.copy(request.getfixturevalue("sqlite_template"), settings.home / "turnstone.sqlite")
    return settings


@pytest.fixture
def database(settings: Settings) -> Iterator[Engine]:
    engine = open_database(settings)
    yield engine
    engine.dispose()


@pytest.fixture
def session(database: Engine) -> Iterator[Session]:
    with Session(database) as session:
        for position, (key, name) in enumerate([("food", "Food"), ("sport-leisure", "Sport"), ("faith", "Faith")]):
            session.add(Theme(key=key, name=name, position=position, cues=[key]))
        session.commit()
        yield session


@pytest.fixture
def people(session: Session) -> dict[str, Actor]:
    """Role → somebody who holds it; they have no password, for hashing one takes long."""
    found = {}
    for role in ROLES:
        user = User(email=f"{role}@example.org", name=role, password_hash="", session_key=role)
        user.roles = [UserRole(role=role)]
        session.add(user)
        session.flush()
        found[role] = actor_of(user)
    return found


def _on_server(statement: str) -> None:
    server = create_engine(POSTGRES or "", isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.exec_driver_sql(statement)
    server.dispose()


def _address(name: str) -> str:
    # str() would hide a password.
    return make_url(POSTGRES or "").set(database=name).render_as_string(hide_password=False)
