"""Downloads as CSV, XLSX and JSON. CSV and JSON are written as they are sent; XLSX is packed as a whole."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from webapp.services.downloads import (
    EVIDENCE_COLUMNS,
    REPURPOSING_COLUMNS,
    STORY_COLUMNS,
    THEME_COLUMNS,
    About,
    Row,
    StoryUrl,
    as_values,
    evidence_rows,
    repurposing_rows,
    story_row,
    theme_rows,
)
from webapp.services.evidence import StoryEvidence
from webapp.services.spreadsheet_safety import Value, safe_cell

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json; charset=utf-8",
}
# Spreadsheets take a CSV file for UTF-8 only if it begins with this.
_BYTE_ORDER_MARK = "\ufeff"


def csv_of(about: Iterable[tuple[str, str]], columns: Iterable[str], rows: Iterable[Row]) -> Iterator[str]:
    """A header in lines that begin with '#', the names of the columns, and the rows, line by line."""
    yield _BYTE_ORDER_MARK
    for name, says in about:
        yield _csv_line((f"# {name}: {' '.join(says.split())}",))
    yield _csv_line(tuple(columns))
    for row in rows:
        yield _csv_line(row)


def evidence_as_csv(about: About, stories: Iterable[StoryEvidence], story_url: StoryUrl) -> Iterator[str]:
    """One row for each piece of evidence."""
    return csv_of(about.lines(), EVIDENCE_COLUMNS, evidence_rows(stories, story_url))


def evidence_as_json(about: About, stories: Iterable[StoryEvidence], story_url: StoryUrl) -> Iterator[str]:
    """One object: `about`, and `stories` with their evidence inside."""
    header = {
        "query": about.asked.text,
        "filters": about.asked.all_filters() and about.asked.fields(),
        "use": about.asked.use or None,
        "date": about.made_at.isoformat(),
        "found": about.n_found,
        "given": about.n_given,
        "address": about.address,
        "statuses": {"suggested": "read by the machine, not yet checked", "confirmed": "confirmed by a person"},
    }
    yield f'{{"about": {_json(header)},\n"stories": ['
    for number, found in enumerate(stories):
        yield f"{',' if number else ''}\n{_json(as_values(found, story_url))}"
    yield "\n]}\n"


def evidence_as_xlsx(about: About, stories: Iterable[StoryEvidence], story_url: StoryUrl) -> io.BytesIO:
    """A workbook with sheets About, Stories, Themes and Repurposings, in memory, packed."""
    book = Workbook(write_only=True)
    sheets = {name: book.create_sheet(name) for name in ("About", "Stories", "Themes", "Repurposings")}
    for name, says in about.lines():
        _append(sheets["About"], (name, says))
    _append(sheets["Stories"], STORY_COLUMNS)
    _append(sheets["Themes"], ("story_id", *THEME_COLUMNS))
    _append(sheets["Repurposings"], ("story_id", *REPURPOSING_COLUMNS))
    for found in stories:
        _append(sheets["Stories"], story_row(found, story_url))
        for row in theme_rows(found):
            _append(sheets["Themes"], row)
        for row in repurposing_rows(found):
            _append(sheets["Repurposings"], row)
    return _saved(book)


def table_as_json(about: Iterable[tuple[str, str]], columns: Iterable[str], rows: Iterable[Row]) -> Iterator[str]:
    """One object: `about`, and `rows` as objects with the columns as names."""
    names = tuple(columns)
    yield f'{{"about": {_json(dict(about))},\n"rows": ['
    for number, row in enumerate(rows):
        yield f"{',' if number else ''}\n{_json(dict(zip(names, row, strict=True)))}"
    yield "\n]}\n"


def table_as_xlsx(about: Iterable[tuple[str, str]], name: str, columns: Row, rows: Iterable[Row]) -> io.BytesIO:
    """A workbook with the sheets About and `name`."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("About")
    for line in about:
        _append(sheet, line)
    sheet = book.create_sheet(name)
    for row in (columns, *rows):
        _append(sheet, row)
    return _saved(book)


def _saved(book: Workbook) -> io.BytesIO:
    # Packed, 10,000 stories are a few megabytes; what is not yet packed, openpyxl keeps in files.
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def _append(sheet: WriteOnlyWorksheet, row: Row) -> None:
    sheet.append([_cell(sheet, value) for value in row])


def _cell(sheet: WriteOnlyWorksheet, value: Value) -> Any:
    cell = WriteOnlyCell(sheet, value=safe_cell(value))
    if isinstance(value, str):
        # Words stay words, whatever they look like.
        cell.data_type = "s"
    return cell


def _csv_line(row: Row) -> str:
    line = io.StringIO()
    csv.writer(line).writerow([safe_cell(value) for value in row])
    return line.getvalue()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
