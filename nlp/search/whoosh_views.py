"""What a reading request works with: one generation's columns and words as they were at one change.

A process keeps one view and replaces it when the store's change number moves. Columns are read before words:
words are committed before columns are settled, so whatever the columns show has its words.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from whoosh.index import FileIndex

from nlp.search.columns import ColumnStore, StoredTexts
from nlp.search.fact_table import FactTable
from nlp.search.snapshot import Snapshot, advanced, empty_snapshot
from nlp.search.suggestions import Lexicon
from nlp.search.whoosh_postings import SegmentPostings
from nlp.search.whoosh_schema import open_words
from nlp.search.whoosh_words import WordReader
from nlp.search.whoosh_writing import COLUMNS, WORDS


class View:
    """One snapshot with the readers that fit it, one for each thread that reads at the same time."""

    def __init__(self, words: FileIndex, snapshot: Snapshot, kept: SegmentPostings) -> None:
        self.snapshot = snapshot
        self._words = words
        self._kept = kept
        self._idle: list[WordReader] = [WordReader(words, snapshot, kept)]
        self._lexicon: Lexicon | None = None
        self._facts: FactTable | None = None
        self._is_retired = False
        self._guard = threading.Lock()

    @contextmanager
    def reader(self) -> Iterator[WordReader]:
        """A reader that nobody else uses meanwhile."""
        with self._guard:
            reader = self._idle.pop() if self._idle else None
        reader = reader or WordReader(self._words, self.snapshot, self._kept)
        try:
            yield reader
        finally:
            with self._guard:
                if self._is_retired:
                    reader.close()
                else:
                    self._idle.append(reader)

    def lexicon(self, reader: WordReader) -> Lexicon:
        """All terms of the index, read when first asked for."""
        if self._lexicon is None:
            self._lexicon = reader.lexicon()
        return self._lexicon

    def facts(self) -> FactTable:
        """All that turned into something, laid out when first asked for."""
        if self._facts is None:
            self._facts = FactTable(self.snapshot.facts)
        return self._facts

    def retire(self) -> None:
        """Close the readers: idle ones now, the others when they come back."""
        with self._guard:
            self._is_retired = True
            for reader in self._idle:
                reader.close()
            self._idle = []


class OpenGeneration:
    """One generation, open for reading. Raises OSError or sqlite3.Error if it is gone or damaged."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        if not (folder / COLUMNS).exists():
            raise FileNotFoundError(f"There is no index in {folder}.")
        self._words = open_words(folder / WORDS)
        self._store = ColumnStore(folder / COLUMNS)
        self._kept = SegmentPostings()
        self._view: View | None = None
        self._n_users = 0
        self._is_retired = False
        self._guard = threading.RLock()

    @contextmanager
    def used(self) -> Iterator[OpenGeneration]:
        """Keep the files open for as long as the block runs."""
        with self._guard:
            self._n_users += 1
        try:
            yield self
        finally:
            with self._guard:
                self._n_users -= 1
                self._close_if_unused()

    def retire(self) -> None:
        """Close the files as soon as nobody uses them."""
        with self._guard:
            self._is_retired = True
            self._close_if_unused()

    def view(self) -> View:
        """The newest view."""
        with self._guard:
            view = self._view
            # Two whole writes between the reading of columns and of words could take words that the columns
            # still show; then the store has moved on and is simply read again.
            while view is None or view.snapshot.change != self._store.state("change"):
                view = self._next_view(view)
            return view

    def texts(self, number: int) -> StoredTexts | None:
        """What is shown of a row; None if it has just gone."""
        with self._guard:
            return self._store.texts(number)

    def versions(self) -> dict[str, int]:
        """Story id → revision of all wholly in; nothing if words were lost since they were written."""
        with self._guard:
            if self._words.latest_generation() < self._store.state("words"):
                return {}
            return self._store.versions()

    def _next_view(self, view: View | None) -> View:
        before = view.snapshot if view is not None else empty_snapshot()
        change = self._store.state("change")
        rows, removed = self._store.rows_since(before.change), self._store.removed_since(before.change)
        snapshot = advanced(before, change=change, rows=rows, removed=removed)
        self._view = View(self._words, snapshot, self._kept)
        if view is not None:
            view.retire()
        return self._view

    def _close_if_unused(self) -> None:
        if self._is_retired and not self._n_users:
            if self._view is not None:
                self._view.retire()
                self._view = None
            self._store.close()
