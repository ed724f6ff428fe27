"""The column store beside an index of words: what each story is, for whom, and its passages with their
embeddings.

A story's row never changes its text: a new revision is a new row. A row is *staged* first, unseen by
readers; once its words are in the index, *settling* makes it the story's row and the earlier one goes, in
one transaction. While the two exist, the earlier one is visible only for what both revisions agree to, so
that consent that was narrowed takes effect before the new words do.

SQLite with a write-ahead log: one writer, any number of readers, none waits for another.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from nlp.search.analyzer import terms
from nlp.search.facts import StoredFact, decoded, encoded, facts_of, repurposed
from nlp.search.fields import SHOWN_FIELDS, field_texts
from nlp.search.sorting import evidence_of
from nlp.types import IndexDocument, IndexPassage, IndexRepurposing, Matrix

NEVER_ENDS = 2**31 - 1
"""The day (proleptic ordinal) from which a use without end is no longer agreed."""

_SCHEMA = """
CREATE TABLE stories (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    story_id TEXT NOT NULL, revision INTEGER NOT NULL, settled INTEGER NOT NULL, changed INTEGER NOT NULL,
    published INTEGER NOT NULL, evidence INTEGER NOT NULL, uses TEXT NOT NULL, facets TEXT NOT NULL,
    facts TEXT NOT NULL, themes TEXT NOT NULL, has_quote INTEGER NOT NULL,
    lengths TEXT NOT NULL, texts TEXT NOT NULL, passages TEXT NOT NULL, embedded TEXT NOT NULL, vectors BLOB NOT NULL,
    repurposings BLOB NOT NULL
);
CREATE INDEX stories_by_id ON stories (story_id);
CREATE INDEX stories_by_change ON stories (changed);
CREATE TABLE removed (number INTEGER PRIMARY KEY, changed INTEGER NOT NULL, words_gone INTEGER NOT NULL
DEFAULT 0); CREATE INDEX removed_by_change ON removed (changed);
CREATE TABLE state (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
INSERT INTO state VALUES ('change', 0), ('words', 0), ('width', 0);
"""


@dataclass(frozen=True, slots=True)
class Row:
    """What is kept of a story in every reader's memory.

    number: names the row for ever. published: proleptic ordinal, 0 if unknown. evidence: see
    nlp.search.sorting. themes: codebook key → score. uses: use → the first day, as
    an ordinal, on which it is no longer agreed. lengths: terms in each of FIELDS. vectors: shape (p, d).
    repurposings: the embeddings of what it says turned into what, shape (r, d).
    """

    number: int
    story_id: str
    published: int
    evidence: int
    uses: Mapping[str, int]
    facets: Mapping[str, tuple[str, ...]]
    facts: tuple[StoredFact, ...]
    themes: Mapping[str, float]
    has_quote: bool
    lengths: tuple[int, ...]
    vectors: Matrix
    repurposings: Matrix


@dataclass(frozen=True, slots=True)
class StoredTexts:
    """What is shown of a story. embedded: for each of its vectors, the position of its passage."""

    title: str
    summary: str
    organisation: str
    place: str
    body: str
    passages: tuple[str, ...]
    embedded: tuple[int, ...]


class ColumnStore:
    """One file of columns. Raises sqlite3.Error if the file cannot be used."""

    def __init__(self, path: Path) -> None:
        is_new = not path.exists()
        # Readers share one connection under the engine's lock, so SQLite's own check of threads is in the
        # way.
        self._sqlite = sqlite3.connect(path, timeout=10, isolation_level=None, check_same_thread=False)
        self._sqlite.execute("PRAGMA synchronous = NORMAL")
        self._sqlite.execute("PRAGMA secure_delete = ON")
        if is_new:
            self._sqlite.execute("PRAGMA journal_mode = WAL")
            self._sqlite.executescript(_SCHEMA)

    def close(self) -> None:
        """Close the file."""
        self._sqlite.close()

    @contextmanager
    def transaction(self) -> Iterator[int]:
        """All or nothing of what is written inside; gives the change number that readers will see."""
        self._sqlite.execute("BEGIN IMMEDIATE")
        try:
            self._sqlite.execute("UPDATE state SET value = value + 1 WHERE name = 'change'")
            yield self.state("change")
        except BaseException:
            self._sqlite.execute("ROLLBACK")
            raise
        self._sqlite.execute("COMMIT")

    def state(self, name: str) -> int:
        """change: grows with every transaction. words: the generation of words that all settled rows have."""
        row = self._sqlite.execute("SELECT value FROM state WHERE name = ?", (name,)).fetchone()
        return int(row[0])

    def unstage(self, *, change: int) -> None:
        """Take out what an interrupted writer staged: nobody knows whether its words are in the index."""
        staged = self._sqlite.execute("SELECT number FROM stories WHERE NOT settled").fetchall()
        self._remove([number for (number,) in staged], change)

    def stage(self, document: IndexDocument, *, change: int) -> int:
        """The number of a new row for the document, unseen so far; what is seen is narrowed to what both
        agree to.

        Raises ValueError if its embeddings are not as wide as those already held.
        """
        vectors, embedded = _vectors(document)
        repurposings = stacked(document, document.repurposings)
        self._check_width(vectors)
        self._check_width(repurposings)
        uses = _ordinals(document)
        present = "SELECT number, settled, uses FROM stories WHERE story_id = ?"
        for number, is_settled, agreed in self._sqlite.execute(present, (document.story_id,)).fetchall():
            if is_settled:
                self._narrow(number, json.loads(agreed), uses, change)
            else:
                self._remove([number], change)
        values = (document.story_id, document.revision, change, *_encoded(document, uses), embedded)
        inserted = self._sqlite.execute(
            "INSERT INTO stories (story_id, revision, settled, changed, published, evidence, uses, facets, facts,"
            " themes, has_quote, lengths, texts, passages, embedded, vectors, repurposings)"
            " VALUES (?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*values, vectors.tobytes(), repurposings.tobytes()),
        )
        return int(inserted.lastrowid or 0)

    def settle(self, words: int, *, change: int) -> None:
        """Make all staged rows their stories' rows, now that the index has words of that generation."""
        superseded = (
            "SELECT number FROM stories WHERE settled"
            " AND story_id IN (SELECT story_id FROM stories WHERE NOT settled)"
        )
        self._remove([number for (number,) in self._sqlite.execute(superseded).fetchall()], change)
        self._sqlite.execute("UPDATE stories SET settled = 1, changed = ? WHERE NOT settled", (change,))
        self._sqlite.execute("UPDATE state SET value = ? WHERE name = 'words'", (words,))

    def remove(self, story_ids: Iterable[str], *, change: int) -> None:
        """Take stories out, whether settled or staged."""
        for story_id in story_ids:
            rows = self._sqlite.execute("SELECT number FROM stories WHERE story_id = ?", (story_id,)).fetchall()
            self._remove([number for (number,) in rows], change)

    def with_words_only(self) -> list[int]:
        """Numbers of removed rows whose words are still in the index."""
        return [n for (n,) in self._sqlite.execute("SELECT number FROM removed WHERE NOT words_gone").fetchall()]

    def forget_words(self, numbers: Iterable[int]) -> None:
        """Note that the words of these removed rows are gone from the index."""
        self._sqlite.executemany("UPDATE removed SET words_gone = 1 WHERE number = ?", ((n,) for n in numbers))

    def empty_log(self) -> None:
        """Move what was written into the file itself, so that the write-ahead log holds no earlier text.

        Where somebody is reading at that moment, the log stays until the next time.
        """
        self._sqlite.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def versions(self) -> dict[str, int]:
        """Story id → revision of all settled rows."""
        return dict(self._sqlite.execute("SELECT story_id, revision FROM stories WHERE settled").fetchall())

    def rows_since(self, change: int) -> list[Row]:
        """The settled rows that came or changed after that change."""
        width = self.state("width")
        found = self._sqlite.execute(
            "SELECT number, story_id, published, evidence, uses, facets, facts, themes, has_quote, lengths, vectors,"
            " repurposings FROM stories WHERE settled AND changed > ? ORDER BY number",
            (change,),
        )
        return [_row(values, width) for values in found]

    def removed_since(self, change: int) -> list[int]:
        """Numbers of the rows that went after that change."""
        return [n for (n,) in self._sqlite.execute("SELECT number FROM removed WHERE changed > ?", (change,))]

    def texts(self, number: int) -> StoredTexts | None:
        """What is shown of a row; None if it has just gone."""
        found = self._sqlite.execute(
            "SELECT texts, passages, embedded FROM stories WHERE number = ?", (number,)
        ).fetchone()
        if found is None:
            return None
        texts, passages, embedded = map(json.loads, found)
        body = texts["body"]
        shown = tuple(body[p[0] : p[1]] if isinstance(p, list) else p for p in passages)
        return StoredTexts(**texts, passages=shown, embedded=tuple(embedded))

    def _narrow(self, number: int, agreed: dict[str, int], uses: dict[str, int], change: int) -> None:
        both = {use: min(until, uses[use]) for use, until in agreed.items() if use in uses}
        if both != agreed:
            self._sqlite.execute(
                "UPDATE stories SET uses = ?, changed = ? WHERE number = ?",
                (json.dumps(both), change, number),
            )

    def _remove(self, numbers: list[int], change: int) -> None:
        for number in numbers:
            self._sqlite.execute("DELETE FROM stories WHERE number = ?", (number,))
            self._sqlite.execute("INSERT INTO removed (number, changed) VALUES (?, ?)", (number, change))

    def _check_width(self, vectors: Matrix) -> None:
        held = self.state("width")
        if vectors.size and held and vectors.shape[1] != held:
            raise ValueError(f"Embeddings are {vectors.shape[1]} wide and the index holds {held}; rebuild the index.")
        if vectors.size and not held:
            self._sqlite.execute("UPDATE state SET value = ? WHERE name = 'width'", (vectors.shape[1],))


def _vectors(document: IndexDocument) -> tuple[Matrix, str]:
    """The document's embeddings, shape (p, d), and as JSON the position of the passage of each."""
    embedded = [n for n, passage in enumerate(document.passages) if passage.embedding is not None]
    return stacked(document, document.passages), json.dumps(embedded)


def stacked(document: IndexDocument, parts: Sequence[IndexPassage | IndexRepurposing]) -> Matrix:
    """The embeddings of those of a document's parts that have one, shape (p, d); (0, 0) for none.

    Raises ValueError if they are not all as wide.
    """
    rows = [part.embedding for part in parts if part.embedding is not None]
    if len({len(row) for row in rows}) > 1:
        raise ValueError(f"The embeddings of story {document.story_id!r} differ in width; embed it again.")
    return np.ascontiguousarray(np.stack(rows) if rows else np.zeros((0, 0)), dtype=np.float32)


def _ordinals(document: IndexDocument) -> dict[str, int]:
    return {use: until.toordinal() if until else NEVER_ENDS for use, until in document.uses.items()}


def _encoded(document: IndexDocument, uses: dict[str, int]) -> tuple[int | str, ...]:
    """From published to has_quote, then lengths, texts and passages, as they are stored."""
    texts = field_texts(document)
    # A passage is nearly always a stretch of the body; then its text need not be stored twice.
    passages = [[p.start, p.end] if document.body[p.start : p.end] == p.text else p.text for p in document.passages]
    shown = {field: texts[field] for field in SHOWN_FIELDS}
    return (
        document.published.toordinal() if document.published else 0,
        evidence_of(document),
        json.dumps(uses),
        json.dumps({name: list(dict.fromkeys(values)) for name, values in document.facets.items()}),
        json.dumps(encoded(facts_of(document)), ensure_ascii=False),
        json.dumps(dict(document.theme_scores)),
        int(bool(document.quotes)),
        json.dumps([len(terms(text)) for text in texts.values()]),
        json.dumps(shown, ensure_ascii=False),
        json.dumps(passages, ensure_ascii=False),
    )


def _row(values: tuple[Any, ...], width: int) -> Row:
    number, story_id, published, evidence, uses, facets, facts, themes, has_quote, lengths, *blobs = values
    vectors, repurposings = blobs
    told = decoded(json.loads(facts))
    return Row(
        number=number,
        story_id=story_id,
        published=published,
        evidence=evidence,
        uses=json.loads(uses),
        facets={name: tuple(found) for name, found in json.loads(facets).items()} | {"repurposed": repurposed(told)},
        facts=told,
        themes=json.loads(themes),
        has_quote=bool(has_quote),
        lengths=tuple(json.loads(lengths)),
        vectors=np.frombuffer(vectors, dtype=np.float32).reshape(-1, max(width, 1)),
        repurposings=np.frombuffer(repurposings, dtype=np.float32).reshape(-1, max(width, 1)),
    )
