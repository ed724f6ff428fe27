"""One file, whatever its kind, as the stories that it holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from webapp.errors import Invalid
from webapp.services.imports.delimited import read_csv
from webapp.services.imports.finding import advice_for
from webapp.services.imports.json_lines import read_json_lines
from webapp.services.imports.limits import DEFAULT_LIMITS, ImportLimits, read_bytes
from webapp.services.imports.markdown import read_markdown
from webapp.services.imports.pdf import read_pdf
from webapp.services.imports.plain_text import read_plain_text
from webapp.services.imports.read_file import ReadFile
from webapp.services.imports.spreadsheet import read_xlsx
from webapp.services.imports.word import read_word

Reader = Callable[[Path, bytes, ImportLimits], ReadFile]

READER_BY_SUFFIX: dict[str, Reader] = {
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".txt": read_plain_text,
    ".text": read_plain_text,
    ".docx": read_word,
    ".pdf": read_pdf,
    ".csv": read_csv,
    ".xlsx": read_xlsx,
    ".jsonl": read_json_lines,
}


def read_story_files(path: Path, *, limits: ImportLimits = DEFAULT_LIMITS) -> ReadFile:
    """All stories of the file, and notices of what in it was passed over.

    Raises Invalid, with the file's name in front, if anything in it cannot be taken: a file is taken whole or
    not at all. Nothing else is raised, so that one bad file never keeps the others out.
    """
    try:
        reader = READER_BY_SUFFIX.get(path.suffix.lower())
        if reader is None:
            raise Invalid(
                f"Files of the kind {path.suffix or 'without a suffix'!r} are not read: {advice_for(path.suffix)}."
            )
        content = read_bytes(path, limits)
        if not content.strip():
            raise Invalid("It is empty: write the story, or leave the file out.")
        return reader(path, content, limits)
    except Invalid as err:
        raise Invalid(f"{path.name}: {err}") from err
