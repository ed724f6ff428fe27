"""The migrations make exactly the tables of the models, on both databases, and guard the audit log."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, delete, text, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from webapp.migrating import migrate
from webapp.models import AuditEvent, metadata
from webapp.services.access import Actor


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
