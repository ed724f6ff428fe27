"""One's own stories, as whoever told them sees them: where each stands, what was asked, where it was used."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from webapp.errors import NotFound
from webapp.models import Approval, Contributor, Draft, Story, UsageLog
from webapp.services.access import Actor, is_contributor, require
from webapp.services.approvals import lapsed_approval, may_approve, standing_approval, words_hash
from webapp.services.comments import PlacedComment, comments_for_sender
from webapp.services.withdrawals import withdraw_story

WHAT_NEXT = {
    "draft": "It was not handed in yet.",
    "submitted": "The reviewers have it. They read it, ask if anything is unclear, and check names and places.",
    "changes_requested": "A reviewer asks you for something. Correct it and send it again.",
    "published": "It can be read by those whom you agreed to.",
    "archived": "It was taken out of sight and is kept. Nobody but you and staff can read it.",
    "withdrawn": "It was taken back. Nobody can read it any more, and it is used nowhere new.",
}


@dataclass(frozen=True, slots=True)
class Contribution:
    """A story with what its teller may know and do. contributor: whose consent came with it, if anybody's."""

    story: Story
    what_next: str
    comments: tuple[PlacedComment, ...]
    used: tuple[UsageLog, ...]
    approval: Approval | None
    lapsed: Approval | None
    can_approve: bool
    text_hash: str
    contributor: Contributor | None

    @property
    def is_withdrawn(self) -> bool:
        return self.story.status == "withdrawn"


def own_stories(session: Session, actor: Actor) -> list[Story]:
    """The actor's stories, newest first; what somebody is worried about is not among them."""
    conditions: list[ColumnElement[bool]] = [col(Story.submission_key).in_(actor.drafts)]
    if actor.id is not None:
        conditions.append(col(Story.submitted_by_id) == actor.id)
    found: dict[int, Story] = {}
    for condition in conditions:
        query = select(Story).where(condition, col(Story.is_restricted).is_(False))
        found.update((story.row_id, story) for story in session.exec(query))
    return sorted(found.values(), key=lambda story: story.created_at, reverse=True)


def own_story(session: Session, actor: Actor, external_id: str) -> Story:
    """One of them, whatever became of it. Raises NotFound for any other, in the same words."""
    story = session.exec(select(Story).where(Story.external_id == external_id)).first()
    if story is None or not is_contributor(actor, story) or story.is_restricted:
        raise NotFound(f"You sent no story {external_id!r}.")
    return story


def withdraw_own(session: Session, actor: Actor, story: Story, *, due_days: int) -> None:
    """Take one's own story back: gone for readers at once, and what it was used for is asked back."""
    require(is_contributor(actor, story), "take this story back")
    contributor = _contributor(session, story)
    withdraw_story(
        session, actor, story, contributor=contributor, method="By whoever told it, under “My stories”",
        due_days=due_days,
    )  # fmt: skip


def contribution(session: Session, actor: Actor, story: Story) -> Contribution:
    """All that its teller may know of a story."""
    used = session.exec(select(UsageLog).where(UsageLog.story_id == story.id).order_by(col(UsageLog.used_on).desc()))
    return Contribution(
        story=story,
        what_next=WHAT_NEXT[story.status],
        comments=tuple(comments_for_sender(session, story)),
        used=tuple(used),
        approval=standing_approval(session, story),
        lapsed=lapsed_approval(session, story),
        can_approve=may_approve(actor, story),
        text_hash=words_hash(story),
        contributor=_contributor(session, story),
    )


def _contributor(session: Session, story: Story) -> Contributor | None:
    """Whose consent came with the form by which the story was told."""
    sent_with = select(Draft).where(Draft.story_id == story.id, col(Draft.contributor_id).is_not(None))
    draft = session.exec(sent_with.order_by(col(Draft.id).desc())).first()
    return session.get(Contributor, draft.contributor_id) if draft is not None else None
