"""All stories that a search finds, not only a page of them: for maps, flows, concordances, downloads, citations.

The engine says what matches; the database says, now, what of it may be seen.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from sqlmodel import Session, col, select

from nlp.search import EngineUnavailable
from nlp.search.language import Query
from nlp.types import Audience
from webapp.errors import Unavailable
from webapp.models import Story
from webapp.services.access import Actor, audience_for, visible_to
from webapp.services.asking import Asked
from webapp.services.search import Finder, understand

# SQLite takes at most 32,766 variables in a statement; smaller batches also keep little in memory.
BATCH = 500
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Matching:
    """What was found, best first, as row ids and as external ids, by what query, and for whom."""

    story_ids: tuple[int, ...]
    external_ids: tuple[str, ...]
    query: Query
    audience: Audience

    def __len__(self) -> int:
        return len(self.story_ids)


def matching(session: Session, finder: Finder, actor: Actor, asked: Asked) -> Matching:
    """Every story that matches and that the actor may see.

    Raises Invalid for a use that does not exist, Unavailable if the engine does not answer.
    """
    audience = audience_for(actor, use=asked.known_use())
    query = understand(session, finder, asked.text, asked.all_filters())
    external_ids = ids_matching(finder, query, audience)
    id_by_external = dict(session.exec(select(Story.external_id, Story.id).where(visible_to(audience))).all())
    seen = {external_id: story_id for external_id in external_ids if (story_id := id_by_external.get(external_id))}
    return Matching(tuple(seen.values()), tuple(seen), query, audience)


def all_stories(session: Session, audience: Audience) -> Matching:
    """Every story that the audience may see, the newest first, without asking the index."""
    query = select(Story.id, Story.external_id).where(visible_to(audience)).order_by(col(Story.published_at).desc())
    rows = session.execute(query.order_by(col(Story.id))).all()
    return Matching(tuple(row[0] for row in rows), tuple(row[1] for row in rows), Query(""), audience)


def ids_matching(finder: Finder, query: Query, audience: Audience) -> tuple[str, ...]:
    """External ids of all stories that the engine finds. Raises Unavailable if it does not answer."""
    try:
        return finder.engine.matching(query, audience=audience)
    except EngineUnavailable as err:
        raise Unavailable("The search does not answer at present. Try again in a minute.") from err


def stories_by_id(session: Session, audience: Audience, story_ids: Iterable[int]) -> dict[int, Story]:
    """Those of the stories that the audience may see, by row id."""
    found: dict[int, Story] = {}
    for batch in batches(story_ids):
        query = select(Story).where(col(Story.id).in_(batch), visible_to(audience))
        found.update((story.row_id, story) for story in session.exec(query))
    return found


def visible_ids(session: Session, audience: Audience, story_ids: Iterable[int]) -> list[int]:
    """Those of the stories that the audience may see, in the order given."""
    wanted = list(story_ids)
    visible: set[int] = set()
    for batch in batches(wanted):
        query = select(Story.id).where(col(Story.id).in_(batch), visible_to(audience))
        visible.update(story_id for story_id in session.exec(query) if story_id is not None)
    return [story_id for story_id in wanted if story_id in visible]


def batches(items: Iterable[Item], *, size: int = BATCH) -> Iterator[list[Item]]:
    """The items in lists of at most `size`."""
    listed = list(items)
    for start in range(0, len(listed), size):
        yield listed[start : start + size]
