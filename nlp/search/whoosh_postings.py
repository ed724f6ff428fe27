"""Postings of an index's segments, read from Whoosh block by block and kept as arrays.

A segment never changes (what is deleted from it is only marked elsewhere), so what was read of it serves every reader
of every snapshot that has the segment, whatever thread it works for and whatever was committed since.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3LeafMatcher
from whoosh.matching.wrappers import FilterMatcher
from whoosh.reading import TermNotFound

from nlp.search.whoosh_schema import ROW_COLUMN

Documents = tuple[NDArray[np.int64], NDArray[np.float32]]
"""Numbers of the documents of a segment that have a term, in order, and how often it stands in each."""

Places = NDArray[np.int64]
"""Where a term stands in a segment, in order: the document's number · WORDS_IN_DOCUMENT + the number of the word."""

WORDS_IN_DOCUMENT = 1 << 24
"""More than any text has words, so that no distance between words leads from one document into the next."""

_MOST_KEPT = 6_000_000
"""Numbers that are kept of each of the two: of documents with frequencies 72 MB at most, of places 48 MB."""

Arrays = TypeVar("Arrays")


class SegmentPostings:
    """What was read of the segments of one generation. Threads share it."""

    def __init__(self) -> None:
        self._rows: dict[str, NDArray[np.int64]] = {}
        self._documents = _Kept[Documents]()
        self._places = _Kept[Places]()

    def rows(self, leaf: Any) -> NDArray[np.int64]:
        """The row of each document of the segment."""
        segment = leaf.segment().segment_id()
        if segment not in self._rows:
            column = leaf.column_reader(ROW_COLUMN)
            n_documents = leaf.doc_count_all()
            self._rows[segment] = np.fromiter(
                (column[n] for n in range(n_documents)), dtype=np.int64, count=n_documents
            )
        return self._rows[segment]

    def documents(self, leaf: Any, field: str, term: str) -> Documents:
        """Where a term stands in a field of the segment, documents that were deleted included."""
        key = (leaf.segment().segment_id(), field, term)
        found = self._documents.get(key)
        if found is None:
            found = _documents(leaf, field, term)
            self._documents.keep(key, found, len(found[0]))
        return found

    def places(self, leaf: Any, field: str, term: str) -> Places:
        """The words of a field of the segment at which a term stands."""
        key = (leaf.segment().segment_id(), field, term)
        found = self._places.get(key)
        if found is None:
            found = np.fromiter(_places(leaf, field, term), dtype=np.int64)
            self._places.keep(key, found, len(found))
        return found


class _Kept(dict[tuple[str, str, str], Arrays]):
    """What was read last, until it grows too large: then all of it goes, since what is common soon comes again."""

    _n_kept = 0

    def keep(self, key: tuple[str, str, str], found: Arrays, size: int) -> None:
        if self._n_kept + size > _MOST_KEPT:
            self.clear()
            self._n_kept = 0
        self._n_kept += size + 1
        self[key] = found


def _matcher(leaf: Any, field: str, term: str) -> Any:
    """Whoosh's cursor over a posting list, deleted documents included; None if the term is not there."""
    try:
        matcher = leaf.postings(field, term)
    except TermNotFound:
        return None
    # Deleted documents are dropped with all others whose rows have gone, and without the wrapper whole blocks
    # can be read.
    return matcher.child if isinstance(matcher, FilterMatcher) else matcher


def _documents(leaf: Any, field: str, term: str) -> Documents:
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


def _places(leaf: Any, field: str, term: str) -> Iterator[int]:
    matcher = _matcher(leaf, field, term)
    while matcher is not None and matcher.is_active():
        if isinstance(matcher, W3LeafMatcher):
            matcher.id(), matcher.value()
            decode = matcher.format.decode_positions
            for number, value in zip(matcher._ids, matcher._values, strict=True):
                for word in decode(value):
                    yield number * WORDS_IN_DOCUMENT + word
            matcher._next_block()
        else:
            for word in matcher.value_as("positions"):
                yield matcher.id() * WORDS_IN_DOCUMENT + word
            matcher.next()
