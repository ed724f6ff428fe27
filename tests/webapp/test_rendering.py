"""Text in blocks and segments, words for people."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from nlp.types import Snippet
from webapp.rendering import (
    Mark,
    chance_in_words,
    day_in_words,
    highlighted,
    marked_blocks,
    percent,
    period_in_words,
    segments,
)

TEXT = "# A hall\n\nIt was cold.\nSo were we.\n\n- chairs\n- soup\n\nThe end."


def _words(block) -> list[str]:
    return ["".join(segment.text for segment in part) for part in block.parts]


def test_a_text_becomes_headings_paragraphs_and_lists() -> None:
    blocks = [(block.kind, _words(block)) for block in marked_blocks(TEXT, [])]
    assert blocks == [
        ("heading", ["A hall"]),
        ("paragraph", ["It was cold.\nSo were we."]),
        ("list", ["chairs", "soup"]),
        ("paragraph", ["The end."]),
    ]


def test_marks_that_overlap_share_a_segment() -> None:
    marks = [Mark("a", 0, 6, ("theme",)), Mark("b", 3, 9, ("repurposing",))]
    found = [(segment.text, segment.anchors) for segment in segments("abcdefghi", 0, 9, marks)]
    assert found == [("abc", "a"), ("def", "a b"), ("ghi", "b")]


def test_a_mark_over_several_blocks_has_one_anchor() -> None:
    [mark] = [Mark("a", 0, len(TEXT), ("theme",))]
    placed = [segment.begins for block in marked_blocks(TEXT, [mark]) for part in block.parts for segment in part]
    assert [begins for begins in placed if begins] == [("a",)]


spans = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted)


@given(st.text("ab \n-#", max_size=60), st.lists(spans, max_size=6))
def test_segments_put_together_are_the_text_whatever_is_marked(text: str, places: list[list[int]]) -> None:
    marks = [Mark(str(number), start, end, ("theme",)) for number, (start, end) in enumerate(places)]
    cut = list(segments(text, 0, len(text), marks))
    assert "".join(segment.text for segment in cut) == text
    for block in marked_blocks(text, marks):
        assert all("".join(segment.text for segment in part).strip() for part in block.parts)


def test_highlights_are_marked_and_all_else_is_escaped() -> None:
    snippet = Snippet("Soup & <b>soup</b>.", ((0, 4), (10, 14)))
    assert highlighted(snippet) == Markup("<mark>Soup</mark> &amp; &lt;b&gt;<mark>soup</mark>&lt;/b&gt;.")


def test_a_snippet_from_the_middle_shows_that_it_is_one() -> None:
    assert highlighted(Snippet("and then we ate")) == "…and then we ate…"


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2020-03/2020-10", "March 2020 to October 2020"),
        ("2020", "2020"),
        ("2021-05/2021-05", "May 2021"),
        ("spring 2021", "spring 2021"),
        ("2020-13", "2020-13"),
        (None, ""),
    ],
)
def test_periods_are_read_as_people_write_them(period: str | None, words: str) -> None:
    assert period_in_words(period) == words


def test_a_day_is_written_out() -> None:
    assert day_in_words(date(2021, 3, 3)) == "3 March 2021"
    assert day_in_words(None) == ""


def test_percent_is_whole_and_never_more_than_all() -> None:
    assert [percent(1, 3), percent(5, 4), percent(0, 0)] == [33, 100, 0]


@pytest.mark.parametrize(
    ("chance", "words"),
    [(0.95, "almost certain (95"), (0.7, "likely (70"), (0.4, "as likely as not (40"), (0, "possible (0")],
)
def test_a_probability_is_said_in_words_and_in_a_number(chance: float, words: str) -> None:
    assert chance_in_words(chance) == f"{words}\N{NO-BREAK SPACE}%)"
