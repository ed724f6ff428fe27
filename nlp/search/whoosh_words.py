"""Reading words from Whoosh as arrays: postings, phrases and the lexicon, in the positions of a snapshot.

Whoosh scores one posting at a time in Python and its segments know nothing of rows that have gone, so its
searcher is not used: postings are read whole (nlp.search.whoosh_postings) and scored in nlp.search.bm25f. A posting
whose row is not in the snapshot (its story was deleted, or its new revision is not settled) is dropped here, before
anything sees it. Readers are opened anew after each change: reusing one (Whoosh's `refresh`) keeps segments
that were merged away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.index import FileIndex

from nlp.search.analyzer import Pattern
from nlp.search.bm25f import Mask, Postings
from nlp.search.fields import FIELDS, SHOWN_FIELDS
from nlp.search.snapshot import Snapshot
from nlp.search.suggestions import Lexicon, lexicon_of
from nlp.search.whoosh_postings import WORDS_IN_DOCUMENT, Documents, Places, SegmentPostings


class WordReader:
    """The words of one snapshot. One thread uses it at a time.

    Raises OSError if files of the index have gone.
    """

    def __init__(self, words: FileIndex, snapshot: Snapshot, kept: SegmentPostings) -> None:
        self._reader = words.reader()
        self._n_stories = len(snapshot)
        self._kept = kept
        self._leaves = [
            (leaf, snapshot.positions_of(kept.rows(leaf)))
            for leaf, _ in self._reader.leaf_readers()
            if leaf.doc_count_all()
        ]

    def close(self) -> None:
        """Close the files."""
        self._reader.close()

    def postings(self, term: str) -> Mapping[str, Postings]:
        """Field → where the term stands in it; fields without it are left out."""
        found = {}
        for field in FIELDS:
            parts = [
                _mapped(*self._documents(nth, field, term), places) for nth, (_, places) in enumerate(self._leaves)
            ]
            positions = np.concatenate([p.positions for p in parts]) if parts else np.zeros(0, dtype=np.intp)
            if len(positions):
                found[field] = Postings(positions, np.concatenate([p.frequencies for p in parts]))
        return found

    def having_any(self, terms: Iterable[str], fields: Iterable[str]) -> Mask:
        """Which stories have any of the terms in any of the fields, shape (n,)."""
        held = np.zeros(self._n_stories, dtype=bool)
        wanted = tuple(fields)
        for term in terms:
            for nth, (_, places) in enumerate(self._leaves):
                for field in wanted:
                    positions = places[self._documents(nth, field, term)[0]]
                    held[positions[positions >= 0]] = True
        return held

    def holding(
        self, pattern: Pattern, *, among: Mask, fields: Iterable[str] = SHOWN_FIELDS, window: int = 0
    ) -> Mask:
        """Which of these stories hold the phrase in one of the fields, shape (n,).

        window: if above zero, its terms need only stand within so many words, in any order.
        """
        held = np.zeros(self._n_stories, dtype=bool)
        for field in fields:
            for nth, (_, places) in enumerate(self._leaves):
                documents = self._documents_with_phrase(nth, field, pattern, among & ~held, window)
                held[places[documents]] = True
        return held

    def lexicon(self) -> Lexicon:
        """All terms of the index, of stories gone and hidden as well."""
        distinct = {term for leaf, _ in self._leaves for field in FIELDS for term in _field_terms(leaf, field)}
        return lexicon_of(sorted(distinct))

    def _documents(self, nth_leaf: int, field: str, term: str) -> Documents:
        """Where a term stands in a field of one segment."""
        return self._kept.documents(self._leaves[nth_leaf][0], field, term)

    def _documents_with_phrase(
        self, nth_leaf: int, field: str, pattern: Pattern, among: Mask, window: int
    ) -> NDArray[np.int64]:
        """Documents of one segment that hold the phrase in the field, if their stories are among these."""
        leaf, places = self._leaves[nth_leaf]
        listed = [self._documents(nth_leaf, field, term)[0] for term, _ in pattern.places]
        candidates = min(listed, key=len)
        candidates = candidates[(places[candidates] >= 0) & among[places[candidates]]]
        for numbers in listed:
            candidates = candidates[np.isin(candidates, numbers, assume_unique=True)]
        if len(pattern.places) > 1 and len(candidates):
            read = [(self._kept.places(leaf, field, term), offset) for term, offset in pattern.places]
            starts = _near([words for words, _ in read], window) if window else _in_order(read)
            candidates = candidates[np.isin(candidates, starts // WORDS_IN_DOCUMENT)]
        return candidates


def _field_terms(leaf: Any, field: str) -> list[str]:
    return [term.decode("utf-8") for term in leaf.lexicon(field)]


def _mapped(numbers: NDArray[np.int64], frequencies: NDArray[np.float32], places: NDArray[np.intp]) -> Postings:
    positions = places[numbers]
    known = positions >= 0
    return Postings(positions[known], frequencies[known])


def _in_order(read: Sequence[tuple[Places, int]]) -> Places:
    """Where phrases begin. read: of each of its terms, where it stands, and how far behind the first."""
    beginnings: list[Places] = sorted((words - offset for words, offset in read), key=len)
    return reduce(_both, beginnings)


def _near(read: Sequence[Places], window: int) -> Places:
    """The words from which on all terms stand within so many words. read: where each of the terms stands."""
    found = []
    for first in read:
        for other in read:
            nearest = np.append(other, np.iinfo(np.int64).max)[np.searchsorted(other, first)]
            # Compared with the sum, since the difference to the sentinel would not fit.
            first = first[nearest < first + window]
        found.append(first)
    return np.concatenate(found)


def _both(fewer: Places, more: Places) -> Places:
    """What stands in both. Each in order, each number once."""
    nearest = np.minimum(np.searchsorted(more, fewer), len(more) - 1)
    both: Places = fewer[more[nearest] == fewer]
    return both
