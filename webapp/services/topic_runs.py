"""Runs of topic discovery: over what anybody may read on the website, each topic keeping its identity."""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, select

from nlp.topics import OUTLIER, OnProgress, TooFewPassages, Topics, Work, open_topic_model
from nlp.topics.readable import REASONS, require_readable, unreadable
from nlp.types import Matrix
from webapp.errors import Conflict, NotFound
from webapp.models import Mention, Passage, Revision, Story, Topic, TopicAssignment, TopicRun
from webapp.services.access import ANYBODY, audience_for, visible_to
from webapp.services.topic_identity import give_identities

OpenSession = Callable[[], AbstractContextManager[Session]]
Lemmas = Callable[[list[str]], Mapping[str, str]]
_FLOOR_PERCENTILE = 5


@dataclass(frozen=True, slots=True, eq=False)
class PassagesRead:
    """The passages that a run reads, in the order of their stories, with the names in them blanked out."""

    ids: list[int]
    story_ids: list[int]
    texts: list[str]
    embeddings: Matrix
    embedding_name: str

    @property
    def digest(self) -> str:
        """Of what was read: the same passages give the same."""
        hashed = hashlib.sha256(json.dumps([self.ids, self.texts]).encode("utf-8", "surrogatepass"))
        hashed.update(np.ascontiguousarray(self.embeddings).tobytes())
        return hashed.hexdigest()


def fit(
    open_session: OpenSession,
    *,
    on_progress: OnProgress,
    model_name: str = "consensus",
    seed: int = 1,
    n_topics: int | None = None,
    keep: Path | None = None,
    lemmas: Lemmas | None = None,
) -> int:
    """Discover topics and store them as a new run, which then stands; gives its id.

    keep: a folder for what is finished, so that a fit that was killed goes on from there. The database is not held
    while it is computed. Raises Conflict, saying what is missing, if topics cannot be discovered; the run that
    stands stays.
    """
    with open_session() as session:
        read = read_passages(session)
    reasons = _left_out(read)
    rows = np.asarray([index for index in range(len(read.ids)) if index not in reasons])
    texts = [read.texts[row] for row in rows]
    folder = keep / f"{read.digest[:16]}-{seed}" if keep else None
    topics = open_topic_model(model_name).fit(
        texts,
        read.embeddings[rows],
        seed=seed,
        n_topics=n_topics,
        documents=[read.story_ids[row] for row in rows],
        lemma_by_form=lemmas(texts) if lemmas else None,
        work=Work(keep=folder, on_progress=on_progress),
    )
    if not topics.topics:
        raise Conflict("Nothing in the passages stands together, so there is no topic to store. The last run stays.")
    with open_session() as session:
        run = store_run(session, read, topics, rows, left_out=Counter(reasons.values()))
        run_id = run.row_id
    _forget(folder)
    return run_id


def _left_out(read: PassagesRead) -> dict[int, str]:
    reasons = unreadable(read.texts)
    try:
        require_readable(read.texts, read.story_ids, reasons)
    except TooFewPassages as err:
        raise Conflict(str(err)) from err
    return reasons


def standing_run(session: Session) -> TopicRun | None:
    """The run that topics are shown of: the newest."""
    return session.exec(select(TopicRun).order_by(col(TopicRun.id).desc()).limit(1)).first()


def require_run(session: Session) -> TopicRun:
    """The run that topics are shown of; NotFound if there is none."""
    run = standing_run(session)
    if run is None:
        raise NotFound("No topics were discovered yet.")
    return run


def is_current() -> ColumnElement[bool]:
    """Joins a story with the revision that counts now."""
    return and_(col(Story.id) == col(Revision.story_id), col(Story.revision_number) == col(Revision.number))


def read_passages(session: Session) -> PassagesRead:
    """What anybody may read on the website, as far as the newest embedder has embedded it."""
    visible = visible_to(audience_for(ANYBODY))
    passages = (
        select(Passage, Story.id)
        .join(Revision, col(Passage.revision_id) == col(Revision.id))
        .join(Story, is_current())
        .where(visible)
    )
    newest = session.exec(passages.order_by(col(Passage.id).desc()).limit(1)).first()
    if newest is None:
        return PassagesRead([], [], [], np.zeros((0, 1), dtype=np.float32), "")
    # The embeddings of two models cannot be compared.
    name = newest[0].embedding_name
    rows = session.exec(
        passages.where(Passage.embedding_name == name).order_by(col(Story.id), col(Passage.position))
    ).all()
    texts = without_names(session)
    return PassagesRead(
        ids=[passage.row_id for passage, _ in rows],
        story_ids=[story_id or 0 for _, story_id in rows],
        texts=[texts[passage.revision_id][passage.start : passage.end] for passage, _ in rows],
        embeddings=np.stack([np.frombuffer(passage.embedding, dtype="<f4") for passage, _ in rows]),
        embedding_name=name,
    )


def without_names(session: Session, revision_ids: set[int] | None = None) -> dict[int, str]:
    """Revision id → its text, the names of people, places and organisations in it blanked out."""
    texts = select(Revision.id, Revision.text).join(Story, is_current()).where(visible_to(audience_for(ANYBODY)))
    mentions = (
        select(Mention.revision_id, Mention.start, Mention.end)
        .join(Revision, col(Mention.revision_id) == col(Revision.id))
        .join(Story, is_current())
        .where(col(Mention.label).in_(("PERSON", "PLACE", "ORG")), Mention.status != "rejected")
    )
    if revision_ids is not None:
        texts = texts.where(col(Revision.id).in_(revision_ids))
        mentions = mentions.where(col(Mention.revision_id).in_(revision_ids))
    spans: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for revision_id, start, end in session.exec(mentions):
        spans[revision_id].append((start, end))
    return {row_id: _blanked(text, spans[row_id]) for row_id, text in session.exec(texts) if row_id is not None}


def store_run(
    session: Session, read: PassagesRead, topics: Topics, rows: Any, *, left_out: Mapping[str, int]
) -> TopicRun:
    """Store what was discovered; passages and stories that went meanwhile are left out.

    rows: shape (n,), which of the passages read each of the fit's passages is.
    """
    still = set(read_passages(session).ids)
    middles = _middles(topics, read.embeddings[rows])
    cosines = _cosines(topics, read.embeddings[rows], middles)
    is_in = topics.labels != OUTLIER
    stabilities = np.asarray([topic.stability for topic in topics.topics])
    run = TopicRun(
        model_name=str(topics.manifest["model"]),
        manifest={**topics.manifest, **_what_was_read(read, left_out)},
        embedding_name=read.embedding_name,
        n_passages=len(rows),
        n_outliers=int((~is_in).sum()),
        stability=_number(stabilities[topics.labels[is_in]].mean()),
        mean_cosine=float(cosines[is_in].mean()),
        hierarchy=_hierarchy(middles),
    )
    session.add(run)
    session.flush()
    stored = _store_topics(session, run, read, topics, rows, middles, cosines)
    by_row = {int(row): index for index, row in enumerate(rows)}
    for position, passage_id in enumerate(read.ids):
        if passage_id in still:
            session.add(_assignment(run, passage_id, topics, cosines, stored, by_row.get(position)))
    session.flush()
    return run


def _store_topics(
    session: Session,
    run: TopicRun,
    read: PassagesRead,
    topics: Topics,
    rows: Any,
    middles: Matrix,
    cosines: Any,
) -> list[Topic]:
    passages = [[read.ids[row] for row in rows[topics.labels == t.number]] for t in topics.topics]
    identities = give_identities(session, run, passages, middles)
    stored = [
        Topic(
            run_id=run.row_id,
            identity_id=given.identity_id,
            fate=given.fate,
            sources=list(given.sources),
            number=topic.number,
            label=topic.label[:200],
            words=list(topic.words),
            candidates=[[c.word, list(c.forms), round(c.weight, 4)] for c in topic.candidates],
            n_passages=len(passages[topic.number]),
            stability=_number(topic.stability),
            middle=middles[topic.number].astype("<f4").tobytes(),
            floor=float(np.percentile(cosines[topics.labels == topic.number], _FLOOR_PERCENTILE)),
        )
        for topic, given in zip(topics.topics, identities, strict=True)
    ]
    session.add_all(stored)
    session.flush()
    return stored


def _assignment(
    run: TopicRun, passage_id: int, topics: Topics, cosines: Any, stored: list[Topic], index: int | None
) -> TopicAssignment:
    """index: the passage's place in the fit; None if it could not be read."""
    made = TopicAssignment(run_id=run.row_id, passage_id=passage_id)
    if index is None:
        return made
    number = int(topics.labels[index])
    made.topic_id = stored[number].row_id if number != OUTLIER else None
    made.cosine = float(cosines[index])
    if len(topics.coordinates):
        made.x, made.y = (round(float(value), 4) for value in topics.coordinates[index])
    return made


def _middles(topics: Topics, embeddings: Matrix) -> Matrix:
    """Shape (topics, d), rows of unit length."""
    means = np.stack([embeddings[topics.labels == topic.number].mean(axis=0) for topic in topics.topics])
    return np.asarray(means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9), dtype=np.float32)


def _cosines(topics: Topics, embeddings: Matrix, middles: Matrix) -> Any:
    """Shape (n,): each passage's to its topic's middle; an outlier's to the nearest one."""
    every = embeddings @ middles.T
    own = every[np.arange(len(every)), np.maximum(topics.labels, 0)]
    return np.where(topics.labels == OUTLIER, every.max(axis=1), own)


def _hierarchy(middles: Matrix) -> list[list[float]]:
    """Joins by average linkage over cosine distance."""
    if len(middles) < 2:
        return []
    from scipy.cluster.hierarchy import linkage

    return [[float(a), float(b), round(float(d), 4)] for a, b, d, _ in linkage(middles, "average", metric="cosine")]


def _what_was_read(read: PassagesRead, left_out: Mapping[str, int]) -> dict[str, Any]:
    return {
        "embedding_name": read.embedding_name,
        "n_stories": len(set(read.story_ids)),
        "left_out": {REASONS[reason]: n for reason, n in left_out.items()},
        "read_sha256": read.digest,
    }


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _number(value: Any) -> float | None:
    return None if value != value else float(value)


def _forget(folder: Path | None) -> None:
    """A finished fit needs its parts no more."""
    if folder is not None and folder.exists():
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()
