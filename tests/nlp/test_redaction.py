import doctest
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import nlp.redaction
from nlp.components.personal_data import find_personal_data
from nlp.redaction import PLACEHOLDERS, Replacement, redact, suggest_pseudonyms
from webapp.models import PERSONAL_DATA_KINDS


@st.composite
def replaced_texts(draw: st.DrawFn) -> tuple[str, list[Replacement]]:
    text = draw(st.text(min_size=1, max_size=60))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    stretches = list(zip(cuts[::2], cuts[1::2], strict=False))
    return text, [Replacement(start, end, draw(st.text(max_size=6))) for start, end in stretches]


@given(replaced_texts(), st.data())
def test_every_span_outside_replaced_stretches_keeps_its_words(
    case: tuple[str, list[Replacement]], data: st.DataObject
) -> None:
    text, replacements = case
    redacted = redact(text, replacements)
    edges = [0, *(edge for r in replacements for edge in (r.start, r.end)), len(text)]
    for low, high in zip(edges[::2], edges[1::2], strict=True):
        start = data.draw(st.integers(low, high))
        end = data.draw(st.integers(start, high))
        new_start, new_end = redacted.offsets.span(start, end)
        assert redacted.text[new_start:new_end] == text[start:end] or start == end


@given(replaced_texts())
def test_the_map_is_total_and_never_falls(case: tuple[str, list[Replacement]]) -> None:
    text, replacements = case
    redacted = redact(text, replacements)
    for is_end in (False, True):
        moved = [redacted.offsets.offset(offset, is_end=is_end) for offset in range(len(text) + 1)]
        assert all(left <= right for left, right in pairwise(moved))
        assert all(0 <= offset <= len(redacted.text) for offset in moved)


@given(replaced_texts())
def test_a_replaced_stretch_goes_to_its_replacement(case: tuple[str, list[Replacement]]) -> None:
    text, replacements = case
    redacted = redact(text, replacements)
    for replacement in replacements:
        start, end = redacted.offsets.span(replacement.start, replacement.end)
        assert redacted.text[redacted.offsets.offset(replacement.start) : end].endswith(replacement.words)
        assert start <= end


@pytest.mark.parametrize("spans", [[(0, 0)], [(3, 9)], [(-1, 2)], [(0, 2), (1, 3)]])
def test_replacements_that_cannot_be_are_refused(spans: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match=r"\["):
        redact("abcd", [Replacement(start, end, "x") for start, end in spans])


def test_every_kind_of_finding_has_something_to_stand_in_its_place() -> None:
    assert set(PLACEHOLDERS) == set(PERSONAL_DATA_KINDS)
    assert not any(find_personal_data(words, (), ()) for words in PLACEHOLDERS.values())


@given(st.lists(st.text(alphabet="abc ", min_size=1, max_size=5).filter(str.strip), max_size=40))
def test_everybody_gets_a_pseudonym_that_nobody_bears(names: list[str]) -> None:
    given_names = suggest_pseudonyms(names, text=" ".join([*names, "Alex", "Robin"]))
    assert set(given_names) == set(names)
    assert not {"Alex", "Robin"} & set(given_names.values())


def test_the_examples_in_the_docstrings_are_true() -> None:
    assert doctest.testmod(nlp.redaction).failed == 0
