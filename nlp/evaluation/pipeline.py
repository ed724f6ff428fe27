"""How well the pipeline tells grammar: `python -m nlp.evaluate pipeline --conllu FILE`.

Each document is read as raw text, so that cutting words and sentences is judged as well. A gold token that the
pipeline cuts otherwise counts as wrong. LAS and UAS leave punctuation out, as spaCy's scorer does; labels are
compared with their subtypes. The noisy score is of the same text in lower case, without stops, with bullets and
chat spelling (`nlp.training.noise`), which case studies have.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from nlp.parsing import BUILTIN, load_language
from nlp.training.noise import noisy
from nlp.training.treebank import Sentence, pieces, read_conllu, to_doc

SENTENCES_A_TEXT = 200
NOISE_SEED = 11
_PUNCTUATION = ("punct", "p")


@dataclass
class Counts:
    """What was right, and of how many."""

    n_right: int = 0
    n_total: int = 0

    @property
    def share(self) -> float:
        """In [0, 1]; 0 if there was nothing to tell."""
        return self.n_right / self.n_total if self.n_total else 0.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `python -m nlp.evaluate pipeline`."""
    parser.add_argument("--conllu", type=Path, required=True, help="a treebank file, such as ewt_dev.conllu")
    parser.add_argument("--pipeline", default=BUILTIN, help="builtin, or the name of a spaCy pipeline")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Scores on the file as it is and with noise, and the words read in a second on this machine."""
    language = load_language(options.pipeline)
    sentences = list(read_conllu(options.conllu))
    clean = list(pieces(sentences, longest=SENTENCES_A_TEXT))
    chance = random.Random(NOISE_SEED)
    meta = language.meta
    return {
        "model": {"name": f"{meta['lang']}_{meta['name']}", "version": meta["version"]},
        "data": {"file": options.conllu.name, "sentences": len(sentences)},
        "as it is": score_texts(language, clean),
        "with noise": score_texts(language, [noisy(run, chance) for run in clean]),
    }


def score_texts(language: Language, runs: Sequence[Sequence[Sentence]]) -> dict[str, float]:
    """TAG, POS, UAS, LAS and lemma accuracy, sentence F1, and words read in a second."""
    gold = [to_doc(language.vocab, run) for run in runs]
    began = time.perf_counter()
    read = list(language.pipe([doc.text for doc in gold], batch_size=8))
    words_per_second = sum(map(len, gold)) / (time.perf_counter() - began)
    counts = {name: Counts() for name in ("tag", "pos", "uas", "las", "lemma")}
    sentence_counts = [0, 0, 0]
    for predicted, reference in zip(read, gold, strict=True):
        _count_tokens(Example(predicted, reference), counts)
        _count_sentences(predicted, reference, sentence_counts)
    n_right, n_read, n_gold = sentence_counts
    return {
        **{name: count.share for name, count in counts.items()},
        "sentence_f1": 2 * n_right / (n_read + n_gold) if n_right else 0.0,
        "words_per_second": round(words_per_second),
    }


def _count_tokens(example: Example, counts: dict[str, Counts]) -> None:
    ours_by_gold = example.alignment.y2x
    gold_by_ours = example.alignment.x2y
    for token in example.reference:
        if token.is_space:
            continue
        aligned = ours_by_gold[token.i]
        ours = example.predicted[int(aligned[0])] if len(aligned) == 1 else None
        if ours is not None and len(gold_by_ours[ours.i]) != 1:
            ours = None
        told = {
            "tag": ours is not None and ours.tag_ == token.tag_,
            "pos": ours is not None and ours.pos_ == token.pos_,
            "lemma": ours is not None and ours.lemma_ == token.lemma_,
        }
        if token.dep_ not in _PUNCTUATION:
            head = [int(i) for i in gold_by_ours[ours.head.i]] if ours is not None else []
            told["uas"] = head == [token.head.i]
            told["las"] = told["uas"] and ours is not None and ours.dep_ == token.dep_
        for name, is_right in told.items():
            counts[name].n_right += is_right
            counts[name].n_total += 1


def _count_sentences(predicted: Doc, reference: Doc, counts: list[int]) -> None:
    """Add (right, read, gold) sentences, compared by their first and last visible character."""
    read, gold = _spans(predicted), _spans(reference)
    counts[0] += len(read & gold)
    counts[1] += len(read)
    counts[2] += len(gold)


def _spans(doc: Doc) -> set[tuple[int, int]]:
    found = set()
    for sentence in doc.sents:
        visible = [token for token in sentence if not token.is_space]
        if visible:
            found.add((visible[0].idx, visible[-1].idx + len(visible[-1])))
    return found
