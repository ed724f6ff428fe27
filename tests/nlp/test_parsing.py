import pytest
from spacy.language import Language

from nlp.parsing import LONGEST_PIECE, load_language, parse, pieces

SENTENCE = "The old chapel became a food bank when the shops closed. "


@pytest.fixture(scope="module")
def english() -> Language:
    return load_language("builtin")


def test_a_text_longer_than_one_piece_is_parsed_whole_and_character_for_character(english: Language) -> None:
    text = SENTENCE * (2 * LONGEST_PIECE // len(SENTENCE))
    [doc] = parse(english, [text])
    assert doc.text == text
    assert doc.has_annotation("DEP")
    assert len(doc._.turnstone_repurposings) > 0
    assert max(event.sentence.end for event in doc._.turnstone_repurposings) <= len(text)


@pytest.mark.parametrize("text", ["", "x" * (3 * LONGEST_PIECE), "a\n\n" * LONGEST_PIECE, SENTENCE * 2000])
def test_pieces_hold_every_character_and_stay_within_their_limit(text: str) -> None:
    cut = pieces(text)
    assert "".join(cut) == text
    assert max(map(len, cut)) <= LONGEST_PIECE


def test_the_builtin_pipeline_tells_grammar_and_lemmas(english: Language) -> None:
    [doc] = parse(english, ["We turned the old chapel into a food bank."])
    turned = doc[1]
    assert (turned.lemma_, turned.pos_, turned.dep_) == ("turn", "VERB", "ROOT")
    assert {(token.text, token.dep_) for token in turned.children} >= {("We", "nsubj"), ("chapel", "obj")}
