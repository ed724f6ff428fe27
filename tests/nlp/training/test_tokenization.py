import pytest
import spacy
from spacy.tokenizer import Tokenizer

from nlp.training.tokenization import cut_as_treebanks


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return cut_as_treebanks(spacy.blank("en")).tokenizer


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Great!!! Why?!", ["Great", "!!!", "Why", "?!"]),
        ("a non-profit, re-opened by e-mail", ["a", "non-profit", ",", "re-opened", "by", "e-mail"]),
        ("a well-known hall", ["a", "well", "-", "known", "hall"]),
        ("food and/or heat", ["food", "and", "/", "or", "heat"]),
        ("DON'T! I can't.", ["DO", "N'T", "!", "I", "ca", "n't", "."]),
        ("Ring 555-0101 by 7:30pm.", ["Ring", "555-0101", "by", "7:30", "pm", "."]),
        ("Wed. #foodbank id ready", ["Wed.", "#foodbank", "id", "ready"]),
        ("2019-2021, COVID-19", ["2019", "-", "2021", ",", "COVID", "-", "19"]),
    ],
)
def test_words_are_cut_as_in_the_treebanks(tokenizer: Tokenizer, text: str, words: list[str]) -> None:
    assert [token.text for token in tokenizer(text)] == words


def test_the_tokenizer_comes_back_from_its_folder(tokenizer: Tokenizer) -> None:
    blank = spacy.blank("en").tokenizer
    blank.from_bytes(tokenizer.to_bytes(exclude=["vocab"]))
    assert [token.text for token in blank("non-profit!!!")] == ["non-profit", "!!!"]
