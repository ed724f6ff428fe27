"""The columns of all stories as numpy arrays, as they were at one change, and how the next snapshot comes of
it.

Stories stand in the order of their ids. A snapshot never changes, so any number of threads may read one; the
next one takes over what is the same and adds what is new.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from nlp.search.columns import Row
from nlp.search.facets import FacetColumn, facet_column, joined
from nlp.search.fields import FIELDS
from nlp.search.passages import PassageMatrix
from nlp.types import FACETS, Audience

Mask = NDArray[np.bool_]
Positions = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """n stories. Arrays of shape (n,), lengths of shape (n, fields).

    numbers: the row of each story. published: proleptic ordinals, 0 for unknown. evidence: see
    nlp.search.sorting. facts: tuples of StoredFact. themes: key → score of each story. until_by_use: the first day
    on which the use is no longer agreed, 0 where it never was. passage_places, repurposing_places: where the
    story of each owner of such vectors stands, -1 for one that is gone; kept, since every query asks for it.
    """

    change: int
    story_ids: NDArray[np.object_]
    numbers: NDArray[np.int64]
    published: NDArray[np.int32]
    evidence: NDArray[np.int32]
    facts: NDArray[np.object_]
    themes: dict[str, NDArray[np.float32]]
    has_quote: Mask
    lengths: NDArray[np.float64]
    until_by_use: dict[str, NDArray[np.int32]]
    facets: dict[str, FacetColumn]
    passages: PassageMatrix
    repurposings: PassageMatrix
    passage_places: Positions
    repurposing_places: Positions

    def __len__(self) -> int:
        return len(self.numbers)

    def visible(self, audience: Audience) -> Mask:
        """Which stories the audience may see."""
        seen = np.zeros(len(self), dtype=bool)
        for use in audience.uses:
            if use in self.until_by_use:
                seen |= self.until_by_use[use] > audience.day.toordinal()
        return seen

    def positions_of(self, numbers: NDArray[np.int64]) -> Positions:
        """Where the stories with these rows stand, -1 for rows that are none of this snapshot's."""
        return _positions(self.numbers, numbers)

    def position_of(self, story_id: str) -> int | None:
        """Where this story stands, if it is here."""
        found = np.flatnonzero(self.story_ids == story_id)
        return int(found[0]) if len(found) else None


def empty_snapshot() -> Snapshot:
    """A snapshot without stories, from before the first change."""
    return _of_rows([])


def advanced(snapshot: Snapshot, *, change: int, rows: Sequence[Row], removed: Sequence[int]) -> Snapshot:
    """The snapshot after a change, in which these rows came or changed and those went."""
    new = _of_rows(rows)
    passages = snapshot.passages.extended((row.number, row.vectors) for row in rows)
    repurposings = snapshot.repurposings.extended((row.number, row.repurposings) for row in rows)
    gone = np.concatenate([np.array(removed, dtype=np.int64), new.numbers])
    kept = _taken(snapshot, np.flatnonzero(~np.isin(snapshot.numbers, gone)))
    both = _joined(kept, new)
    ordered = _taken(both, np.argsort(both.story_ids, kind="stable"))
    passages, repurposings = passages.compacted(ordered.numbers), repurposings.compacted(ordered.numbers)
    return replace(
        ordered,
        change=change,
        passages=passages,
        repurposings=repurposings,
        passage_places=ordered.positions_of(passages.owners),
        repurposing_places=ordered.positions_of(repurposings.owners),
    )


def _of_rows(rows: Sequence[Row]) -> Snapshot:
    uses = sorted({use for row in rows for use in row.uses})
    themes = sorted({key for row in rows for key in row.themes})
    return Snapshot(
        change=-1,
        story_ids=np.array([row.story_id for row in rows], dtype=object),
        numbers=np.array([row.number for row in rows], dtype=np.int64),
        published=np.array([row.published for row in rows], dtype=np.int32),
        evidence=np.array([row.evidence for row in rows], dtype=np.int32),
        facts=_objects([row.facts for row in rows]),
        themes={key: np.array([row.themes.get(key, 0.0) for row in rows], dtype=np.float32) for key in themes},
        has_quote=np.array([row.has_quote for row in rows], dtype=bool),
        lengths=np.array([row.lengths for row in rows], dtype=np.float64).reshape(-1, len(FIELDS)),
        until_by_use={use: np.array([row.uses.get(use, 0) for row in rows], dtype=np.int32) for use in uses},
        facets={name: facet_column([row.facets.get(name, ()) for row in rows]) for name in FACETS},
        passages=PassageMatrix.empty(),
        repurposings=PassageMatrix.empty(),
        passage_places=np.zeros(0, dtype=np.intp),
        repurposing_places=np.zeros(0, dtype=np.intp),
    )


def _taken(snapshot: Snapshot, order: Positions) -> Snapshot:
    """The stories at these positions, in this order."""
    moved = np.full(len(snapshot), -1, dtype=np.int32)
    moved[order] = np.arange(len(order), dtype=np.int32)
    return replace(
        snapshot,
        story_ids=snapshot.story_ids[order],
        numbers=snapshot.numbers[order],
        published=snapshot.published[order],
        evidence=snapshot.evidence[order],
        facts=snapshot.facts[order],
        themes={key: scores[order] for key, scores in snapshot.themes.items()},
        has_quote=snapshot.has_quote[order],
        lengths=snapshot.lengths[order],
        until_by_use={use: until[order] for use, until in snapshot.until_by_use.items()},
        facets={name: _moved(column, moved) for name, column in snapshot.facets.items()},
    )


def _moved(column: FacetColumn, moved: NDArray[np.int32]) -> FacetColumn:
    owners = moved[column.owners]
    stays = owners >= 0
    return FacetColumn(column.values, owners[stays], column.codes[stays])


def _joined(first: Snapshot, second: Snapshot) -> Snapshot:
    """The stories of both, those of the second after those of the first."""
    uses = sorted(first.until_by_use.keys() | second.until_by_use.keys())
    themes = sorted(first.themes.keys() | second.themes.keys())
    return replace(
        first,
        story_ids=np.concatenate([first.story_ids, second.story_ids]),
        numbers=np.concatenate([first.numbers, second.numbers]),
        published=np.concatenate([first.published, second.published]),
        evidence=np.concatenate([first.evidence, second.evidence]),
        facts=np.concatenate([first.facts, second.facts]),
        themes={key: np.concatenate([_themes(first, key), _themes(second, key)]) for key in themes},
        has_quote=np.concatenate([first.has_quote, second.has_quote]),
        lengths=np.concatenate([first.lengths, second.lengths]),
        until_by_use={use: np.concatenate([_until(first, use), _until(second, use)]) for use in uses},
        facets={name: joined(first.facets[name], second.facets[name], n_first=len(first)) for name in FACETS},
    )


def _until(snapshot: Snapshot, use: str) -> NDArray[np.int32]:
    return snapshot.until_by_use.get(use, np.zeros(len(snapshot), dtype=np.int32))


def _themes(snapshot: Snapshot, key: str) -> NDArray[np.float32]:
    return snapshot.themes.get(key, np.zeros(len(snapshot), dtype=np.float32))


def _objects(values: Sequence[object]) -> NDArray[np.object_]:
    """An array of these objects, however long they are, shape (n,)."""
    column = np.empty(len(values), dtype=object)
    for position, value in enumerate(values):
        column[position] = value
    return column


def _positions(held: NDArray[np.int64], wanted: NDArray[np.int64]) -> Positions:
    if not len(held):
        return np.full(len(wanted), -1, dtype=np.intp)
    order = np.argsort(held)
    places = np.minimum(np.searchsorted(held, wanted, sorter=order), len(held) - 1)
    return np.where(held[order[places]] == wanted, order[places], -1)
