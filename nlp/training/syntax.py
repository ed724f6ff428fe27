"""The corpora that the tagger, parser and lemmatizer learn from, written in spaCy's own form.

Sources: UD English EWT, of GUM the documents whose texts have an open licence, and plain sentences that the large
reader told the grammar of (`nlp.training.silver_grammar`). A twentieth of the training documents is put aside to
choose the best step by, so that the dev files stay unseen.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.util import registry
from spacy.vocab import Vocab

from nlp.training.noise import noisy
from nlp.training.treebank import Sentence, pieces, read_conllu, to_doc

SILVER_RUN = 6
LONGEST_RUN = 12
"""Sentences in a training text: enough to learn where sentences end, few enough for mixed batches."""
NOISY_SHARE = 0.45
"""How many of the texts are learned from a second time, with noise."""
SELECTION_FOLD = 20


def read_treebanks(treebank: Path) -> tuple[list[Sentence], list[Sentence]]:
    """What is learned from, and what is put aside to choose by, of the files in `treebank`."""
    permissive = frozenset((treebank / "gum_permissive_docs.txt").read_text(encoding="utf-8").split())
    sentences = [
        *read_conllu(treebank / "ewt_train.conllu"),
        *read_conllu(treebank / "gum_train.conllu", documents=permissive),
    ]
    return [s for s in sentences if not _is_selection(s)], [s for s in sentences if _is_selection(s)]


def write_corpora(
    learned: Sequence[Sentence], silver: Sequence[Sentence], aside: Sequence[Sentence], folder: Path
) -> None:
    """Write `train.spacy`, `select.spacy` and, without what is only silver, `finish.spacy` into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    vocab = spacy.blank("en").vocab
    gold = list(_learned(vocab, pieces(learned, longest=LONGEST_RUN)))
    DocBin(docs=gold, store_user_data=False).to_disk(folder / "finish.spacy")
    docs = [*gold, *_learned(vocab, _together(silver))]
    DocBin(docs=docs, store_user_data=False).to_disk(folder / "train.spacy")
    DocBin(docs=(to_doc(vocab, run) for run in pieces(aside, longest=LONGEST_RUN))).to_disk(folder / "select.spacy")


def _together(silver: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    """A few plain texts of like length after one another, as in a chat or a list."""
    for start in range(0, len(silver), SILVER_RUN):
        yield list(silver[start : start + SILVER_RUN])


@registry.callbacks("turnstone.known_edit_trees.v1")  # type: ignore[untyped-decorator]  # spaCy has no type for it
def create_known_edit_trees() -> Callable[[Language], Language]:
    """For `[initialize.after_init]` where a trained lemmatizer is trained on: spaCy forgets which tree is which."""

    def remember(language: Language) -> Language:
        lemmatizer: Any = language.get_pipe("trainable_lemmatizer")
        lemmatizer.tree2label = {tree: label for label, tree in enumerate(lemmatizer.cfg["labels"])}
        return language

    return remember


def _is_selection(sentence: Sentence) -> bool:
    return zlib.crc32(sentence.document.encode()) % SELECTION_FOLD == 0


def _learned(vocab: Vocab, runs: Iterable[list[Sentence]]) -> Iterator[Doc]:
    chance = random.Random(20)
    for run in runs:
        yield to_doc(vocab, run)
        if chance.random() < NOISY_SHARE:
            yield to_doc(vocab, noisy(run, chance))
