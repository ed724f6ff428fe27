"""Excel workbooks: the first sheet that has a column for the text."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from webapp.errors import Invalid
from webapp.services.imports.columns import map_columns
from webapp.services.imports.limits import ImportLimits
from webapp.services.imports.office_archive import MALFORMED, check_archive, damaged
from webapp.services.imports.read_file import ReadFile
from webapp.services.imports.table import MAX_COLUMNS, Row, Table, make_table, read_table

_SHEET_ROWS = 1_048_576
"""As many as Excel has; a row numbered beyond would keep the reader counting."""


def read_xlsx(path: Path, content: bytes, limits: ImportLimits) -> ReadFile:
    """A story of every row; of a formula, the value that Excel last saw."""
    return read_table(xlsx_table(content, limits), path, limits)


def xlsx_table(content: bytes, limits: ImportLimits) -> Table:
    """The cells of the first sheet that has a column for the text, else of the first that holds anything."""
    check_archive(content, limits, main_part="xl/workbook.xml", program="Excel")
    try:
        tables = _tables(content, limits)
    except (InvalidFileException, *MALFORMED) as err:
        raise Invalid(damaged("Excel")) from err
    if not tables:
        raise Invalid("It has no rows: put the names of the columns in the first row and a story in each other.")
    with_text = (table for table in tables if "text" in map_columns(table.names).position_by_field)
    return next(with_text, tables[0])


def _tables(content: bytes, limits: ImportLimits) -> list[Table]:
    """The sheets that hold anything, in order."""
    tables = []
    with warnings.catch_warnings():
        # openpyxl warns of every feature that it leaves out, such as drop-down lists; no cell changes.
        warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")
        workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for sheet in workbook.worksheets:
            rows = list(_filled_rows(sheet))
            if rows:
                tables.append(make_table(rows, limits))
        workbook.close()
    return tables


def _filled_rows(sheet: Worksheet) -> Iterator[Row]:
    # Both bounds are given, because a false address in the file would otherwise decide on the memory used.
    cells_by_row = sheet.iter_rows(max_row=_SHEET_ROWS, max_col=MAX_COLUMNS, values_only=True)
    blank = None
    for number, cells in enumerate(cells_by_row, start=1):
        # All rows of a gap are one and the same tuple; a gap may have a million.
        if cells is blank:
            continue
        words = _without_empty_end([_words(cell) for cell in cells])
        if words:
            yield Row(number, words)
        else:
            blank = cells


def _without_empty_end(cells: list[str]) -> tuple[str, ...]:
    while cells and not cells[-1].strip():
        cells.pop()
    return tuple(cells)


def _words(cell: object) -> str:
    """A cell's value as a person reads it: dates as ISO 8601, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    # Excel writes a carriage return within a cell as this escape, beside the newline that it belongs to.
    return re.sub(r"_x000[Dd]_", "", str(cell))
