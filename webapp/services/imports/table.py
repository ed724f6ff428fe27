"""A table of stories, one a row, wherever it was read from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from webapp.errors import Invalid
from webapp.services.imports.columns import ColumnMap, chosen_columns, map_columns, require_text_column
from webapp.services.imports.limits import ImportLimits
from webapp.services.imports.read_file import ReadFile, make_story, unknown_fields_notice
from webapp.services.imports.story_file import StoryFile
from webapp.services.imports.titles import first_line, title_line

MAX_LISTED = 200
"""Bad rows that are listed; more would only hide what they have in common."""

MAX_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class Row:
    """One row's cells, as words, under the number by which a person finds it (the header is row 1)."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A header, and the rows below it that hold anything."""

    names: tuple[str, ...]
    rows: tuple[Row, ...]


def make_table(rows: Iterable[Row], limits: ImportLimits) -> Table:
    """The table whose header is the first row that holds anything.

    Raises Invalid if there is no row, or more than `limits.rows` of them.
    """
    filled = (row for row in rows if any(cell.strip() for cell in row.cells))
    header = next(filled, None)
    if header is None:
        raise Invalid("It has no rows: put the names of the columns in the first row and a story in each other.")
    return Table(header.cells, tuple(limited(filled, limits)))


def limited(rows: Iterable[Row], limits: ImportLimits) -> Iterator[Row]:
    """The rows. Raises Invalid at the first that is too many."""
    for count, row in enumerate(rows, start=1):
        if count > limits.rows:
            raise Invalid(f"It has more than {limits.rows:,} rows, which is the most: split it.")
        yield row


def columns_of(table: Table, chosen: Mapping[str, int] | None = None) -> ColumnMap:
    """Which column is which field: as somebody chose (field → position), else by their names."""
    return map_columns(table.names) if chosen is None else chosen_columns(chosen, table.names)


def read_table(
    table: Table, path: Path, limits: ImportLimits, *, chosen: Mapping[str, int] | None = None
) -> ReadFile:
    """A story of every row. chosen: see `columns_of`.

    Raises Invalid if no column holds the text, or if any row cannot be taken; it then lists all such rows, so
    that one round of mending is enough.
    """
    columns = columns_of(table, chosen)
    stories, faults = stories_and_faults(table, columns, path, limits)
    if faults:
        raise Invalid(_listed(faults))
    return ReadFile(tuple(stories), unknown_fields_notice(columns.unknown))


def stories_and_faults(
    table: Table, columns: ColumnMap, path: Path, limits: ImportLimits
) -> tuple[list[StoryFile], list[str]]:
    """The stories of the rows that can be taken, and what is wrong with the others, row by row.

    Raises Invalid if no column holds the text, or there are no rows.
    """
    require_text_column(columns, table.names)
    if not table.rows:
        raise Invalid("It has a header and no rows below: write one story a row.")
    stories: dict[str, StoryFile] = {}
    row_by_id: dict[str, int] = {}
    faults = []
    for row in table.rows:
        try:
            _check_width(row, table)
            story = _story_of(row, columns.position_by_field, path, limits)
            _check_new(story.id, row_by_id)
        except Invalid as err:
            faults.append(f"row {row.number}: {err}")
        else:
            row_by_id[story.id] = row.number
            stories[story.id] = story
    return list(stories.values()), faults


def _story_of(row: Row, columns: Mapping[str, int], path: Path, limits: ImportLimits) -> StoryFile:
    fields = {field: row.cells[at].strip() for field, at in columns.items() if at < len(row.cells)}
    fields = {field: value for field, value in fields.items() if value}
    text = fields.setdefault("text", "")
    # The row's number, so that importing the same file again meets the same stories.
    fields.setdefault("id", f"{path.stem}-{row.number}")
    fields.setdefault("title", title_line(text) or first_line(text) or fields["id"])
    return make_story(fields, limits)


def _check_width(row: Row, table: Table) -> None:
    surplus = [cell for cell in row.cells[len(table.names) :] if cell.strip()]
    if surplus:
        raise Invalid(
            f"It has {len(row.cells)} cells under {len(table.names)} columns: "
            "put quotes around a text that holds the separator."
        )


def _check_new(story_id: str, row_by_id: Mapping[str, int]) -> None:
    if story_id in row_by_id:
        raise Invalid(f"The id {story_id!r} stands already in row {row_by_id[story_id]}: give each row its own.")


def _listed(faults: list[str]) -> str:
    rows = "1 row" if len(faults) == 1 else f"{len(faults):,} rows"
    more = [f"… and {len(faults) - MAX_LISTED:,} more."] if len(faults) > MAX_LISTED else []
    return "\n".join([f"Nothing was taken, because of {rows}.", *faults[:MAX_LISTED], *more])
