"""Keyword in context over all stories that a search finds and that the actor may see."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import and_
from sqlmodel import Session, col, select

from nlp.concordance import ConcordanceLine, Keywords, concordance, keywords
from nlp.types import Audience
from webapp.models import Revision, Story
from webapp.services.access import visible_to
from webapp.services.matching import Matching, batches

ORDERS = ("story", "left", "right")
MOST_LINES = 20_000
"""More lines than this nobody reads, and sorting them would take the memory of everybody else."""


@dataclass(frozen=True, slots=True)
class StoryLine:
    """A line of the concordance, and the story that it stands in."""

    external_id: str
    title: str
    line: ConcordanceLine


@dataclass(frozen=True, slots=True)
class Concordance:
    """All lines in the order asked for. is_cut: there are more than MOST_LINES."""

    lines: tuple[StoryLine, ...]
    n_stories: int
    is_cut: bool


def concordance_of(session: Session, found: Matching, written: str, *, order: str = "story") -> Concordance:
    """Where the words stand in the stories that were found.

    written: words, "phrases" and beginnings* of words. order: one of ORDERS; 'story' is the order of the search.
    """
    lines: list[StoryLine] = []
    for line in _lines(session, found, keywords(written)):
        if len(lines) == MOST_LINES:
            return _ordered(lines, order, is_cut=True)
        lines.append(line)
    return _ordered(lines, order, is_cut=False)


def _lines(session: Session, found: Matching, wanted: Keywords) -> Iterator[StoryLine]:
    if not wanted:
        return
    for batch in batches(found.story_ids):
        texts = _texts(session, found.audience, batch)
        for story_id in batch:
            if story_id in texts:
                external_id, title, text = texts[story_id]
                for line in concordance(text, wanted):
                    yield StoryLine(external_id, title, line)


def _texts(session: Session, audience: Audience, story_ids: list[int]) -> dict[int, tuple[str, str, str]]:
    query = (
        select(Story.id, Story.external_id, Revision.title, Revision.text)
        .join(Revision, and_(col(Revision.story_id) == Story.id, col(Revision.number) == Story.revision_number))
        .where(col(Story.id).in_(story_ids), visible_to(audience))
    )
    return {row[0]: (row[1], row[2], row[3]) for row in session.execute(query).all()}


def _ordered(lines: list[StoryLine], order: str, *, is_cut: bool) -> Concordance:
    n_stories = len({line.external_id for line in lines})
    if order == "left":
        lines.sort(key=lambda found: (found.line.left_neighbours, found.line.right_neighbours))
    if order == "right":
        lines.sort(key=lambda found: (found.line.right_neighbours, found.line.left_neighbours))
    return Concordance(tuple(lines), n_stories, is_cut)
