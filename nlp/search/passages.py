"""The embeddings of all passages in one matrix, so that one product compares a query with all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.types import Matrix, Vector

_MOST_DEAD = 0.25
_ROOM_TO_GROW = 1.1
"""So that a story more does not mean copying all others."""

_DECIMALS = 5
"""Cosines are compared to five decimals: beyond, they depend on the order in which a processor adds."""


@dataclass(frozen=True, slots=True)
class PassageMatrix:
    """Vectors story by story, in the order in which stories came; those of stories that went may still be
    there.

    buffer: shape (capacity, d), of which the first n_used rows are this matrix. Rows beyond are free, and
    belong to whichever matrix follows this one; there is only ever one that does, since one thread advances
    a snapshot. owners: shape (s,), the row number of each story with passages. starts: shape (s,), where its
    vectors begin.
    """

    buffer: Matrix
    n_used: int
    owners: NDArray[np.int64]
    starts: NDArray[np.int64]

    @classmethod
    def empty(cls) -> PassageMatrix:
        """A matrix without passages."""
        none = np.zeros(0, dtype=np.int64)
        return cls(np.zeros((0, 0), dtype=np.float32), 0, none, none)

    def extended(self, stories: Iterable[tuple[int, Matrix]]) -> PassageMatrix:
        """The matrix with the vectors of these stories too, given as (row number, shape (p, d)) pairs."""
        embedded = [(number, vectors) for number, vectors in stories if len(vectors)]
        if not embedded:
            return self
        counts = np.array([len(vectors) for _, vectors in embedded], dtype=np.int64)
        buffer = self._with_room(int(counts.sum()), embedded[0][1].shape[1])
        starts = self.n_used + np.concatenate([[0], np.cumsum(counts)[:-1]])
        for (_, vectors), start in zip(embedded, starts, strict=True):
            buffer[start : start + len(vectors)] = vectors
        owners = np.array([number for number, _ in embedded], dtype=np.int64)
        # A row whose columns changed comes again with the same number; its earlier vectors lose their owner.
        earlier = np.where(np.isin(self.owners, owners), -1, self.owners)
        return PassageMatrix(
            buffer,
            self.n_used + int(counts.sum()),
            np.concatenate([earlier, owners]),
            np.concatenate([self.starts, starts]),
        )

    def compacted(self, living: NDArray[np.int64]) -> PassageMatrix:
        """The matrix without the stories that went, if they have become many; otherwise itself."""
        lives = np.isin(self.owners, living)
        counts = np.diff(self.starts, append=self.n_used)
        n_dead = int(counts[~lives].sum())
        if n_dead <= _MOST_DEAD * self.n_used:
            return self
        kept = self.buffer[: self.n_used][np.repeat(lives, counts)]
        starts = np.concatenate([[0], np.cumsum(counts[lives])[:-1]]) if lives.any() else self.starts[:0]
        return PassageMatrix(kept, len(kept), self.owners[lives], starts.astype(np.int64))

    def similarities(self, query: Vector | None) -> Vector | None:
        """The cosine of the query to every passage, shape (n_used,); None if they cannot be compared."""
        if query is None or not self.n_used or len(query) != self.buffer.shape[1]:
            return None
        # Row by row on one core: memory is the limit anyway, and a matrix product would wake a thread on
        # every core and wait for the slowest, which doubles the slow requests of a busy server.
        cosines = np.vecdot(self.buffer[: self.n_used], query)
        return np.asarray(np.round(cosines, _DECIMALS), dtype=np.float32)

    def best_by_story(self, similarities: Vector) -> Vector:
        """The best of each story's passages, shape (s,), in the order of `owners`."""
        return np.maximum.reduceat(similarities, self.starts)

    def bounds(self, number: int) -> tuple[int, int] | None:
        """[start, end) of the vectors of the story with this row number."""
        found = np.flatnonzero(self.owners == number)
        if not len(found):
            return None
        story = int(found[0])
        end = self.starts[story + 1] if story + 1 < len(self.starts) else self.n_used
        return int(self.starts[story]), int(end)

    def _with_room(self, n_more: int, width: int) -> Matrix:
        if self.n_used + n_more <= len(self.buffer):
            return self.buffer
        capacity = int((self.n_used + n_more) * _ROOM_TO_GROW)
        buffer = np.empty((capacity, width), dtype=np.float32)
        if self.n_used:
            buffer[: self.n_used] = self.buffer[: self.n_used]
        return buffer
