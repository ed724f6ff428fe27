"""Drafts: begun once, kept answer by answer, seen by whoever began them and nobody else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from webapp.errors import Conflict, Invalid, NotFound
from webapp.models import Draft, DraftAnswer, Story, now
from webapp.services.access import Actor, is_contributor, may_edit_story, may_submit, require

__all__ = [
    "Draft",
    "SavedAnswer",
    "answers_of",
    "begin_correction",
    "begin_draft",
    "begin_filled",
    "begin_invited",
    "discard_draft",
    "fill",
    "find_draft",
    "find_draft_by_id",
    "save_answer",
    "unfinished_drafts",
    "versions_of",
]

MAX_KEY_LENGTH = 64
MIN_KEY_LENGTH = 16
"""Shorter ones could be guessed."""
MAX_UNFINISHED = 50
"""Nobody writes more at once; without a bound, a program could fill the database with beginnings."""


@dataclass(frozen=True, slots=True)
class SavedAnswer:
    """What stands in a field now. is_taken: False if another device had changed it since `base` was read."""

    written: tuple[str, ...]
    version: int
    is_taken: bool
    saved_at: datetime


def begin_draft(session: Session, actor: Actor, *, key: str, kind: str) -> Draft:
    """A new draft, or the one that the same key began before: a second click begins nothing."""
    require(may_submit(actor), "send stories")
    _check_key(key)
    if len(unfinished_drafts(session, actor)) >= MAX_UNFINISHED:
        raise Conflict(
            f"You have {MAX_UNFINISHED} unfinished drafts. Send some or throw some away, then begin another."
        )
    return _added_once(session, actor, Draft(key=key, kind=kind, owner_id=actor.id))


def begin_filled(session: Session, actor: Actor, *, key: str, answers: Mapping[str, str]) -> Draft:
    """A new short draft with words from elsewhere in it; the same key again gives the draft as it stands."""
    draft = begin_draft(session, actor, key=key, kind="short")
    fill(session, draft, answers)
    return draft


def fill(session: Session, draft: Draft, answers: Mapping[str, str]) -> None:
    """Put words from elsewhere into a draft in which nothing was written yet."""
    if not draft.answers and draft.sent_at is None:
        for name, words in answers.items():
            save_answer(session, draft, name, [words], base=0)


def begin_correction(
    session: Session, actor: Actor, story: Story, *, key: str, answers: Mapping[str, Sequence[str]]
) -> Draft:
    """A draft that holds a story's present words; the one that is open for it already, if there is one."""
    require(may_edit_story(actor, story), "change this story")
    _check_key(key)
    query = select(Draft).where(Draft.story_id == story.id, Draft.kind == "correction", col(Draft.sent_at).is_(None))
    for draft in session.exec(query.order_by(col(Draft.id).desc())):
        if is_own(session, actor, draft) and draft.base_revision == story.revision_number:
            return draft
    draft = Draft(
        key=key, kind="correction", owner_id=actor.id, story_id=story.id, base_revision=story.revision_number
    )
    draft = _added_once(session, actor, draft)
    for name, written in answers.items():
        save_answer(session, draft, name, written, base=0)
    return draft


def begin_invited(session: Session, invitation_id: int, *, key: str, kind: str) -> Draft:
    """The draft of an invitation. Raises Conflict if it was taken up before, by whatever form."""
    _check_key(key)
    draft = Draft(key=key, kind=kind, invitation_id=invitation_id)
    added = _added_once(session, Actor(id=None, name="somebody invited", drafts=frozenset({key})), draft)
    if added.invitation_id != invitation_id:
        raise Conflict("This form belongs to another invitation. Open your own link again.")
    return added


def find_draft(session: Session, actor: Actor, key: str) -> Draft:
    """The draft with this key. Raises NotFound if there is none, or none of the actor's."""
    draft = session.exec(select(Draft).where(Draft.key == key)).first()
    if draft is None or not is_own(session, actor, draft):
        raise NotFound("There is no such draft of yours. It may have been thrown away, or begun by somebody else.")
    return draft


def find_draft_by_id(session: Session, actor: Actor, draft_id: int) -> Draft:
    """The draft with this row id. Raises NotFound if there is none, or none of the actor's."""
    draft = session.get(Draft, draft_id)
    return find_draft(session, actor, draft.key if draft is not None else "")


def is_own(session: Session, actor: Actor, draft: Draft) -> bool:
    """Did this actor begin the draft, signed in or by a link of their own? Nobody did while it is restricted."""
    if draft.story_id is not None and session.get_one(Story, draft.story_id).is_restricted:
        return False
    if draft.owner_id is not None:
        return draft.owner_id == actor.id
    if draft.kind == "correction" and draft.story_id is not None:
        return is_contributor(actor, session.get_one(Story, draft.story_id))
    return draft.key in actor.drafts


def unfinished_drafts(session: Session, actor: Actor) -> list[Draft]:
    """The actor's drafts that were not handed in, the last touched first."""
    begun_by_link = select(Story.id).where(col(Story.submission_key).in_(actor.drafts))
    by_link = or_(col(Draft.key).in_(actor.drafts), col(Draft.story_id).in_(begun_by_link))
    mine = [and_(col(Draft.owner_id).is_(None), by_link)]
    if actor.id is not None:
        mine.append(col(Draft.owner_id) == actor.id)
    out_of_sight = select(Story.id).where(col(Story.is_restricted))
    in_sight = or_(col(Draft.story_id).is_(None), col(Draft.story_id).not_in(out_of_sight))
    query = select(Draft).where(or_(*mine), col(Draft.sent_at).is_(None), in_sight)
    return list(session.exec(query.order_by(col(Draft.updated_at).desc())))


def answers_of(draft: Draft) -> dict[str, list[str]]:
    """Field → what was written in it."""
    return {answer.name: list(answer.written) for answer in draft.answers}


def versions_of(draft: Draft) -> dict[str, int]:
    """Field → its version; a field without an answer has none, which counts as 0."""
    return {answer.name: answer.version for answer in draft.answers}


def save_answer(session: Session, draft: Draft, name: str, written: Sequence[str], *, base: int) -> SavedAnswer:
    """Keep what stands in one field, unless it was changed since version `base` was read.

    Raises Conflict once the draft was handed in.
    """
    if draft.sent_at is not None:
        raise Conflict("This was sent already, so it can no longer be changed here. Find it under “My stories”.")
    # A NUL can be stored nowhere; browsers send line ends of two characters.
    written = [words.replace("\x00", "").replace("\r\n", "\n") for words in written]
    known = _answer(session, draft, name)
    if known is not None and known.written == written:
        return _saved(known, is_taken=True)
    if known is None and not any(written):
        return SavedAnswer(tuple(written), 0, True, now())
    if base != (known.version if known else 0) or not _write(session, draft, name, written, base=base):
        return _saved(_answer(session, draft, name), is_taken=False)
    draft.updated_at = now()
    session.flush()
    return _saved(_answer(session, draft, name), is_taken=True)


def discard_draft(session: Session, draft: Draft) -> None:
    """Throw away what was not handed in; Conflict for what was."""
    if draft.sent_at is not None:
        raise Conflict("This was sent already. To take a story back, withdraw it.")
    session.delete(draft)
    session.flush()


def _check_key(key: str) -> None:
    if not MIN_KEY_LENGTH <= len(key) <= MAX_KEY_LENGTH:
        raise Invalid("This form has no good key. Reload the page and begin again.")


def _added_once(session: Session, actor: Actor, draft: Draft) -> Draft:
    key = draft.key
    session.add(draft)
    try:
        session.flush()
    except IntegrityError:
        # The same form was sent before, or twice at once. Nothing else is in this transaction.
        session.rollback()
        earlier = session.exec(select(Draft).where(Draft.key == key)).first()
        if earlier is None:
            raise Conflict("This invitation was taken up already. Go on by your own link.") from None
        return find_draft(session, actor, key)
    return draft


def _write(session: Session, draft: Draft, name: str, written: Sequence[str], *, base: int) -> bool:
    """False if another request came in between: the version in the statement is what keeps its words."""
    if base:
        where = (
            col(DraftAnswer.draft_id) == draft.id,
            col(DraftAnswer.name) == name,
            col(DraftAnswer.version) == base,
        )
        values = {"written": list(written), "version": base + 1, "saved_at": now()}
        changed = session.connection().execute(update(DraftAnswer).where(*where).values(values))
        session.expire(draft, ["answers"])
        return changed.rowcount == 1
    try:
        with session.begin_nested():
            session.add(DraftAnswer(draft_id=draft.row_id, name=name, written=list(written)))
    except IntegrityError:
        return False
    session.expire(draft, ["answers"])
    return True


def _answer(session: Session, draft: Draft, name: str) -> DraftAnswer | None:
    query = select(DraftAnswer).where(DraftAnswer.draft_id == draft.id, DraftAnswer.name == name)
    return session.exec(query.execution_options(populate_existing=True)).first()


def _saved(answer: DraftAnswer | None, *, is_taken: bool) -> SavedAnswer:
    if answer is None:
        return SavedAnswer((), 0, is_taken, now())
    return SavedAnswer(tuple(answer.written), answer.version, is_taken, answer.saved_at)
