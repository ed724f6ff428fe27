import pytest

from nlp.topics import TooFewPassages
from nlp.topics.readable import require_readable, unreadable

WELSH = "Trowyd y capel yn fanc bwyd yn ystod y gaeaf hir a thywyll, a daeth pobl o bob man."


def test_passages_of_a_word_repeated_ones_and_ones_in_another_language_are_left_out() -> None:
    texts = ["Soup.", "The hall became a kitchen for all.", "The hall  became a KITCHEN for all.", WELSH]
    assert unreadable(texts) == {0: "too_short", 2: "repeated", 3: "other_language"}


def test_one_story_repeated_many_times_is_refused_with_the_reason() -> None:
    texts = ["The hall became a kitchen for all."] * 500
    with pytest.raises(TooFewPassages, match=r"1 passage from 1 story.*Left out: 499 word for word"):
        require_readable(texts, range(500), unreadable(texts))
