"""What Whoosh is asked to keep: terms with their positions, and the row of each document. No text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from whoosh import columns, fields, index
from whoosh.analysis import Analyzer, Token

from nlp.search.analyzer import tokens
from nlp.search.fields import FIELDS

ROW = "row"
"""The row's number as a term, to delete by."""

ROW_COLUMN = "row_column"
"""The row's number as a column, to read by."""


class StoryAnalyzer(Analyzer):  # type: ignore[misc]  # Whoosh carries no types
    """The terms of nlp.search.analyzer in the form that Whoosh takes them."""

    def __call__(self, value: str, **_options: Any) -> Iterator[Token]:
        """Whoosh's tokens for `value`: one object, changed and given again, as its own analyzers do."""
        shown = Token(positions=True, chars=False, boost=1.0)
        for token in tokens(value):
            shown.text = token.term
            shown.pos = token.position
            shown.boost = 1.0
            yield shown


def create_words(folder: Path) -> index.FileIndex:
    """An empty index of words in a new folder."""
    folder.mkdir(parents=True)
    analyzed = {name: fields.TEXT(analyzer=StoryAnalyzer(), phrase=True, stored=False) for name in FIELDS}
    schema = fields.Schema(
        **analyzed, **{ROW: fields.ID(stored=False), ROW_COLUMN: fields.COLUMN(columns.NumericColumn("i"))}
    )
    return index.create_in(str(folder), schema)


def open_words(folder: Path) -> index.FileIndex:
    """The index of words in this folder."""
    return index.open_dir(str(folder))
