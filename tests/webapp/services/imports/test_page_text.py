import time

import pytest

from webapp.services.imports.page_text import join_pages

FULL = "A line of the width that all full lines of this page have, give or take"


def test_lines_run_together_until_a_short_one_ends_the_paragraph() -> None:
    assert join_pages(
        [f"{FULL}\n{FULL}\nand an end.\nAnother begins here and runs over the whole of the line as well\non."]
    ) == (f"{FULL} {FULL} and an end.\n\nAnother begins here and runs over the whole of the line as well on.")


def test_headings_and_list_items_stand_alone() -> None:
    page = f"{FULL}\n{FULL} now.\nWhat came next\n{FULL}\n• one\n• two\n{FULL}"
    assert join_pages([page]).split("\n\n") == [
        f"{FULL} {FULL} now.",
        "What came next",
        FULL,
        "• one",
        "• two",
        FULL,
    ]


def test_a_divided_word_is_whole_again_unless_its_hyphen_is_its_own() -> None:
    assert join_pages(
        [f"{FULL} commu-\nnity and a well-\nknown hall, the well-known one, in Stockton-on-\nTees"]
    ) == (f"{FULL} community and a well-known hall, the well-known one, in Stockton-on-Tees")


@pytest.mark.parametrize("filler", ["a", "-", "a-", " ", ".", "\n", "a-\n", "a.\n"])
def test_a_long_monotonous_page_takes_no_time(filler: str) -> None:
    before = time.process_time()
    join_pages([filler * 200_000 + "b"])
    assert time.process_time() - before < 5


def test_soft_hyphens_are_gone() -> None:
    assert join_pages(["neigh\xad\nbour\xadhood"]) == "neighbourhood"


def test_headers_footers_and_page_numbers_are_left_out_and_paragraphs_run_over_pages() -> None:
    pages = [
        f"Annual report 202{n}\n\n{FULL} {word},\n\nLocal Trust\nPage {n} of 4"
        for n, word in enumerate(["one", "two", "three", "four"], start=1)
    ]
    assert join_pages(pages) == " ".join(f"{FULL} {word}," for word in ["one", "two", "three", "four"])


def test_two_pages_do_not_show_what_repeats() -> None:
    assert "Local Trust" in join_pages(["Local Trust\n\nOne.", "Local Trust\n\nTwo."])
