"""`turnstone retention`, in a home of its own: what is due, and erasing it."""

from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine
from sqlmodel import Session, select

from webapp.cli import turnstone
from webapp.errors import Invalid, NotFound
from webapp.models import AuditEvent, Story, now
from webapp.services import concerns
from webapp.services.access import SYSTEM
from webapp.services.stories import StoryFields, add_story, change_status
from webapp.settings import Settings
from webapp.surroundings import Surroundings


@pytest.fixture
def shell(settings: Settings, session: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> CliRunner:
    """A terminal at a site with a withdrawn story that is due and another that is not."""
    for name, value in {
        "HOME": str(settings.home), "DATABASE": settings.database, "PIPELINE": "blank", "EMBEDDING": "hashing",
    }.items():  # fmt: skip
        monkeypatch.setenv(f"TURNSTONE_{name}", value)
    for story_id in ("due", "held"):
        story = add_story(session, SYSTEM, StoryFields(title="A", text="B."), external_id=story_id)
        if story_id == "due":
            change_status(session, SYSTEM, story, "withdrawn")
            story.updated_at = now() - timedelta(days=31)
    session.commit()
    return CliRunner()


def said(shell: CliRunner, *arguments: str, typed: str = "") -> str:
    surroundings = Surroundings()
    try:
        given = ["retention", *arguments]
        return shell.invoke(turnstone, given, input=typed, obj=surroundings, catch_exceptions=False).output
    finally:
        surroundings.database.dispose()


def left(database: Engine) -> set[str]:
    with Session(database) as session:
        return set(session.exec(select(Story.external_id)))


def test_what_is_due_is_listed_and_erased_after_asking(shell: CliRunner, database: Engine) -> None:
    assert [line.split()[0] for line in said(shell, "due").splitlines()] == ["due"]
    assert "Aborted" in said(shell, "erase", "--all-due", typed="n\n")
    assert left(database) == {"due", "held"}
    assert "due: " in said(shell, "erase", "--all-due", typed="y\n")
    assert left(database) == {"held"}
    assert "Nothing is due." in said(shell, "erase", "--all-due")
    with Session(database) as session:
        proof = session.exec(select(AuditEvent).where(AuditEvent.action == "story.erased")).one()
        assert proof.actor_name == "Turnstone (command line)"
        assert str((proof.after or {})["reason"]).startswith("retention: withdrawn, due since")


def test_a_story_is_erased_by_its_id_with_a_reason(shell: CliRunner, database: Engine) -> None:
    said(shell, "erase", "held", "--reason", "asked for by letter", "--yes")
    assert left(database) == {"due"}


def test_an_unknown_id_and_no_id_are_said(shell: CliRunner) -> None:
    with pytest.raises(NotFound, match="'nowhere'"):
        said(shell, "erase", "nowhere", "--yes")
    with pytest.raises(Invalid, match="--all-due"):
        said(shell, "erase")


def test_what_somebody_is_worried_about_cannot_be_erased_from_the_shell(
    shell: CliRunner, session: Session, database: Engine
) -> None:
    story = session.exec(select(Story).where(Story.external_id == "held")).one()
    concerns.raise_concern(session, SYSTEM, story, words="Hm.", hide=True)
    session.commit()
    with pytest.raises(NotFound):
        said(shell, "erase", "held", "--yes")
    assert left(database) == {"due", "held"}
