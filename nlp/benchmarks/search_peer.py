"""SQLite's own full-text search over the same texts: what everybody has without asking, and the measure of ours."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from nlp.types import IndexDocument

_FIND = (
    "SELECT rowid, title, snippet(story, 1, '[', ']', '…', 32), bm25(story, 2.0, 1.0) AS score"
    " FROM story WHERE story MATCH ? ORDER BY score LIMIT ?"
)


def fill_fts5(path: Path, stories: Iterable[IndexDocument]) -> None:
    """Write titles and bodies into a new file."""
    database = sqlite3.connect(path)
    database.execute("CREATE VIRTUAL TABLE story USING fts5(title, body, tokenize = 'porter unicode61')")
    database.executemany("INSERT INTO story VALUES (?, ?)", ((s.title, s.body) for s in stories))
    database.commit()
    database.close()


def search_fts5(database: sqlite3.Connection, expression: str, *, limit: int) -> None:
    """The best stories with their snippets, as its documentation would have it; no facets, no meaning."""
    database.execute(_FIND, (expression, limit)).fetchall()
