"""A repository survives being carried elsewhere: by export and import, and by backup and restore."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlmodel import Session

from webapp.database import open_database, transaction
from webapp.errors import Conflict, Invalid
from webapp.migrating import migrate
from webapp.models import (
    Attachment,
    AuditEvent,
    Coding,
    PersonalDataFinding,
    Quote,
    Repurposing,
    Story,
    Theme,
    metadata,
)
from webapp.services import media
from webapp.services.access import IMPORTER
from webapp.services.backups import read_backup, write_backup
from webapp.services.comments import add_comment
from webapp.services.consent import record_consent
from webapp.services.contributors import add_contributor
from webapp.services.exports import export_stories
from webapp.services.imports.bringing_in import ImportTerms, import_file
from webapp.services.replacements import set_replacement
from webapp.services.stories import StoryFields, add_story, change_status, revise_story
from webapp.services.welfare import note_welfare
from webapp.services.wordings import current_wording
from webapp.settings import Settings

TEXT = "The sports hub became a kitchen.\n\n“We cooked,” said Ann Other of 1 High Street.\n"


@pytest.fixture
def filled(session: Session, settings: Settings) -> Session:
    """A repository with a much-handled story, a plain draft and a withdrawn one."""
    fields = StoryFields(
        title="Hub: a kitchen – “now”", text=TEXT, place="Brinnington", local_authority="Stockport",
        region="North West", organisation="Hub", organisation_kind="club", period="2020-03/2021-06",
        submitted_by_role="Volunteer", source="Told to staff", is_illustrative=True, summary="In short.",
    )  # fmt: skip
    story = add_story(
        session, IMPORTER, StoryFields(title="First words", text="Other.\nTwo lines."), external_id="hub"
    )
    revise_story(session, IMPORTER, story, fields)
    record_consent(session, IMPORTER, story, uses=("website", "press"), basis="asked", given_by="Ann", naming="first")
    record_consent(
        session, IMPORTER, story, uses=("website",), age_band="13-15", has_assent=True, guardian="Di Example",
        guardian_relationship="mother", platforms=["facebook"], wording=current_wording(session, "child"),
    )  # fmt: skip
    namesake = add_contributor(session, IMPORTER, story, name="Ann", pseudonym="Ina", standing="public role")
    record_consent(session, IMPORTER, story, uses=(), contributor=namesake, conditions="Not beside a picture of me.")
    story.place_level, story.special_categories = "region", ["faith"]
    change_status(session, IMPORTER, story, "submitted")
    change_status(session, IMPORTER, story, "published")
    _decide(session, story)
    set_replacement(session, IMPORTER, story, original="Ann Other", words="Bea")
    add_comment(session, IMPORTER, story, body="Who says so?", words="We cooked")
    add_comment(session, IMPORTER, story, body="Thank you.", is_internal=False)
    note_welfare(
        session, IMPORTER, story, risk="high", note="Ann is ill.", support="A call.", contact_on=date(2027, 1, 2)
    )
    digest = media.keep(settings.media_folder, b"scan")
    session.add(
        Attachment(story_id=story.id, filename="form.pdf", media_type="application/pdf", size_bytes=4, sha256=digest,
                   kind="scan")
    )  # fmt: skip
    add_story(
        session,
        IMPORTER,
        StoryFields(title="A draft", text="---\nnot: front matter\n---\n\nreally"),
        external_id="d",
    )
    gone = add_story(session, IMPORTER, StoryFields(title="Gone", text="Gone."), external_id="gone")
    record_consent(session, IMPORTER, gone, uses=("website",), given_by="Bel")
    change_status(session, IMPORTER, gone, "withdrawn")
    session.commit()
    return session


def _decide(session: Session, story: Story) -> None:
    revision_id = story.current_revision.id
    [food, sport, _] = session.scalars(select(Theme).order_by(Theme.position)).all()
    session.add_all(
        [
            Coding(revision_id=revision_id, theme_id=sport.id, start=0, end=0, status="confirmed", source="person"),
            Coding(revision_id=revision_id, theme_id=food.id, start=0, end=32, status="rejected", score=0.5,
                   position=1),
            Coding(revision_id=revision_id, theme_id=food.id, start=4, end=14, status="suggested", score=0.9),
            Repurposing(revision_id=revision_id, start=0, end=32, to_phrase="soup kitchen", from_phrase="sports hub",
                        spans={"from": [4, 14]}, from_category="sport", to_category="food", status="confirmed",
                        source="person"),
            PersonalDataFinding(revision_id=revision_id, start=51, end=60, kind="person", text=TEXT[51:60],
                                status="rejected"),
            Quote(revision_id=revision_id, start=35, end=44, text=TEXT[35:44], speaker="Ann", status="confirmed"),
        ]
    )  # fmt: skip
    session.flush()


@pytest.fixture
def empty(tmp_path: Path, sqlite_template: Path) -> Engine:
    """Another, empty repository with the same codebook."""
    engine = open_database(Settings(home=tmp_path / "other"))
    migrate(engine)
    with transaction(engine) as session:
        for position, (key, name) in enumerate([("food", "Food"), ("sport-leisure", "Sport"), ("faith", "Faith")]):
            session.add(Theme(key=key, name=name, position=position))
    yield engine
    engine.dispose()


def exported(session: Session, folder: Path, media_folder: Path) -> dict[str, bytes]:
    list(export_stories(session, folder, media_folder=media_folder))
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_an_export_imported_elsewhere_exports_the_same_bytes(
    filled: Session, empty: Engine, settings: Settings, tmp_path: Path
) -> None:
    before = exported(filled, tmp_path / "first", settings.media_folder)
    assert set(before) == {
        "hub.md",
        "d.md",
        "gone.md",
        *(name for name in before if name.startswith("attachments/hub/")),
    }

    terms = ImportTerms(tmp_path / "other" / "media")
    for path in sorted((tmp_path / "first").glob("*.md")):
        with transaction(empty) as session:
            import_file(session, IMPORTER, path, terms)
    with transaction(empty) as session:
        after = exported(session, tmp_path / "second", tmp_path / "other" / "media")

    assert after == before


def test_importing_an_export_again_changes_nothing(filled: Session, settings: Settings, tmp_path: Path) -> None:
    exported(filled, tmp_path / "first", settings.media_folder)
    for name in ("hub", "d"):
        report = import_file(filled, IMPORTER, tmp_path / "first" / f"{name}.md", ImportTerms(settings.media_folder))
        assert (report.n_added, report.n_revised, report.n_unchanged) == (0, 0, 1)


def test_a_withdrawn_story_is_not_taken_in_again(filled: Session, settings: Settings, tmp_path: Path) -> None:
    exported(filled, tmp_path / "first", settings.media_folder)
    with pytest.raises(Conflict, match="'gone' was withdrawn"):
        import_file(filled, IMPORTER, tmp_path / "first" / "gone.md", ImportTerms(settings.media_folder))


def test_an_export_does_not_overwrite_a_folder_that_holds_something(
    filled: Session, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(Invalid, match="is not empty"):
        list(export_stories(filled, tmp_path, media_folder=settings.media_folder))


def test_a_backup_restores_every_row_and_file(
    filled: Session, database: Engine, settings: Settings, tmp_path: Path
) -> None:
    write_backup(database, settings.media_folder, tmp_path / "backup.tar.gz")
    other = open_database(Settings(home=tmp_path / "other"))
    migrate(other)

    n_rows = read_backup(other, tmp_path / "other" / "media", tmp_path / "backup.tar.gz")

    assert n_rows > 20
    for table in metadata.sorted_tables:
        rows = select(table).order_by(*table.primary_key)
        with database.connect() as before, other.connect() as after:
            assert before.execute(rows).all() == after.execute(rows).all(), table.name
    assert media.read(tmp_path / "other" / "media", media.keep(settings.media_folder, b"scan")) == b"scan"
    other.dispose()


def test_a_truncated_backup_restores_nothing(
    filled: Session, database: Engine, settings: Settings, tmp_path: Path
) -> None:
    write_backup(database, settings.media_folder, tmp_path / "backup.tar.gz")
    whole = (tmp_path / "backup.tar.gz").read_bytes()
    (tmp_path / "half.tar.gz").write_bytes(whole[: len(whole) // 2])
    other = open_database(Settings(home=tmp_path / "other"))
    migrate(other)

    with pytest.raises(Invalid, match="Nothing was restored"):
        read_backup(other, tmp_path / "other" / "media", tmp_path / "half.tar.gz")

    with other.connect() as connection:
        assert connection.execute(select(func.count()).select_from(Story)).scalar_one() == 0
    other.dispose()


def test_a_backup_is_not_restored_over_stories(
    filled: Session, database: Engine, settings: Settings, tmp_path: Path
) -> None:
    write_backup(database, settings.media_folder, tmp_path / "backup.tar.gz")
    with pytest.raises(Conflict, match="not empty"):
        read_backup(database, settings.media_folder, tmp_path / "backup.tar.gz")
    assert filled.scalar(select(func.count()).select_from(AuditEvent)) > 0
