import time
from pathlib import Path

import pytest

from webapp.services.imports.titles import first_heading, first_line, readable_stem, title_line


def test_the_navigation_above_a_copied_page_is_no_title() -> None:
    text = "Skip to Main Content\nFood  Sport\n\nHome > Stories\n\nA kitchen in the clubhouse\n\nIt began."
    assert title_line(text) == "A kitchen in the clubhouse"


@pytest.mark.parametrize(
    "text", ["It began in March, with soup.\n\nA heading", "word " * 60, "", "12\n\nText", "***"]
)
def test_a_text_that_begins_at_once_has_no_title_line(text: str) -> None:
    assert title_line(text) is None


@pytest.mark.parametrize("filler", [" ", "\t", "#", "-", "home ", "a", "\n", " \n"])
def test_a_long_monotonous_text_takes_no_time(filler: str) -> None:
    text = "# " + filler * 300_000 + "b"
    before = time.process_time()
    first_heading(text), first_line(text), title_line(text)
    assert time.process_time() - before < 5


def test_a_files_name_reads_as_words() -> None:
    assert readable_stem(Path("balby_food-hub  2021.txt")) == "Balby food hub 2021"
