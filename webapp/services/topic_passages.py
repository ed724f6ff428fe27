"""Passages of topics in words, by what anybody may read on the website today."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from webapp.errors import NotFound
from webapp.models import Coding, Passage, Revision, Story, Theme, TopicAssignment
from webapp.services.access import ANYBODY, audience_for, visible_to
from webapp.services.topic_runs import is_current


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A passage in its story."""

    id: int
    """0 for an excerpt that is no passage."""
    text: str
    story_id: str
    """External."""
    title: str
    start: int
    end: int
    warning: str
    """What readers are told before the story is unfolded; '' for nothing."""


def passages_of(
    session: Session,
    topic_ids: Sequence[int],
    *,
    limit: int = 20,
    story_ids: set[int] | None = None,
    word: str = "",
) -> list[ShownPassage]:
    """Passages of the run's topics, those nearest to the middle first. word: only those that hold it."""
    query = (
        _visible()
        .join(TopicAssignment, col(TopicAssignment.passage_id) == col(Passage.id))
        .where(col(TopicAssignment.topic_id).in_(topic_ids))
        .order_by(col(TopicAssignment.cosine).desc(), col(Passage.id))
    )
    if story_ids is not None:
        query = query.where(col(Story.id).in_(story_ids))
    if not word:
        return [_passage(*row) for row in session.exec(query.limit(limit))]
    held = (passage for row in session.exec(query) if word.casefold() in (passage := _passage(*row)).text.casefold())
    return [passage for passage, _ in zip(held, range(limit), strict=False)]


def passage_by_id(session: Session, passage_id: int) -> ShownPassage:
    """One passage; NotFound unless anybody may read it."""
    row = session.exec(_visible().where(Passage.id == passage_id)).first()
    if row is None:
        raise NotFound(f"There is no passage {passage_id} that you may read.")
    return _passage(*row)


def examples_of_theme(session: Session, theme: Theme, *, limit: int = 3) -> list[ShownPassage]:
    """What people have confirmed as the theme, the first of each story, in the order in which it was."""
    query = (
        select(Coding, Revision, Story)
        .join(Revision, col(Coding.revision_id) == col(Revision.id))
        .join(Story, is_current())
        .where(
            Coding.theme_id == theme.row_id,
            Coding.status == "confirmed",
            col(Coding.end) > col(Coding.start),
            visible_to(audience_for(ANYBODY)),
        )
        .order_by(col(Coding.id))
    )
    first: dict[str, ShownPassage] = {}
    for coding, revision, story in session.exec(query):
        first.setdefault(story.external_id, _excerpt(coding, revision, story, row_id=0))
        if len(first) == limit:
            break
    return list(first.values())


def _visible() -> Any:
    return (
        select(Passage, Revision, Story)
        .join(Revision, col(Passage.revision_id) == col(Revision.id))
        .join(Story, is_current())
        .where(visible_to(audience_for(ANYBODY)))
    )


def _passage(passage: Passage, revision: Revision, story: Story) -> ShownPassage:
    return _excerpt(passage, revision, story, row_id=passage.row_id)


def _excerpt(stretch: Passage | Coding, revision: Revision, story: Story, *, row_id: int) -> ShownPassage:
    return ShownPassage(
        id=row_id,
        text=revision.text[stretch.start : stretch.end],
        story_id=story.external_id,
        title=revision.title,
        start=stretch.start,
        end=stretch.end,
        warning=story.content_warning,
    )
