"""What is known of a query beyond its words, as scores of stories: both engines rank by these alike."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from nlp.gazetteer.counties import counties_of
from nlp.gazetteer.names import name_key
from nlp.search.facets import FacetColumn
from nlp.search.language import Knowledge, Query
from nlp.types import Vector

SEPARATOR = " / "
"""Between the names of a place's path (see webapp.services.places)."""


def change_asked(query: Query) -> Vector | None:
    """What a story's changes are compared with: the arrow, said as they are said, else the query itself."""
    return query.embedding if query.turn_embedding is None else query.turn_embedding


def change_weight(query: Query) -> float:
    """How much it counts that a change in a story is near to the query in meaning.

    Twice as much where the query itself tells of a change, for then it is what was asked; half as much where an arrow
    is answered side by side already.
    """
    return (2.0 if query.knowledge.tells_change else 1.0) * (0.5 if query.turn else 1.0)


def theme_scores(
    asked: Mapping[str, float], by_theme: Mapping[str, NDArray[np.float32]], n: int
) -> NDArray[np.float64]:
    """How far each story is about what is asked: Σ over themes of asked · story's score, -inf for not at all."""
    total = np.zeros(n)
    for key, weight in asked.items():
        if key in by_theme:
            total += weight * by_theme[key]
    return np.where(total > 0, np.round(total, 6), -np.inf)


@lru_cache(maxsize=1 << 14)
def _keys_of(path: str) -> frozenset[str]:
    """The keys of all names that a place of this path is known by, its own and those of its counties."""
    names = path.split(SEPARATOR)
    return frozenset(name_key(name) for name in (names[-1], *counties_of(names)))


def place_scores(knowledge: Knowledge, column: FacetColumn, n: int) -> NDArray[np.float64]:
    """1 for stories from a place that the query names, -inf for the others, shape (n,)."""
    wanted = frozenset(knowledge.places)
    if not wanted:
        # Most queries name none, and there may be thousands of places to compare with.
        return np.full(n, -np.inf)
    inside = column.accepted(lambda path: not wanted.isdisjoint(_keys_of(path)), n)
    return np.where(inside, 1.0, -np.inf)
