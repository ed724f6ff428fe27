"""One file, whatever its kind, as the stories that it holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

from webapp.errors import Invalid
from webapp.services.imports.finding import advice_for
from webapp.services.imports.limits import DEFAULT_LIMITS, ImportLimits, read_bytes
from webapp.services.imports.read_file import ReadFile
from webapp.services.imports.table import Table, read_table

Reader = Callable[[Path, bytes, ImportLimits], ReadFile]

# Named, not imported: the libraries for Word, PDF and Excel take half a second, and most processes read no file.
READER_BY_SUFFIX = {
    ".md": "markdown:read_markdown",
    ".markdown": "markdown:read_markdown",
    ".txt": "plain_text:read_plain_text",
    ".text": "plain_text:read_plain_text",
    ".docx": "word:read_word",
    ".pdf": "pdf:read_pdf",
    ".csv": "delimited:read_csv",
    ".xlsx": "spreadsheet:read_xlsx",
    ".jsonl": "json_lines:read_json_lines",
}


def read_story_files(
    path: Path, *, limits: ImportLimits = DEFAULT_LIMITS, columns: Mapping[str, int] | None = None
) -> ReadFile:
    """All stories of the file, and notices of what in it was passed over.

    columns: of a table, field → position of its column, where somebody chose; else they are told by their names.
    Raises Invalid, with the file's name in front, if anything in it cannot be taken: a file is taken whole or
    not at all. Nothing else is raised, so that one bad file never keeps the others out.
    """
    try:
        name = READER_BY_SUFFIX.get(path.suffix.lower())
        if name is None:
            raise Invalid(
                f"Files of the kind {path.suffix or 'without a suffix'!r} are not read: {advice_for(path.suffix)}."
            )
        content = read_bytes(path, limits)
        if not content.strip():
            raise Invalid("It is empty: write the story, or leave the file out.")
        if columns is not None:
            return read_table(table_of(path, content, limits), path, limits, chosen=columns)
        return _reader(name)(path, content, limits)
    except Invalid as err:
        raise Invalid(f"{path.name}: {err}") from err


def table_of(path: Path, content: bytes, limits: ImportLimits) -> Table:
    """The cells of a spreadsheet. Raises Invalid for a file of another kind, and for one that cannot be read."""
    if path.suffix.lower() == ".csv":
        from webapp.services.imports.delimited import csv_table

        return csv_table(content, limits)
    if path.suffix.lower() == ".xlsx":
        from webapp.services.imports.spreadsheet import xlsx_table

        return xlsx_table(content, limits)
    raise Invalid("This is no spreadsheet. Send a file that ends in .csv or .xlsx.")


def _reader(name: str) -> Reader:
    module, function = name.split(":")
    found: Reader = getattr(import_module(f"webapp.services.imports.{module}"), function)
    return found
