"""CSV files, whichever of the three usual signs separates their cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from webapp.errors import Invalid
from webapp.services.imports.columns import map_columns
from webapp.services.imports.limits import ImportLimits
from webapp.services.imports.plain_text import decode
from webapp.services.imports.read_file import ReadFile
from webapp.services.imports.table import Row, Table, make_table, read_table

_DELIMITERS = (",", ";", "\t")


def read_csv(path: Path, content: bytes, limits: ImportLimits) -> ReadFile:
    """A story of every row; a quoted cell may run over lines."""
    return read_table(csv_table(content, limits), path, limits)


def csv_table(content: bytes, limits: ImportLimits) -> Table:
    """The cells of the file."""
    text = decode(content)
    # The limit holds for the whole process; it is only ever raised, to the length that a story may have.
    csv.field_size_limit(max(csv.field_size_limit(), limits.text_characters + 1))
    return make_table(_rows(text, _delimiter(text)), limits)


def _delimiter(text: str) -> str:
    """The sign that makes the most known columns of the header; of equals, the most columns."""

    def understood(delimiter: str) -> tuple[int, int]:
        try:
            header = next((row.cells for row in _rows(text, delimiter) if any(row.cells)), ())
        except Invalid:
            # Quotes stand where another separator would not allow them, so it is not this one.
            return 0, 0
        return len(map_columns(header).position_by_field), len(header)

    return max(_DELIMITERS, key=understood)


def _rows(text: str, delimiter: str) -> Iterator[Row]:
    # Strict, because a quotation mark that is never closed would make one cell of the rest of the file.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield Row(number, tuple(cells))
    except csv.Error as err:
        raise Invalid(
            f"Row {number + 1} cannot be read ({err}): put quotes around every text that holds "
            "the separator, a quotation mark or a new line, and double the quotation marks within."
        ) from err
