import csv
from pathlib import Path

import pytest

from webapp.errors import Invalid
from webapp.services.imports import ImportLimits, read_story_files
from webapp.services.imports.read_file import ReadFile


@pytest.fixture
def csv_path(tmp_path: Path) -> Path:
    return tmp_path / "stories.csv"


def read(path: Path, text: str, *, limits: ImportLimits = ImportLimits()) -> ReadFile:  # noqa: B008 (frozen)
    path.write_bytes(text.encode())
    return read_story_files(path, limits=limits)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_usual_separator_is_recognised(csv_path: Path, delimiter: str) -> None:
    with csv_path.open("w", newline="") as target:
        writer = csv.writer(target, delimiter=delimiter)
        writer.writerow(["Project", "Case study", "Council", "Themes", "Amount, in £; net"])
        writer.writerow(["Soup", 'A long story,\nover lines; and “quotes”\t""', "Doncaster", "food; faith", "3"])
    file = read_story_files(csv_path)
    (story,) = file.stories
    assert (story.id, story.title, story.local_authority) == ("stories-2", "Soup", "Doncaster")
    assert story.themes == ("food", "faith")
    assert story.text == 'A long story,\nover lines; and “quotes”\t""'
    assert file.notices == ("Ignored unknown fields: Amount, in £; net.",)


def test_quotes_around_every_cell_do_not_hide_the_separator(csv_path: Path) -> None:
    file = read(csv_path, '"title";"text"\n"A";"One, two"\n')
    assert [(story.title, story.text) for story in file.stories] == [("A", "One, two")]


def test_blank_rows_count_and_are_skipped(csv_path: Path) -> None:
    file = read(csv_path, "title,text\n\nA,One.\n,\n  \nB,Two.\n")
    assert [story.id for story in file.stories] == ["stories-3", "stories-6"]


def test_a_row_without_a_title_is_called_after_its_text(csv_path: Path) -> None:
    assert read(csv_path, "text\nIt began in March.\n").stories[0].title == "It began in March."


def test_a_story_longer_than_the_csv_modules_own_limit_is_read(csv_path: Path) -> None:
    assert len(read(csv_path, "text\n" + "word " * 40_000).stories[0].text) == 199_999


def test_all_bad_rows_are_listed_and_nothing_is_taken(csv_path: Path) -> None:
    with pytest.raises(Invalid) as caught:
        read(
            csv_path,
            "id,title,text\na,T,One.\nb,T,\na,T,Two.\n../c,T,Three.\nd,T,Four.,five\ne," + "x" * 301 + ",Six\n",
        )
    first, *rows = str(caught.value).split("\n")
    assert first == "stories.csv: Nothing was taken, because of 5 rows."
    assert [row.split(":")[0] for row in rows] == ["row 3", "row 4", "row 5", "row 6", "row 7"]
    assert "holds no text" in rows[0]
    assert "The id 'a' stands already in row 2" in rows[1]
    assert "The id '../c'" in rows[2]
    assert "4 cells under 3 columns" in rows[3]
    assert "'title'" in rows[4]


def test_a_very_long_list_of_bad_rows_is_cut(csv_path: Path) -> None:
    with pytest.raises(Invalid, match=r"because of 300 rows.(.|\n)*… and 100 more\.$"):
        read(csv_path, "title,text\n" + "a,\n" * 300)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("a,b\nc,d\n", "No column holds the stories' text; the columns are a, b"),
        ("title,text\n", "a header and no rows below"),
        ("title,text\na,\"open\nb,c\n", r"Row 2 cannot be read \(unexpected end of data\)"),
        ("title,text\na,\"b\" c\n", "Row 2 cannot be read"),
        ("text\n" + "a\n" * 6, "more than 5 rows"),
        ("text\n" + "a" * 51, "row 2: Its text has 51 characters, and 50 is the most"),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_read_is_refused(csv_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(Invalid, match=complaint):
        read(csv_path, text, limits=ImportLimits(rows=5, text_characters=50))


def test_another_encoding_is_refused(csv_path: Path) -> None:
    csv_path.write_bytes("text\nThe café".encode("cp1252"))
    with pytest.raises(Invalid, match=r"stories.csv: It is not in UTF-8: byte 0xE9 at byte offset 12"):
        read_story_files(csv_path)
