"""What people began and left: drafts that nobody went on with, and spreadsheets that were looked at and not taken in.

Storage limitation (Article 5(1)(e) of the UK GDPR) holds for what was never sent, too: it may speak of people.
"""

import shutil
import time
from datetime import timedelta
from pathlib import Path

from sqlalchemy import or_
from sqlmodel import Session, col, select

from webapp.models import Draft, Story, now
from webapp.services import audit, progress
from webapp.services.access import Actor
from webapp.services.drafts import discard_draft
from webapp.services.photos import discard_photos

UPLOAD_DAYS = 2
"""Whoever looks at a spreadsheet decides then and there; two days leave room for a night and a question."""


def abandoned_drafts(session: Session, *, days: int) -> list[Draft]:
    """Drafts that were not sent and in which nothing was written for so many days, the oldest first.

    A correction of a story that somebody is worried about stays: safeguarding leads decide first.
    """
    out_of_sight = select(Story.id).where(col(Story.is_restricted))
    query = select(Draft).where(
        col(Draft.sent_at).is_(None),
        col(Draft.updated_at) <= now() - timedelta(days=days),
        or_(col(Draft.story_id).is_(None), col(Draft.story_id).not_in(out_of_sight)),
    )
    return list(session.exec(query.order_by(col(Draft.updated_at))))


def discard_abandoned(session: Session, actor: Actor, *, days: int, folder: Path) -> int:
    """Throw such drafts away with their photos; gives how many. folder: of the media store."""
    found = abandoned_drafts(session, days=days)
    for draft in found:
        discard_photos(session, draft, folder=folder)
        discard_draft(session, draft)
    if found:
        audit.record(session, actor, "drafts.abandoned", subject=("draft", ""), after={"n": len(found), "days": days})
    return len(found)


def forget_uploads(session: Session, *, folder: Path) -> int:
    """Delete spreadsheets that nobody took in, and notes of those that were; gives how many. Waiting ones stay."""
    ordered = {job.order.get("folder") for job in progress.waiting_jobs(session, "import")}
    oldest = time.time() - UPLOAD_DAYS * 24 * 3600
    left = [told for told in (folder / "incoming").glob("*.json") if told.stat().st_mtime < oldest]
    left = [told for told in left if str(told.with_suffix("")) not in ordered]
    for told in left:
        shutil.rmtree(told.with_suffix(""), ignore_errors=True)
        told.unlink(missing_ok=True)
    return len(left)
