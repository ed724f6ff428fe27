"""How well the pipeline tells grammar: `python -m nlp.evaluate pipeline --conllu FILE`.

Each document is read as raw text, so that cutting words and sentences is judged as well, as in the CoNLL 2018 shared
task (https://universaldependencies.org/conll18/evaluation.html): a word is right if it begins and ends where a word
of the treebank does and its tag, lemma or head is the same; the measure is F1 over all words read and all words of
the treebank. LAS and UAS leave punctuation out, as spaCy's scorer does; labels are compared with their subtypes. What
spaCy's own scorer says, which forgives a word that is cut in two, stands beside it. The noisy score is of the same
text in lower case, without stops, with bullets and chat spelling (`nlp.training.noise`), which case studies have.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc, Token
from spacy.training import Example

from nlp.parsing import BUILTIN, load_language
from nlp.training.noise import noisy
from nlp.training.treebank import Sentence, pieces, read_conllu, to_doc

SENTENCES_A_TEXT = 200
NOISE_SEED = 11
MEASURES = ("word", "tag", "pos", "uas", "las", "lemma", "sentence_f1")
_PUNCTUATION = ("punct", "p")
Span = tuple[int, int]


@dataclass
class Counts:
    """What was right, and of how many that were read and that should have been."""

    n_right: int = 0
    n_read: int = 0
    n_gold: int = 0

    @property
    def f1(self) -> float:
        """In [0, 1]; 0 if nothing was right."""
        return 2 * self.n_right / (self.n_read + self.n_gold) if self.n_right else 0.0

    def add(self, right: int, read: int, gold: int) -> None:
        """Of one text."""
        self.n_right += right
        self.n_read += read
        self.n_gold += gold


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `python -m nlp.evaluate pipeline`."""
    parser.add_argument("--conllu", type=Path, required=True, help="a treebank file, such as ewt_dev.conllu")
    parser.add_argument("--pipeline", default=BUILTIN, help="builtin, or the name of a spaCy pipeline")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Scores on the file as it is and with noise, and the words read in a second of one core of this machine."""
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
    """F1 of words, TAG, POS, UAS, LAS, lemmas and sentences, spaCy's own scores, and words a processor second."""
    gold = [to_doc(language.vocab, run) for run in runs]
    began = time.process_time()
    read = list(language.pipe([doc.text for doc in gold], batch_size=8))
    words_per_second = sum(map(len, gold)) / (time.process_time() - began)
    counts = {name: Counts() for name in MEASURES}
    for predicted, reference in zip(read, gold, strict=True):
        _count(predicted, reference, counts)
    return {
        **{name: count.f1 for name, count in counts.items()},
        **_by_spacy(language, read, runs),
        "words_per_second": round(words_per_second),
    }


def _by_spacy(language: Language, read: Sequence[Doc], runs: Sequence[Sequence[Sentence]]) -> dict[str, float]:
    """Its scorer would count the white space between paragraphs as words that nobody found: here it is left out."""
    gold = [to_doc(language.vocab, [replace(sentence, begins_paragraph=False) for sentence in run]) for run in runs]
    scores = Scorer(language).score([Example(*pair) for pair in zip(read, gold, strict=True)])
    names = {"tag_acc": "tag", "dep_las": "las", "lemma_acc": "lemma", "sents_f": "sentence"}
    return {f"spacy_{ours}": scores[theirs] for theirs, ours in names.items() if scores.get(theirs) is not None}


def _count(predicted: Doc, reference: Doc, counts: dict[str, Counts]) -> None:
    """Add one text. Both Docs have the same text, so that words are compared by where they begin and end."""
    read, gold = _words(predicted), _words(reference)
    shared = read.keys() & gold.keys()
    pairs = [(read[span], gold[span]) for span in shared]
    for name, is_same in (
        ("word", lambda ours, theirs: True),
        ("tag", lambda ours, theirs: ours.tag_ == theirs.tag_),
        ("pos", lambda ours, theirs: ours.pos_ == theirs.pos_),
        ("lemma", lambda ours, theirs: ours.lemma_ == theirs.lemma_),
    ):
        counts[name].add(sum(is_same(*pair) for pair in pairs), len(read), len(gold))
    n_read, n_gold = (sum(not _is_punctuation(token) for token in words.values()) for words in (read, gold))
    hanging = [pair for pair in pairs if not _is_punctuation(pair[1]) and _has_same_head(*pair)]
    counts["uas"].add(len(hanging), n_read, n_gold)
    counts["las"].add(sum(ours.dep_ == theirs.dep_ for ours, theirs in hanging), n_read, n_gold)
    ours, theirs = _sentences(predicted), _sentences(reference)
    counts["sentence_f1"].add(len(ours & theirs), len(ours), len(theirs))


def _words(doc: Doc) -> dict[Span, Token]:
    return {_span(token): token for token in doc if not token.is_space}


def _span(token: Token) -> Span:
    return token.idx, token.idx + len(token)


def _is_punctuation(token: Token) -> bool:
    return token.dep_ in _PUNCTUATION


def _has_same_head(ours: Token, theirs: Token) -> bool:
    return _span(ours.head) == _span(theirs.head)


def _sentences(doc: Doc) -> set[Span]:
    """By their first and last visible character."""
    found = set()
    for sentence in doc.sents:
        visible = [token for token in sentence if not token.is_space]
        if visible:
            found.add((visible[0].idx, _span(visible[-1])[1]))
    return found
