"""What changed between two texts."""

import doctest
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

import nlp.differences
from nlp.differences import differences

texts = st.lists(st.sampled_from(["hall", "kitchen", " ", "\n", "\n\n", ".", "é", "Leith"]), max_size=12).map("".join)


def side(blocks: tuple[nlp.differences.Block, ...], kind: str) -> str:
    changes = chain.from_iterable(block.changes for block in blocks)
    return "".join(change.text for change in changes if change.kind in ("same", kind))


@given(texts, texts)
def test_both_texts_can_be_read_from_their_differences(before: str, after: str) -> None:
    blocks = differences(before, after)
    assert (side(blocks, "removed"), side(blocks, "added")) == (before, after)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("The hall was cold.", "The hall was warm.", [("same", "The hall was "), ("removed", "cold"),
                                                      ("added", "warm"), ("same", ".")]),
        ("Ring Amina Okoro.", "Ring Bea Lind.", [("same", "Ring "), ("removed", "Amina Okoro"),
                                                 ("added", "Bea Lind"), ("same", ".")]),
        ("", "New.", [("added", "New.")]),
        ("Gone.", "", [("removed", "Gone.")]),
    ],
)  # fmt: skip
def test_changes_are_whole_words_and_phrases(before: str, after: str, expected: list[tuple[str, str]]) -> None:
    [block] = differences(before, after)
    assert [(change.kind, change.text) for change in block.changes] == expected


def test_a_line_that_stays_is_a_block_of_its_own() -> None:
    blocks = differences("One.\nTwo.\nThree.\n", "One.\n2.\nThree.\n")
    assert [block.is_changed for block in blocks] == [False, True, False]


def test_the_examples_of_the_module_are_true() -> None:
    assert doctest.testmod(nlp.differences).failed == 0
