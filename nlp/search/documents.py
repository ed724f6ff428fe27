"""From what reading gives to what an engine stores: said in one place for the site and for what measures it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from nlp.components.triggers import trigger_kind
from nlp.embedding import Embedder
from nlp.gazetteer.counties import counties_of
from nlp.search.knowing import SEPARATOR
from nlp.types import Analysis, IndexDocument, IndexPassage, IndexRepurposing, Repurposing


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a story without reading its text. place: names from the nation down."""

    story_id: str
    title: str
    summary: str = ""
    organisation: str = ""
    organisation_kind: str = ""
    place: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    """Keys of themes that people gave it."""


def plain_sentence(
    *, from_: str | None, actor: str | None, to: str, categories: Sequence[str | None], trigger: str | None
) -> str:
    """A repurposing in words, without the story's own: 'sports hub became community kitchen (sport to food)'.

    categories: of what it was and of what it became, where they are known.
    """
    was = from_ or actor
    words = f"{was} became {to}" if was else f"It became {to}"
    kinds = " to ".join(category for category in categories if category)
    because = f" because {trigger}" if trigger else ""
    return f"{words} ({kinds}){because}" if kinds else words + because


def place_text(path: Sequence[str]) -> str:
    """The words by which a place is found: its names from the nation down, and those of its counties."""
    return SEPARATOR.join([*path, *counties_of(path)])


def place_paths(path: Sequence[str]) -> tuple[str, ...]:
    """The path of the place and of each larger one, largest first, as the facet has them."""
    return tuple(SEPARATOR.join(path[: depth + 1]) for depth in range(len(path)))


def document_of(
    told: Told, analysis: Analysis, *, embedder: Embedder, theme_names: Mapping[str, str], uses: Mapping[str, None]
) -> IndexDocument:
    """A story as it is indexed once it has been read and nobody has decided anything about it."""
    scores = dict.fromkeys(told.themes, 1.0) | {
        theme.key: theme.score for theme in analysis.themes if theme.key not in told.themes
    }
    events = [_event(event) for event in analysis.repurposings]
    vectors = embedder.embed([event.text for event in events])
    return IndexDocument(
        story_id=told.story_id,
        revision=1,
        title=told.title,
        body=analysis.text,
        uses=uses,
        summary=told.summary,
        organisation=told.organisation,
        place=place_text(told.place),
        passages=tuple(
            IndexPassage(passage.start, passage.end, passage.text, np.asarray(vector, dtype=np.float32))
            for passage, vector in zip(analysis.passages, analysis.embeddings, strict=True)
        ),
        repurposings=tuple(
            replace(event, embedding=np.asarray(vector, dtype=np.float32))
            for event, vector in zip(events, vectors, strict=True)
        ),
        quotes=tuple(quote.text for quote in analysis.quotes),
        themes=". ".join(theme_names[key] for key in scores if key in theme_names),
        theme_scores=scores,
        facets=_facets(told, scores, events),
    )


def _event(event: Repurposing) -> IndexRepurposing:
    from_, actor = event.from_.text if event.from_ else "", event.actor.text if event.actor else ""
    trigger = event.trigger.text if event.trigger else ""
    return IndexRepurposing(
        text=plain_sentence(
            from_=from_,
            actor=actor,
            to=event.to.text,
            categories=(event.from_category, event.to_category),
            trigger=trigger,
        ),
        to=event.to.text,
        from_=from_,
        actor=actor,
        trigger=trigger,
        from_category=event.from_category or "",
        to_category=event.to_category or "",
        trigger_kind=trigger_kind(trigger) if trigger else "",
        score=event.score,
    )


def _facets(
    told: Told, scores: Mapping[str, float], events: Sequence[IndexRepurposing]
) -> dict[str, tuple[str, ...]]:
    return {
        "theme": tuple(scores),
        "place": place_paths(told.place),
        "organisation_kind": present([told.organisation_kind]),
        "year": told.years,
        "repurposed_from": present(event.from_category for event in events),
        "repurposed_to": present(event.to_category for event in events),
        "trigger": present(event.trigger_kind for event in events),
    }


def present(values: Iterable[str | None]) -> tuple[str, ...]:
    """The values that are there, each once."""
    return tuple(dict.fromkeys(value for value in values if value))
