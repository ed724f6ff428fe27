"""Keyword in context over all stories that a search finds and that the actor may see.

Texts are read as far as a page needs them: those of the best stories first, and only of stories that hold a keyword.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from sqlalchemy import and_
from sqlmodel import Session, col, select

from nlp.concordance import ConcordanceLine, Keywords, concordance, keywords, keywords_of
from nlp.types import Audience
from webapp.models import Revision, Story
from webapp.services.access import visible_to
from webapp.services.matching import Matching, ids_matching
from webapp.services.search import Finder

SORTED_ORDERS = ("left", "right")
ORDERS = ("story", *SORTED_ORDERS)
MOST_LINES = 20_000
"""More lines than this nobody reads, and sorting them would take the memory of everybody else."""
MOST_SORTED = 1_200
"""Lines that a page sorts by their neighbours: to sort any of them, all have to be read."""
_FIRST_BATCH, _LARGEST_BATCH = 25, 400


@dataclass(frozen=True, slots=True)
class StoryLine:
    """A line of the concordance, and the story that it stands in. warning: what its readers are warned of."""

    external_id: str
    title: str
    line: ConcordanceLine
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Concordance:
    """The lines that were asked for, in their order.

    n_lines, n_stories: how many were read for that. is_whole: there are no more of them.
    """

    lines: tuple[StoryLine, ...]
    n_lines: int
    n_stories: int
    is_whole: bool


def concordance_of(
    session: Session,
    finder: Finder,
    found: Matching,
    written: str = "",
    *,
    order: str = "story",
    start: int = 0,
    limit: int | None = None,
) -> Concordance:
    """Where words stand in the stories that were found; without a limit, all lines up to MOST_LINES.

    written: in the language of the search box; without it, all that was searched for. order: one of ORDERS, and
    'story' for any other; 'story' is the order of the search.
    """
    wanted = keywords(written) if written else keywords_of(found.query)
    most = _most_read(order, start, limit)
    lines = list(islice(_lines(session, finder, found, wanted), most + 1))
    is_whole = len(lines) <= most
    lines = _ordered(lines[:most], order)
    return Concordance(
        lines=tuple(lines[start:] if limit is None else lines[start : start + limit]),
        n_lines=len(lines),
        n_stories=len({line.external_id for line in lines}),
        is_whole=is_whole,
    )


def _most_read(order: str, start: int, limit: int | None) -> int:
    if limit is None:
        return MOST_LINES
    return MOST_SORTED if order in SORTED_ORDERS else start + limit


def _lines(session: Session, finder: Finder, found: Matching, wanted: Keywords) -> Iterator[StoryLine]:
    if not wanted:
        return
    for batch in _growing(_holding(finder, found, wanted)):
        texts = _texts(session, found.audience, batch)
        for story_id in batch:
            if story_id in texts:
                story, title, text = texts[story_id]
                for line in concordance(text, wanted):
                    yield StoryLine(story.external_id, title, line, story.content_warning)


def _holding(finder: Finder, found: Matching, wanted: Keywords) -> list[int]:
    """Those of the stories that hold a keyword, as the index has them, in the order of the search."""
    query = replace(found.query, required=(*found.query.required, wanted.clauses))
    holding = set(ids_matching(finder, query, found.audience))
    both = zip(found.story_ids, found.external_ids, strict=True)
    return [story_id for story_id, external_id in both if external_id in holding]


def _growing(story_ids: Sequence[int]) -> Iterator[list[int]]:
    """The ids in batches that grow: a page needs the first few stories, a download all of them."""
    start, size = 0, _FIRST_BATCH
    while start < len(story_ids):
        yield list(story_ids[start : start + size])
        start, size = start + size, min(2 * size, _LARGEST_BATCH)


def _texts(session: Session, audience: Audience, story_ids: list[int]) -> dict[int, tuple[Story, str, str]]:
    query = (
        select(Story, Revision.title, Revision.text)
        .join(Revision, and_(col(Revision.story_id) == Story.id, col(Revision.number) == Story.revision_number))
        .where(col(Story.id).in_(story_ids), visible_to(audience))
    )
    return {story.row_id: (story, title, text) for story, title, text in session.exec(query)}


def _ordered(lines: list[StoryLine], order: str) -> list[StoryLine]:
    if order == "left":
        return sorted(lines, key=lambda found: (found.line.left_neighbours, found.line.right_neighbours))
    if order == "right":
        return sorted(lines, key=lambda found: (found.line.right_neighbours, found.line.left_neighbours))
    return lines
