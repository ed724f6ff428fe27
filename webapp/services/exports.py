"""The repository as a folder of files: the form that `import` reads, so that the folder is a copy without loss.

The copy is as private as the repository itself: it holds who people are, what they agreed to, earlier texts with
names that were replaced since, and what reviewers noted. `webapp.services.public_exports` writes one to pass on. What
was written before the present text had its names replaced stays here alone.

What machines suggested is left out, for it is read again from the text; so is the audit log, which belongs to the
place where it was written (`turnstone backup` keeps both).
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from webapp.errors import Invalid
from webapp.models import PLACE_LEVELS, Attachment, Revision, Story
from webapp.services import media
from webapp.services.imports import write_story_file
from webapp.services.imports.agreements import consent_forms, people_forms
from webapp.services.imports.decisions import decision_forms
from webapp.services.imports.desk_notes import note_forms
from webapp.services.imports.story_file import AttachmentForm, EarlierRevision, StoryFile
from webapp.services.places import place_names


def export_stories(session: Session, folder: Path, *, media_folder: Path) -> Iterator[Path]:
    """Write every story into an empty or new folder, one file each; gives each path as it is written."""
    empty_folder(folder)
    # Nobody else on this machine should read it.
    folder.chmod(0o700)
    for story_id in session.exec(select(Story.id).order_by(col(Story.external_id))).all():
        story = session.get_one(Story, story_id)
        story_file = story_file_of(session, story)
        for attachment, form in zip(story.attachments, story_file.attachments, strict=True):
            _write_attachment(attachment, folder / form.path, media_folder)
        yield write_story_file(story_file, folder)
        session.expunge_all()


def empty_folder(folder: Path) -> None:
    """Make a folder. Raises Invalid if there is one that holds anything."""
    if folder.exists() and any(folder.iterdir()):
        raise Invalid(f"The folder {folder} is not empty. Name one that is, or that does not exist yet.")
    folder.mkdir(parents=True, exist_ok=True)


def story_file_of(session: Session, story: Story) -> StoryFile:
    """All that a file says of a story."""
    revision, names = story.current_revision, place_names(story.place)
    organisation = story.organisation
    decisions: dict[str, Any] = decision_forms(session, story)
    return StoryFile(
        id=story.external_id,
        title=revision.title,
        text=revision.text,
        summary=revision.summary,
        place=names.get("neighbourhood"),
        local_authority=names.get("local_authority"),
        region=names.get("region"),
        organisation=organisation.name if organisation else None,
        organisation_kind=organisation.kind if organisation else None,
        period=story.period,
        submitted_by_role=story.submitted_by_role,
        source=story.source,
        evidence_strength=story.evidence_strength,  # type: ignore[arg-type] # the table holds it to the same words
        content_warnings=tuple(story.content_warnings or ()),
        warning_words=story.warning_words,
        retention=story.retention_class,  # type: ignore[arg-type] # the table holds it to the same words
        illustrative=story.is_illustrative,
        status=story.status,
        published_at=story.published_at,
        restricted=story.is_restricted,
        do_not_identify=story.do_not_identify,
        place_level="" if story.place_level == PLACE_LEVELS[0] else story.place_level,
        special_categories=None if story.special_categories is None else tuple(story.special_categories),
        people=people_forms(session, story),
        consent=consent_forms(session, story),
        attachments=tuple(attachment_form(story, attachment) for attachment in story.attachments),
        earlier_revisions=tuple(
            _earlier(revision) for revision in story.revisions if revision.number < story.revision_number
        ),
        **decisions,
        **note_forms(session, story),
    )


def attachment_form(story: Story, attachment: Attachment) -> AttachmentForm:
    """What a file says of an attachment, and where it lies beside the file."""
    # Two files of one story may share a name; the digest tells them apart.
    path = f"attachments/{story.external_id}/{attachment.sha256[:8]}-{Path(attachment.filename).name}"
    return AttachmentForm(path=path, **_shared_fields(attachment, AttachmentForm))


def _earlier(revision: Revision) -> EarlierRevision:
    return EarlierRevision(**_shared_fields(revision, EarlierRevision))


def _shared_fields(row: Any, form: type[Any]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in form.model_fields if hasattr(row, name)}


def _write_attachment(attachment: Attachment, path: Path, media_folder: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(media.read(media_folder, attachment.sha256))
