"""The stories of a page as they are shown: title, score, and the passages that explain the find."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nlp.search.columns import StoredTexts
from nlp.search.fields import MEANING_FLOOR
from nlp.search.fusion import best_first
from nlp.search.meaning import closeness
from nlp.search.snapshot import Snapshot
from nlp.search.snippets import paragraphs, plain_snippet, snippets_by_words
from nlp.search.whoosh_ranking import Ranking
from nlp.search.whoosh_views import OpenGeneration
from nlp.search.whoosh_vocabulary import TextReader
from nlp.types import Audience, Hit, Snippet

# A story that goes between ranking and showing is shown as what is left of it, which is its id: the caller
# loads the story itself and checks access again.
_GONE = StoredTexts("", "", "", "", "", (), ())


def hit(texts: TextReader, snapshot: Snapshot, ranking: Ranking, position: int, score: float) -> Hit:
    """The story at this position with its best passages."""
    number = int(snapshot.numbers[position])
    stored = texts.texts(number) or _GONE
    passages = [*stored.passages] or paragraphs(stored.body)
    shown = snippets_by_words([*passages, stored.summary], ranking.idf_by_term)
    if not shown and passages:
        shown = (_snippet_by_meaning(snapshot, ranking, number, passages, stored.embedded),)
    return Hit(snapshot.story_ids[position], stored.title, score, shown)


def similar_hits(generation: OpenGeneration, story_id: str, audience: Audience, *, limit: int) -> list[Hit]:
    """Visible stories with passages close to this one's, closest first."""
    snapshot = generation.view().snapshot
    source = snapshot.position_of(story_id)
    visible = snapshot.visible(audience)
    if source is None or not visible[source]:
        return []
    passages = snapshot.passages
    own = passages.bounds(int(snapshot.numbers[source]))
    if own is None:
        return []
    visible[source] = False
    cosines = np.stack([_rounded(passages.similarities(v)) for v in passages.buffer[own[0] : own[1]]])
    best = np.maximum.reduceat(cosines, passages.starts, axis=1)
    positions = snapshot.passage_places
    stories = np.flatnonzero((positions >= 0) & visible[positions])
    scores = np.full(len(snapshot), -np.inf)
    scores[positions[stories]] = closeness(best[:, stories])
    near = [int(p) for p in best_first(scores)[:limit] if scores[p] >= MEANING_FLOOR]
    return [_similar_hit(generation, snapshot, cosines, position, float(scores[position])) for position in near]


def _similar_hit(
    texts: TextReader, snapshot: Snapshot, cosines: NDArray[np.float32], position: int, score: float
) -> Hit:
    number = int(snapshot.numbers[position])
    stored = texts.texts(number) or _GONE
    bounds = snapshot.passages.bounds(number)
    shown: tuple[Snippet, ...] = ()
    if bounds is not None and stored.embedded:
        nearest = int(cosines[:, bounds[0] : bounds[1]].max(axis=0).argmax())
        shown = (plain_snippet(stored.passages[stored.embedded[nearest]]),)
    return Hit(snapshot.story_ids[position], stored.title, score, shown)


def _snippet_by_meaning(
    snapshot: Snapshot, ranking: Ranking, number: int, passages: list[str], embedded: tuple[int, ...]
) -> Snippet:
    """The passage nearest to the query, or the first if meaning had no part in it."""
    bounds = snapshot.passages.bounds(number)
    if ranking.similarities is None or bounds is None or not embedded:
        return plain_snippet(passages[0])
    nearest = int(np.argmax(ranking.similarities[bounds[0] : bounds[1]]))
    return plain_snippet(passages[embedded[nearest]])


def _rounded(similarities: NDArray[np.float32] | None) -> NDArray[np.float32]:
    if similarities is None:
        raise ValueError("A story's own passages are always as wide as the index.")
    return similarities
