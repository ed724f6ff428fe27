"""Which topic of a new run is which of an earlier one: kept, new, vanished, split or merged."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from nlp.types import Matrix

LEAST_LIKENESS = 0.4
"""Below this, two topics are two; half of the passages in common with a near middle gives about 0.6."""
LEAST_SHARE = 0.3
"""A topic that gives this much of itself to another is one of its sources."""
_WEIGHT_OF_PASSAGES = 0.7


@dataclass(frozen=True, slots=True)
class RunTopic:
    """A topic as it is compared: who is in it, and where its middle is (unit length)."""

    passages: Collection[Hashable]
    middle: Sequence[float]


@dataclass(frozen=True, slots=True)
class Matching:
    """How two runs compare; topics are named by their positions."""

    kept: dict[int, int]
    """New topic → the old one that it is, one to one."""
    sources: dict[int, tuple[int, ...]]
    """New topic → the old ones that gave it a fair part of themselves, the largest part first."""
    vanished: tuple[int, ...]
    """Old topics that no new one is."""

    def fate(self, new: int) -> str:
        """'kept', 'merged' (kept, and others went into it), 'split' (a part of an old one), or 'new'."""
        sources = self.sources.get(new, ())
        if new in self.kept:
            return "merged" if any(old in self.vanished for old in sources) else "kept"
        return "split" if sources else "new"


def match_topics(old: Sequence[RunTopic], new: Sequence[RunTopic], *, same_space: bool = True) -> Matching:
    """One old topic for each new one where they are alike enough, the best pairs over all.

    Likeness = 0.7 · (shared / all passages of the two) + 0.3 · cosine of their middles, among passages that both
    runs read. same_space: False if the embeddings are of different models, which cannot be compared.
    Assignment: Kuhn (1955), "The Hungarian method for the assignment problem".
    """
    from scipy.optimize import linear_sum_assignment

    if not old or not new:
        return Matching({}, {}, tuple(range(len(old))))
    jaccard, given = _overlaps(old, new)
    likeness = jaccard
    if same_space:
        middles = np.asarray([t.middle for t in old]) @ np.asarray([t.middle for t in new]).T
        likeness = _WEIGHT_OF_PASSAGES * jaccard + (1 - _WEIGHT_OF_PASSAGES) * np.clip(middles, 0, 1)
    rows, columns = linear_sum_assignment(-likeness)
    kept = {
        int(j): int(i)
        for i, j in zip(rows, columns, strict=True)
        if likeness[i, j] >= LEAST_LIKENESS and jaccard[i, j] > 0
    }
    sources = {
        j: tuple(int(i) for i in np.argsort(-given[:, j], kind="stable") if given[i, j] >= LEAST_SHARE)
        for j in range(len(new))
    }
    gone = tuple(i for i in range(len(old)) if i not in kept.values())
    return Matching(kept, sources, gone)


def _overlaps(old: Sequence[RunTopic], new: Sequence[RunTopic]) -> tuple[Matrix, Matrix]:
    """(Jaccard index, share of the old topic that went to the new), each of shape (old, new)."""
    known = set().union(*(t.passages for t in old)) & set().union(*(t.passages for t in new))
    befores = [known.intersection(t.passages) for t in old]
    afters = [known.intersection(t.passages) for t in new]
    shared = np.asarray([[len(before & after) for after in afters] for before in befores], dtype=np.float32)
    n_old = np.asarray([[len(before)] for before in befores], dtype=np.float32)
    n_new = np.asarray([len(after) for after in afters], dtype=np.float32)
    jaccard = shared / np.maximum(n_old + n_new - shared, 1)
    return jaccard.astype(np.float32), (shared / np.maximum(n_old, 1)).astype(np.float32)
