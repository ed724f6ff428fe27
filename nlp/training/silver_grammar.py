"""Plain sentences with the grammar that the large reader tells, for the small pipeline to learn from.

What is read: the words of the corpora of names, which come from Wikipedia, the web and chat, and what charities say
of themselves and of grants. A sentence is learned from if its heads make a tree and the reader is sure of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import spacy
import torch

from nlp.training.entities import read_iob2
from nlp.training.grammar_teacher import GrammarTeacher, encode
from nlp.training.recogniser import spaces_between
from nlp.training.teacher import Reader
from nlp.training.tokenization import cut_as_treebanks
from nlp.training.treebank import Sentence, Word, is_tree

NO_LEMMA = ""
"""What spaCy passes over: lemmas told by the reader made the small pipeline's worse."""
SURE = 0.8
"""A sentence is learned from if the reader gives its heads at least this probability on the mean."""
LONGEST = 110
RUNS_A_BATCH = 12
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_PARAGRAPH_END = re.compile(r"\n\s*\n")

Plain = tuple[tuple[str, bool], ...]
"""Words, and whether white space follows each."""


def plain_runs(shared: Path, *, most_words: int) -> list[Plain]:
    """The corpora of names whole, and texts of charities and grants up to about `most_words` in all."""
    found = [
        tuple(zip(sentence.tokens, spaces_between(sentence.tokens), strict=True))
        for path in sorted((shared / "ner").glob("*.iob2"))
        for sentence in read_iob2(path)
        if len(sentence.tokens) > 1
    ]
    n_words = sum(map(len, found))
    for run in _written_by_charities(shared):
        if n_words > most_words:
            break
        found.append(run)
        n_words += len(run)
    return found


def _written_by_charities(shared: Path) -> Iterator[Plain]:
    language = cut_as_treebanks(spacy.blank("en"))
    rows = []
    for name, key in (("grants/uk_community_grants.jsonl", "summary"), ("ukcat/train.jsonl", "activities")):
        rows += [json.loads(line)[key] for line in (shared / name).read_text(encoding="utf-8").splitlines()]
    for text in rows:
        for paragraph in _PARAGRAPH_END.split(text or ""):
            if paragraph.isupper():
                continue
            run: list[tuple[str, bool]] = []
            for part in _SENTENCE_END.split(paragraph):
                words = [
                    (token.text, bool(token.whitespace_)) for token in language.tokenizer(part) if not token.is_space
                ]
                if run and len(run) + len(words) > LONGEST:
                    yield tuple(run)
                    run = []
                if words:
                    run += [*words[:-1], (words[-1][0], True)]
            if 2 < len(run) <= LONGEST:
                yield tuple(run)


@torch.inference_mode()
def read_grammar(teacher: GrammarTeacher, runs: Sequence[Plain]) -> list[Sentence]:
    """What the reader is sure of, one document a run, in the order of the runs."""
    reader = Reader(longest=400)
    found: dict[int, list[Sentence]] = {}
    order = sorted(range(len(runs)), key=lambda i: len(runs[i]))
    for first in range(0, len(order), RUNS_A_BATCH):
        chosen = [runs[i] for i in order[first : first + RUNS_A_BATCH]]
        batch = encode(reader, [([form for form, _ in run], frozenset((0,))) for run in chosen])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = teacher.states(batch)
            told = {name: layer(states).argmax(-1).numpy() for name, layer in teacher.tell.items()}
            told["start"] = teacher.starts(states).argmax(-1).numpy()
            arcs = teacher.arcs.between(states)[:, 0].masked_fill(~batch.is_word[:, None, :], -1e4).float()
        for row, run in enumerate(chosen):
            if bool(batch.is_word[row, : len(run)].all()):
                values = {name: column[row] for name, column in told.items()}
                number = order[first + row]
                found[number] = [*_sentences(teacher, run, values, arcs[row].numpy(), states[row], f"plain-{number}")]
    return [sentence for _, sentences in sorted(found.items()) for sentence in sentences]


def _sentences(
    teacher: GrammarTeacher,
    run: Plain,
    told: dict[str, np.ndarray],
    arcs: np.ndarray,
    states: torch.Tensor,
    name: str,
) -> Iterator[Sentence]:
    bounds = [0, *(i for i in range(1, len(run)) if told["start"][i]), len(run)]
    for start, end in pairwise(bounds):
        scores = arcs[start:end, start:end].astype(np.float64)
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        heads = scores.argmax(axis=1)
        if shares.max(axis=1).mean() < SURE or not is_tree(heads.tolist()):
            continue
        labels = teacher.labels.of_pairs(states[start:end], states[start + torch.from_numpy(heads)]).float().numpy()
        labels[:, teacher.classes.dep.index("ROOT")] = -1e9
        words = []
        for i, (form, has_space) in enumerate(run[start:end]):
            pos, _, morph = teacher.classes.morph[told["morph"][start + i]].partition("|")
            dep = "ROOT" if heads[i] == i else teacher.classes.dep[labels[i].argmax()]
            tag = teacher.classes.tag[told["tag"][start + i]]
            words.append(Word(form, NO_LEMMA, pos, tag, morph, int(heads[i]), dep, has_space))
        yield Sentence(tuple(words), name, start == 0)
