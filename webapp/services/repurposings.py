"""What was turned into what, across stories: for lists that show the turn beside the title."""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from nlp.types import Audience
from webapp.models import Repurposing, Revision, Story
from webapp.services.access import visible_to

# One story may hold many repurposings and gives one to the list; so many rows are looked through for each.
_ROWS_PER_STORY = 8


def newest_repurposings(session: Session, audience: Audience, *, limit: int) -> list[tuple[Repurposing, Story]]:
    """One repurposing of each story published last, confirmed ones before those that only the machine read."""
    query = (
        select(Repurposing, Story)
        .join(Revision, col(Revision.id) == Repurposing.revision_id)
        .join(Story, (col(Story.id) == Revision.story_id) & (col(Story.revision_number) == Revision.number))
        .where(visible_to(audience), Repurposing.status != "rejected")
        .order_by(
            col(Story.published_at).desc(),
            col(Story.id),
            col(Repurposing.status),
            col(Repurposing.score).desc(),
        )
        .limit(limit * _ROWS_PER_STORY)
    )
    found: dict[str, tuple[Repurposing, Story]] = {}
    for event, story in session.exec(query):
        found.setdefault(story.external_id, (event, story))
    return list(found.values())[:limit]


def repurposing_by_story(session: Session, stories: Iterable[Story]) -> dict[str, Repurposing]:
    """External id → the surest repurposing of each of the stories that has one, in one statement."""
    story_id_by_revision = {story.current_revision.id: story.external_id for story in stories}
    query = (
        select(Repurposing)
        .where(col(Repurposing.revision_id).in_(story_id_by_revision), Repurposing.status != "rejected")
        .order_by(col(Repurposing.status), col(Repurposing.score).desc(), col(Repurposing.start))
    )
    found: dict[str, Repurposing] = {}
    for event in session.exec(query):
        found.setdefault(story_id_by_revision[event.revision_id], event)
    return found
