from pathlib import Path

import pytest

from webapp.errors import Invalid
from webapp.services.imports import read_story_files


@pytest.fixture
def lines_path(tmp_path: Path) -> Path:
    return tmp_path / "grants.jsonl"


def test_objects_are_mapped_as_columns_are(lines_path: Path) -> None:
    lines_path.write_text(
        '{"id": "007", "project": "Soup", "summary": "A story.", "amount": 3.5}\n\n'
        '{"project": null, "summary": "Another.", "location": "Balby", "codes": ["a"]}\n'
    )
    file = read_story_files(lines_path)
    first, second = file.stories
    assert (first.id, first.title, first.text) == ("007", "Soup", "A story.")
    assert (second.id, second.title, second.place) == ("grants-3", "Another.", "Balby")
    assert file.notices == ("Ignored unknown fields: amount, codes.", "Ignored nested values in: codes.")


def test_lines_that_hold_no_object_are_listed(lines_path: Path) -> None:
    lines_path.write_text('{"text": "a"}\n{"text": \n[1]\n' + "[" * 100_000 + "\n")
    with pytest.raises(Invalid, match=r"grants.jsonl: No JSON object stands in line 2, 3, 4: "):
        read_story_files(lines_path)


def test_bad_rows_are_numbered_by_line(lines_path: Path) -> None:
    lines_path.write_text('{"text": "a"}\n\n{"title": "b"}\n')
    with pytest.raises(Invalid, match="row 3: It holds no text"):
        read_story_files(lines_path)
