import math

import numpy as np
import pytest

from nlp.topics.word_choice import WINDOW, Candidate, ordered_words, window_npmi


def choose(*topics: list[Candidate], texts: list[str], n_words: int) -> list[list[str]]:
    """The words that are chosen first, in alphabetical order, for their order says another thing."""
    found = ordered_words(topics, [text.split() for text in texts], n_words=n_words)
    return [sorted(words[:n_words]) for words in found]


def test_two_words_are_worth_what_their_authors_formula_says() -> None:
    # Four passages of a window each: soup in three, bread in two, both in two.
    # NPMI = ln(0.5 / (0.75 · 0.5)) / -ln 0.5 = ln(4 / 3) / ln 2.
    texts = [["soup", "bread"], ["soup", "bread"], ["soup"], ["choir"]]
    npmi = window_npmi(texts, {"soup": 0, "bread": 1, "choir": 2})
    assert npmi[0, 1] == npmi[1, 0] == pytest.approx(math.log(4 / 3) / math.log(2), abs=1e-5)
    assert npmi[0, 2] < -0.4


def test_words_farther_apart_than_a_window_do_not_stand_together() -> None:
    near, far = ["soup", *"x" * (WINDOW - 2), "bread"], ["soup", *"x" * (WINDOW - 1), "bread"]
    vocabulary = {"soup": 0, "bread": 1}
    assert window_npmi([near, near, ["x"]], vocabulary)[0, 1] > 0.9
    assert window_npmi([far, far, ["x"]], vocabulary)[0, 1] < -0.4


def test_what_two_words_share_in_a_single_passage_is_no_habit() -> None:
    texts = [["soup", "bread"] * 5, ["soup"], ["bread"], *[["choir"]] * 20]
    assert window_npmi(texts, {"soup": 0, "bread": 1})[0, 1] == 0


def test_words_of_every_window_and_no_texts_at_all_are_no_error() -> None:
    assert np.isfinite(window_npmi([["soup", "bread"]] * 3, {"soup": 0, "bread": 1})).all()
    assert ordered_words([], [], n_words=10) == []
    assert ordered_words([[]], [["soup"]], n_words=10) == [[]]


def test_of_words_that_tell_as_much_those_that_go_together_are_chosen() -> None:
    candidates = [Candidate(word, 10 - i / 10, 1) for i, word in enumerate(("soup", "choir", "bread"))]
    texts = ["soup bread"] * 5 + ["choir"] * 5
    assert choose(candidates, texts=texts, n_words=2) == [["bread", "soup"]]


def test_a_word_that_tells_far_more_is_chosen_though_it_stands_alone() -> None:
    candidates = [Candidate("soup", 1000, 1), Candidate("choir", 900, 1), Candidate("bread", 1, 1)]
    texts = ["soup bread"] * 5 + ["choir"] * 5
    assert choose(candidates, texts=texts, n_words=2) == [["choir", "soup"]]


def test_a_word_that_another_topic_has_taken_gives_way_to_one_of_its_own() -> None:
    kitchen = [Candidate("hall", 10, 0.5), Candidate("soup", 9.9, 0.5)]
    chapel = [Candidate("hall", 10, 0.5), Candidate("choir", 9.9, 0.5)]
    texts = ["hall soup", "hall choir"] * 5
    assert choose(kitchen, chapel, texts=texts, n_words=1) == [["hall"], ["choir"]]


def test_a_word_that_is_mostly_used_elsewhere_tells_less() -> None:
    assert choose([Candidate("hall", 10, 0.1), Candidate("soup", 9, 0.9)], texts=["hall soup"], n_words=1) == [
        ["soup"]
    ]


def test_the_most_telling_of_the_chosen_words_leads_and_the_others_follow_behind_them() -> None:
    candidates = [Candidate(word, score, 1) for word, score in (("soup", 9), ("choir", 8), ("bread", 7), ("oven", 6))]
    texts = ["soup bread oven"] * 5 + ["choir"] * 5
    [words] = ordered_words([candidates], [text.split() for text in texts], n_words=3)
    assert words == ["soup", "bread", "oven", "choir"]
