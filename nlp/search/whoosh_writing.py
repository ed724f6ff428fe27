"""Writing one generation: columns staged, then words, then columns settled.

Every interruption leaves an index that is readable and that `versions` describes truthfully: what was staged
and not settled is not reported, is not seen, and goes when the same story is written again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from whoosh.index import FileIndex, LockError
from whoosh.index import IndexError as DamagedIndex
from whoosh.query import Term
from whoosh.reading import SegmentReader

from nlp.search import EngineUnavailable
from nlp.search.columns import ColumnStore
from nlp.search.fields import field_texts
from nlp.search.whoosh_schema import ROW, ROW_COLUMN, create_words, open_words
from nlp.types import IndexDocument

WORDS = "words"
COLUMNS = "columns.sqlite"
_LOCK_TIMEOUT_S = 10.0
_MEMORY_MB = 128


def create(folder: Path) -> None:
    """Make an empty index in this folder, whose columns and words agree."""
    create_words(folder / WORDS)
    ColumnStore(folder / COLUMNS).close()


def write(
    folder: Path, *, documents: Iterable[IndexDocument] = (), without: Iterable[str] = (), is_purge: bool = False
) -> None:
    """Take the stories `without` out of the generation and put `documents` in.

    is_purge: write every file anew that still holds words of what is gone.
    Raises what `failures_named` names; whatever was not settled by then is as if it had not been written.
    """
    with closing(ColumnStore(folder / COLUMNS)) as store:
        words = open_words(folder / WORDS)
        with _writer(words) as writer:
            with store.transaction() as change:
                store.unstage(change=change)
                store.remove(without, change=change)
                for document in documents:
                    _add(writer, store.stage(document, change=change), document)
            forgotten = store.with_words_only()
            _forget(writer, forgotten)
            writer.commit(mergetype=_without_what_is_gone if is_purge else None)
        with store.transaction() as change:
            store.forget_words(forgotten)
            store.settle(words.latest_generation(), change=change)
        if is_purge:
            store.empty_log()


@contextmanager
def failures_named(home: Path) -> Iterator[None]:
    """Raises EngineUnavailable for whatever the disk, SQLite or Whoosh refuses inside the block."""
    try:
        yield
    except (OSError, sqlite3.Error, DamagedIndex, LockError) as err:
        raise EngineUnavailable(f"The index in {home} cannot be written: {err}.") from err


def _add(writer: Any, number: int, document: IndexDocument) -> None:
    writer.add_document(**field_texts(document), **{ROW: str(number), ROW_COLUMN: number})


def _forget(writer: Any, numbers: list[int]) -> None:
    for number in numbers:
        writer.delete_by_query(Term(ROW, str(number)))


def _without_what_is_gone(writer: Any, segments: list[Any]) -> list[Any]:
    """A merge policy of Whoosh's: whatever segment holds a deleted document is written anew without it.

    Deleting only marks a document; its words stay in the segment's file until the segment is merged.
    """
    for segment in segments:
        if segment.has_deletions():
            with closing(SegmentReader(writer.storage, writer.schema, segment)) as reader:
                writer.add_reader(reader)
    return [segment for segment in segments if not segment.has_deletions()]


@contextmanager
def _writer(words: FileIndex) -> Iterator[Any]:
    """Whoosh's writer, which the block commits; if it does not, all is undone and the lock is given back."""
    writer = words.writer(timeout=_LOCK_TIMEOUT_S, limitmb=_MEMORY_MB)
    try:
        yield writer
    finally:
        if not writer.is_closed:
            _abandon(writer)


def _abandon(writer: Any) -> None:
    # A commit that failed half-way leaves the writer in a state in which cancelling may fail as well. What
    # matters is the lock, which Whoosh would otherwise keep for as long as the object lives.
    with suppress(Exception):
        writer.cancel()
    if writer.writelock is not None and writer.writelock.fd is not None:
        writer.writelock.release()
    writer.is_closed = True
