"""Stories from files into the repository: new ones added, known ones revised, equal ones left alone."""

import mimetypes
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func
from sqlmodel import Session, col, select

from nlp.text import normalise
from webapp.clock import end_of_consent
from webapp.errors import Conflict, Invalid
from webapp.models import (
    CONTENT_WARNINGS,
    PLACE_LEVELS,
    SPECIAL_CATEGORIES,
    STORY_STATUSES,
    USES,
    Attachment,
    Revision,
    Story,
    now,
)
from webapp.services import media
from webapp.services.access import Actor
from webapp.services.consent import consents_of, record_consent
from webapp.services.imports.agreements import bring_people_and_consents
from webapp.services.imports.decisions import bring_decisions
from webapp.services.imports.desk_notes import bring_notes
from webapp.services.imports.limits import ImportLimits
from webapp.services.imports.reading import read_story_files
from webapp.services.imports.story_file import AttachmentForm, StoryFile
from webapp.services.naming import refresh_public_names
from webapp.services.pictures import MEDIA_TYPE, keep_copies, read_clean_picture
from webapp.services.stories import StoryFields, add_story, change_status, revise_story, submit


@dataclass(frozen=True, slots=True)
class ImportTerms:
    """How stories are taken in. basis: publish them, with a consent to all uses that names this basis.

    hand_in: give new ones to the reviewers, as their author would. columns: see `read_story_files`.
    consent_months: how long the consent that comes with a basis lasts; None: without end.
    """

    media_folder: Path
    limits: ImportLimits = field(default_factory=ImportLimits)
    basis: str | None = None
    hand_in: bool = False
    columns: Mapping[str, int] | None = None
    consent_months: int | None = None

    def __post_init__(self) -> None:
        if self.basis is not None and not self.basis.strip():
            raise Invalid("Publishing needs a basis: say in a few words why these stories may be published.")


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file."""

    n_added: int = 0
    n_revised: int = 0
    n_unchanged: int = 0
    notices: tuple[str, ...] = ()

    def __add__(self, other: "FileReport") -> "FileReport":
        return FileReport(
            self.n_added + other.n_added,
            self.n_revised + other.n_revised,
            self.n_unchanged + other.n_unchanged,
            self.notices + other.notices,
        )

    def __str__(self) -> str:
        return f"{self.n_added} added, {self.n_revised} revised, {self.n_unchanged} unchanged"


def import_file(
    session: Session, actor: Actor, path: Path, terms: ImportTerms, *, origins: dict[str, Path] | None = None
) -> FileReport:
    """Take in one file, all of it or (with Invalid or Conflict) nothing; the caller commits.

    origins: story id → the file that brought it, over the files of one import. It grows, and a second file with
    the same id is refused, lest two stories whose files share a name become two revisions of one.
    """
    content = read_story_files(path, limits=terms.limits, columns=terms.columns)
    _claim_ids(path, content.stories, {} if origins is None else origins)
    known = _known_stories(session, [story.id for story in content.stories])
    report = FileReport(notices=tuple(content.notices))
    for story_file in content.stories:
        report += _bring_in(session, actor, story_file, known.get(story_file.id), path.parent, terms)
    return report


def _claim_ids(path: Path, stories: Iterable[StoryFile], origins: dict[str, Path]) -> None:
    for story_file in stories:
        first = origins.setdefault(story_file.id, path)
        if first != path:
            raise Conflict(
                f"{path.name}: the story {story_file.id!r} came already with {first}. "
                "Give one of the two another `id`, or another file name."
            )


def _known_stories(session: Session, external_ids: Iterable[str]) -> dict[str, Story]:
    ids = list(external_ids)
    found: dict[str, Story] = {}
    # SQLite takes a bounded number of parameters in one statement.
    for start in range(0, len(ids), 500):
        query = select(Story).where(col(Story.external_id).in_(ids[start : start + 500]))
        found.update((story.external_id, story) for story in session.exec(query))
    return found


def _bring_in(
    session: Session,
    actor: Actor,
    story_file: StoryFile,
    known: Story | None,
    folder: Path,
    terms: ImportTerms,
) -> FileReport:
    if known is not None and known.status == "withdrawn":
        raise Conflict(f"Story {known.external_id!r} was withdrawn and is not taken in again. Leave it out.")
    if known is None:
        story = _add(session, actor, story_file)
        bring_notes(session, story, story_file)
        is_changed = True
    else:
        story = known
        is_changed = revise_story(session, actor, story, _fields(story_file))
    is_changed |= bring_decisions(session, actor, story, story_file)
    is_changed |= _bring_attachments(session, story, story_file, folder, terms)
    is_changed |= _bring_consent_and_status(session, actor, story, story_file, terms)
    if known is None:
        if terms.hand_in and story.status == "draft":
            submit(session, actor, story)
        return FileReport(n_added=1)
    return FileReport(n_revised=int(is_changed), n_unchanged=int(not is_changed))


def _add(session: Session, actor: Actor, story_file: StoryFile) -> Story:
    """A new story, with the texts that it had before if the file brings them."""
    earlier = sorted(story_file.earlier_revisions, key=lambda revision: revision.number)
    story = add_story(session, actor, _fields(story_file), external_id=story_file.id)
    if earlier:
        present = story.current_revision
        present.number = story.revision_number = earlier[-1].number + 1
        session.flush()
        for revision in earlier:
            session.add(
                Revision(
                    story_id=present.story_id,
                    number=revision.number,
                    title=revision.title,
                    summary=revision.summary,
                    text=normalise(revision.text),
                    created_at=revision.created_at or now(),
                )
            )
        session.flush()
        session.expire(story)
    return story


def _fields(story_file: StoryFile) -> StoryFields:
    return StoryFields(
        title=story_file.title,
        text=story_file.text,
        summary=story_file.summary,
        place=story_file.place,
        local_authority=story_file.local_authority,
        region=story_file.region,
        organisation=story_file.organisation,
        organisation_kind=story_file.organisation_kind,
        period=story_file.period,
        submitted_by_role=story_file.submitted_by_role,
        source=story_file.source,
        evidence_strength=story_file.evidence_strength,
        is_illustrative=story_file.illustrative,
    )


def _bring_consent_and_status(
    session: Session, actor: Actor, story: Story, story_file: StoryFile, terms: ImportTerms
) -> bool:
    """Consents first, since a story is published only with one: its own from the file, or the terms' basis."""
    n_before = len(consents_of(session, story))
    if n_before == 0:
        _bring_care(story, story_file)
        bring_people_and_consents(
            session, actor, story, story_file.people, story_file.consent, consent_months=terms.consent_months
        )
    if terms.basis is not None and story.status != "published":
        ends = end_of_consent(terms.consent_months) if terms.consent_months else None
        record_consent(session, actor, story, uses=USES, basis=terms.basis, method="import", expires_at=ends)
        _take_to(session, actor, story, "published")
    elif story_file.status and story_file.status != story.status and n_before == 0 and story_file.consent:
        # A file that carries its own consent is a copy of a story: it takes the status that it had.
        _take_to(session, actor, story, story_file.status)
        story.published_at = story_file.published_at or story.published_at
    session.flush()
    return len(consents_of(session, story)) > n_before


def _bring_care(story: Story, story_file: StoryFile) -> None:
    """How carefully it has to be shown. A file never loosens what is held here."""
    place_level = story_file.place_level or PLACE_LEVELS[0]
    if place_level not in PLACE_LEVELS:
        raise Invalid(f"{place_level!r} is not a kind of place. Use one of: {', '.join(PLACE_LEVELS)}.")
    unknown = sorted(set(story_file.special_categories or ()) - set(SPECIAL_CATEGORIES))
    if unknown:
        raise Invalid(f"{unknown[0]!r} is not a special category. Use any of: {', '.join(SPECIAL_CATEGORIES)}.")
    unknown = sorted(set(story_file.content_warnings) - set(CONTENT_WARNINGS))
    if unknown:
        raise Invalid(f"{unknown[0]!r} is not a content warning. Use any of: {', '.join(CONTENT_WARNINGS)}.")
    warned = {*(story.content_warnings or ()), *story_file.content_warnings}
    story.content_warnings = [kind for kind in CONTENT_WARNINGS if kind in warned]
    story.warning_words = story_file.warning_words or story.warning_words
    story.retention_class = story_file.retention or story.retention_class
    story.is_restricted |= story_file.restricted
    story.do_not_identify |= story_file.do_not_identify
    story.place_level = max(story.place_level, place_level, key=PLACE_LEVELS.index)
    if story_file.special_categories is not None:
        story.special_categories = sorted({*(story.special_categories or ()), *story_file.special_categories})


_WAY_TO = {
    "draft": (),
    "submitted": ("submitted",),
    "changes_requested": ("submitted", "changes_requested"),
    "published": ("submitted", "published"),
    "archived": ("submitted", "published", "archived"),
    "withdrawn": ("withdrawn",),
}


def _take_to(session: Session, actor: Actor, story: Story, status: str) -> None:
    if status not in STORY_STATUSES:
        raise Invalid(f"{status!r} is not a status. Use one of: {', '.join(STORY_STATUSES)}.")
    way = _WAY_TO[status]
    if story.status in ("submitted", "archived"):
        way = tuple(step for step in way if step != "submitted")
    for step in way:
        change_status(session, actor, story, step)


def _bring_attachments(
    session: Session, story: Story, story_file: StoryFile, folder: Path, terms: ImportTerms
) -> bool:
    forms = list(story_file.attachments)
    if story_file.original is not None:
        path = Path(story_file.original)
        media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        forms.append(AttachmentForm(path=path.name, filename=path.name, media_type=media_type))
    changes = [_attach(session, story, form, folder, terms) for form in forms]
    if any(changes):
        # Beside a picture a child is not named as it would be without one.
        refresh_public_names(session, story)
    return any(changes)


def _attach(session: Session, story: Story, form: AttachmentForm, folder: Path, terms: ImportTerms) -> bool:
    path = (folder / form.path).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise Invalid(f"{story.external_id}: its attachment {form.path!r} is not in the folder {folder}.")
    if path.stat().st_size > terms.limits.file_bytes:
        raise Invalid(f"{story.external_id}: its attachment {form.path!r} is larger than a file may be.")
    content, values = path.read_bytes(), form.model_dump(exclude={"path"})
    if form.kind == "photo":
        # A photo from elsewhere may tell where it was taken: it is cleaned like one that somebody sends.
        picture = read_clean_picture(path.name, content)
        content, kept = picture.copies["full"], keep_copies(terms.media_folder, picture)
        values.update(media_type=MEDIA_TYPE, width=picture.width, height=picture.height, copies=kept)
    digest = media.keep(terms.media_folder, content)
    query = select(func.count()).where(Attachment.story_id == story.id, Attachment.sha256 == digest)
    if session.exec(query).one():
        return False
    session.add(Attachment(story_id=story.row_id, size_bytes=len(content), sha256=digest, **values))
    session.flush()
    return True
