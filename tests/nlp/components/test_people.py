import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

import nlp.components.name_lexicon
from nlp.components.mentions import find_mentions
from nlp.text import sentences
from nlp.types import Mention


def people(text: str, entities: list[Mention] | None = None) -> list[str]:
    found = find_mentions(text, sentences(text), entities or [])
    return [mention.text for mention in found if mention.label == "PERSON"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Olek: I am here.\nBev: good.\n", ["Olek", "Bev"]),
        ("Qwan: yes.\nInterviewer: go on.\nQwan: no.\nInterviewer: well.\nQwan: then?\n", ["Qwan"] * 3),
        ("We ate.\n\nYours,\nSiobhán Ó Catháin\n", ["Siobhán Ó Catháin"]),
        ("We ate well.\n\nCatriona\n", ["Catriona"]),
        ("Dear Farida,\n\nThe hall is warm.", ["Farida"]),
        ("One man brought a bag. His name was Jerzy, and he sat down.", ["Jerzy"]),
        ("We thanked Mrs Ackroyd. Later Ackroyd rang.", ["Ackroyd", "Ackroyd"]),
        ("Farida Patel came. Then it rained, and Farida had to go.", ["Farida Patel", "Farida"]),
        ("it was me n shaz at the till. stuart did rolls. then kayden was sick", ["shaz", "stuart", "kayden"]),
        ("mrs mccafferty who was in a camp bed", ["mccafferty"]),
        ("Róisín's kettle was on.", ["Róisín"]),
        ("At first Xyqua said nothing, and Xyqua's mother cried.", ["Xyqua", "Xyqua"]),
        ("We asked Xyqua about it.", ["Xyqua"]),
        ("J. Okafor signed the lease with Ms McAllister.", ["J. Okafor", "McAllister"]),
        ("Anne-Marie runs the till.", ["Anne-Marie"]),
        ("Contact: Oyinkansola Bright, secretary.", ["Oyinkansola Bright"]),
        ("Dilys and Xyqua came in.", ["Dilys", "Xyqua"]),
    ],
)
def test_the_build_of_a_text_gives_names_away(text: str, names: list[str]) -> None:
    assert people(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Members asked for tea. We told Members so.",
        "The Sea Holly is a guest house.",
        "The felt board is Noah's Ark.",
        "We sat in the Lady Chapel.",
        "the hall may be used. we will mark the floor. a dot, a rose and grace before tea",
        "Subject: the hall\nDate: Monday\nNote: none\n",
        "Dear Neighbours,\n\nCome.",
        "A farmer in Xyqua had been told. The Xyqua has lost its way. On Monday said nobody.",
    ],
)
def test_other_capitals_and_words_are_nobodys_names(text: str) -> None:
    assert people(text) == []


def test_a_trained_recogniser_has_its_say_where_the_rules_are_silent() -> None:
    text = "Then Xyqua Zwart sat at the Tea Shop. Nothing else."
    entities = [Mention("PERSON", *span, text[slice(*span)]) for span in ((5, 16), (28, 36), (38, 45))]
    found = find_mentions(text, sentences(text), entities)
    # "Nothing" is a capital at the start of a sentence, which a small recogniser takes for somebody.
    assert [(mention.label, mention.text) for mention in found] == [("PERSON", "Xyqua Zwart"), ("ORG", "Tea Shop")]


def test_an_entity_is_taken_without_its_title_and_its_possessive() -> None:
    text = "It was Mrs Qwan's idea."
    assert people(text, [Mention("PERSON", 7, 17, "Mrs Qwan's")]) == ["Qwan"]


def test_a_tagger_tells_names_that_nothing_else_gives_away() -> None:
    text = "It rained. Xyqua sat down. Soup came, and we lost Zyqan."
    for proper, names in ((None, []), (frozenset({11, 50}), ["Xyqua", "Zyqan"]), (frozenset(), [])):
        found = find_mentions(text, sentences(text), proper=proper)
        assert [mention.text for mention in found if mention.label == "PERSON"] == names


@given(st.text(alphabet="Aéb .:,'\n’-Ma\tryDear🙂", max_size=120))
def test_offsets_of_people_are_exact_for_any_text(text: str) -> None:
    found = find_mentions(text, sentences(text))
    assert all(text[mention.start : mention.end] == mention.text for mention in found)


def test_the_examples_in_the_docstrings_are_true() -> None:
    assert doctest.testmod(nlp.components.name_lexicon).failed == 0
