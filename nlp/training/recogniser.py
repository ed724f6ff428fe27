"""The corpora that the recogniser of names learns from, written in spaCy's own form.

Four kinds: labelled corpora, the same under other names, sentences written for this project with names put in,
and plain text that the teacher labelled (only sentences in which it was sure of every word).
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from nlp.training.case_study_sentences import templates
from nlp.training.entities import LabelledSentence, with_dates
from nlp.training.swapping import Names, filled, swapped
from nlp.training.treebank import read_conllu

SURE = 0.6
"""A sentence labelled by the teacher is learned from if its least sure word is at least this sure."""
TEMPLATE_ROUNDS = 30
SENTENCES_A_TEXT = 3
SELECTION_FOLD = 10
SELECTED_FROM = frozenset(("wikigold_train", "gum"))
_CLOSING = frozenset((".", ",", ";", ":", "!", "?", ")", "]", "%", "”", "’", "'s", "’s", "n't", "n’t"))
_OPENING = frozenset(("(", "[", "£", "$", "“", "‘"))


def without_selection(
    labelled: Sequence[LabelledSentence],
) -> tuple[list[LabelledSentence], list[LabelledSentence]]:
    """What is learned from, and a part of the edited corpora put aside to choose the best step by."""
    kept: list[LabelledSentence] = []
    aside: list[LabelledSentence] = []
    for index, sentence in enumerate(labelled):
        # In runs, since neighbouring sentences of one article share their names.
        is_aside = sentence.source in SELECTED_FROM and (index // 20) % SELECTION_FOLD == 0
        (aside if is_aside else kept).append(sentence)
    return kept, aside


def plain_sentences(shared: Path) -> list[tuple[str, ...]]:
    """Text without labels: charities' descriptions of themselves, grant summaries, and the treebanks'."""
    tokenise = spacy.blank("en").tokenizer
    texts: list[str] = []
    for name in ("train.jsonl", "top2000_train.jsonl"):
        for line in (shared / "ukcat" / name).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            texts.append(f"{str(row['name']).title()} . {row['activities']}")
    for line in (shared / "grants" / "uk_community_grants.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        texts.append(f"{row['recipient']} : {row['summary']} {row['location']} .")
    found = [tuple(token.text for token in tokenise(text)[:60]) for text in texts if text]
    permissive = frozenset((shared / "treebank" / "gum_permissive_docs.txt").read_text(encoding="utf-8").split())
    for name, documents in (("ewt_train.conllu", None), ("gum_train.conllu", permissive)):
        found += [
            tuple(w.form for w in s.words) for s in read_conllu(shared / "treebank" / name, documents=documents)
        ]
    return [tokens for tokens in found if len(tokens) > 2]


def silver_sentences(told: Iterable[tuple[tuple[str, ...], tuple[list[str], float]]]) -> list[LabelledSentence]:
    """Of plain sentences with the teacher's labels and its least certainty, those where it was sure."""
    return [LabelledSentence(tokens, tuple(tags), "silver") for tokens, (tags, surest) in told if surest >= SURE]


def learning_set(
    labelled: Sequence[LabelledSentence], silver: Sequence[LabelledSentence], names: Names
) -> list[LabelledSentence]:
    """All that is learned from, in an order that mixes sources."""
    chance = random.Random(31)
    found = [*labelled, *silver]
    for sentence in labelled:
        rounds = 3 if sentence.source in ("wikigold_train", "gum") else 1
        if any(True for _ in sentence.entities()):
            found += [swapped(sentence, names, chance) for _ in range(rounds)]
    found += [s for s in labelled if s.source == "wikigold_train"]
    for sentence in silver:
        if any(label in ("PERSON", "PLACE") for _, _, label in sentence.entities()):
            found.append(swapped(sentence, names, chance))
    for _ in range(TEMPLATE_ROUNDS):
        found += [with_dates(filled(template, names, chance)) for template in templates()]
    chance.shuffle(found)
    return [_noisy(sentence, chance) for sentence in found]


def write_corpus(sentences: Iterable[LabelledSentence], path: Path) -> None:
    """Write sentences, a few to a text, for `spacy train`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    DocBin(docs=_docs(spacy.blank("en").vocab, sentences), attrs=["ORTH", "SPACY", "ENT_IOB", "ENT_TYPE"]).to_disk(
        path
    )


def _docs(vocab: Vocab, sentences: Iterable[LabelledSentence]) -> Iterator[Doc]:
    held: list[LabelledSentence] = []
    for sentence in sentences:
        if None in sentence.labels or not sentence.tokens:
            continue
        held.append(sentence)
        if len(held) == SENTENCES_A_TEXT:
            yield _doc(vocab, held)
            held = []
    if held:
        yield _doc(vocab, held)


def _doc(vocab: Vocab, sentences: Sequence[LabelledSentence]) -> Doc:
    tokens = [token for sentence in sentences for token in sentence.tokens]
    labels = [str(label) for sentence in sentences for label in sentence.labels]
    return Doc(vocab, words=tokens, spaces=spaces_between(tokens), ents=labels)


def spaces_between(tokens: Sequence[str]) -> list[bool]:
    """Whether white space followed each of the words, as far as their marks tell."""
    return [
        token not in _OPENING and (i + 1 == len(tokens) or tokens[i + 1] not in _CLOSING)
        for i, token in enumerate(tokens)
    ]


def _noisy(sentence: LabelledSentence, chance: random.Random) -> LabelledSentence:
    """An eighth in lower case, a few in capitals, and half of the straight marks curly."""
    roll = chance.random()
    tokens = sentence.tokens
    if roll < 0.12:
        tokens = tuple(token.lower() for token in tokens)
    elif roll < 0.15:
        tokens = tuple(token.upper() for token in tokens)
    if chance.random() < 0.5:
        tokens = tuple(token.replace("'", "’") for token in tokens)
    return LabelledSentence(tokens, sentence.labels, sentence.source)
