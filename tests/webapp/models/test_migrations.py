"""The migrations make exactly the tables of the models, on both databases, and guard the audit log."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, delete, text, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from webapp.database import open_database
from webapp.migrating import migrate
from webapp.models import AuditEvent, Consent, StoryContributor, metadata
from webapp.services.access import Actor
from webapp.settings import Settings


def test_migrations_make_the_tables_of_the_models(database: Engine) -> None:
    with database.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_migrating_twice_changes_nothing(database: Engine) -> None:
    migrate(database)
    with database.connect() as connection:
        assert len(connection.execute(text("SELECT version_num FROM alembic_version")).all()) == 1


@pytest.mark.parametrize("statement", [update(AuditEvent).values(action="nothing"), delete(AuditEvent)])
def test_the_audit_log_refuses_to_be_changed(session: Session, statement) -> None:  # type: ignore[no-untyped-def]
    session.add(AuditEvent(action="story.added", subject_kind="story", subject_id="a"))
    session.commit()

    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(statement)


def test_references_hold_on_both_databases(session: Session) -> None:
    with pytest.raises(DBAPIError, match=r"(?i)foreign key"):
        session.execute(text("INSERT INTO user_role (user_id, role) VALUES (999, 'admin')"))


def test_a_role_that_does_not_exist_is_refused_by_the_database(session: Session, people: dict[str, Actor]) -> None:
    statement = text("INSERT INTO user_role (user_id, role) VALUES (:user_id, 'king')")
    with pytest.raises(DBAPIError, match="ck_user_role_role"):
        session.execute(statement, {"user_id": people["admin"].id})


def test_places_of_an_older_repository_are_put_into_their_nations(tmp_path: Path) -> None:
    engine = open_database(Settings(home=tmp_path))
    migrate(engine, "0001")
    with engine.begin() as connection:
        add = text("INSERT INTO place (id, name, kind, path, parent_id) VALUES (:id, :name, :kind, :path, :parent)")
        for row in (
            (1, "Scotland", "region", "Scotland", None),
            (2, "North West", "region", "North West", None),
            (3, "Stockport", "local_authority", "North West / Stockport", 2),
        ):
            connection.execute(add, dict(zip(("id", "name", "kind", "path", "parent"), row, strict=True)))

    migrate(engine)

    with engine.connect() as connection:
        places = connection.execute(text("SELECT kind, path, parent_id FROM place ORDER BY id")).all()
        england = connection.execute(text("SELECT id FROM place WHERE name = 'England'")).scalar_one()
    engine.dispose()
    assert places == [
        ("nation", "Scotland", None),
        ("region", "England / North West", england),
        ("local_authority", "England / North West / Stockport", 2),
        ("nation", "England", None),
    ]


def test_people_of_an_older_repository_come_out_of_their_names(tmp_path: Path) -> None:
    engine = open_database(Settings(home=tmp_path))
    migrate(engine, "0007")
    with engine.begin() as connection:
        connection.execute(
            text("INSERT INTO story (id, external_id, status, version, is_illustrative, created_at, updated_at, "
                 "revision_number) VALUES (1, 'a', 'draft', 1, 0, '2026-01-01', '2026-01-01', 1)")
        )  # fmt: skip
        add = text(
            "INSERT INTO consent (story_id, action, uses, basis, given_by, method, naming, wording_version, "
            "wording_hash, given_at, witness, guardian, recorded_at) VALUES (1, 'given', '[\"press\"]', '', :name, "
            "'', 'first', '', '', '2026-01-01', '', :guardian, '2026-01-02')"
        )
        for name, guardian in (("Ada", ""), ("", ""), ("Ada", "Di"), ("", "Di")):
            connection.execute(add, {"name": name, "guardian": guardian})

    migrate(engine)

    with Session(engine) as session:
        records = session.exec(select(Consent).order_by(col(Consent.id))).all()
        persons = [record.contributor_id for record in records]
        assert [(record.given_by, record.guardian, record.uses, record.age_band) for record in records] == [
            ("Ada", "", ["press"], "adult"),
            ("", "", ["press"], "adult"),
            ("Ada", "Di", ["press"], "adult"),
            ("", "Di", ["press"], "adult"),
        ]
        assert (persons[0] == persons[2], len(set(persons))) == (True, 3)
        asked = session.exec(select(StoryContributor.contributor_id)).all()
        assert sorted(asked) == sorted(set(persons))
        with pytest.raises(DBAPIError, match="append-only"):
            session.execute(update(Consent).values(naming="full"))
        session.rollback()
    engine.dispose()
