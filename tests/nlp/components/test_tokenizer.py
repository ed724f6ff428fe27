import time

import spacy

from nlp.components.tokenizer import GuardedTokenizer


def _words(text: str) -> list[str]:
    language = spacy.blank("en")
    doc = GuardedTokenizer(language.tokenizer, language.vocab)(text)
    assert doc.text == text
    return [token.text for token in doc]


def test_a_line_of_dashes_leaves_the_rest_of_the_text_as_it_is() -> None:
    line = "-" * 60
    assert _words(f"We didn't stop.\n{line} Ann\ncooked, too.") == [
        "We", "did", "n't", "stop", ".", "\n", line, "Ann", "\n", "cooked", ",", "too", ".",
    ]  # fmt: skip


def test_words_that_touch_a_line_of_marks_are_not_lost() -> None:
    assert _words(f"a {'=' * 50}Minutes{'=' * 50} b") == ["a", "=" * 50, "Minutes", "=" * 50, "b"]


def test_a_hundred_thousand_marks_take_no_longer_than_their_number() -> None:
    began = time.process_time()
    assert max(map(len, _words('"' * 100_000))) == 100
    assert time.process_time() - began < 5
