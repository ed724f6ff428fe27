"""Counting how many of the stories that were found have which value of each facet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.types import FACETS

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class FacetColumn:
    """All values of one facet: story at position owners[i] has values[codes[i]], each pair once.

    values: in alphabetical order. owners, codes: shape (m,), int32, in no particular order.
    """

    values: tuple[str, ...]
    owners: NDArray[np.int32]
    codes: NDArray[np.int32]

    def having(self, wanted: Iterable[str], n_stories: int) -> Mask:
        """Which stories have any of the wanted values, shape (n_stories,)."""
        chosen = frozenset(wanted)
        is_chosen = np.array([value in chosen for value in self.values], dtype=bool)
        stories = np.zeros(n_stories, dtype=bool)
        stories[self.owners[is_chosen[self.codes]]] = True
        return stories

    def accepted(self, accepts: Callable[[str], bool], n_stories: int) -> Mask:
        """Which stories have a value that is accepted, shape (n_stories,)."""
        return self.having([value for value in self.values if accepts(value)], n_stories)

    def counts(self, among: Mask) -> tuple[tuple[str, int], ...]:
        """(value, stories among these that have it), most frequent first, then by value; none with zero."""
        n_by_code = np.bincount(self.codes[among[self.owners]], minlength=len(self.values))
        present = np.flatnonzero(n_by_code)
        ordered = present[np.argsort(-n_by_code[present], kind="stable")].tolist()
        return tuple(zip(map(self.values.__getitem__, ordered), n_by_code[ordered].tolist(), strict=True))


def facet_column(values_by_story: Sequence[Iterable[str]]) -> FacetColumn:
    """The column of a facet whose values are given story by story."""
    pairs = [(owner, value) for owner, values in enumerate(values_by_story) for value in dict.fromkeys(values)]
    values = tuple(sorted({value for _, value in pairs}))
    code_by_value = {value: code for code, value in enumerate(values)}
    owners = np.array([owner for owner, _ in pairs], dtype=np.int32)
    return FacetColumn(values, owners, np.array([code_by_value[value] for _, value in pairs], dtype=np.int32))


def joined(first: FacetColumn, second: FacetColumn, *, n_first: int) -> FacetColumn:
    """The column of the first one's n_first stories followed by those of the second."""
    values = tuple(sorted({*first.values, *second.values}))
    code_by_value = {value: code for code, value in enumerate(values)}
    recoded = [
        np.array([code_by_value[value] for value in column.values], dtype=np.int32)[column.codes]
        for column in (first, second)
    ]
    owners = np.concatenate([first.owners, second.owners + np.int32(n_first)])
    return FacetColumn(values, owners, np.concatenate(recoded))


def filter_masks(
    columns: Mapping[str, FacetColumn], filters: Mapping[str, tuple[str, ...]], n_stories: int
) -> dict[str, Mask]:
    """For each facet with chosen values, which stories have one.

    Raises ValueError for an unknown facet.
    """
    unknown = sorted(set(filters) - set(FACETS))
    if unknown:
        raise ValueError(f"No facet is called {unknown[0]!r}; there are {', '.join(FACETS)}.")
    return {name: columns[name].having(values, n_stories) for name, values in filters.items() if values}


def filtered(scores: NDArray[np.float64], chosen: Mapping[str, Mask]) -> NDArray[np.float64]:
    """The scores with -inf for what a filter leaves out, shape (n_stories,)."""
    for mask in chosen.values():
        scores = np.where(mask, scores, -np.inf)
    return scores


def count_facets(
    columns: Mapping[str, FacetColumn], found: Mask, chosen: Mapping[str, Mask]
) -> dict[str, tuple[tuple[str, int], ...]]:
    """The counts of every facet, each over what was found under the filters of all the others.

    So a person sees what another value of the same facet would give. found: before any filter, shape
    (n_stories,).
    """
    counts = {}
    for name in FACETS:
        among = found
        for other, mask in chosen.items():
            if other != name:
                among = among & mask
        counts[name] = columns[name].counts(among)
    return counts
