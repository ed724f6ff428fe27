"""The photos of a draft and of the story that it becomes: kept, described, shown to whoever may see the story."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from webapp.errors import Conflict, Invalid, NotFound, Overtaken
from webapp.models import Attachment, Draft, Story, now
from webapp.services import audit, media
from webapp.services.access import Actor, find_story, may_open, may_review, require
from webapp.services.drafts import find_draft_by_id
from webapp.services.naming import refresh_public_names
from webapp.services.pictures import MEDIA_TYPE, SIDES, keep_copies, read_picture
from webapp.services.public_words import reword_beside
from webapp.services.stories import touch
from webapp.services.turns import take_turn

MOST_PHOTOS = {"short": 1, "full": 10, "correction": 10}
DETAILS = ("alt_text", "caption", "credit")


def photos_of_draft(session: Session, draft: Draft) -> list[Attachment]:
    """The photos of a draft, with those that the story has which it corrects."""
    is_here = col(Attachment.draft_id) == draft.id
    if draft.story_id is not None:
        is_here = or_(is_here, col(Attachment.story_id) == draft.story_id)
    return _in_order(session, is_here)


def photos_of_story(session: Session, story: Story) -> list[Attachment]:
    """All photos of a story, for whoever may work on it."""
    return _in_order(session, col(Attachment.story_id) == story.id)


def photos_for_readers(session: Session, story: Story) -> list[Attachment]:
    """The photos that stand beside the story; none where nobody may be traced."""
    return [] if story.do_not_identify else photos_of_story(session, story)


def add_photo(session: Session, draft: Draft, *, filename: str, content: bytes, folder: Path) -> Attachment:
    """Keep a photo with a draft; the same photo once. Raises Invalid, with the reason, for what cannot be taken."""
    if draft.sent_at is not None:
        raise Conflict("This was sent already, so it can no longer be changed here. Find it under “My stories”.")
    photos, most = photos_of_draft(session, draft), MOST_PHOTOS[draft.kind]
    name = Path(filename.replace("\\", "/")).name[-120:] or "picture"
    picture = read_picture(name, content)
    kept = keep_copies(folder, picture)
    known = next((photo for photo in photos if photo.sha256 == kept["full"]), None)
    if known is not None:
        return known
    if len(photos) >= most:
        raise Invalid(f"{name}: {_photos(most)} at most. Remove one first.")
    photo = Attachment(
        draft_id=draft.row_id, kind="photo", filename=f"{Path(name).stem}.jpg", media_type=MEDIA_TYPE,
        size_bytes=len(picture.copies["full"]), sha256=kept["full"], copies=kept, width=picture.width,
        height=picture.height, position=1 + max((photo.position for photo in photos), default=0),
    )  # fmt: skip
    session.add(photo)
    draft.updated_at = now()
    session.flush()
    return photo


def remove_photo(session: Session, actor: Actor, draft: Draft, photo_id: int, *, folder: Path) -> None:
    """Take a photo out and delete its files, unless another story has the same. Gone already is gone."""
    photo = next((photo for photo in photos_of_draft(session, draft) if photo.id == photo_id), None)
    if photo is None:
        return
    if photo.story_id is not None:
        story = session.get_one(Story, photo.story_id)
        audit.record(
            session, actor, "photo.removed", subject=("story", story.external_id), before={"sha256": photo.sha256}
        )
    session.delete(photo)
    session.flush()
    _drop_files(session, photo, folder)


def discard_photos(session: Session, draft: Draft, *, folder: Path) -> None:
    """Delete what was sent with a draft that is thrown away; what belongs to a story stays."""
    for photo in photos_of_draft(session, draft):
        if photo.story_id is None:
            session.delete(photo)
            session.flush()
            _drop_files(session, photo, folder)


def hand_over_photos(session: Session, draft: Draft, story: Story, written: Mapping[str, Sequence[str]]) -> None:
    """Give a draft's photos to the story, with what was written about each."""
    for photo in photos_of_draft(session, draft):
        photo.story_id, photo.draft_id = story.row_id, None
        for detail in DETAILS:
            words = written.get(field_name(photo, detail))
            if words is not None:
                setattr(photo, detail, " ".join(words[0].split()) if words else "")
    session.flush()
    session.expire(story, ["attachments"])
    reword_beside(session, story)
    # Beside a picture a child is not named as it would be without one.
    refresh_public_names(session, story)


def describe_photo(
    session: Session,
    actor: Actor,
    story: Story,
    photo_id: int,
    *,
    written: Mapping[str, str],
    seen: str | None = None,
) -> None:
    """Say what a photo shows, under it and whose it is, while the story is reviewed.

    written: detail → words. seen: `photo_words` when the actor saw it; raises Overtaken if they were changed since.
    """
    require(may_review(actor), "describe photos of this story")
    take_turn(session, story)
    photo = next((photo for photo in photos_of_story(session, story) if photo.id == photo_id), None)
    if photo is None:
        raise NotFound("This photo is no longer there. Reload the page.")
    changed = {name: " ".join(words.split()) for name, words in written.items() if name in DETAILS}
    changed = {name: words for name, words in changed.items() if words != getattr(photo, name)}
    if not changed:
        return
    if seen is not None and seen != photo_words(photo):
        mine = " / ".join(written.get(name, "") for name in DETAILS)
        raise Overtaken("this photo", mine=mine, theirs=photo_words(photo), seen=photo_words(photo), by="", at=None)
    audit.record(
        session, actor, "photo.described", subject=("story", story.external_id),
        before={"photo": photo_id, "described": sorted(name for name in changed if getattr(photo, name))},
        after={"photo": photo_id, "described": sorted(name for name, words in changed.items() if words)},
    )  # fmt: skip
    for name, words in changed.items():
        setattr(photo, name, words)
    reword_beside(session, story)
    touch(story)
    session.flush()


def photo_words(photo: Attachment) -> str:
    """What is said of a photo, in one line."""
    return " / ".join(getattr(photo, name) for name in DETAILS)


def field_name(photo: Attachment, detail: str) -> str:
    """The name of the field in which a detail of a photo is written."""
    return f"photo_{photo.row_id}_{detail}"


def details_of(photos: Sequence[Attachment]) -> dict[str, str]:
    """Field → what is said of a photo so far, three fields a photo, in the order of the photos."""
    return {field_name(photo, detail): getattr(photo, detail) for photo in photos for detail in DETAILS}


def find_photo(session: Session, actor: Actor, photo_id: int) -> Attachment:
    """The photo, if the actor may see what it belongs to. Raises NotFound, always in the same words."""
    photo = session.get(Attachment, photo_id)
    if (
        photo is None
        or photo.kind != "photo"
        or photo.media_type != MEDIA_TYPE
        or not _is_shown(session, actor, photo)
    ):
        raise NotFound("There is no such picture that you may see.")
    return photo


def photo_bytes(photo: Attachment, size: str, *, folder: Path) -> bytes:
    """One of its copies. Raises NotFound for a size that there is not."""
    if size not in SIDES:
        raise NotFound(f"There is no size {size!r}. Use one of: {', '.join(SIDES)}.")
    return media.read(folder, photo.copies.get(size, photo.sha256))


def _is_shown(session: Session, actor: Actor, photo: Attachment) -> bool:
    try:
        if photo.story_id is None:
            return photo.draft_id is not None and bool(find_draft_by_id(session, actor, photo.draft_id))
        story = find_story(session, actor, session.get_one(Story, photo.story_id).external_id)
    except NotFound:
        return False
    # What was withdrawn is shown to nobody: whoever has to erase it needs no picture of it.
    return story.status != "withdrawn" and (may_open(actor, story) or not story.do_not_identify)


def _in_order(session: Session, condition: object) -> list[Attachment]:
    query = select(Attachment).where(condition, Attachment.kind == "photo")  # type: ignore[arg-type]
    return list(session.exec(query.order_by(col(Attachment.position), col(Attachment.id))))


def _drop_files(session: Session, photo: Attachment, folder: Path) -> None:
    query = select(func.count()).select_from(Attachment).where(Attachment.sha256 == photo.sha256)
    if session.exec(query).one() == 0:
        for digest in {photo.sha256, *photo.copies.values()}:
            media.drop(folder, digest)


def _photos(n: int) -> str:
    return "One photo" if n == 1 else f"{n} photos"
