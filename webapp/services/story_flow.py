"""From which kind of use to which: how many of the stories that were found say so."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import and_
from sqlmodel import Session, col, select

from webapp.models import Repurposing, Revision, Story
from webapp.services.access import visible_to
from webapp.services.matching import Matching

Side = Literal["from", "to"]
NOT_SAID = ""
"""The category of a thing whose kind of use is not known."""


@dataclass(frozen=True, slots=True)
class Band:
    """One kind of use that became another, and in how many stories."""

    from_category: str
    to_category: str
    n_stories: int
    n_confirmed: int
    """Stories in which a person confirmed it; in the others, only the machine read it."""

    @property
    def value(self) -> str:
        """The value of the facet `repurposed` that finds exactly these stories."""
        return f"{self.from_category}>{self.to_category}"


@dataclass(frozen=True, slots=True)
class Flow:
    """The bands, widest first, and how many of the stories are in any of them."""

    bands: tuple[Band, ...]
    n_stories: int
    n_without: int
    n_by_end: Mapping[tuple[Side, str], int]
    """('from' or 'to', kind of use) → stories that say so in any band, each once."""


def flow_of(session: Session, found: Matching, *, only: Collection[str] = ()) -> Flow:
    """What turned into what in the stories that were found, each story once in a band.

    only: values of the facet `repurposed`; if any, just their bands.
    """
    query = (
        select(Story.id, Repurposing.from_category, Repurposing.to_category, Repurposing.status)
        .join(Revision, col(Revision.id) == Repurposing.revision_id)
        .join(Story, and_(col(Story.id) == Revision.story_id, col(Story.revision_number) == Revision.number))
        .where(visible_to(found.audience), Repurposing.status != "rejected")
    )
    wanted = set(found.story_ids)
    stories: dict[tuple[str, str], set[int]] = defaultdict(set)
    confirmed: dict[tuple[str, str], set[int]] = defaultdict(set)
    by_end: dict[tuple[Side, str], set[int]] = defaultdict(set)
    for story_id, from_category, to_category, status in session.exec(query):
        ends = (from_category or NOT_SAID, to_category or NOT_SAID)
        if story_id in wanted and (not only or ">".join(ends) in only):
            stories[ends].add(story_id)
            by_end["from", ends[0]].add(story_id)
            by_end["to", ends[1]].add(story_id)
            if status == "confirmed":
                confirmed[ends].add(story_id)
    bands = [Band(*ends, len(ids), len(confirmed[ends])) for ends, ids in stories.items()]
    n_stories = len(set().union(*stories.values()))
    return Flow(
        bands=tuple(sorted(bands, key=lambda band: (-band.n_stories, band.from_category, band.to_category))),
        n_stories=n_stories,
        n_without=len(found) - n_stories,
        n_by_end={end: len(ids) for end, ids in by_end.items()},
    )


def most_telling(flow: Flow, *, limit: int) -> list[Band]:
    """The widest bands; of equally wide ones those that people confirmed, then those between frequent uses."""

    def weight(band: Band) -> tuple[int, int, int]:
        ends: tuple[tuple[Side, str], ...] = (("from", band.from_category), ("to", band.to_category))
        return band.n_stories, band.n_confirmed, sum(flow.n_by_end[end] for end in ends if end[1] != NOT_SAID)

    return sorted(flow.bands, key=weight, reverse=True)[:limit]
