"""Keeping the index like the database: documents made, differences found and mended."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
from sqlalchemy import ColumnElement, and_, exists, or_
from sqlmodel import Session, col, select

from nlp.search import SearchEngine
from nlp.search.documents import place_text, present
from nlp.types import IndexDocument, IndexPassage, IndexRepurposing
from webapp.clock import today
from webapp.models import AgreedUse, Analysis, Coding, Passage, Quote, Repurposing, Revision, Story, Theme
from webapp.services.consent import uses_by_story
from webapp.services.periods import years_of
from webapp.services.places import PATH_SEPARATOR, place_paths
from webapp.services.repurposing_sentences import sentence_of

BATCH = 50


@dataclass(frozen=True, slots=True)
class Difference:
    """What the index lacks, and what it should no longer hold."""

    stale: tuple[str, ...]
    """External ids of stories to index (again)."""
    gone: tuple[str, ...]
    """External ids to delete."""


def differences(session: Session, engine: SearchEngine, *, day: date | None = None) -> Difference:
    """Compare the index with what it should hold today.

    A new story waits until it has been read, so that it is indexed once, with its meaning; one that the index
    holds already follows every change at once, for the change may be in what was agreed.
    """
    is_read = exists().where(
        col(Revision.story_id) == col(Story.id),
        col(Revision.number) == col(Story.revision_number),
        col(Analysis.revision_id) == col(Revision.id),
    )
    rows = session.execute(select(Story.external_id, Story.version, is_read).where(_belongs(day))).all()
    held = engine.versions()
    wanted = {story_id for story_id, _, _ in rows}
    return Difference(
        stale=tuple(
            story_id
            for story_id, version, was_read in rows
            if held.get(story_id) != version and (was_read or story_id in held)
        ),
        gone=tuple(story_id for story_id in held if story_id not in wanted),
    )


def index_batches(session: Session, engine: SearchEngine, difference: Difference) -> Iterator[int]:
    """Apply a difference, deletions first; gives the number of stories done after each batch."""
    if difference.gone:
        engine.delete(difference.gone)
        yield len(difference.gone)
    for start in range(0, len(difference.stale), BATCH):
        batch = difference.stale[start : start + BATCH]
        engine.upsert(documents(session, batch))
        yield len(batch)


def rebuild(session: Session, engine: SearchEngine) -> int:
    """Make the whole index anew beside the old one; gives the number of stories."""
    ids = list(session.exec(select(Story.external_id).where(_belongs(None)).order_by(col(Story.id))))
    engine.rebuild(_in_batches(session, ids))
    return len(ids)


def documents(session: Session, external_ids: Iterable[str]) -> list[IndexDocument]:
    """The stories as an engine stores them; ones that no longer belong into the index are left out."""
    query = select(Story).where(col(Story.external_id).in_(list(external_ids)), _belongs(None))
    stories = list(session.exec(query))
    story_ids = [story.id for story in stories if story.id is not None]
    revision_ids = [story.current_revision.id for story in stories if story.current_revision.id is not None]
    uses = uses_by_story(session, story_ids)
    passages = _passages(session, revision_ids)
    themes = _themes(session, revision_ids)
    repurposings = _repurposings(session, revision_ids)
    quotes = _quotes(session, revision_ids)
    return [
        _document(
            story,
            uses=uses.get(story.id or 0, {}),
            passages=passages.get(story.current_revision.id or 0, []),
            themes=themes.get(story.current_revision.id or 0, []),
            repurposings=repurposings.get(story.current_revision.id or 0, []),
            quotes=quotes.get(story.current_revision.id or 0, []),
        )
        for story in stories
    ]


def _belongs(day: date | None) -> ColumnElement[bool]:
    """Published, and agreed for any use on the day: all else stays out of the index altogether."""
    agreed = and_(
        col(AgreedUse.story_id) == col(Story.id),
        or_(col(AgreedUse.until).is_(None), col(AgreedUse.until) > (day or today())),
    )
    return and_(col(Story.status) == "published", col(Story.is_restricted).is_(False), exists().where(agreed))


def _in_batches(session: Session, ids: list[str]) -> Iterator[IndexDocument]:
    for start in range(0, len(ids), BATCH):
        yield from documents(session, ids[start : start + BATCH])
        session.expunge_all()


def _document(
    story: Story,
    *,
    uses: dict[str, date | None],
    passages: list[Passage],
    themes: list[tuple[str, str, float]],
    repurposings: list[Repurposing],
    quotes: list[str],
) -> IndexDocument:
    revision, organisation = story.current_revision, story.public_organisation
    paths = place_paths(story.public_place)
    return IndexDocument(
        story_id=story.external_id,
        revision=story.version,
        title=revision.title,
        summary=revision.summary,
        body=revision.text,
        organisation=organisation.name if organisation else "",
        place=place_text(paths[-1].split(PATH_SEPARATOR)) if paths else "",
        uses=uses,
        published=story.published_at.date() if story.published_at else None,
        passages=tuple(_index_passage(passage, revision.text) for passage in passages),
        repurposings=tuple(_index_repurposing(event) for event in repurposings),
        quotes=tuple(quotes),
        themes=". ".join(name for _, name, _ in themes),
        content_warnings=tuple(filter(None, (*(story.content_warnings or ()), story.warning_words))),
        theme_scores={key: score for key, _, score in themes},
        facets={
            "theme": tuple(key for key, _, _ in themes),
            "place": tuple(paths),
            "organisation_kind": present([story.organisation.kind if story.organisation else None]),
            "year": tuple(years_of(story.period)),
            "repurposed_from": present(event.from_category for event in repurposings),
            "repurposed_to": present(event.to_category for event in repurposings),
            "trigger": present(event.trigger_kind for event in repurposings),
        },
    )


def _index_passage(passage: Passage, text: str) -> IndexPassage:
    return IndexPassage(
        start=passage.start,
        end=passage.end,
        text=text[passage.start : passage.end],
        embedding=np.frombuffer(passage.embedding, dtype="<f4"),
    )


def _index_repurposing(event: Repurposing) -> IndexRepurposing:
    return IndexRepurposing(
        text=sentence_of(event),
        to=event.to_phrase,
        from_=event.from_phrase or "",
        actor=event.actor or "",
        trigger=event.trigger or "",
        is_confirmed=event.status == "confirmed",
        from_category=event.from_category or "",
        to_category=event.to_category or "",
        trigger_kind=event.trigger_kind or "",
        score=event.score or 0.0,
        embedding=None if event.embedding is None else np.frombuffer(event.embedding, dtype="<f4"),
    )


def _passages(session: Session, revision_ids: list[int]) -> dict[int, list[Passage]]:
    query = select(Passage).where(col(Passage.revision_id).in_(revision_ids)).order_by(col(Passage.position))
    found: dict[int, list[Passage]] = {}
    for passage in session.exec(query):
        found.setdefault(passage.revision_id, []).append(passage)
    return found


def _themes(session: Session, revision_ids: list[int]) -> dict[int, list[tuple[str, str, float]]]:
    """Revision → (key, name, how sure it is) of its themes; what a person confirmed is certain."""
    query = (
        select(Coding, Theme)
        .join(Theme, col(Coding.theme_id) == col(Theme.id))
        .where(col(Coding.revision_id).in_(revision_ids), Coding.status != "rejected")
        .order_by(col(Coding.position))
    )
    found: dict[int, dict[str, tuple[str, str, float]]] = {}
    for coding, theme in session.exec(query):
        score = 1.0 if coding.status == "confirmed" else coding.score or 0.0
        themes = found.setdefault(coding.revision_id, {})
        known = themes.get(theme.key, (theme.key, theme.name, 0.0))
        themes[theme.key] = (theme.key, theme.name, max(score, known[2]))
    return {revision_id: list(themes.values()) for revision_id, themes in found.items()}


def _repurposings(session: Session, revision_ids: list[int]) -> dict[int, list[Repurposing]]:
    query = select(Repurposing).where(
        col(Repurposing.revision_id).in_(revision_ids), Repurposing.status != "rejected"
    )
    found: dict[int, list[Repurposing]] = {}
    for event in session.exec(query.order_by(col(Repurposing.start))):
        found.setdefault(event.revision_id, []).append(event)
    return found


def _quotes(session: Session, revision_ids: list[int]) -> dict[int, list[str]]:
    query = select(Quote).where(col(Quote.revision_id).in_(revision_ids), Quote.status != "rejected")
    found: dict[int, list[str]] = {}
    for quote in session.exec(query.order_by(col(Quote.start))):
        found.setdefault(quote.revision_id, []).append(quote.text)
    return found
