import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from nlp.change_reader.windows import LONGEST, cut_pieces, windows_of
from nlp.embedding.onnx_minilm import model_folder
from nlp.text import normalise, sentences


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    loaded = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
    loaded.no_truncation()
    loaded.no_padding()
    return loaded


def test_every_sentence_is_read_in_one_window_with_its_neighbours_as_context(tokenizer: Tokenizer) -> None:
    text = " ".join(f"The hall in Wick had {n} chairs and a stage." for n in range(30))
    cut = sentences(text)
    windows = list(windows_of(cut_pieces(text, cut, tokenizer), most=60))
    assert [number for window in windows for number in range(window.first, window.last)] == list(range(len(cut)))
    assert set(windows[1].sentence) - {-1} == set(range(windows[1].first - 1, windows[1].last + 1))


def test_pieces_know_where_they_stand_and_what_they_belong_to(tokenizer: Tokenizer) -> None:
    text = "Brinnington's crypt fed 40."
    pieces = cut_pieces(text, sentences(text), tokenizer)
    words = [text[start:end] for start, end in zip(pieces.starts, pieces.ends, strict=True)]
    assert "".join(words) == text.replace(" ", "")
    assert not pieces.goes_on[0]
    assert pieces.goes_on[words.index("s")]
    assert not pieces.goes_on[words.index("fed")]


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=400))
def test_no_text_breaks_the_windows(tokenizer: Tokenizer, text: str) -> None:
    text = normalise(text)
    cut = sentences(text)
    for window in windows_of(cut_pieces(text, cut, tokenizer), most=60):
        assert len(window.ids) <= LONGEST
        assert np.all(window.ends >= window.starts)


def test_a_sentence_longer_than_a_window_is_cut_off(tokenizer: Tokenizer) -> None:
    text = "turned into " * 300
    for window in windows_of(cut_pieces(text, sentences(text), tokenizer), most=60):
        assert len(window.ids) <= LONGEST
