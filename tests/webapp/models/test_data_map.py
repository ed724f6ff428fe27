"""The data map of docs/data-protection.md speaks of every table, and of every column that can name somebody."""

import re
from pathlib import Path

from webapp.models import metadata

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "data-protection.md").read_text(encoding="utf-8")
MAP = PAGE.split("## 6. Data map")[1].split("## 7.")[0]
ROWS = {
    table: set(re.findall(r"`([a-z_0-9]+)`", columns))
    for table, columns in re.findall(r"^\| `([a-z_]+)` \| ([^|]*)\|", MAP, re.MULTILINE)
}
OF_NOBODY = set(re.findall(r"`([a-z_]+)`", MAP.split("hold nothing of people:")[1]))
TELLS_OF_PEOPLE = re.compile(
    r"(?:^|_)(?:email|phone|name|town|pseudonym|contact|witness|guardian|whom|recipient|speaker|author|actor)(?:_|$)"
    r"|^(?:text|body|words|note|memo|title|summary|written|caption|credit|message|messages|original|conditions)$"
)
# Names of models and of fields of a form.
NAMES_OF_THINGS = {"model_name", "embedding_name", "filename"}


def test_the_map_speaks_of_every_table_once() -> None:
    assert set(ROWS) & OF_NOBODY == set()
    assert set(ROWS) | OF_NOBODY == set(metadata.tables)


def test_every_column_of_the_map_exists() -> None:
    assert {(table, column) for table, columns in ROWS.items() for column in columns} <= {
        (table.name, column.name) for table in metadata.sorted_tables for column in table.columns
    }


def test_no_column_that_can_tell_of_somebody_is_left_out() -> None:
    left_out = {
        f"{table}.{column.name}"
        for table, told in ROWS.items()
        for column in metadata.tables[table].columns
        if TELLS_OF_PEOPLE.search(column.name)
        and column.name not in told | NAMES_OF_THINGS
        and not column.name.endswith(("_id", "_on"))
    }
    assert left_out == set()
