import random
from pathlib import Path

import pytest
import spacy

from nlp.training.noise import KINDS, noisy
from nlp.training.treebank import Sentence, pieces, read_conllu, to_doc

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
