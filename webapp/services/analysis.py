"""Reading: which revisions the present pipeline has not read yet, and storing what it says of them."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from sqlalchemy import ColumnElement, and_, delete, exists, func
from sqlmodel import Session, col, select

import nlp.types
from nlp.components.triggers import trigger_kind
from nlp.language_detection import ENGLISH, language_name
from webapp.models import (
    Analysis,
    Coding,
    Mention,
    Passage,
    PersonalDataFinding,
    Quote,
    Repurposing,
    Revision,
    Statement,
    Story,
    Theme,
)
from webapp.services.carrying import STATEMENTS, decided, is_decided
from webapp.services.place_links import link_places
from webapp.services.public_words import offsets_of
from webapp.services.stories import touch

log = logging.getLogger(__name__)


class Reader(Protocol):
    """What analysing needs of a pipeline."""

    @property
    def version(self) -> str: ...

    def analyse(self, texts: Iterable[str]) -> Iterator[nlp.types.Analysis]: ...


@dataclass(frozen=True, slots=True)
class Reading:
    """What a pipeline gave for one revision: an analysis, or the error that it ended in."""

    revision_id: int
    analysis: nlp.types.Analysis | None
    error: str | None = None


def count_pending(session: Session, pipeline_version: str) -> int:
    """How many stories the pipeline has yet to read."""
    query = select(func.count()).select_from(Story).join(Revision, _is_current())
    return int(session.exec(query.where(_is_pending(pipeline_version))).one())


def pending_revisions(session: Session, pipeline_version: str, *, limit: int) -> list[tuple[int, str]]:
    """(revision id, title and text) of stories that the pipeline has yet to read, published ones first."""
    query = (
        select(Revision.id, Revision.text)
        .join(Story, _is_current())
        .where(_is_pending(pipeline_version))
        .order_by((col(Story.status) == "published").desc(), col(Revision.id))
        .limit(limit)
    )
    return [(revision_id, text) for revision_id, text in session.exec(query) if revision_id is not None]


def read(reader: Reader, pending: list[tuple[int, str]]) -> list[Reading]:
    """Analyse texts together; if that fails, one by one, so that a single text cannot hold up the others."""
    try:
        analyses = list(reader.analyse([text for _, text in pending]))
    except Exception:  # One text may break a library in any way; below it is found out which.
        log.exception("Reading %d texts together failed; reading them one by one.", len(pending))
        return [_read_alone(reader, revision_id, text) for revision_id, text in pending]
    return [Reading(revision_id, analysis) for (revision_id, _), analysis in zip(pending, analyses, strict=True)]


def store_reading(session: Session, reading: Reading, pipeline_version: str) -> bool:
    """Store what was read of one revision; False if it was stored before or the revision is gone.

    What people decided stays; what an earlier pipeline only suggested makes room for the new suggestions.
    """
    revision = session.get(Revision, reading.revision_id, with_for_update=True)
    if revision is None or _is_read(session, reading.revision_id, pipeline_version):
        return False
    if reading.analysis is not None:
        _replace_suggestions(session, revision, reading.analysis)
        _replace_passages(session, revision, reading.analysis)
        touch(revision.story)
    session.add(
        Analysis(
            revision_id=reading.revision_id,
            pipeline_version=pipeline_version,
            status="failed" if reading.error else "done",
            error=reading.error,
            note=_note(revision, reading.analysis),
        )
    )
    session.flush()
    return True


def _note(revision: Revision, analysis: nlp.types.Analysis | None) -> str | None:
    """What people should know of the reading beside its suggestions."""
    if not revision.text.strip():
        return "There is no text to read."
    if analysis is not None and analysis.language != ENGLISH:
        return (
            f"This text seems to be in {language_name(analysis.language)}. The machine reads themes, repurposings, "
            "names and quotes in English only, so it proposes none here: add them by hand, or add a translation."
        )
    return None


def _read_alone(reader: Reader, revision_id: int, text: str) -> Reading:
    try:
        return Reading(revision_id, next(iter(reader.analyse([text]))))
    except Exception as err:  # Kept with the story, shown to staff, and tried again by the next pipeline.
        log.exception("Reading revision %d failed.", revision_id)
        return Reading(revision_id, None, error=f"{type(err).__name__}: {err}"[:500])


def _is_current() -> ColumnElement[bool]:
    return and_(col(Revision.story_id) == col(Story.id), col(Revision.number) == col(Story.revision_number))


def _is_pending(pipeline_version: str) -> ColumnElement[bool]:
    is_read = exists().where(
        col(Analysis.revision_id) == col(Revision.id), col(Analysis.pipeline_version) == pipeline_version
    )
    return and_(col(Story.status).not_in(("archived", "withdrawn")), ~is_read)


def _is_read(session: Session, revision_id: int, pipeline_version: str) -> bool:
    query = select(Analysis.id).where(
        Analysis.revision_id == revision_id, Analysis.pipeline_version == pipeline_version
    )
    return session.exec(query).first() is not None


def _replace_passages(session: Session, revision: Revision, analysis: nlp.types.Analysis) -> None:
    session.execute(delete(Passage).where(col(Passage.revision_id) == revision.id))
    vectors = np.ascontiguousarray(analysis.embeddings, dtype="<f4")
    session.add_all(
        Passage(
            revision_id=revision.row_id,
            position=position,
            start=passage.start,
            end=passage.end,
            embedding_name=analysis.embedding_name,
            embedding=vectors[position].tobytes(),
        )
        for position, passage in enumerate(analysis.passages)
    )


def _replace_suggestions(session: Session, revision: Revision, analysis: nlp.types.Analysis) -> None:
    theme_ids = {theme.key: theme.row_id for theme in session.exec(select(Theme))}
    suggested = _without_pseudonyms(session, revision, _statements(revision, analysis, theme_ids))
    _link(session, revision.story, suggested)
    for table in STATEMENTS:
        decisions = decided(session, table, revision)
        session.execute(
            delete(table).where(
                col(table.revision_id) == revision.id,
                col(table.status) == "suggested",
                col(table.source) == "machine",
            )
        )
        session.add_all(
            statement
            for statement in suggested
            if isinstance(statement, table) and not is_decided(statement, decisions)
        )


def _without_pseudonyms(session: Session, revision: Revision, suggested: Iterable[Statement]) -> list[Statement]:
    """What stands in the place of personal data is not personal data, though it may look like it."""
    replaced = [(start, end) for _, _, start, end in offsets_of(session, revision).stretches]
    return [
        statement
        for statement in suggested
        if not isinstance(statement, PersonalDataFinding)
        or not any(start <= statement.start and statement.end <= end for start, end in replaced)
    ]


def _link(session: Session, story: Story, suggested: Iterable[Statement]) -> None:
    named = [statement for statement in suggested if isinstance(statement, Mention) and statement.label == "PLACE"]
    place_ids = link_places(session, story, {mention.text for mention in named})
    for mention in named:
        mention.place_id = place_ids.get(mention.text)


def _statements(revision: Revision, analysis: nlp.types.Analysis, theme_ids: dict[str, int]) -> Iterator[Statement]:
    revision_id, version = revision.row_id, analysis.pipeline_version
    for position, theme in enumerate(analysis.themes):
        for span in theme.evidence:
            yield Coding(
                revision_id=revision_id, pipeline_version=version, theme_id=theme_ids[theme.key],
                position=position, score=theme.score, start=span.start, end=span.end,
            )  # fmt: skip
    for repurposing in analysis.repurposings:
        yield _repurposing(repurposing, revision_id, version)
    for mention in analysis.mentions:
        yield Mention(
            revision_id=revision_id, pipeline_version=version, label=mention.label, text=mention.text,
            start=mention.start, end=mention.end,
        )  # fmt: skip
    for quote in analysis.quotes:
        yield Quote(
            revision_id=revision_id, pipeline_version=version, text=quote.text, speaker=quote.speaker,
            start=quote.start, end=quote.end, score=quote.score,
        )  # fmt: skip
    for datum in analysis.personal_data:
        yield PersonalDataFinding(
            revision_id=revision_id, pipeline_version=version, kind=datum.kind, text=datum.text,
            start=datum.start, end=datum.end,
        )  # fmt: skip


def _repurposing(found: nlp.types.Repurposing, revision_id: int, version: str) -> Repurposing:
    slots = {
        "actor": found.actor,
        "from": found.from_,
        "to": found.to,
        "trigger": found.trigger,
        "place": found.place,
        "when": found.when,
    }
    words = {slot: span.text if span else None for slot, span in slots.items()}
    return Repurposing(
        revision_id=revision_id,
        pipeline_version=version,
        start=found.sentence.start,
        end=found.sentence.end,
        score=found.score,
        actor=words["actor"],
        from_phrase=words["from"],
        to_phrase=found.to.text,
        trigger=words["trigger"],
        place=words["place"],
        when=words["when"],
        from_category=found.from_category,
        to_category=found.to_category,
        trigger_kind=trigger_kind(found.trigger.text) if found.trigger else None,
        construction=found.construction,
        spans={slot: [span.start, span.end] for slot, span in slots.items() if span},
    )
