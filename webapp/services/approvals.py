"""Approval of the final words by whoever told the story: tied to the words, and void as soon as they change."""

import hashlib
from itertools import chain

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from webapp.errors import Conflict
from webapp.models import Approval, Story
from webapp.services import audit
from webapp.services.access import Actor, is_contributor, may_review, require
from webapp.services.turns import take_turn


def words_hash(story: Story) -> str:
    """SHA-256 of all that is approved, each part told apart from the next: title, summary and text, and of each photo
    the picture, its alternative text, caption and credit.
    """
    revision = story.current_revision
    photos = (photo for photo in story.attachments if photo.kind == "photo")
    of_photos = (
        (photo.sha256, photo.alt_text, photo.caption, photo.credit)
        for photo in sorted(photos, key=lambda photo: (photo.position, photo.row_id))
    )
    words = "\x00".join((revision.title, revision.summary, revision.text, *chain.from_iterable(of_photos)))
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def standing_approval(session: Session, story: Story) -> Approval | None:
    """The approval of the words as they stand now; None where there is none or the words changed since."""
    query = select(Approval).where(Approval.story_id == story.id, Approval.text_hash == words_hash(story))
    return session.exec(query).first()


def lapsed_approval(session: Session, story: Story) -> Approval | None:
    """The last approval of other words, where the present ones have none."""
    if standing_approval(session, story) is not None:
        return None
    return session.exec(
        select(Approval).where(Approval.story_id == story.id).order_by(col(Approval.id).desc())
    ).first()


def need_approval(session: Session, actor: Actor, story: Story, *, is_needed: bool) -> None:
    """Say whether the story is published only with whoever told it approving its final words."""
    require(may_review(actor), "ask for approval of this story")
    take_turn(session, story)
    if story.needs_approval == is_needed:
        return
    action = "approval.needed" if is_needed else "approval.not_needed"
    audit.record(
        session, actor, action, subject=("story", story.external_id),
        before={"needs_approval": story.needs_approval}, after={"needs_approval": is_needed},
    )  # fmt: skip
    story.needs_approval = is_needed
    session.flush()


def may_approve(actor: Actor, story: Story) -> bool:
    """Whoever told the story, once it was handed in and until it is taken back."""
    return is_contributor(actor, story) and story.status in ("submitted", "published", "archived")


def approve(session: Session, actor: Actor, story: Story, *, read_hash: str) -> Approval:
    """Record that these words may be used. read_hash: of the words that were shown.

    Raises Conflict if they were changed since. Approving twice is approving once.
    """
    require(may_approve(actor, story), "approve this story")
    if read_hash != words_hash(story):
        raise Conflict("The words were changed since you read them. Read them again, then approve.")
    earlier = standing_approval(session, story)
    if earlier is not None:
        return earlier
    approval = Approval(
        story_id=story.row_id, text_hash=read_hash, method="account" if actor.id is not None else "link",
        approved_by_id=actor.id,
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(approval)
    except IntegrityError:
        # The button was pressed twice at once.
        return session.exec(
            select(Approval).where(Approval.story_id == story.id, Approval.text_hash == read_hash)
        ).one()
    audit.record(
        session, actor, "story.approved", subject=("story", story.external_id),
        after={"revision": story.revision_number, "text_hash": read_hash},
    )  # fmt: skip
    return approval
