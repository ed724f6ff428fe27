"""The fusion of signals, facets and snippets, by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from nlp.search.facets import facet_column, joined
from nlp.search.fields import MEANING_FLOOR, MEANING_LIMIT
from nlp.search.fusion import (
    CONFIRMED_BONUS,
    THEME_FLOOR,
    TOLD_SHARE,
    Signals,
    best_first,
    found_by_meaning,
    fuse_signals,
)
from nlp.search.meaning import closeness
from nlp.search.snippets import LONGEST_SNIPPET, paragraphs, plain_snippet, snippets_by_words
from nlp.search.suggestions import edits, lexicon_of

NONE = -np.inf


def test_words_and_meaning_count_alike_once_scaled_and_a_whole_match_outdoes_both() -> None:
    no, nothing = np.zeros(4, dtype=bool), np.full(4, NONE)
    signals = Signals(
        eligible=np.ones(4, dtype=bool), words=np.array([8.0, 4.0, NONE, 2.0]),
        meaning=np.array([0.2, 0.6, 0.4, 0.2]), repurposings=nothing, turns=nothing, told=nothing,
        themes=np.zeros(4), places=nothing, quoted=no, confirmed=no, called=no,
        whole=np.array([False, False, False, True]),
    )  # fmt: skip
    assert fuse_signals(signals) == pytest.approx([0.5, 0.25 + 0.5, 0.25, 0.125 + 1.0])


def alike(n: int, **known: object) -> Signals:
    """Signals of n stories that words find equally well, and of which nothing else is known but what is said."""
    no, nothing = np.zeros(n, dtype=bool), np.full(n, NONE)
    plain = Signals(
        eligible=np.ones(n, dtype=bool), words=np.ones(n), meaning=nothing, repurposings=nothing, turns=nothing,
        told=nothing, themes=nothing, places=nothing, quoted=no, confirmed=no, whole=no, called=no,
    )  # fmt: skip
    return replace(plain, **known)  # type: ignore[arg-type]


def test_what_a_person_confirmed_comes_before_what_a_machine_read_alike() -> None:
    scores = fuse_signals(alike(3, confirmed=np.array([False, True, False])))
    assert best_first(scores).tolist() == [1, 0, 2]
    assert scores[1] - scores[0] == pytest.approx(CONFIRMED_BONUS)


def test_a_better_answer_comes_before_one_that_a_person_confirmed() -> None:
    better, confirmed = np.array([1.0, 0.9]), np.array([False, True])
    assert best_first(fuse_signals(alike(2, words=better, confirmed=confirmed))).tolist() == [0, 1]


def test_a_change_that_is_told_but_was_not_read_still_speaks_for_a_story() -> None:
    scores = fuse_signals(alike(3, told=np.array([0.6, 0.4, 0.1])))
    assert scores - scores[2] == pytest.approx([TOLD_SHARE, TOLD_SHARE / 2, 0.0])


def test_a_story_surely_about_what_was_surely_asked_is_found_whatever_its_words() -> None:
    nothing = np.full(2, NONE)
    found = fuse_signals(alike(2, words=nothing, themes=np.array([THEME_FLOOR, THEME_FLOOR - 0.01]))) > NONE
    assert found.tolist() == [True, False]


def test_equal_scores_keep_their_order() -> None:
    assert best_first(np.array([1.0, 2.0, 1.0 + 1e-12, 2.0])).tolist() == [1, 3, 0, 2]


def test_meaning_finds_only_what_is_close_and_eligible_and_not_too_much() -> None:
    similarities = np.array([MEANING_FLOOR, MEANING_FLOOR - 0.01, 0.9, NONE])
    assert found_by_meaning(similarities, np.array([True, True, False, True])).tolist() == [True] + [False] * 3
    many = np.linspace(0.5, 0.9, MEANING_LIMIT + 50)
    assert found_by_meaning(many, np.ones(len(many), dtype=bool)).sum() == MEANING_LIMIT


def test_closeness_is_the_mean_of_the_three_best_matches() -> None:
    best = np.array([[0.1, 0.5], [0.4, 0.5], [0.7, 0.5], [1.0, 0.5]], dtype=np.float32)
    assert closeness(best) == pytest.approx([0.7, 0.5])


def test_joined_facet_columns_are_those_of_all_their_stories() -> None:
    first, second = [("b", "a"), ()], [("c", "a", "a")]
    whole = facet_column([*first, *second])
    both = joined(facet_column(first), facet_column(second), n_first=2)
    everybody = np.ones(3, dtype=bool)
    assert both.counts(everybody) == whole.counts(everybody) == (("a", 2), ("b", 1), ("c", 1))
    assert both.having(["a", "z"], 3).tolist() == [True, False, True]


def test_a_long_passage_is_cut_between_words_around_its_highlights() -> None:
    passage = "alpha " * 200 + "The library opened. " + "omega " * 200
    (shown,) = snippets_by_words([passage], {"librari": 1.0})
    assert len(shown.text) <= LONGEST_SNIPPET
    assert shown.text in passage
    assert [shown.text[start:end] for start, end in shown.highlights] == ["library"]
    assert set(shown.text.split()) <= {"alpha", "omega", "The", "library", "opened."}


def test_a_long_passage_without_blanks_is_cut_all_the_same() -> None:
    assert len(plain_snippet("x" * 5000).text) == LONGEST_SNIPPET


def test_paragraphs_are_lines_with_words() -> None:
    assert paragraphs("One.\n\n * * *\n  Two. ") == ["One.", "Two."]


@pytest.mark.parametrize(
    ("a", "b", "n"), [("school", "scool", 1), ("empty", "emtpy", 1), ("a", "bcd", 3), ("", "", 0)]
)
def test_edits_count_swaps_of_neighbours_as_one(a: str, b: str, n: int) -> None:
    assert edits(a, b, limit=3) == n
    assert edits(b, a, limit=3) == n


def test_a_lexicon_gives_near_terms_nearest_first() -> None:
    lexicon = lexicon_of(["school", "scholar", "stool", "library", "scool"])
    assert [term for _, term in lexicon.near("scool", 1)] == ["school", "stool"]
