"""Reading words from Whoosh as arrays: postings, phrases and the lexicon, in the positions of a snapshot.

Whoosh scores one posting at a time in Python and its segments know nothing of rows that have gone, so its
searcher is not used: postings are read block by block and scored in nlp.search.bm25f. A posting whose row is
not in the snapshot (its story was deleted, or its new revision is not settled) is dropped here, before
anything sees it. Readers are opened anew after each change: reusing one (Whoosh's `refresh`) keeps segments
that were merged away.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3LeafMatcher
from whoosh.index import FileIndex
from whoosh.matching.wrappers import FilterMatcher
from whoosh.reading import TermNotFound

from nlp.search.analyzer import Pattern, is_within
from nlp.search.bm25f import Mask, Postings
from nlp.search.fields import FIELDS, SHOWN_FIELDS
from nlp.search.snapshot import Snapshot
from nlp.search.suggestions import Lexicon, lexicon_of
from nlp.search.whoosh_schema import ROW_COLUMN

RowsBySegment = dict[str, NDArray[np.int64]]
"""Name of a segment → the row of each of its documents; shared by the readers of one generation."""

_Documents = tuple[NDArray[np.int64], NDArray[np.float32]]
_MOST_KEPT = 2_000_000
"""Postings that a reader keeps decoded: at twelve bytes each, 24 MB."""


class WordReader:
    """The words of one snapshot. One thread uses it at a time.

    Raises OSError if files of the index have gone.
    """

    def __init__(self, words: FileIndex, snapshot: Snapshot, rows_by_segment: RowsBySegment) -> None:
        self._reader = words.reader()
        self._n_stories = len(snapshot)
        self._documents_by_term: dict[tuple[int, str, str], _Documents] = {}
        self._n_kept = 0
        self._leaves = [
            (leaf, snapshot.positions_of(_row_numbers(leaf, rows_by_segment)))
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

    def _documents(self, nth_leaf: int, field: str, term: str) -> _Documents:
        """Where a term stands in a field of one segment; kept, since common words are asked for again."""
        key = (nth_leaf, field, term)
        found = self._documents_by_term.get(key)
        if found is None:
            found = _documents(self._leaves[nth_leaf][0], field, term)
            self._n_kept += len(found[0]) + 1
            if self._n_kept > _MOST_KEPT:
                self._documents_by_term.clear()
                self._n_kept = len(found[0]) + 1
            self._documents_by_term[key] = found
        return found

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
            choose = _within(leaf, field, pattern, candidates, window) if window else None
            candidates = _in_order(leaf, field, pattern, candidates) if choose is None else choose
        return candidates


def _row_numbers(leaf: Any, rows_by_segment: RowsBySegment) -> NDArray[np.int64]:
    """The row of each document of a segment; a segment never changes, so it is read once."""
    segment = leaf.segment().segment_id()
    if segment not in rows_by_segment:
        column = leaf.column_reader(ROW_COLUMN)
        n_documents = leaf.doc_count_all()
        rows = np.fromiter((column[n] for n in range(n_documents)), dtype=np.int64, count=n_documents)
        rows_by_segment[segment] = rows
    return rows_by_segment[segment]


def _field_terms(leaf: Any, field: str) -> list[str]:
    return [term.decode("utf-8") for term in leaf.lexicon(field)]


def _matcher(leaf: Any, field: str, term: str) -> Any:
    """Whoosh's cursor over a posting list, deleted documents included; None if the term is not there."""
    try:
        matcher = leaf.postings(field, term)
    except TermNotFound:
        return None
    # Deleted documents are dropped with all others whose rows have gone, and without the wrapper whole blocks
    # can be read.
    return matcher.child if isinstance(matcher, FilterMatcher) else matcher


def _documents(leaf: Any, field: str, term: str) -> _Documents:
    """Whoosh's document numbers for a term, in order, and how often it stands in each."""
    numbers: list[int] = []
    frequencies: list[float] = []
    matcher = _matcher(leaf, field, term)
    while matcher is not None and matcher.is_active():
        if isinstance(matcher, W3LeafMatcher):
            matcher.id(), matcher.weight()
            numbers.extend(matcher._ids)
            frequencies.extend(matcher._weights)
            matcher._next_block()
        else:
            # A term of one document is kept in the dictionary itself and has no blocks.
            numbers.append(matcher.id())
            frequencies.append(matcher.weight())
            matcher.next()
    return np.array(numbers, dtype=np.int64), np.array(frequencies, dtype=np.float32)


def _mapped(numbers: NDArray[np.int64], frequencies: NDArray[np.float32], places: NDArray[np.intp]) -> Postings:
    positions = places[numbers]
    known = positions >= 0
    return Postings(positions[known], frequencies[known])


def _in_order(leaf: Any, field: str, pattern: Pattern, candidates: NDArray[np.int64]) -> NDArray[np.int64]:
    """Those of the documents in which the terms stand at the pattern's distances."""
    starts: dict[int, set[int]] | None = None
    # The rarest terms first: most documents are out before the long lists of common ones are read.
    for term, offset in sorted(pattern.places, key=lambda place: int(leaf.doc_frequency(field, place[0]))):
        left = frozenset(candidates.tolist() if starts is None else starts)
        here = {
            number: {place - offset for place in places} for number, places in _word_numbers(leaf, field, term, left)
        }
        both = here if starts is None else {number: here[number] & starts[number] for number in left}
        starts = {number: places for number, places in both.items() if places}
        if not starts:
            break
    held: NDArray[np.int64] = candidates[[number in (starts or {}) for number in candidates.tolist()]]
    return held


def _within(leaf: Any, field: str, pattern: Pattern, candidates: NDArray[np.int64], window: int) -> NDArray[np.int64]:
    """Those of the documents in which all terms of the pattern stand within so many words."""
    wanted = frozenset(candidates.tolist())
    places_by_term = {
        term: dict(_word_numbers(leaf, field, term, wanted)) for term in {term for term, _ in pattern.places}
    }
    held = [
        number for number in candidates.tolist() if is_within([p[number] for p in places_by_term.values()], window)
    ]
    return np.array(held, dtype=np.int64)


def _word_numbers(leaf: Any, field: str, term: str, documents: frozenset[int]) -> Iterator[tuple[int, list[int]]]:
    """(document, numbers of the words where the term stands in it), for those of the documents that have it."""
    matcher = _matcher(leaf, field, term)
    ordered, nth_wanted = sorted(documents), 0
    while matcher is not None and matcher.is_active() and nth_wanted < len(ordered):
        if isinstance(matcher, W3LeafMatcher):
            last = bisect_right(ordered, matcher.block_max_id())
            # A block with none of the documents is passed over without being read.
            if last > nth_wanted:
                yield from _in_block(matcher, documents)
            nth_wanted = last
            matcher._next_block()
        else:
            if matcher.id() in documents:
                yield matcher.id(), matcher.value_as("positions")
            matcher.next()


def _in_block(matcher: W3LeafMatcher, documents: frozenset[int]) -> Iterator[tuple[int, list[int]]]:
    """The same of the block where the cursor stands."""
    matcher.id()
    wanted = [nth for nth, number in enumerate(matcher._ids) if number in documents]
    if wanted:
        matcher.value()
    for nth in wanted:
        yield matcher._ids[nth], matcher.format.decode_positions(matcher._values[nth])
