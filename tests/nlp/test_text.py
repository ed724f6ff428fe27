import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.text import (
    MERGED_WORDS,
    SENTENCE_CHARACTERS,
    carry_span,
    normalise,
    passages,
    sentences,
    utf16_to_code_points,
)

hostile_text = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from("ab A.!?\n\r\t •-\"'“”\u200b\u200d\ufeff\u00a0\u0301é🙂"),
    ),
    max_size=300,
)


def sentence_texts(text: str) -> list[str]:
    return [sentence.text for sentence in sentences(text)]


@given(hostile_text)
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(hostile_text)
def test_normalised_text_is_nfc_and_can_be_encoded(text: str) -> None:
    once = normalise(text)
    assert unicodedata.is_normalized("NFC", once)
    once.encode("utf-8")
    assert all(c in "\n\t" or unicodedata.category(c) != "Cc" for c in once)


def test_line_ends_marks_and_trailing_blanks_are_normalised() -> None:
    assert normalise("\ufeffCafe\u0301 \r\nis\u200b open\x00\t\rnow \n\n") == "Café\nis open\nnow"


def test_an_emoji_family_keeps_its_joiners() -> None:
    family = "👩\u200d👧"
    assert normalise(f"A {family} came") == f"A {family} came"
    assert normalise("hid\u200dden") == "hidden"


@given(hostile_text)
def test_sentences_are_exact_ordered_and_within_the_limit(raw: str) -> None:
    text = normalise(raw)
    end = 0
    for sentence in sentences(text):
        assert end <= sentence.start < sentence.end
        assert text[sentence.start : sentence.end] == sentence.text == sentence.text.strip()
        assert len(sentence.text) <= SENTENCE_CHARACTERS
        end = sentence.end


@given(hostile_text)
def test_passages_cover_all_that_is_not_blank(raw: str) -> None:
    text = normalise(raw)
    covered = set()
    end = 0
    for passage in passages(text):
        assert end <= passage.start < passage.end
        assert text[passage.start : passage.end] == passage.text
        covered.update(range(passage.start, passage.end))
        end = passage.end
    assert all(character.isspace() or i in covered for i, character in enumerate(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Mr. Todd met Mrs. Rao at St. Mary's. It rained.",
            ["Mr. Todd met Mrs. Rao at St. Mary's.", "It rained."],
        ),
        ("Bring tins, e.g. Heinz. Thank you!", ["Bring tins, e.g. Heinz.", "Thank you!"]),
        ("“We shut. Then we opened.” She laughed.", ["“We shut.", "Then we opened.”", "She laughed."]),
        ('"Is it open?" she asked. It was.', ['"Is it open?" she asked.', "It was."]),
        ("It cost £4.50 on Jan. 3 at No. 7. Cheap.", ["It cost £4.50 on Jan. 3 at No. 7.", "Cheap."]),
        ("We met J. Smith and Smith Ltd. We agreed.", ["We met J. Smith and Smith Ltd.", "We agreed."]),
        ("Why us?! Because… we asked. OK", ["Why us?!", "Because… we asked.", "OK"]),
        ("A heading\nThe hall opened.", ["A heading", "The hall opened."]),
        ("The hall was so full\nthat we queued.", ["The hall was so full\nthat we queued."]),
        ("• one thing\n• another thing\n2. a third", ["one thing", "another thing", "a third"]),
        ("# Title\n\n- It opened. Then it shut.", ["Title", "It opened.", "Then it shut."]),
        ("", []),
        (" \n\n ", []),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, expected: list[str]) -> None:
    assert sentence_texts(text) == expected


def test_a_long_paragraph_is_split_at_sentences() -> None:
    text = " ".join(f"This is sentence number {i} of a long paragraph." for i in range(60))
    found = passages(text)
    assert len(found) == 5
    assert all(passage.text.endswith(".") for passage in found)
    assert all(80 <= len(passage.text.split()) <= MERGED_WORDS for passage in found)


def test_a_heading_is_joined_to_the_paragraph_below_it() -> None:
    text = "What we did\n\n" + "We opened the hall on Monday and kept it warm. " * 4
    assert len(passages(text.strip())) == 1


def test_a_stretch_moves_with_an_insertion_before_it() -> None:
    old = "We opened the hall. It was cold."
    new = "On Monday we met. We opened the hall. It was very cold."
    start = old.index("the hall")
    found = carry_span(old, new, start, start + len("the hall"))
    assert found is not None
    assert new[slice(*found)] == "the hall"


def test_a_stretch_whose_words_changed_is_gone() -> None:
    assert carry_span("We opened the hall.", "We opened the barn.", 10, 18) is None


def test_the_same_words_elsewhere_do_not_stand_in_for_a_deleted_stretch() -> None:
    old = "The hall is old. Rain came in. The hall is ours."
    new = "The hall is old. Rain came in."
    assert carry_span(old, new, 31, 39) is None
    assert carry_span(old, new, 0, 8) == (0, 8)


def test_a_moved_paragraph_is_found_again() -> None:
    first, second = "Soup was served on Mondays.", "Nobody came by bus that whole long winter."
    old, new = f"{first}\n\n{second}", f"{second}\n\n{first}"
    assert carry_span(old, new, 0, len(first)) == (len(second) + 2, len(new))


def test_carrying_from_outside_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match="outside the text"):
        carry_span("short", "short", 2, 9)


@given(st.text(max_size=80), st.text(max_size=80), st.data())
def test_a_carried_stretch_has_the_same_words(old: str, new: str, draw: st.DataObject) -> None:
    start = draw.draw(st.integers(0, len(old)))
    end = draw.draw(st.integers(start, len(old)))
    found = carry_span(old, new, start, end)
    if found:
        assert new[slice(*found)].split() == old[start:end].split()


@given(st.text(max_size=60), st.data())
def test_a_text_that_was_not_edited_keeps_its_stretches(text: str, draw: st.DataObject) -> None:
    start = draw.draw(st.integers(0, len(text)))
    end = draw.draw(st.integers(start, len(text)))
    found = carry_span(text, text, start, end)
    if text[start:end].strip():
        assert found is not None
        assert text[slice(*found)] == text[start:end].strip()


@given(st.text(max_size=60), st.integers(0, 60))
def test_utf16_offsets_become_code_points(text: str, cut: int) -> None:
    cut = min(cut, len(text))
    units = len(text[:cut].encode("utf-16-le", "surrogatepass")) // 2
    assert utf16_to_code_points(text, units) == cut


@pytest.mark.parametrize("offset", [-1, 4])
def test_a_utf16_offset_outside_the_text_is_refused(offset: int) -> None:
    with pytest.raises(ValueError, match="lies outside the text"):
        utf16_to_code_points("a🙂", offset)


@pytest.mark.parametrize("piece", ["word ", "漢", "🙂", ".", "• a\n", "A. ", "x\n\n", '." '])
def test_a_very_long_text_is_cut_in_linear_time(piece: str) -> None:
    text = normalise(piece * (300_000 // len(piece)))
    began = time.perf_counter()
    assert sentences(text)
    assert passages(text)
    assert time.perf_counter() - began < 20
