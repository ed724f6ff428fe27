"""Objects, one a line, as open-data publishers give them; the names of their fields are a table's columns."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from webapp.errors import Invalid
from webapp.services.imports.limits import ImportLimits
from webapp.services.imports.plain_text import decode
from webapp.services.imports.read_file import ReadFile
from webapp.services.imports.table import Row, Table, limited, read_table


def read_json_lines(path: Path, content: bytes, limits: ImportLimits) -> ReadFile:
    """A story of every object, numbered by its line; values that hold lists or objects are passed over."""
    objects = _objects(decode(content))
    names = tuple(dict.fromkeys(name for fields in objects.values() for name in fields))
    nested = [name for name in names if any(_is_nested(fields.get(name)) for fields in objects.values())]
    rows = (Row(number, tuple(_words(fields.get(name)) for name in names)) for number, fields in objects.items())
    table = Table(names, tuple(limited(rows, limits)))
    file = read_table(table, path, limits)
    notices = (f"Ignored nested values in: {', '.join(nested)}.",) if nested else ()
    return ReadFile(file.stories, file.notices + notices)


def _objects(text: str) -> dict[int, dict[str, Any]]:
    """The objects by line number. Raises Invalid with every line that holds none."""
    objects, faults = {}, []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        fields = _parse(line)
        if isinstance(fields, dict):
            objects[number] = fields
        else:
            faults.append(str(number))
    if faults:
        listed = ", ".join(faults[:50]) + (" …" if len(faults) > 50 else "")
        raise Invalid(f"No JSON object stands in line {listed}: write one object a line.")
    return objects


def _parse(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        # None is no object, which is what the caller reports.
        return None


def _is_nested(value: object) -> bool:
    return isinstance(value, dict | list)


def _words(value: object) -> str:
    return "" if value is None or _is_nested(value) else str(value)
