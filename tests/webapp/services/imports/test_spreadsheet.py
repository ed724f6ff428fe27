import warnings
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation

from webapp.errors import Invalid
from webapp.services.imports import ImportLimits, read_story_files

MakeSheet = Callable[..., Path]


def test_the_first_sheet_with_a_text_column_is_read(make_sheet: MakeSheet) -> None:
    path = make_sheet([], [["Notes"], ["x"]], [["Name", "Story"], ["Soup", "A story."]], [["text"], ["Other."]])
    (story,) = read_story_files(path).stories
    assert (story.id, story.title, story.text) == ("stories-2", "Soup", "A story.")


def test_dates_and_numbers_read_as_people_write_them(make_sheet: MakeSheet) -> None:
    rows = [
        ["id", "text", "date", "illustrative"],
        [7, "A", datetime(2021, 3, 4), True],
        [8.0, "B", date(2021, 3, 5), None],
        ["0045", "C", 2020, False],
    ]
    stories = read_story_files(make_sheet(rows)).stories
    assert [(story.id, story.period, story.illustrative) for story in stories] == [
        ("7", "2021-03-04", True),
        ("8", "2021-03-05", False),
        ("0045", "2020", False),
    ]


def test_rows_are_numbered_as_in_the_spreadsheet(make_sheet: MakeSheet) -> None:
    with pytest.raises(Invalid, match=r"stories.xlsx: Nothing was taken, because of 1 row.\nrow 5: It holds no text"):
        read_story_files(make_sheet([["title", "text"], ["A", "x"], [None], ["B", "y"], ["C", None]]))


def test_features_that_openpyxl_does_not_know_are_passed_over_in_silence(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook["Sheet"]
    sheet.append(["text"])
    sheet.append(["A story."])
    sheet.add_data_validation(DataValidation(type="list", formula1='"a,b"', sqref="A1"))
    workbook.save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as source, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as target:
        for name in source.namelist():
            content = source.read(name)
            # Without a default style openpyxl warns.
            target.writestr(name, content.replace(b"cellStyle ", b"x ") if name == "xl/styles.xml" else content)
    with warnings.catch_warnings(record=True) as caught:
        assert read_story_files(tmp_path / "b.xlsx").stories
    assert caught == []


def test_a_false_address_does_not_fill_the_memory(make_sheet: MakeSheet, tmp_path: Path) -> None:
    path = make_sheet([["text"], ["A story."]])
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(tmp_path / "bomb.xlsx", "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name.endswith("sheet1.xml"):
                content = content.replace(
                    b"</sheetData>", b'<row r="99999999999"><c r="ZZZ9"><v>1</v></c></row></sheetData>'
                )
            target.writestr(name, content)
    assert len(read_story_files(tmp_path / "bomb.xlsx").stories) == 1


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ([], "It has no rows"),
        ([["Project", "Council"], ["a", "b"]], "the columns are Project, Council"),
        ([["text"], *[["a"]] * 4], "more than 3 rows"),
    ],
)
def test_a_workbook_without_stories_is_refused(make_sheet: MakeSheet, rows: list[list[str]], complaint: str) -> None:
    with pytest.raises(Invalid, match=complaint):
        read_story_files(make_sheet(rows), limits=ImportLimits(rows=3))


def test_a_word_file_with_another_name_is_refused(word_path: Path) -> None:
    path = word_path.rename(word_path.with_suffix(".xlsx"))
    with pytest.raises(Invalid, match="It is no Excel file, whatever its name says"):
        read_story_files(path)
