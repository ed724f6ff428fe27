"""What the consent page of a story shows, and a scan kept with it."""

import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlmodel import Session

from webapp.models import Attachment, Consent, LawfulBasis, Story, UsageLog
from webapp.services import media
from webapp.services.consent_records import consents_of, latest_consents, uses_agreed_in
from webapp.services.contributors import Person, people_of
from webapp.services.lawful_bases import bases_of, suggested_categories
from webapp.services.naming import naming_obstacles, public_name
from webapp.services.usage import Task, take_down_tasks, uses_of_story
from webapp.services.wordings import all_wordings, named_version


@dataclass(frozen=True, slots=True)
class Agreement:
    """Somebody in the story, all that they agreed to, oldest first, and how they are named in public."""

    person: Person
    records: tuple[Consent, ...]
    public_name: str

    @property
    def latest(self) -> Consent | None:
        return self.records[-1] if self.records else None


@dataclass(frozen=True, slots=True)
class ConsentPage:
    """All that was agreed, decided and used of one story."""

    story: Story
    agreements: tuple[Agreement, ...]
    uses: Mapping[str, date | None]
    bases: Mapping[str, LawfulBasis]
    suggested: tuple[str, ...]
    """Special categories that the text seems to tell of."""
    obstacles: tuple[str, ...]
    """Names and places in the text that may not be shown."""
    past_uses: tuple[UsageLog, ...]
    tasks: tuple[Task, ...]
    wordings: tuple[tuple[str, str], ...]
    """(version as a record names it, title) pairs."""


def consent_page(session: Session, story: Story) -> ConsentPage:
    """Gather it from the tables."""
    records = consents_of(session, story)
    latest = latest_consents(records)
    agreements = (
        Agreement(
            person,
            tuple(record for record in records if record.contributor_id == person.id),
            "" if story.do_not_identify else public_name(person.contributor, latest.get(person.id)),
        )
        for person in people_of(session, story)
    )
    return ConsentPage(
        story=story,
        agreements=tuple(agreements),
        uses=uses_agreed_in(session, story),
        bases=bases_of(session, story),
        suggested=tuple(suggested_categories(session, story)),
        obstacles=tuple(naming_obstacles(session, story)),
        past_uses=tuple(uses_of_story(session, story)),
        tasks=tuple(take_down_tasks(session, story=story)),
        wordings=tuple(
            (named_version(wording), f"{wording.title}, version {wording.version}")
            for wording in all_wordings(session)
        ),
    )


def keep_scan(session: Session, story: Story, *, filename: str, content: bytes, folder: Path) -> str:
    """Keep a signed form or a recording with the story; gives its digest. Readers never see it."""
    digest, name = media.keep(folder, content), Path(filename.replace("\\", "/")).name[-255:] or "form"
    if not any(kept.sha256 == digest and kept.kind == "scan" for kept in story.attachments):
        media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        scan = Attachment(
            story_id=story.id,
            kind="scan",
            filename=name,
            media_type=media_type,
            size_bytes=len(content),
            sha256=digest,
        )
        session.add(scan)
        session.flush()
        session.expire(story, ["attachments"])
    return digest


def find_scan(session: Session, story: Story, consent_id: int) -> tuple[Attachment, str] | None:
    """The scan of a record and its digest; None if it has none."""
    record = session.get(Consent, consent_id)
    if record is None or record.story_id != story.id or not record.scan_sha256:
        return None
    scan = next((a for a in story.attachments if a.sha256 == record.scan_sha256 and a.kind == "scan"), None)
    return (scan, record.scan_sha256) if scan is not None else None
