"""Terms: folded, in one spelling, stemmed, with offsets that point into the text as it is."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.search.analyzer import merged_spans, occurrences, phrase_pattern, terms, tokens, words_with
from nlp.search.spellings import one_spelling
from nlp.search.stemmer import stem

# Words and stems given in the paper (Porter 1980) to show each step.
PAPER = (
    "caresses:caress ponies:poni cats:cat feed:feed agreed:agre plastered:plaster motoring:motor sing:sing "
    "conflated:conflat sized:size hopping:hop falling:fall hissing:hiss filing:file happy:happi sky:sky "
    "relational:relat conditional:condit digitizer:digit radicalli:radic vietnamization:vietnam operator:oper "
    "decisiveness:decis hopefulness:hope sensibiliti:sensibl triplicate:triplic formalize:formal electrical:electr "
    "goodness:good revival:reviv airliner:airlin adjustable:adjust replacement:replac adoption:adopt "
    "communism:commun effective:effect bowdlerize:bowdler probate:probat rate:rate cease:ceas controll:control "
    "roll:roll generalizations:gener oscillators:oscil"
)


@pytest.mark.parametrize("pair", PAPER.split())
def test_stems_are_those_of_the_paper(pair: str) -> None:
    word, expected = pair.split(":")
    assert stem(word) == expected


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("organisation", "organization"),
        ("colourful", "colorful"),
        ("neighbourhoods", "neighborhoods"),
        ("theatres", "theaters"),
        ("centred", "centered"),
        ("programmes", "programs"),
        ("travelled", "traveled"),
        ("counselling", "counseling"),
        ("catalogue", "catalog"),
        ("paediatric", "pediatric"),
        ("analysed", "analyzed"),
        ("licence", "license"),
        ("practising", "practicing"),
        ("advertising", "advertisement"),
    ],
)
def test_british_and_american_spellings_are_one_term(british: str, american: str) -> None:
    assert terms(british) == terms(american)


@pytest.mark.parametrize("words", ["flour floor", "four for", "tour tor", "storey story", "prise prize", "hour her"])
def test_different_words_stay_different(words: str) -> None:
    first, second = words.split()
    assert one_spelling(first) != one_spelling(second)


def test_compounds_are_found_by_their_parts_and_as_one_word() -> None:
    assert terms("multi-storey") == ["multistorei", "multi", "storei"]
    assert set(terms("co-op")) >= set(terms("coop"))


def test_a_phrase_of_stop_words_has_no_pattern() -> None:
    assert phrase_pattern(["to", "be"]) is None
    assert phrase_pattern(["place", "of", "worship"]) == ((("place", 0), ("worship", 2)),)


def test_occurrences_are_found_in_either_normal_form() -> None:
    for form in ("NFC", "NFD"):
        text = unicodedata.normalize(form, "Le Café, the café’s roof and a co-op CAFÉ")
        spans = merged_spans(occurrences(text, words_with(text, {"cafe"}), {"cafe"}))
        assert [unicodedata.normalize("NFC", text[start:end]) for start, end in spans] == ["Café", "café’s", "CAFÉ"]


# Stemming is kept from one word to the next, so the first time is slower than the second.
@settings(deadline=None)
@given(st.text())
def test_tokens_stand_in_order_inside_the_text(text: str) -> None:
    found = tokens(text)
    assert all(0 <= token.start < token.end <= len(text) for token in found)
    assert [token.position for token in found] == sorted(token.position for token in found)


# Stemming is kept from one word to the next, so the first time is slower than the second.
@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("abcABCéÉœ -'’_‐1"), max_size=40))
def test_the_quick_look_for_words_misses_none(text: str) -> None:
    for term in set(terms(text)):
        exact = [token.start for token in tokens(text) if token.term == term]
        assert [token.start for token in occurrences(text, words_with(text, {term}), {term})] == exact
