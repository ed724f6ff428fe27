"""Keeping the standing run true between two fits: new stories go into it, stories that went leave no word behind."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from nlp.topics.wording import heading
from webapp.models import Passage, Revision, Story, Topic, TopicAssignment, TopicRun
from webapp.services.access import ANYBODY, audience_for, visible_to
from webapp.services.topic_runs import is_current, standing_run
from webapp.services.topic_words import told_words, topic_texts

BATCH = 2000
# When a new run is proposed: each said with its numbers.
MIN_LATE = 30
_GROWN_BY = 1 / 3
_MORE_OUTLIERS = 0.15
_DRIFT = 0.08


@dataclass(frozen=True, slots=True)
class Standing:
    """How the standing run has fared since it was made."""

    n_late: int
    late_outlier_share: float
    outlier_share: float
    late_cosine: float
    reasons: tuple[str, ...]
    """Why a new run is proposed; none: it still serves."""


def keep_run(session: Session) -> int:
    """Bring the standing run up to date; gives how many passages came or went."""
    run = standing_run(session)
    if run is None:
        return 0
    return _take_out_hidden(session, run) + _put_in_new(session, run)


def standing_of(session: Session, run: TopicRun) -> Standing:
    """How the run has fared, by what anybody may read today."""
    counted = (
        select(
            TopicAssignment.is_late,
            col(TopicAssignment.topic_id).is_(None),
            func.count(),
            func.avg(TopicAssignment.cosine),
        )
        .join(Passage, col(TopicAssignment.passage_id) == col(Passage.id))
        .join(Revision, col(Passage.revision_id) == col(Revision.id))
        .join(Story, is_current())
        .where(TopicAssignment.run_id == run.row_id, visible_to(audience_for(ANYBODY)))
        .group_by(col(TopicAssignment.is_late), col(TopicAssignment.topic_id).is_(None))
    )
    counts = {(bool(late), bool(out)): (int(n), float(cosine or 0)) for late, out, n, cosine in session.exec(counted)}
    n = {key: counts.get(key, (0, 0.0))[0] for key in ((True, True), (True, False), (False, True), (False, False))}
    n_late, n_early = n[True, True] + n[True, False], n[False, True] + n[False, False]
    late_share = n[True, True] / n_late if n_late else 0.0
    early_share = n[False, True] / n_early if n_early else 0.0
    late_cosine = counts.get((True, False), (0, 0.0))[1]
    reasons = _reasons(run, n_late, n_early, late_share, early_share, late_cosine)
    if _is_another_embedder_used(session, run):
        reasons = ("The passages have been embedded by another model since.", *reasons)
    everything = n[True, True] + n[False, True]
    return Standing(n_late, late_share, everything / max(n_late + n_early, 1), late_cosine, reasons)


def _reasons(
    run: TopicRun, n_late: int, n_early: int, late_share: float, early_share: float, late_cosine: float
) -> tuple[str, ...]:
    if n_late < MIN_LATE:
        return ()
    found = []
    if n_late > n_early * _GROWN_BY:
        found.append(f"{n_late} passages have come since, beside the {n_early} that it was made from.")
    if late_share > early_share + _MORE_OUTLIERS:
        found.append(f"{late_share:.0%} of the passages that came since are in no topic; before, {early_share:.0%}.")
    if 0 < late_cosine < run.mean_cosine - _DRIFT:
        found.append(
            f"What came since lies farther from the topics' middles: a cosine of {late_cosine:.2f} instead of "
            f"{run.mean_cosine:.2f}."
        )
    return tuple(found)


def _take_out_hidden(session: Session, run: TopicRun) -> int:
    """Forget passages that nobody may read on the website any more, and the words that only they had."""
    shown = (
        select(Passage.id)
        .join(Revision, col(Passage.revision_id) == col(Revision.id))
        .join(Story, is_current())
        .where(visible_to(audience_for(ANYBODY)))
    )
    gone = (col(TopicAssignment.run_id) == run.row_id) & col(TopicAssignment.passage_id).not_in(shown)
    touched = set(session.exec(select(TopicAssignment.topic_id).where(gone).distinct()))
    n_gone = int(session.exec(select(func.count()).select_from(TopicAssignment).where(gone)).one())
    if not n_gone:
        return 0
    session.execute(delete(TopicAssignment).where(gone))
    for topic in session.exec(select(Topic).where(col(Topic.id).in_(touched - {None}))):
        texts = topic_texts(session, [topic.row_id])
        topic.words = list(told_words(topic, texts))
        topic.candidates = [given for given in topic.candidates if given[0] in topic.words]
        topic.label = heading(topic.words, number=topic.number)[:200]
        topic.n_passages = len(texts)
    session.flush()
    return n_gone


def _put_in_new(session: Session, run: TopicRun) -> int:
    """Give passages that came since a place in the run: the nearest topic, if they are near enough to it."""
    known = select(TopicAssignment.passage_id).where(TopicAssignment.run_id == run.row_id)
    new = (
        select(Passage.id, Passage.embedding)
        .join(Revision, col(Passage.revision_id) == col(Revision.id))
        .join(Story, is_current())
        .where(
            visible_to(audience_for(ANYBODY)),
            Passage.embedding_name == run.embedding_name,
            col(Passage.id).not_in(known),
        )
        .order_by(col(Passage.id))
        .limit(BATCH)
    )
    rows = session.exec(new).all()
    topics = list(session.exec(select(Topic).where(Topic.run_id == run.row_id).order_by(col(Topic.number))))
    if not rows or not topics:
        return 0
    session.add_all(_late_assignments(session, run, topics, [(row_id or 0, row) for row_id, row in rows]))
    session.flush()
    return len(rows)


def _late_assignments(
    session: Session, run: TopicRun, topics: list[Topic], rows: list[tuple[int, bytes]]
) -> Iterator[TopicAssignment]:
    middles = np.stack([np.frombuffer(topic.middle, "<f4") for topic in topics])
    cosines = np.stack([np.frombuffer(row, "<f4") for _, row in rows]) @ middles.T
    places = _places(session, run)
    for (passage_id, _), number, cosine in zip(rows, cosines.argmax(axis=1), cosines.max(axis=1), strict=True):
        topic = topics[int(number)]
        x, y = places.get(topic.row_id, (None, None))
        yield TopicAssignment(
            run_id=run.row_id,
            passage_id=passage_id,
            topic_id=topic.row_id if cosine >= topic.floor else None,
            cosine=float(cosine),
            x=x,
            y=y,
            is_late=True,
        )


def _places(session: Session, run: TopicRun) -> dict[int | None, tuple[float | None, float | None]]:
    """Topic → its middle on the map, where a passage that came later is drawn."""
    query = (
        select(TopicAssignment.topic_id, func.avg(TopicAssignment.x), func.avg(TopicAssignment.y))
        .where(TopicAssignment.run_id == run.row_id, col(TopicAssignment.topic_id).is_not(None))
        .group_by(col(TopicAssignment.topic_id))
    )
    return {topic_id: (x, y) for topic_id, x, y in session.exec(query)}


def _is_another_embedder_used(session: Session, run: TopicRun) -> bool:
    newest = session.exec(select(Passage.embedding_name).order_by(col(Passage.id).desc()).limit(1)).first()
    return newest is not None and newest != run.embedding_name
