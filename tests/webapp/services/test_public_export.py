"""An export to pass on: what the readers of one use see today, and no word besides."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from webapp.clock import living_at, now
from webapp.models import Attachment, Story
from webapp.services import media
from webapp.services.access import IMPORTER, Actor
from webapp.services.comments import add_comment
from webapp.services.consent import record_consent
from webapp.services.imports import read_story_files
from webapp.services.public_exports import export_for_readers
from webapp.services.redactions import apply_replacements
from webapp.services.replacements import set_replacement
from webapp.services.stories import StoryFields, add_story, change_status
from webapp.services.welfare import note_welfare
from webapp.settings import Settings


@pytest.fixture
def story(session: Session, people: dict[str, Actor], settings: Settings) -> Story:
    """A published story in which a name was replaced, with all that reviewers keep beside it."""
    fields = StoryFields(
        title="A hall", text="Ngozi Brightwater made it a kitchen.", place="Brinnington", local_authority="Stockport",
        region="North West", organisation="The Quern Group",
    )  # fmt: skip
    story, staff = add_story(session, IMPORTER, fields, external_id="a"), people["reviewer"]
    record_consent(session, staff, story, uses=("website", "press"), given_by="Ngozi Brightwater",
                   expires_at=now() + timedelta(days=90))  # fmt: skip
    set_replacement(session, staff, story, original="Ngozi Brightwater", words="Bea")
    apply_replacements(session, staff, story)
    add_comment(session, staff, story, body="She is called Ngozi.", is_internal=True)
    note_welfare(session, staff, story, risk="some", note="Ngozi is ill.")
    for kind in ("photo", "scan"):
        digest = media.keep(settings.media_folder, kind.encode())
        session.add(Attachment(story_id=story.row_id, kind=kind, filename=f"{kind}.jpg", media_type="image/jpeg",
                               size_bytes=5, sha256=digest, alt_text="Chairs."))  # fmt: skip
    story.place_level = "region"
    for status in ("submitted", "published"):
        change_status(session, IMPORTER, story, status)
    session.commit()
    return story


def passed_on(session: Session, folder: Path, settings: Settings, *, use: str = "website") -> dict[str, bytes]:
    list(export_for_readers(session, folder, media_folder=settings.media_folder, use=use))
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_it_holds_what_readers_see_and_no_name_that_was_replaced(
    session: Session, story: Story, settings: Settings, tmp_path: Path
) -> None:
    files = passed_on(session, tmp_path / "out", settings)
    assert sorted(Path(name).suffix for name in files) == [".jpg", ".md"]
    everything = b"".join(files.values())
    for word in (b"Ngozi", b"Brightwater", b"Brinnington", b"Stockport", b"scan", b"consent", b"ill."):
        assert word not in everything
    [told] = read_story_files(tmp_path / "out" / "a.md").stories
    assert (told.text, told.region, told.place) == ("Bea made it a kitchen.", "North West", None)
    assert told.earlier_revisions == told.people == told.consent == told.comments == ()
    assert [photo.alt_text for photo in told.attachments] == ["Chairs."]


def test_it_holds_only_what_is_agreed_for_its_use_on_its_day(
    session: Session, story: Story, settings: Settings, tmp_path: Path
) -> None:
    assert passed_on(session, tmp_path / "press", settings, use="press") != {}
    assert passed_on(session, tmp_path / "print", settings, use="print") == {}
    with living_at(now() + timedelta(days=91)):
        assert passed_on(session, tmp_path / "late", settings, use="press") == {}


def test_where_nobody_may_be_traced_there_is_no_photo_and_no_organisation(
    session: Session, story: Story, settings: Settings, tmp_path: Path
) -> None:
    story.do_not_identify = True
    session.commit()
    files = passed_on(session, tmp_path / "out", settings)
    assert set(files) == {"a.md"}
    assert b"Quern" not in files["a.md"]
