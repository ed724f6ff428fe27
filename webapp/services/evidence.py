"""Stories with what is said about them and where the text says it: what a download holds."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from webapp.models import Coding, Repurposing, Story, Theme
from webapp.services.matching import Matching, batches, stories_by_id


@dataclass(frozen=True, slots=True)
class ThemeEvidence:
    """A theme applied to a stretch of the text; an empty stretch says it of the whole story."""

    key: str
    name: str
    coding: Coding
    text: str


@dataclass(frozen=True, slots=True)
class RepurposingEvidence:
    """What turned into what, and the sentence that says so."""

    event: Repurposing
    sentence: str


@dataclass(frozen=True, slots=True)
class StoryEvidence:
    """A story in its place in the result (1 is best), with all that is said about it and was not rejected."""

    rank: int
    story: Story
    themes: tuple[ThemeEvidence, ...]
    repurposings: tuple[RepurposingEvidence, ...]


def evidence_of(session: Session, found: Matching, *, limit: int) -> Iterator[StoryEvidence]:
    """The stories that were found, best first, read and checked against consent batch by batch."""
    rank = 0
    for batch in batches(found.story_ids[:limit], size=200):
        stories = stories_by_id(session, found.audience, batch)
        revision_ids = [story.current_revision.id or 0 for story in stories.values()]
        themes, repurposings = _codings(session, revision_ids), _repurposings(session, revision_ids)
        for story_id in batch:
            rank += 1
            if story_id in stories:
                story = stories[story_id]
                revision_id, text = story.current_revision.id or 0, story.current_revision.text
                yield StoryEvidence(
                    rank=rank,
                    story=story,
                    themes=tuple(
                        ThemeEvidence(theme.key, theme.name, coding, text[coding.start : coding.end])
                        for coding, theme in themes.get(revision_id, [])
                    ),
                    repurposings=tuple(
                        RepurposingEvidence(event, text[event.start : event.end])
                        for event in repurposings.get(revision_id, [])
                    ),
                )
        session.expunge_all()


def _codings(session: Session, revision_ids: Sequence[int]) -> dict[int, list[tuple[Coding, Theme]]]:
    query = (
        select(Coding, Theme)
        .join(Theme, col(Theme.id) == Coding.theme_id)
        .where(col(Coding.revision_id).in_(revision_ids), Coding.status != "rejected")
        .order_by(col(Coding.position), col(Coding.start))
    )
    found: dict[int, list[tuple[Coding, Theme]]] = defaultdict(list)
    for coding, theme in session.exec(query):
        found[coding.revision_id].append((coding, theme))
    return found


def _repurposings(session: Session, revision_ids: Sequence[int]) -> dict[int, list[Repurposing]]:
    query = (
        select(Repurposing)
        .where(col(Repurposing.revision_id).in_(revision_ids), Repurposing.status != "rejected")
        .order_by(col(Repurposing.start), col(Repurposing.id))
    )
    found: dict[int, list[Repurposing]] = defaultdict(list)
    for event in session.exec(query):
        found[event.revision_id].append(event)
    return found
