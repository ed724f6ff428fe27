import spacy
from spacy.tokens import Doc

from nlp.components.lemmas import LemmaTable
from nlp.training.lemma_rules import lemma_table
from nlp.training.treebank import Sentence, Word


def _word(form: str, lemma: str, tag: str) -> Word:
    return Word(form, lemma, "X", tag, "", 0, "ROOT")


def test_what_the_treebanks_say_of_a_word_goes_before_what_was_guessed() -> None:
    words = (_word("Fingered", "finger", "VBN"), _word("left", "leave", "VBD"), _word("left", "left", "JJ"))
    table = LemmaTable(lemma_table([Sentence(words, "one", begins_paragraph=True)]))
    doc = Doc(
        spacy.blank("en").vocab,
        words=["fingered", "left", "left", "halls"],
        tags=["VBN", "JJ", "VBD", "NNS"],
        lemmas=["fingere", "leave", "left", "hall"],
    )
    assert [token.lemma_ for token in table(doc)] == ["finger", "left", "leave", "hall"]


def test_a_word_on_whose_lemma_the_treebanks_disagree_is_not_in_the_table() -> None:
    words = (_word("people", "people", "NNS"), _word("people", "person", "NNS"))
    assert lemma_table([Sentence(words, "one", begins_paragraph=True)]) == {}


def test_a_name_keeps_its_capital() -> None:
    doc = Doc(
        spacy.blank("en").vocab,
        words=["Whitmore", "Hall", "GA"],
        tags=["NNP", "NN", "NNP"],
        lemmas=["whitmore", "hall", "ga"],
    )
    assert [token.lemma_ for token in LemmaTable({})(doc)] == ["Whitmore", "hall", "ga"]
