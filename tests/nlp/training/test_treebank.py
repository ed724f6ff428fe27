import random
from pathlib import Path

import pytest
import spacy
from spacy.tokens import DocBin

from nlp.training.noise import KINDS, noisy
from nlp.training.syntax import write_corpora
from nlp.training.treebank import Sentence, is_tree, pieces, read_conllu, to_doc

CONLLU = """# newdoc id = one
# newpar
# text = We don't cook.
1\tWe\twe\tPRON\tPRP\t_\t4\tnsubj\t_\t_
2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdo\tdo\tAUX\tVBP\tMood=Ind\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tcook\tcook\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# newpar
# text = "Why?"
1\t"\t"\tPUNCT\t``\t_\t2\tpunct\t_\tSpaceAfter=No
2\tWhy\twhy\tADV\tWRB\t_\t0\troot\t_\tSpaceAfter=No
3\t?\t?\tPUNCT\t.\t_\t2\tpunct\t_\tSpaceAfter=No
4\t"\t"\tPUNCT\t''\t_\t2\tpunct\t_\t_

# newdoc id = two
# text = Yes
1\tYes\tyes\tINTJ\tUH\t_\t0\troot\t_\t_
"""


@pytest.fixture
def sentences(tmp_path: Path) -> list[Sentence]:
    path = tmp_path / "small.conllu"
    path.write_text(CONLLU, encoding="utf-8")
    return list(read_conllu(path))


def test_a_text_is_rebuilt_with_its_contractions_and_paragraphs(sentences: list[Sentence]) -> None:
    first, second = pieces(sentences, longest=10)
    doc = to_doc(spacy.blank("en").vocab, first)
    assert doc.text == 'We don\'t cook.\n\n"Why?" '
    assert [token.head.text for token in doc][:4] == ["cook", "cook", "cook", "cook"]
    assert [sentence.text.strip() for sentence in doc.sents] == ["We don't cook.", '"Why?"']
    assert to_doc(spacy.blank("en").vocab, second).text == "Yes "


def test_only_the_documents_asked_for_are_read(tmp_path: Path) -> None:
    path = tmp_path / "small.conllu"
    path.write_text(CONLLU, encoding="utf-8")
    assert [sentence.document for sentence in read_conllu(path, documents=frozenset({"two"}))] == ["two"]


def test_a_damaged_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "damaged.conllu"
    path.write_text("1\tWe\twe\n\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 1: 3 columns"):
        list(read_conllu(path))


@pytest.mark.parametrize("seed", range(8))
def test_noise_leaves_one_root_a_sentence_and_heads_inside_it(sentences: list[Sentence], seed: int) -> None:
    for sentence in noisy(sentences, random.Random(seed)):
        assert sum(word.dep == "ROOT" for word in sentence.words) == 1
        assert all(0 <= word.head < len(sentence.words) for word in sentence.words)


def test_each_kind_of_noise_changes_some_text(sentences: list[Sentence]) -> None:
    vocab = spacy.blank("en").vocab
    before = to_doc(vocab, sentences).text
    for kind in KINDS:
        changed = [[kind(sentence, random.Random(seed)) for sentence in sentences] for seed in range(9)]
        assert any(to_doc(vocab, run).text != before for run in changed), kind.__name__


@pytest.mark.parametrize(
    ("heads", "makes_one"),
    [([1, 1, 1], True), ([0], True), ([1, 0, 2], False), ([0, 1], False), ([1, 2, 0], False), ([3, 0, 1, 3], True)],
)
def test_only_heads_that_lead_to_one_root_make_a_tree(heads: list[int], makes_one: bool) -> None:
    assert is_tree(heads) is makes_one


def test_plain_sentences_are_learned_from_and_never_chosen_by(sentences: list[Sentence], tmp_path: Path) -> None:
    write_corpora(sentences[:2], sentences[2:], sentences[:1], tmp_path)
    vocab = spacy.blank("en").vocab
    learned = {doc.text for doc in DocBin().from_disk(tmp_path / "train.spacy").get_docs(vocab)}
    aside = [doc.text for doc in DocBin().from_disk(tmp_path / "select.spacy").get_docs(vocab)]
    assert {'We don\'t cook.\n\n"Why?" ', "Yes "} <= learned
    assert aside == ["We don't cook. "]
