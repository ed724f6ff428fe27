"""The corpora that the tagger, parser and lemmatizer learn from, written in spaCy's own form.

Sources: UD English EWT, and of GUM the documents whose texts have an open licence. A twentieth of the training
documents is put aside to choose the best step by, so that the dev files stay unseen.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from nlp.training.noise import noisy
from nlp.training.treebank import Sentence, pieces, read_conllu, to_doc

LONGEST_RUN = 12
"""Sentences in a training text: enough to learn where sentences end, few enough for mixed batches."""
NOISY_SHARE = 0.45
"""How many of the texts are learned from a second time, with noise."""
SELECTION_FOLD = 20


def write_corpora(treebank: Path, folder: Path) -> None:
    """Write `train.spacy` and `select.spacy` into `folder` from the files in `treebank`."""
    folder.mkdir(parents=True, exist_ok=True)
    permissive = frozenset((treebank / "gum_permissive_docs.txt").read_text(encoding="utf-8").split())
    sentences = [
        *read_conllu(treebank / "ewt_train.conllu"),
        *read_conllu(treebank / "gum_train.conllu", documents=permissive),
    ]
    vocab = spacy.blank("en").vocab
    kept = [sentence for sentence in sentences if not _is_selection(sentence)]
    aside = [sentence for sentence in sentences if _is_selection(sentence)]
    DocBin(docs=_learned(vocab, kept), store_user_data=False).to_disk(folder / "train.spacy")
    DocBin(docs=(to_doc(vocab, run) for run in pieces(aside, longest=LONGEST_RUN))).to_disk(folder / "select.spacy")


def _is_selection(sentence: Sentence) -> bool:
    return zlib.crc32(sentence.document.encode()) % SELECTION_FOLD == 0


def _learned(vocab: Vocab, sentences: Iterable[Sentence]) -> Iterator[Doc]:
    chance = random.Random(20)
    for run in pieces(sentences, longest=LONGEST_RUN):
        yield to_doc(vocab, run)
        if chance.random() < NOISY_SHARE:
            yield to_doc(vocab, noisy(run, chance))
