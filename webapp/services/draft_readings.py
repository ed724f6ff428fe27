"""What the machine reads in a draft while somebody writes: a page asks, the worker answers, the page looks again.

The site does not load the language pipeline: it would take another 210 MB beside the worker's (measured: 272 MB
become 483) and a quarter of a second of one core for each pause in typing.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
from sqlalchemy import and_, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

import nlp.types
from nlp.language_detection import ENGLISH, language_name
from nlp.search.meaning import closeness
from nlp.text import normalise
from webapp.errors import TurnstoneError
from webapp.models import Draft, DraftReading, Passage, Revision, Story, User, now
from webapp.services.access import ANYBODY, Actor, actor_of, audience_for
from webapp.services.contributions import own_stories
from webapp.services.draft_likeness import MIN_CLOSENESS, query_of, shared_part
from webapp.services.search import Finder, search
from webapp.services.stories import stories_by_external_id
from webapp.services.themes import themes_by_key

FEWEST_WORDS = 8
"""A shorter text tells the machine nothing that its writer does not see."""
FORGOTTEN_AFTER = timedelta(minutes=10)
"""What was asked for longer ago is read when somebody asks anew."""
MOST_LIKE_IT = 3


__all__ = ["DraftReading", "ask", "store", "stories_like_draft", "waiting"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A text that waits to be read."""

    draft_id: int
    title: str
    text: str
    text_hash: str


def ask(session: Session, draft: Draft, *, title: str, text: str) -> DraftReading | None:
    """The reading of a draft's present words, which may still wait; None where there is too little to read."""
    text = normalise(text)
    if len(text.split()) < FEWEST_WORDS:
        return None
    text_hash = hashlib.sha256(f"{title}\x00{text}".encode("utf-8", "surrogatepass")).hexdigest()
    row = session.get(DraftReading, draft.row_id)
    if row is not None and row.text_hash == text_hash and (row.read_at is not None or _is_fresh(row)):
        return row
    asked: dict[str, Any] = {"title": title[:300], "text": text, "text_hash": text_hash, "asked_at": now()}
    if row is None:
        try:
            with session.begin_nested():
                session.add(DraftReading(draft_id=draft.row_id, **asked))
        except IntegrityError:
            pass  # Another field was saved at the same moment and asked first; below its row is brought up to date.
        row = session.get_one(DraftReading, draft.row_id)
    for name, value in {**asked, "found": {}, "read_at": None}.items():
        setattr(row, name, value)
    session.flush()
    return row


def waiting(session: Session, *, limit: int = 4) -> list[Asked]:
    """What was asked lately and not read yet, the oldest first."""
    query = select(DraftReading).where(
        col(DraftReading.read_at).is_(None), col(DraftReading.asked_at) > now() - FORGOTTEN_AFTER
    )
    rows = session.exec(query.order_by(col(DraftReading.asked_at)).limit(limit))
    return [Asked(row.draft_id, row.title, row.text, row.text_hash) for row in rows]


def store(session: Session, finder: Finder, asked: Asked, analysis: nlp.types.Analysis | None) -> None:
    """Keep what was read, unless the draft says something else by now. analysis: None if reading failed."""
    row = session.get(DraftReading, asked.draft_id)
    draft = session.get(Draft, asked.draft_id)
    if row is None or draft is None or row.text_hash != asked.text_hash:
        return
    found: dict[str, Any] = {"failed": True}
    if analysis is not None:
        found = {**_told(session, analysis), "like_it": _like_it(session, finder, draft, asked, analysis)}
    # Written only now, and only where it still fits: while stories like it were looked for, nobody had to wait, and
    # the draft may have been sent, thrown away or written on.
    is_same = and_(col(DraftReading.draft_id) == asked.draft_id, col(DraftReading.text_hash) == asked.text_hash)
    session.execute(update(DraftReading).where(is_same).values(found=found, read_at=now()))


def stories_like_draft(session: Session, actor: Actor, found: Mapping[str, Any]) -> list[tuple[Story, float]]:
    """(story, how much of it the draft says in the same words) of stories like it that the actor may see now."""
    like_it = found.get("like_it", [])
    visible = stories_by_external_id(session, audience_for(actor), [one["id"] for one in like_it])
    visible.update({story.external_id: story for story in own_stories(session, actor) if story.status != "withdrawn"})
    return [(visible[one["id"]], one["shared"]) for one in like_it if one["id"] in visible]


def _told(session: Session, analysis: nlp.types.Analysis) -> dict[str, Any]:
    names = themes_by_key(session, [theme.key for theme in analysis.themes])
    return {
        "language": None if analysis.language == ENGLISH else language_name(analysis.language),
        "themes": [
            {"name": names[theme.key].name, "score": round(theme.score, 2)}
            for theme in analysis.themes
            if theme.key in names
        ],
        "turns": [
            {
                "from_phrase": event.from_.text if event.from_ else None,
                "to_phrase": event.to.text,
                "from_category": event.from_category,
                "to_category": event.to_category,
                "sentence": event.sentence.text,
            }
            for event in analysis.repurposings
        ],
        "personal_data": [
            {"kind": kind, "text": words}
            for kind, words in dict.fromkeys((datum.kind, datum.text) for datum in analysis.personal_data)
        ],
    }


def _like_it(
    session: Session, finder: Finder, draft: Draft, asked: Asked, analysis: nlp.types.Analysis
) -> list[dict[str, Any]]:
    """Stories that say much in the same words, then stories close in meaning; never the one that is corrected."""
    actor = _writer(session, draft)
    candidates = {story.row_id: story for story in _found(session, finder, actor, asked)}
    own = own_stories(session, actor)[:50]
    candidates.update({story.row_id: story for story in own if story.status != "withdrawn"})
    candidates.pop(draft.story_id or 0, None)
    close = _closeness_to(session, list(candidates), analysis)
    told: list[dict[str, Any]] = []
    for story_id, story in candidates.items():
        shared = shared_part(analysis.text, story.current_revision.text)
        near = close.get(story_id, 0.0)
        if shared or near >= MIN_CLOSENESS:
            told.append({"id": story.external_id, "shared": round(shared, 2), "close": round(near, 3)})
    return sorted(told, key=lambda one: (-one["shared"], -one["close"]))[:MOST_LIKE_IT]


def _found(session: Session, finder: Finder, actor: Actor, asked: Asked) -> Iterable[Story]:
    try:
        result = search(session, finder, actor, query_of(asked.title, asked.text), limit=8)
    except TurnstoneError:
        # The index cannot be asked just now; the rest of the reading stands without it.
        return []
    return [found.story for found in result.found]


def _closeness_to(session: Session, story_ids: Sequence[int], analysis: nlp.types.Analysis) -> dict[int, float]:
    """Story id → how close it is in meaning to what was read; only of stories embedded with the same model."""
    if not len(analysis.embeddings):
        return {}
    is_current = and_(col(Revision.story_id) == col(Story.id), col(Revision.number) == col(Story.revision_number))
    query = (
        select(Story.id, Passage.embedding)
        .join_from(Story, Revision, is_current)
        .join(Passage, col(Passage.revision_id) == col(Revision.id))
        .where(col(Story.id).in_(story_ids), Passage.embedding_name == analysis.embedding_name)
    )
    vectors: dict[int, list[Any]] = {}
    for story_id, embedding in session.exec(query):
        vectors.setdefault(story_id or 0, []).append(np.frombuffer(embedding, dtype="<f4"))
    return {
        story_id: float(closeness((analysis.embeddings @ np.stack(own).T).max(axis=1, keepdims=True))[0])
        for story_id, own in vectors.items()
    }


def _writer(session: Session, draft: Draft) -> Actor:
    if draft.owner_id is not None:
        return actor_of(session.get_one(User, draft.owner_id))
    return Actor(ANYBODY.id, ANYBODY.name, drafts=frozenset({draft.key}))


def _is_fresh(row: DraftReading) -> bool:
    return row.asked_at > now() - FORGOTTEN_AFTER / 2
