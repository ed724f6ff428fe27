"""A copy of what is held of somebody, as a zip archive: JSON that a program reads, and their files."""

import io
import json
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from webapp.errors import NotFound
from webapp.models import (
    AuditEvent,
    Consent,
    Contributor,
    Draft,
    PrivateOriginal,
    ReviewComment,
    Revision,
    SavedSearch,
    Story,
    UsageLog,
    User,
    WelfareNote,
    WordReplacement,
)
from webapp.services import audit, media
from webapp.services.access import Actor, may_administer, require
from webapp.services.contributors import stories_with
from webapp.services.places import place_names

_ABOUT = """\
This is a copy of what we hold of you, made on your request (Article 15 and 20 of the UK GDPR).

person.json         who you are to us
stories/ID.json     each story that you are in: its texts, your records of consent, where it was used, which of your
                    names were replaced in it, what reviewers said of it, and notes on what telling it may do
files/              what was sent with those stories

It holds nothing about other people beyond the words of the stories that you share with them and of what was said
about those. Ask us to explain
anything in it, to correct it, or to erase it.
"""


_OF_STAFF = ("made_by_id", "made_by_name", "author_name", "settled_by_id")
"""Who of the staff wrote something is personal data of theirs."""


def copy_of_person(session: Session, actor: Actor, contributor: Contributor, *, media_folder: Path) -> bytes:
    """The archive of one contributor. What somebody is worried about is left out: others could be harmed by it."""
    require(may_administer(actor), "make copies of what is held of people")
    stories = [story for story in stories_with(session, contributor) if not story.is_restricted]
    parts: dict[str, object] = {"person.json": _fields(contributor, without=("id", "link_key"))}
    for story in stories:
        parts[f"stories/{story.external_id}.json"] = story_for(session, story, contributor)
    scans = session.exec(select(Consent.scan_sha256).where(Consent.contributor_id == contributor.id))
    archive = _archive(parts, stories, media_folder, own_scans=frozenset(scans))
    audit.record(
        session, actor, "person.copied", subject=("contributor", str(contributor.id)), after={"stories": len(stories)}
    )
    return archive


def copy_of_account(session: Session, actor: Actor, user: User) -> bytes:
    """The archive of somebody who signs in: the account, what they follow, what they began, what they did."""
    require(may_administer(actor) or actor.id == user.id, "make copies of what is held of people")
    account = _fields(user, without=("password_hash", "session_key", "second_factor_salt", "second_factor_step"))
    drafts = session.exec(select(Draft).where(Draft.owner_id == user.id)).all()
    events = session.exec(select(AuditEvent).where(AuditEvent.actor_id == user.id).order_by(col(AuditEvent.id)))
    parts: dict[str, object] = {
        "account.json": {**account, "roles": sorted(user.role_names)},
        "followed.json": [
            row.name for row in session.exec(select(SavedSearch).where(SavedSearch.owner_id == user.id))
        ],
        "drafts.json": [{answer.name: answer.written for answer in draft.answers} for draft in drafts],
        "deeds.json": [{"at": event.at, "action": event.action, "subject": event.subject_kind} for event in events],
    }
    audit.record(session, actor, "account.copied", subject=("user", str(user.id)))
    return _archive(parts, (), Path())


def story_for(session: Session, story: Story, contributor: Contributor) -> dict[str, Any]:
    """A story as one person in it may have it: its texts and their own consents, not those of others."""
    consents = session.exec(
        select(Consent).where(Consent.story_id == story.id, Consent.contributor_id == contributor.id)
    )
    revisions = session.exec(select(Revision).where(Revision.story_id == story.id).order_by(col(Revision.number)))
    usages = session.exec(select(UsageLog).where(UsageLog.story_id == story.id))
    hidden = ("id", "story_id", "contributor_id", "guardian_id", "recorded_by_id", "author_id")
    return {
        "id": story.external_id,
        "status": story.status,
        "place": place_names(story.place),
        "organisation": story.organisation.name if story.organisation else None,
        "period": story.period,
        "texts": [_fields(revision, without=hidden) for revision in revisions],
        "consents": [_fields(consent, without=hidden) for consent in consents],
        "as_written": _as_written(session, story, contributor),
        "replacements": _own_replacements(session, story, contributor),
        "comments": [_fields(row, without=(*hidden, *_OF_STAFF)) for row in _rows(session, ReviewComment, story)],
        "welfare": [_fields(row, without=(*hidden, *_OF_STAFF)) for row in _rows(session, WelfareNote, story)],
        "used": [_fields(usage, without=hidden) for usage in usages],
        "files": [attachment.filename for attachment in story.attachments if attachment.kind != "scan"],
    }


def _as_written(session: Session, story: Story, contributor: Contributor) -> dict[str, Any] | None:
    """The words as they were before names were replaced, for whoever wrote them; others may be named in them."""
    told = select(Draft.id).where(Draft.story_id == story.id, Draft.contributor_id == contributor.id)
    original = session.get(PrivateOriginal, story.current_revision.id)
    if original is None or session.exec(told).first() is None:
        return None
    return _fields(original, without=("revision_id", "spans"))


def _own_replacements(session: Session, story: Story, contributor: Contributor) -> list[dict[str, Any]]:
    """The lines of the table that stand for this person: other lines name others."""
    own = " ".join((contributor.name, contributor.pseudonym, contributor.email, contributor.phone)).casefold()
    rows = (row for row in _rows(session, WordReplacement, story) if row.original.casefold() in own)
    return [_fields(row, without=("id", "story_id", *_OF_STAFF)) for row in rows]


def _rows(session: Session, table: type[Any], story: Story) -> list[Any]:
    return list(session.exec(select(table).where(table.story_id == story.id).order_by(col(table.id))))


def _archive(
    parts: dict[str, object], stories: Iterable[Story], media_folder: Path, *, own_scans: frozenset[str] = frozenset()
) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", _ABOUT)
        for name, part in parts.items():
            archive.writestr(name, json.dumps(part, ensure_ascii=False, indent=2, default=str))
        for story in stories:
            for attachment in story.attachments:
                if attachment.kind == "scan" and attachment.sha256 not in own_scans:
                    # It is the form that somebody else signed.
                    continue
                name = f"files/{story.external_id}/{attachment.sha256[:8]}-{Path(attachment.filename).name}"
                try:
                    archive.writestr(name, media.read(media_folder, attachment.sha256))
                except NotFound:
                    archive.writestr(f"{name}.missing.txt", "This file is missing from the store.")
    return written.getvalue()


def _fields(row: Any, *, without: Iterable[str]) -> dict[str, Any]:
    return {name: value for name, value in row.model_dump().items() if name not in without}
