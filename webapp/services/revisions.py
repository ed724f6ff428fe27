"""A story's revisions beside one another, and what was done with it, for its reviewers."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from nlp.differences import Block, differences
from webapp.errors import NotFound
from webapp.models import AuditEvent, Revision, Story, User
from webapp.services import audit
from webapp.services.access import Actor, may_review, require

__all__ = ["Block", "Comparison", "RevisionRow", "compare", "deeds", "revisions_of"]


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """One revision in the list. author: who wrote it; '' for nobody that is known."""

    revision: Revision
    author: str
    n_words: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one revision to another, field by field."""

    before: int
    after: int
    title: tuple[Block, ...]
    summary: tuple[Block, ...]
    text: tuple[Block, ...]

    @property
    def is_changed(self) -> bool:
        return any(block.is_changed for field in (self.title, self.summary, self.text) for block in field)


def revisions_of(session: Session, actor: Actor, story: Story) -> list[RevisionRow]:
    """All revisions, the newest first."""
    require(may_review(actor), "see the revisions of this story")
    query = (
        select(Revision, User.name)
        .join(User, col(User.id) == Revision.author_id, isouter=True)
        .where(Revision.story_id == story.id)
    )
    rows = session.exec(query.order_by(col(Revision.number).desc())).all()
    return [RevisionRow(revision, name or "", len(revision.text.split())) for revision, name in rows]


def compare(session: Session, actor: Actor, story: Story, *, before: int, after: int) -> Comparison:
    """Two revisions by their numbers. Earlier ones may hold names that were replaced since, so it is logged."""
    require(may_review(actor), "compare the revisions of this story")
    rows = session.exec(select(Revision).where(Revision.story_id == story.id)).all()
    found = {revision.number: revision for revision in rows}
    missing = next((number for number in (before, after) if number not in found), None)
    if missing is not None:
        raise NotFound(f"This story has no revision {missing}.")
    audit.record(
        session, actor, "revisions.compared", subject=("story", story.external_id),
        after={"from": before, "to": after},
    )  # fmt: skip
    old, new = found[before], found[after]
    return Comparison(
        before, after, differences(old.title, new.title), differences(old.summary, new.summary),
        differences(old.text, new.text),
    )  # fmt: skip


def deeds(session: Session, actor: Actor, story: Story, *, limit: int = 100) -> list[AuditEvent]:
    """What was done with the story, the latest first."""
    require(may_review(actor), "see what was done with this story")
    query = select(AuditEvent).where(AuditEvent.subject_kind == "story", AuditEvent.subject_id == story.external_id)
    return list(session.exec(query.order_by(col(AuditEvent.id).desc()).limit(limit)))
