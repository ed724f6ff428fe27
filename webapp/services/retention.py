"""How long stories are held, what is due, and erasing a story with a proof that holds none of it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import ColumnElement, Table, func, or_
from sqlmodel import Session, col, select

from webapp.clock import today
from webapp.errors import Conflict, Invalid
from webapp.models import (
    RETENTION_CLASSES,
    Attachment,
    Concern,
    Consent,
    Contributor,
    Revision,
    Story,
    StoryContributor,
    metadata,
)
from webapp.services import audit, media
from webapp.services.access import Actor, may_administer, require

YEARS = {"short": 1, "standard": 5, "long": 10, "archive": None}
"""None: held without end, for what was given to be an archive; still erased when somebody asks."""
HELD_AFTER_WITHDRAWAL = timedelta(days=30)
"""A withdrawn story is kept so long that its past uses can be taken down, and no longer."""


@dataclass(frozen=True, slots=True)
class Due:
    """A story whose time is over. since: the first day on which it should be gone."""

    story: Story
    retention_class: str
    since: date


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased: how many rows of each table, and the digests of files that nothing refers to any more."""

    rows: dict[str, int]
    files: frozenset[str]


def set_retention(session: Session, actor: Actor, story: Story, retention_class: str) -> None:
    """Say how long the story is held. '': as the setting says."""
    require(may_administer(actor), "say how long stories are held")
    if retention_class and retention_class not in RETENTION_CLASSES:
        raise Invalid(f"{retention_class!r} is not a retention class. Use one of: {', '.join(RETENTION_CLASSES)}.")
    before, story.retention_class = story.retention_class, retention_class or None
    session.flush()
    audit.record(
        session, actor, "story.retention", subject=("story", story.external_id),
        before={"class": before}, after={"class": story.retention_class},
    )  # fmt: skip


def due_stories(session: Session, *, default: str, day: date | None = None) -> list[Due]:
    """Stories whose time is over on a day, those that wait longest first. default: the class of the setting.

    What somebody is worried about is not among them: safeguarding leads decide first.
    """
    query = select(Story).where(col(Story.is_restricted).is_(False))
    found = (_due(story, default) for story in session.exec(query))
    return sorted((due for due in found if due and due.since <= (day or today())), key=lambda due: due.since)


def erase_story(session: Session, actor: Actor, story: Story, *, reason: str) -> Erased:
    """Delete a story with all that is said of it. The index and topics follow by comparing.

    The proof in the audit log counts rows and holds no word of it. The caller deletes `files` after the commit.
    Raises Conflict while somebody is worried about somebody in it.
    """
    require(may_administer(actor), "erase stories")
    worried = select(Concern.id).where(Concern.story_id == story.id, Concern.decision == "")
    if story.is_restricted or session.exec(worried).first() is not None:
        raise Conflict("This story cannot be erased now. Ask the safeguarding leads.")
    rows, digests = count_rows(session, story), set(_digests(session, story))
    subject, people = ("story", story.external_id), _only_in(session, story)
    session.delete(story)
    session.flush()
    for contributor in people:
        session.delete(contributor)
    session.flush()
    rows["contributor"] = len(people)
    audit.record(session, actor, "story.erased", subject=subject, after={"reason": reason, "rows": rows})
    return Erased(rows, frozenset(digests - files_in_use(session)))


def drop_files(folder: Path, erased: Erased) -> None:
    """Delete the files of what was erased; call it after the commit, for a file cannot be rolled back."""
    for digest in erased.files:
        media.drop(folder, digest)


def count_rows(session: Session, story: Story) -> dict[str, int]:
    """Table → rows that go with the story, for every table that refers to it, directly or by its revisions."""
    revision_ids = list(session.exec(select(Revision.id).where(Revision.story_id == story.id)))
    found: Counter[str] = Counter()
    for table in metadata.sorted_tables:
        condition = _belongs(table, story, revision_ids)
        if condition is not None:
            found[table.name] = session.execute(select(func.count()).select_from(table).where(condition)).scalar_one()
    return {"story": 1, **{name: n for name, n in found.items() if n}}


def files_in_use(session: Session, *, without: int | None = None) -> set[str]:
    """Digests of all files that a story, a draft or a consent refers to.

    without: a contributor who is erased; their records keep the digest of a signed form, and the form goes.
    """
    used = {digest for attachment in session.exec(select(Attachment)) for digest in _files_of(attachment)}
    scans = select(Consent.scan_sha256).where(Consent.contributor_id != (without or 0))
    return used | {digest for digest in session.exec(scans) if digest}


def _due(story: Story, default: str) -> Due | None:
    if story.status == "withdrawn":
        return Due(story, "withdrawn", (story.updated_at + HELD_AFTER_WITHDRAWAL).date())
    held_as = story.retention_class or default
    years = YEARS[held_as]
    if years is None:
        return None
    began = (story.published_at or story.submitted_at or story.created_at).date()
    # 29 February is followed by 1 March in a year without one.
    return Due(story, held_as, date(began.year + years, began.month, 1) + timedelta(days=began.day - 1))


def _belongs(table: Table, story: Story, revision_ids: list[int | None]) -> ColumnElement[bool] | None:
    if table.name == "concern":
        # A record of its own, which outlives the story.
        return None
    if "story_id" in table.columns:
        return table.columns.story_id == story.id
    if "revision_id" in table.columns:
        return table.columns.revision_id.in_(revision_ids)
    return None


def _digests(session: Session, story: Story) -> Iterator[str]:
    for attachment in session.exec(select(Attachment).where(Attachment.story_id == story.id)):
        yield from _files_of(attachment)
    scans = select(Consent.scan_sha256).where(Consent.story_id == story.id)
    yield from (digest for digest in session.exec(scans) if digest)


def _files_of(attachment: Attachment) -> Iterator[str]:
    yield attachment.sha256
    yield from (attachment.copies or {}).values()


def _only_in(session: Session, story: Story) -> list[Contributor]:
    """People who are in no other story, and agreed for nobody else's."""
    consents = select(Consent).where(Consent.story_id == story.id)
    ids = {one for consent in session.exec(consents) for one in (consent.contributor_id, consent.guardian_id) if one}
    members = select(StoryContributor.contributor_id).where(StoryContributor.story_id == story.id)
    ids |= set(session.exec(members))
    elsewhere = set(
        session.exec(select(StoryContributor.contributor_id).where(StoryContributor.story_id != story.id))
    )
    others = (
        select(Consent)
        .where(Consent.story_id != story.id)
        .where(or_(col(Consent.contributor_id).in_(ids), col(Consent.guardian_id).in_(ids)))
    )
    for consent in session.exec(others):
        elsewhere |= {consent.contributor_id, consent.guardian_id or 0}
    return list(session.exec(select(Contributor).where(col(Contributor.id).in_(ids - elsewhere))))
