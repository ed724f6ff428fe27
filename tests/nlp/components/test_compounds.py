"""Phrases that the network broke off inside a compound noun."""

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from nlp.components.compounds import with_whole_phrases
from nlp.types import Repurposing, Span


def read(words: list[str], tags: list[str], heads: list[int], deps: list[str]) -> Doc:
    return Doc(Vocab(), words=words, pos=tags, heads=heads, deps=deps)


@pytest.mark.parametrize(
    ("following", "tag", "whole"),
    [("closed", "VERB", "toy library"), ("as", "ADP", "toy"), ("books", "NOUN", "toy")],
)
def test_a_use_goes_on_to_its_noun_unless_that_may_be_a_verb(following: str, tag: str, whole: str) -> None:
    doc = read(["The", "toy", "library", following], ["DET", "NOUN", "NOUN", tag], [2, 2, 3, 3],
               ["det", "compound", "nsubj", "ROOT"])  # fmt: skip
    to = Span(4, 7, "toy")
    [event] = with_whole_phrases(doc, (Repurposing(to=to, sentence=Span(0, len(doc.text), doc.text), score=0.9),))
    assert event.to.text == whole
    assert doc.text[event.to.start : event.to.end] == whole


def test_a_name_and_a_whole_phrase_stay_as_they_are() -> None:
    doc = read(["Sunday", "league", "began"], ["PROPN", "NOUN", "VERB"], [1, 2, 2], ["compound", "nsubj", "ROOT"])
    for to in (Span(0, 6, "Sunday"), Span(0, 13, "Sunday league")):
        event = Repurposing(to=to, sentence=Span(0, len(doc.text), doc.text), score=0.9)
        assert with_whole_phrases(doc, (event,)) == (event,)
