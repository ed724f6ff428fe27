from dataclasses import replace
from pathlib import Path

import pytest
import spacy

from nlp.evaluate import main
from nlp.evaluation.entities import score_entities
from nlp.evaluation.pipeline import score_texts
from nlp.training.entities import LabelledSentence
from nlp.training.treebank import Sentence, Word


def test_a_token_cut_otherwise_and_a_wrong_head_count_against_the_pipeline() -> None:
    language = spacy.blank("en")
    ruler = language.add_pipe("attribute_ruler")
    ruler.add([[{"LOWER": "we"}]], {"TAG": "PRP", "POS": "PRON", "LEMMA": "we"})  # type: ignore[attr-defined]
    language.add_pipe("sentencizer")
    words = (Word("We", "we", "PRON", "PRP", "", 1, "nsubj"), Word("sang", "sing", "VERB", "VBD", "", 1, "ROOT"))
    scores = score_texts(language, [[Sentence(words, "one", begins_paragraph=True)]])
    assert scores["tag"] == pytest.approx(0.5)
    assert scores["lemma"] == pytest.approx(0.5)
    assert scores["las"] == 0.0
    assert scores["sentence_f1"] == 1.0


def test_words_are_judged_by_where_they_begin_and_end() -> None:
    language = spacy.blank("en")
    language.add_pipe("sentencizer")
    words = [Word(form, form, "NOUN", "NN", "", 0, "ROOT") for form in ("A", "food", "bank")]
    joined = [words[0], replace(words[1], has_space=False), words[2]]
    scores = score_texts(language, [[Sentence(tuple(joined), "one", begins_paragraph=True)]])
    # "A" of "A" and "foodbank" that were read, and of "A", "food" and "bank" that there are.
    assert scores["word"] == pytest.approx(2 * 1 / (2 + 3))


def test_an_entity_counts_only_with_its_bounds_and_its_label() -> None:
    language = spacy.blank("en")
    ruler = language.add_pipe("entity_ruler")
    ruler.add_patterns(  # type: ignore[attr-defined]
        [
            {"label": "PERSON", "pattern": "Ann Lee"},
            {"label": "GPE", "pattern": "Hull"},
            {"label": "ORG", "pattern": "York"},
        ]
    )
    gold = LabelledSentence(
        ("Ann", "Lee", "of", "Hull", "and", "York"),
        ("B-PERSON", "I-PERSON", "O", "B-PLACE", "O", "B-PLACE"),
        "made up",
    )
    scores = score_entities(language, [gold])
    assert scores["PERSON"]["f1"] == 1.0
    assert scores["PLACE"] == {"precision": 1.0, "recall": 0.5, "f1": pytest.approx(2 / 3), "n": 2}
    assert scores["all"]["precision"] == pytest.approx(2 / 3)


def test_the_commands_print_what_they_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    treebank, names = tmp_path / "small.conllu", tmp_path / "small.iob2"
    treebank.write_text("1\tYes\tyes\tINTJ\tUH\t_\t0\troot\t_\t_\n\n", encoding="utf-8")
    names.write_text("Ann\tB-PER\nLee\tI-PER\nsang\tO\n", encoding="utf-8")
    assert main(["pipeline", "--conllu", str(treebank), "--json"]) == 0
    assert '"with noise"' in capsys.readouterr().out
    assert main(["entities", "--iob2", str(names), "--json"]) == 0
    assert '"PERSON"' in capsys.readouterr().out
