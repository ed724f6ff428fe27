"""Themes learn: what people decided is fitted, and stories are suggested anew from their stored embeddings."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import delete
from sqlmodel import Session, col, select

from nlp.text import sentences
from nlp.themes import ThemeReader
from nlp.theming.classifier import UNSAID_WEIGHT, Decision, LearnedTheme, is_due, learn
from nlp.types import Matrix
from nlp.types import Passage as TextPassage
from webapp.models import Analysis, Coding, Passage, Revision, Story, Theme, ThemeLearning, now
from webapp.services.carrying import decided, is_decided
from webapp.services.stories import touch

MOST_STORIES = 2_000
"""Learning looks at the stories that were decided on last; reading more of them again would hold up the worker."""


@dataclass(frozen=True, slots=True)
class StoredReading:
    """A revision's text with its passages and their embeddings, as they were stored."""

    text: str
    passages: tuple[TextPassage, ...]
    embeddings: Matrix


def learn_due_themes(session: Session, reader: ThemeReader, pipeline_version: str) -> int:
    """Fit each theme that has gathered enough decisions since it was last learned; gives how many were fitted."""
    opinions = _opinions(session)
    held = {learning.theme_id: learning for learning in session.exec(select(ThemeLearning))}
    due = [
        theme
        for theme in session.exec(select(Theme).where(col(Theme.key).in_(reader.keys)))
        if _is_due(held.get(theme.row_id), len(opinions.get(theme.row_id, {})), pipeline_version)
    ]
    if not due:
        return 0
    revision_ids = sorted({revision_id for said in opinions.values() for revision_id in said})[-MOST_STORIES:]
    readings = {key: found for key in revision_ids if (found := stored_reading(session, key, reader.embedding_name))}
    read = [reader.odds(found.text, found.passages, found.embeddings) for found in readings.values()]
    for theme in due:
        said = {row: opinions[theme.row_id][key] for row, key in enumerate(readings) if key in opinions[theme.row_id]}
        column = reader.keys.index(theme.key)
        _keep(session, held.get(theme.row_id), theme, pipeline_version, len(opinions[theme.row_id]), learn(
            theme.key,
            [Decision(row, said.get(row, False), 1.0 if row in said else UNSAID_WEIGHT) for row in range(len(read))],
            np.stack([vector for vector, _ in read]),
            np.array([odds[column] for _, odds in read]),
        ) if read and said else None)  # fmt: skip
    session.flush()
    return len(due)


def learned_themes(session: Session, pipeline_version: str) -> tuple[str, dict[str, LearnedTheme]]:
    """The version of all that was learned for a pipeline, empty if nothing was, and the corrections by theme key."""
    rows = session.exec(
        select(Theme.key, ThemeLearning)
        .join(ThemeLearning, col(ThemeLearning.theme_id) == col(Theme.id))
        .where(ThemeLearning.pipeline_version == pipeline_version, col(ThemeLearning.n_decisions) > 0)
        .order_by(Theme.key)
    ).all()
    digest = hashlib.sha256()
    learned: dict[str, LearnedTheme] = {}
    for key, row in rows:
        digest.update(key.encode() + row.coefficients)
        learned[key] = LearnedTheme(key, row.n_decisions, np.frombuffer(row.coefficients, dtype="<f8"))
    return (digest.hexdigest()[:12] if learned else ""), learned


def suggest_anew(
    session: Session, reader: ThemeReader, pipeline_version: str, learned_version: str, *, limit: int
) -> int:
    """Suggest the themes of some stories whose suggestions are older than what was learned; gives how many."""
    query = (
        select(Analysis, Revision)
        .join(Revision, col(Revision.id) == col(Analysis.revision_id))
        .join(Story, (col(Story.id) == col(Revision.story_id)) & (col(Story.revision_number) == col(Revision.number)))
        .where(
            Analysis.pipeline_version == pipeline_version,
            Analysis.status == "done",
            Analysis.learned_version != learned_version,
        )
        .order_by(col(Analysis.id))
        .limit(limit)
    )
    rows = session.exec(query).all()
    theme_ids = {theme.key: theme.row_id for theme in session.exec(select(Theme))}
    for analysis, revision in rows:
        reading = stored_reading(session, revision.row_id, reader.embedding_name)
        if reading is not None:
            _replace_codings(session, revision, reading, reader, pipeline_version, theme_ids)
        analysis.learned_version = learned_version
    session.flush()
    return len(rows)


def stored_reading(session: Session, revision_id: int, embedding_name: str) -> StoredReading | None:
    """What was stored of a revision, or None if there are no embeddings of that name."""
    rows = session.exec(
        select(Passage)
        .where(Passage.revision_id == revision_id, Passage.embedding_name == embedding_name)
        .order_by(col(Passage.position))
    ).all()
    if not rows:
        return None
    text = session.get_one(Revision, revision_id).text
    return StoredReading(
        text=text,
        passages=tuple(TextPassage(row.start, row.end, text[row.start : row.end]) for row in rows),
        embeddings=np.stack([np.frombuffer(row.embedding, dtype="<f4") for row in rows]),
    )


def _opinions(session: Session) -> dict[int, dict[int, bool]]:
    """Theme → revision → is it about the theme? A theme that was confirmed anywhere in a story is right for it."""
    query = (
        select(Coding.theme_id, Coding.revision_id, Coding.status)
        .join(Revision, col(Revision.id) == col(Coding.revision_id))
        .join(Story, (col(Story.id) == col(Revision.story_id)) & (col(Story.revision_number) == col(Revision.number)))
        .where(col(Coding.status).in_(("confirmed", "rejected")), Story.status != "withdrawn")
    )
    opinions: dict[int, dict[int, bool]] = defaultdict(dict)
    for theme_id, revision_id, status in session.exec(query):
        opinions[theme_id][revision_id] = status == "confirmed" or opinions[theme_id].get(revision_id, False)
    return opinions


def _is_due(held: ThemeLearning | None, n_decisions: int, pipeline_version: str) -> bool:
    if held is None or held.pipeline_version == pipeline_version:
        return is_due(n_decisions, held.n_decisions if held else 0)
    return is_due(n_decisions, 0) or held.n_decisions > 0


def _keep(
    session: Session,
    held: ThemeLearning | None,
    theme: Theme,
    pipeline_version: str,
    n_decisions: int,
    learned: LearnedTheme | None,
) -> None:
    """Store what was learned; too few decisions, or none that can be read, leave nothing learned."""
    row = held or ThemeLearning(theme_id=theme.row_id, pipeline_version="", n_decisions=0, coefficients=b"")
    is_enough = learned is not None and is_due(n_decisions, 0)
    row.pipeline_version = pipeline_version
    row.n_decisions = n_decisions if is_enough else 0
    row.coefficients = learned.coefficients.astype("<f8").tobytes() if learned and is_enough else b""
    row.learned_at = now()
    session.add(row)


def _replace_codings(
    session: Session,
    revision: Revision,
    reading: StoredReading,
    reader: ThemeReader,
    pipeline_version: str,
    theme_ids: Mapping[str, int],
) -> None:
    """Put new suggestions in the place of the old ones; what people decided stays."""
    is_suggestion = (
        col(Coding.revision_id) == revision.id,
        col(Coding.status) == "suggested",
        col(Coding.source) == "machine",
    )
    before = set(session.exec(select(Coding.theme_id).where(*is_suggestion)))
    decisions: Sequence[Coding] = [c for c in decided(session, Coding, revision) if isinstance(c, Coding)]
    session.execute(delete(Coding).where(*is_suggestion))
    suggested = reader.suggest(reading.text, sentences(reading.text), reading.passages, reading.embeddings)
    codings = [
        Coding(
            revision_id=revision.row_id, pipeline_version=pipeline_version, theme_id=theme_ids[theme.key],
            position=position, score=theme.score, start=span.start, end=span.end,
        )
        for position, theme in enumerate(suggested)
        for span in theme.evidence
    ]  # fmt: skip
    kept = [coding for coding in codings if not is_decided(coding, decisions)]
    session.add_all(kept)
    if {coding.theme_id for coding in kept} != before:
        touch(revision.story)
