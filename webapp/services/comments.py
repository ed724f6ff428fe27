"""Comments of reviewers on passages: kept across revisions while the words stand, orphaned when they are gone."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from nlp.text import carry_span
from webapp.errors import Invalid, NotFound
from webapp.models import CommentPlace, ReviewComment, Revision, Story, now
from webapp.services import audit
from webapp.services.access import Actor, may_review, require
from webapp.services.turns import take_turn

MAX_COMMENT_LENGTH = 5_000


@dataclass(frozen=True, slots=True)
class PlacedComment:
    """A comment, and where its passage stands in the present text. is_orphaned: its words are gone."""

    comment: ReviewComment
    start: int = 0
    end: int = 0
    is_orphaned: bool = False

    @property
    def is_settled(self) -> bool:
        return self.comment.settled_at is not None


def add_comment(
    session: Session,
    actor: Actor,
    story: Story,
    *,
    body: str,
    words: str = "",
    occurrence: int = 0,
    is_internal: bool = True,
) -> ReviewComment:
    """Say something of a passage. words: copied from the text, empty for the whole story; occurrence: which of
    several places that have them, from 0. Raises Invalid where the text has no such words.
    """
    require(may_review(actor), "comment on this story")
    body = body.strip()
    if not body:
        raise Invalid("Write what you want to say about the passage.")
    if len(body) > MAX_COMMENT_LENGTH:
        raise Invalid(f"The comment has {len(body)} characters. Shorten it to {MAX_COMMENT_LENGTH} or fewer.")
    take_turn(session, story)
    revision = story.current_revision
    span = _find(revision.text, words, occurrence) if words.strip() else None
    comment = ReviewComment(
        story_id=story.row_id, body=body, is_internal=is_internal, author_id=actor.id, author_name=actor.name,
        quoted=revision.text[span[0] : span[1]] if span else "",
    )  # fmt: skip
    session.add(comment)
    session.flush()
    if span:
        place = CommentPlace(comment_id=comment.row_id, revision_id=revision.row_id, start=span[0], end=span[1])
        session.add(place)
        session.flush()
    audit.record(
        session, actor, "comment.added", subject=("story", story.external_id),
        after={"id": comment.id, "span": list(span) if span else None, "is_internal": is_internal},
    )  # fmt: skip
    return comment


def settle_comment(session: Session, actor: Actor, story: Story, comment_id: int, *, is_settled: bool) -> None:
    """Say that a comment is dealt with, or that it is open again."""
    require(may_review(actor), "settle comments")
    take_turn(session, story)
    comment = session.get(ReviewComment, comment_id)
    if comment is None or comment.story_id != story.id:
        raise NotFound("This comment is no longer there. Reload the page.")
    was_settled = comment.settled_at is not None
    if was_settled == is_settled:
        return
    comment.settled_at, comment.settled_by_id = (now(), actor.id) if is_settled else (None, None)
    audit.record(
        session, actor, "comment.settled" if is_settled else "comment.reopened", subject=("story", story.external_id),
        before={"id": comment_id, "is_settled": was_settled}, after={"id": comment_id, "is_settled": is_settled},
    )  # fmt: skip
    session.flush()


def comments_on(session: Session, story: Story) -> list[PlacedComment]:
    """All comments, for reviewers: on the whole story first, then in the order of the text, orphaned ones last."""
    return _placed(session, story, _of_story(session, story))


def comments_for_sender(session: Session, story: Story) -> list[PlacedComment]:
    """What whoever sent the story reads: the open comments that are meant for them, beside the reviewer's note."""
    comments = [
        comment
        for comment in _of_story(session, story)
        if not comment.is_internal and comment.body != story.review_note
    ]
    return [placed for placed in _placed(session, story, comments) if not placed.is_settled]


def carry_comments(session: Session, before: Revision, after: Revision) -> None:
    """Let comments follow an edit, wherever the same words still stand."""
    move_comments(session, before, after, lambda start, end: carry_span(before.text, after.text, start, end))


def move_comments(
    session: Session,
    before: Revision,
    after: Revision,
    moved: Callable[[int, int], tuple[int, int] | None],
) -> None:
    """Give each comment its place in a new revision; one whose words are gone has none there."""
    for place in session.exec(select(CommentPlace).where(CommentPlace.revision_id == before.id)).all():
        span = moved(place.start, place.end)
        if span is not None:
            session.add(
                CommentPlace(comment_id=place.comment_id, revision_id=after.row_id, start=span[0], end=span[1])
            )
    session.flush()


def _of_story(session: Session, story: Story) -> list[ReviewComment]:
    query = select(ReviewComment).where(ReviewComment.story_id == story.id)
    return list(session.exec(query.order_by(col(ReviewComment.id))))


def _placed(session: Session, story: Story, comments: Sequence[ReviewComment]) -> list[PlacedComment]:
    query = select(CommentPlace).where(CommentPlace.revision_id == story.current_revision.id)
    places = {place.comment_id: place for place in session.exec(query)}
    found = []
    for comment in comments:
        place = places.get(comment.row_id)
        if place is not None:
            found.append(PlacedComment(comment, place.start, place.end))
        else:
            found.append(PlacedComment(comment, is_orphaned=bool(comment.quoted)))
    return sorted(found, key=lambda placed: (placed.is_orphaned, placed.start, placed.comment.row_id))


def _find(text: str, words: str, occurrence: int) -> tuple[int, int]:
    """Where the text has the words; blanks and line breaks make no difference, for a browser changes them."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    matches = list(re.finditer(pattern, text))
    if not matches:
        raise Invalid(
            "The text does not have these words in a row. Copy them from one paragraph, just as they stand."
        )
    match = matches[min(max(occurrence, 0), len(matches) - 1)]
    return match.start(), match.end()
