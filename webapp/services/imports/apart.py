"""Reading somebody's file in a process of its own, so that a huge or hostile one neither stops nor fills the site.

`python -m webapp.services.imports.apart FILE` writes what it read as JSON.
"""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from webapp.errors import Invalid
from webapp.services.imports.columns import ColumnMap
from webapp.services.imports.limits import ImportLimits
from webapp.services.imports.reading import read_story_files, table_of
from webapp.services.imports.table import MAX_LISTED, Table, columns_of, stories_and_faults

TIMEOUT_S = 60
_MEMORY_BYTES = 2 * 1024**3
_ROOT = Path(__file__).resolve().parents[3]
_MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class TablePreview:
    """A table before it is taken. columns: (its name, the field it becomes or ''); rows: the first, cell by cell."""

    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, ...], ...]
    n_rows: int
    faults: tuple[str, ...]

    @property
    def has_text(self) -> bool:
        """Has somebody, or its name, said which column holds the stories' text?"""
        return any(field == "text" for _, field in self.columns)

    @property
    def is_ready(self) -> bool:
        """Can all of it be taken in?"""
        return self.has_text and not self.faults


def read_document(name: str, content: bytes, limits: ImportLimits) -> dict[str, str]:
    """Field → what a text, Word or PDF document says in it. Raises Invalid for one that cannot be read."""
    found = _run("document", name, content, limits)
    return {str(field): str(value) for field, value in found.items()}


def preview_table(
    name: str, content: bytes, limits: ImportLimits, *, chosen: Mapping[str, int] | None = None
) -> TablePreview:
    """How a spreadsheet would be taken. Raises Invalid for one in which no stories can be found.

    chosen: field → position of its column, where somebody chose; else they are told by their names.
    """
    found = _run("table", name, content, limits, chosen)
    return TablePreview(
        columns=tuple((column, field) for column, field in found["columns"]),
        rows=tuple(tuple(row) for row in found["rows"]),
        n_rows=found["n_rows"],
        faults=tuple(found["faults"]),
    )


def _run(
    what: str, name: str, content: bytes, limits: ImportLimits, chosen: Mapping[str, int] | None = None
) -> dict[str, Any]:
    told = re.sub(r"[^\w .-]+", "_", Path(name.replace("\\", "/")).name)[-100:] or "file"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / told
        path.write_bytes(content)
        command = [sys.executable, "-m", "webapp.services.imports.apart", what, str(path)]
        command += [json.dumps(asdict(limits)), json.dumps(chosen)]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(_ROOT), os.environ.get("PYTHONPATH", "")])}
        try:
            ran = subprocess.run(  # noqa: S603 - our own program, and no shell
                command, capture_output=True, timeout=TIMEOUT_S, env=environment, check=False
            )
        except subprocess.TimeoutExpired as err:
            raise Invalid(f"{told}: it takes too long to read. Split it, or send its text.") from err
    if ran.returncode != 0:
        raise Invalid(f"{told}: it could not be read. Save it anew, or send its text.")
    answer = json.loads(ran.stdout)
    if "error" in answer:
        raise Invalid(answer["error"])
    return dict(answer)


def _document(path: Path, limits: ImportLimits) -> Mapping[str, Any]:
    stories = read_story_files(path, limits=limits).stories
    if len(stories) != 1:
        raise Invalid(f"{path.name}: it holds {len(stories)} stories. Send many as a spreadsheet.")
    fields = ("title", "text", "place", "local_authority", "region", "organisation", "period")
    return {name: getattr(stories[0], name) or "" for name in fields}


def _table(path: Path, limits: ImportLimits, chosen: Mapping[str, int] | None) -> Mapping[str, Any]:
    table = table_of(path, path.read_bytes(), limits)
    columns = columns_of(table, chosen)
    field_by_position = {at: field for field, at in columns.position_by_field.items()}
    return {
        "columns": [(name, field_by_position.get(at, "")) for at, name in enumerate(table.names)],
        "rows": [[cell[:200] for cell in row.cells] for row in table.rows[:_MOST_SHOWN]],
        "n_rows": len(table.rows),
        "faults": _faults(table, columns, path, limits),
    }


def _faults(table: Table, columns: ColumnMap, path: Path, limits: ImportLimits) -> list[str]:
    """What is wrong with each row; nothing while nobody has said which column holds the text."""
    if not table.rows or "text" in columns.position_by_field:
        return stories_and_faults(table, columns, path, limits)[1][:MAX_LISTED]
    return []


def _main(what: str, file: str, limits: str, chosen: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    path, bounds = Path(file), ImportLimits(**json.loads(limits))
    try:
        answer = _document(path, bounds) if what == "document" else _table(path, bounds, json.loads(chosen))
    except Invalid as err:
        words = str(err)
        name = Path(file).name
        answer = {"error": words if words.startswith(name) else f"{name}: {words}"}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    _main(*sys.argv[1:])
