"""What a download says: about itself, and of every story with its evidence, as tables and as nested values."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from webapp.models import Coding, Repurposing, now
from webapp.services.asking import Asked
from webapp.services.evidence import RepurposingEvidence, StoryEvidence, ThemeEvidence
from webapp.services.places import place_paths
from webapp.services.spreadsheet_safety import Value
from webapp.services.vocabulary import FACET_NAMES, USE_NAMES

MOST_STORIES = 10_000
"""Stories in one download; the header says so if more were found."""

StoryUrl = Callable[[str], str]
"""External id → the story's address."""
Row = tuple[Value, ...]

STORY_COLUMNS = (
    "rank", "story_id", "title", "address", "place", "organisation", "organisation_kind", "told_by", "period",
    "published", "illustrative", "content_warning",
)  # fmt: skip
THEME_COLUMNS = ("theme", "theme_name", "status", "score", "made_by", "start", "end", "text")
REPURPOSING_COLUMNS = (
    "actor", "from", "to", "trigger", "where", "when", "from_category", "to_category", "trigger_kind", "status",
    "score", "made_by", "start", "end", "sentence",
)  # fmt: skip
EVIDENCE_COLUMNS = (
    *STORY_COLUMNS, "evidence", "theme", "theme_name", "actor", "from", "to", "trigger", "where", "when",
    "from_category", "to_category", "trigger_kind", "status", "score", "made_by", "start", "end", "text",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class About:
    """What the first lines of a download say."""

    asked: Asked
    n_found: int
    n_given: int
    address: str
    """Of the search."""
    made_at: datetime

    def lines(self) -> list[tuple[str, str]]:
        """(name, what it says) pairs in the order of reading."""
        given = f"{self.n_given} of {self.n_found}" if self.n_given < self.n_found else str(self.n_found)
        use = USE_NAMES.get(self.asked.use, "Anything that whoever asked may read")
        return [
            ("Query", self.asked.text or "(all stories)"),
            ("Filters", filters_in_words(self.asked) or "(none)"),
            ("Use", use),
            ("Date", self.made_at.strftime("%Y-%m-%d %H:%M UTC")),
            ("Stories", given),
            ("Address", self.address),
            ("Reading it", "status 'suggested' was read by the machine and not yet checked; 'confirmed' by a person"),
        ]


def about(asked: Asked, *, n_found: int, address: str) -> About:
    """The header of a download that is made now."""
    return About(asked, n_found, min(n_found, MOST_STORIES), address, now())


def filters_in_words(asked: Asked) -> str:
    """The chosen filters in one line: 'Theme: food; Place: Wales; Year: 2019–2021'."""
    said = [f"{FACET_NAMES[facet]}: {' or '.join(values)}" for facet, values in asked.filters.items()]
    if asked.first_year is not None or asked.last_year is not None:
        said.append(f"Year: {years_in_words(asked)}")
    return "; ".join(said)


def years_in_words(asked: Asked) -> str:
    """The range of years: '2019–2021', 'from 2019', 'up to 2021'."""
    if asked.first_year is None:
        return f"up to {asked.last_year}"
    if asked.last_year is None:
        return f"from {asked.first_year}"
    return str(asked.first_year) if asked.first_year == asked.last_year else f"{asked.first_year}–{asked.last_year}"


def evidence_rows(stories: Iterable[StoryEvidence], story_url: StoryUrl) -> Iterator[Row]:
    """One row for each piece of evidence, in EVIDENCE_COLUMNS; a story without any has one row."""
    for found in stories:
        said = {**_story(found, story_url)}
        pieces = [
            *({"evidence": "theme", **_theme(theme)} for theme in found.themes),
            *({"evidence": "repurposing", **_repurposing(found, event)} for event in found.repurposings),
        ]
        for piece in pieces or [{}]:
            piece = {**piece, "text": piece.get("text") or piece.get("sentence")}
            yield _row(EVIDENCE_COLUMNS, {**said, **piece})


def story_row(found: StoryEvidence, story_url: StoryUrl) -> Row:
    """The story in STORY_COLUMNS."""
    return _row(STORY_COLUMNS, _story(found, story_url))


def theme_rows(found: StoryEvidence) -> Iterator[Row]:
    """The story's themes: its id, then THEME_COLUMNS."""
    for theme in found.themes:
        yield found.story.external_id, *_row(THEME_COLUMNS, _theme(theme))


def repurposing_rows(found: StoryEvidence) -> Iterator[Row]:
    """The story's repurposings: its id, then REPURPOSING_COLUMNS."""
    for event in found.repurposings:
        yield found.story.external_id, *_row(REPURPOSING_COLUMNS, _repurposing(found, event))


def as_values(found: StoryEvidence, story_url: StoryUrl) -> dict[str, Any]:
    """The story with its evidence inside it, as JSON holds it."""
    return {
        **_story(found, story_url),
        "themes": [_theme(theme) for theme in found.themes],
        "repurposings": [_repurposing(found, event) for event in found.repurposings],
    }


def _row(columns: tuple[str, ...], said: Mapping[str, Value]) -> Row:
    return tuple(said.get(column) for column in columns)


def _story(found: StoryEvidence, story_url: StoryUrl) -> dict[str, Value]:
    story = found.story
    paths, organisation = place_paths(story.public_place), story.public_organisation
    return {
        "rank": found.rank,
        "story_id": story.external_id,
        "title": story.current_revision.title,
        "address": story_url(story.external_id),
        "place": paths[-1] if paths else None,
        "organisation": organisation.name if organisation else None,
        "organisation_kind": story.organisation.kind if story.organisation else None,
        "told_by": "; ".join(story.public_names) or None,
        "period": story.period,
        "published": story.published_at.date().isoformat() if story.published_at else None,
        "illustrative": "yes" if story.is_illustrative else "no",
        "content_warning": story.content_warning or None,
    }


def _theme(theme: ThemeEvidence) -> dict[str, Value]:
    return {"theme": theme.key, "theme_name": theme.name, **_statement(theme.coding), "text": theme.text}


def _repurposing(story: StoryEvidence, found: RepurposingEvidence) -> dict[str, Value]:
    event = found.event
    return {
        "actor": event.actor,
        "from": event.from_phrase,
        "to": event.to_phrase,
        "trigger": event.trigger,
        "where": None if story.story.hides_places else event.place,
        "when": event.when,
        "from_category": event.from_category,
        "to_category": event.to_category,
        "trigger_kind": event.trigger_kind,
        **_statement(event),
        "sentence": found.sentence,
    }


def _statement(statement: Coding | Repurposing) -> dict[str, Value]:
    return {
        "status": statement.status,
        "score": None if statement.score is None else round(statement.score, 4),
        "made_by": statement.source,
        "start": statement.start,
        "end": statement.end,
    }
