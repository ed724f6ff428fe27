"""One file, whatever its kind, as the stories that it holds."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from webapp.errors import Invalid
from webapp.services.imports.finding import advice_for
from webapp.services.imports.limits import DEFAULT_LIMITS, ImportLimits, read_bytes
from webapp.services.imports.read_file import ReadFile

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


def read_story_files(path: Path, *, limits: ImportLimits = DEFAULT_LIMITS) -> ReadFile:
    """All stories of the file, and notices of what in it was passed over.

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
        return _reader(name)(path, content, limits)
    except Invalid as err:
        raise Invalid(f"{path.name}: {err}") from err


def _reader(name: str) -> Reader:
    module, function = name.split(":")
    found: Reader = getattr(import_module(f"webapp.services.imports.{module}"), function)
    return found
