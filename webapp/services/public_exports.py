"""Stories as a folder to pass on: what the readers of one use may read today, and nothing that only staff may.

No earlier text (it may hold a name that was replaced since), no people and no consents, no comments, no notes, no
scans and no decisions on personal data; places as precise as they are shown, photos without what the camera wrote.
"""

from collections.abc import Iterator
from pathlib import Path

from sqlmodel import Session, col, select

from nlp.types import Audience
from webapp.clock import today
from webapp.models import Attachment, Coding, Story, Theme
from webapp.services import media
from webapp.services.access import visible_to
from webapp.services.exports import attachment_form, empty_folder
from webapp.services.imports import write_story_file
from webapp.services.imports.story_file import StoryFile
from webapp.services.photos import photos_for_readers
from webapp.services.places import place_names


def export_for_readers(session: Session, folder: Path, *, media_folder: Path, use: str) -> Iterator[Path]:
    """Write every story that is agreed for a use today into an empty or new folder; gives each path."""
    empty_folder(folder)
    audience = Audience(uses=frozenset({use}), day=today())
    query = select(Story.id).where(visible_to(audience)).order_by(col(Story.external_id))
    for story_id in session.exec(query).all():
        story = session.get_one(Story, story_id)
        photos = photos_for_readers(session, story)
        story_file = _public_file(session, story, photos)
        for photo, form in zip(photos, story_file.attachments, strict=True):
            path = folder / form.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(media.read(media_folder, photo.sha256))
        yield write_story_file(story_file, folder)
        session.expunge_all()


def _public_file(session: Session, story: Story, photos: list[Attachment]) -> StoryFile:
    revision, names = story.current_revision, place_names(story.public_place)
    organisation = story.public_organisation
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
        illustrative=story.is_illustrative,
        themes=tuple(_confirmed_themes(session, story)),
        attachments=tuple(attachment_form(story, photo) for photo in photos),
    )


def _confirmed_themes(session: Session, story: Story) -> list[str]:
    query = (
        select(Theme.key)
        .join(Coding, col(Coding.theme_id) == col(Theme.id))
        .where(Coding.revision_id == story.current_revision.id, Coding.status == "confirmed")
        .order_by(col(Coding.position), col(Coding.id))
    )
    return list(dict.fromkeys(session.exec(query)))
