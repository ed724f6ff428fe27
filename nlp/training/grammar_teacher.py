"""A large reader of grammar that the small pipeline learns from: MiniLM with a biaffine parser, fine-tuned.

It tells tag, morphology, lemma, head, label and where sentences begin for runs of words that it does not know the
sentences of (Dozat and Manning 2017, https://arxiv.org/abs/1611.01734). It is too slow to run beside the embeddings;
it reads plain text once, and the small network learns from what it says. Needs PyTorch and transformers, which
running does not.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import torch
from torch import nn

from nlp.training.lemma_rules import rule_between
from nlp.training.noise import noisy
from nlp.training.teacher import N_SHAPES, Reader, load_encoder
from nlp.training.treebank import Sentence, Word

UNKNOWN = -100
"""What the loss leaves out."""
LONGEST_RUN = 90
"""Words that are read at once, unless one sentence has more."""
NOISY_SHARE = 0.3
COLUMNS = ("tag", "morph", "lemma", "dep")


@dataclass(frozen=True, slots=True)
class Inventory:
    """The classes of each column, in order; what is rarer than LEAST_FREQUENCY is not learned."""

    tag: tuple[str, ...]
    morph: tuple[str, ...]
    lemma: tuple[str, ...]
    dep: tuple[str, ...]


LEAST_FREQUENCY = 3


def classes_of(word: Word) -> tuple[str, str, str, str]:
    """Tag, part of speech with features, rule from form to lemma, and label."""
    return word.tag, f"{word.pos}|{word.morph}", rule_between(word.form, word.lemma), word.dep


def inventory(sentences: Sequence[Sentence]) -> Inventory:
    """What the sentences hold."""
    counts = tuple(Counter[str]() for _ in COLUMNS)
    for sentence in sentences:
        for word in sentence.words:
            for counter, value in zip(counts, classes_of(word), strict=True):
                counter[value] += 1
    return Inventory(*(tuple(sorted(k for k, n in c.items() if n >= LEAST_FREQUENCY)) for c in counts))


class Biaffine(nn.Module):
    """Scores of every pair of words, shape (batch, n_out, dependents, heads)."""

    def __init__(self, n_in: int, n_hidden: int, n_out: int) -> None:
        """n_out: 1 for arcs, the number of labels for labels."""
        super().__init__()
        self.dependent = nn.Sequential(nn.Linear(n_in, n_hidden), nn.GELU(), nn.Dropout(0.25))
        self.head = nn.Sequential(nn.Linear(n_in, n_hidden), nn.GELU(), nn.Dropout(0.25))
        self.weight = nn.Parameter(torch.zeros(n_out, n_hidden + 1, n_hidden + 1))
        nn.init.normal_(self.weight, std=0.01)

    def between(self, states: torch.Tensor) -> torch.Tensor:
        """For all pairs of words."""
        dependents, heads = self._with_one(self.dependent(states)), self._with_one(self.head(states))
        return torch.einsum("bdi,oij,bhj->bodh", dependents, self.weight, heads)

    def of_pairs(self, dependents: torch.Tensor, heads: torch.Tensor) -> torch.Tensor:
        """For given pairs: two times (pairs, n_in) → (pairs, n_out)."""
        left, right = self._with_one(self.dependent(dependents)), self._with_one(self.head(heads))
        return torch.einsum("pi,oij,pj->po", left, self.weight, right)

    @staticmethod
    def _with_one(states: torch.Tensor) -> torch.Tensor:
        return torch.cat([states, states.new_ones((*states.shape[:-1], 1))], dim=-1)


class GrammarTeacher(nn.Module):
    """MiniLM, a shape for each word piece, a mark where paragraphs begin, and a layer for each column."""

    def __init__(self, classes: Inventory) -> None:
        """Load the encoder's weights from the installed package."""
        super().__init__()
        self.classes = classes
        self.encoder = load_encoder()
        # Too many numbers for a small treebank to move: what words are stays as MiniLM learned it.
        self.encoder.embeddings.word_embeddings.requires_grad_(False)
        self.shapes, self.breaks = nn.Embedding(N_SHAPES, 384), nn.Embedding(2, 384)
        nn.init.normal_(self.shapes.weight, std=0.02)
        nn.init.normal_(self.breaks.weight, std=0.02)
        self.dropout = nn.Dropout(0.2)
        self.tell = nn.ModuleDict(
            {name: nn.Linear(768, len(getattr(classes, name))) for name in ("tag", "morph", "lemma")}
        )
        self.starts = nn.Linear(768, 2)
        self.arcs, self.labels = Biaffine(768, 256, 1), Biaffine(768, 96, len(classes.dep))

    def states(self, batch: Batch) -> torch.Tensor:
        """Of each word the states of its first and its last piece, shape (runs, words, 768)."""
        embedded = self.encoder.embeddings.word_embeddings(batch.pieces)
        embedded = embedded + self.shapes(batch.shapes) + self.breaks(batch.breaks)
        told = self.encoder(inputs_embeds=embedded, attention_mask=batch.mask).last_hidden_state
        rows = torch.arange(len(told)).unsqueeze(1)
        return self.dropout(torch.cat([told[rows, batch.firsts], told[rows, batch.lasts]], dim=-1))


@dataclass(frozen=True, slots=True)
class Batch:
    """Word pieces (runs, pieces) and, for each word (runs, words), its first and last piece; is_word where one is."""

    pieces: torch.Tensor
    shapes: torch.Tensor
    breaks: torch.Tensor
    mask: torch.Tensor
    firsts: torch.Tensor
    lasts: torch.Tensor
    is_word: torch.Tensor


Run = Sequence[Sentence]


def encode(reader: Reader, runs: Sequence[tuple[Sequence[str], frozenset[int]]]) -> Batch:
    """Runs of words, each with the indices of the words that begin a paragraph."""
    encoded = [reader.encode(words) for words, _ in runs]
    width, n_words = max(len(ids) for ids, _, _ in encoded), max(len(words) for words, _ in runs)
    pieces = torch.zeros((len(runs), width), dtype=torch.long)
    shapes, breaks, mask = (torch.zeros_like(pieces) for _ in range(3))
    firsts, lasts = (torch.zeros((len(runs), n_words), dtype=torch.long) for _ in range(2))
    is_word = torch.zeros((len(runs), n_words), dtype=torch.bool)
    for row, ((ids, kinds, starts), (_, paragraphs)) in enumerate(zip(encoded, runs, strict=True)):
        pieces[row, : len(ids)], shapes[row, : len(ids)] = torch.tensor(ids), torch.tensor(kinds)
        mask[row, : len(ids)] = 1
        ends = [after - 1 if after > 0 else before for before, after in pairwise([*starts, len(ids) - 1])]
        for index, (start, end) in enumerate(zip(starts, ends, strict=True)):
            if start >= 0:
                firsts[row, index], lasts[row, index], is_word[row, index] = start, end, True
                breaks[row, start] = index in paragraphs
    return Batch(pieces, shapes, breaks, mask, firsts, lasts, is_word)


def train_grammar_teacher(
    sentences: Sequence[Sentence], *, n_epochs: float = 3.0, words_a_batch: int = 900, seed: int = 9
) -> GrammarTeacher:
    """A teacher that has read the sentences `n_epochs` times, in runs that are cut anew each time."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    teacher, reader = GrammarTeacher(inventory(sentences)), Reader(longest=400)
    teacher.train()
    teacher.encoder.eval()  # its many small dropouts cost a tenth of the time; those between the layers here stay
    n_steps = round(n_epochs * sum(len(s.words) for s in sentences) / words_a_batch)
    encoder = [p for p in teacher.encoder.parameters() if p.requires_grad]
    heads = [p for name, p in teacher.named_parameters() if not name.startswith("encoder.")]
    optimiser = torch.optim.AdamW(
        [{"params": encoder, "lr": 2e-4}, {"params": heads, "lr": 2e-3}],
        weight_decay=0.01, betas=(0.9, 0.98),
    )  # fmt: skip
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, max_lr=[2e-4, 2e-3], total_steps=n_steps, pct_start=0.1)
    batches = _endless_batches(sentences, words_a_batch, chance)
    for step in range(1, n_steps + 1):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = _loss(teacher, reader, next(batches))
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(teacher.parameters(), 2.0)
        optimiser.step()
        schedule.step()
        if step % 50 == 0:
            print(f"grammar teacher: step {step} of {n_steps}, loss {loss.item():.3f}", flush=True)
    return teacher.eval()


def _loss(teacher: GrammarTeacher, reader: Reader, runs: Sequence[Run]) -> torch.Tensor:
    batch = encode(reader, [plain(run) for run in runs])
    states = teacher.states(batch)
    targets = {name: torch.full(batch.is_word.shape, UNKNOWN) for name in (*COLUMNS, "head", "start")}
    index_of = {name: {k: i for i, k in enumerate(getattr(teacher.classes, name))} for name in COLUMNS}
    for row, run in enumerate(runs):
        first = 0
        for sentence in run:
            for i, word in enumerate(sentence.words):
                for name, value in zip(COLUMNS, classes_of(word), strict=True):
                    targets[name][row, first + i] = index_of[name].get(value, UNKNOWN)
                targets["head"][row, first + i] = first + word.head
                targets["start"][row, first + i] = int(i == 0)
            first += len(sentence.words)
    told = {name: layer(states) for name, layer in teacher.tell.items()} | {"start": teacher.starts(states)}
    loss = sum(_cross_entropy(scores, targets[name]) for name, scores in told.items())
    arcs = teacher.arcs.between(states)[:, 0].masked_fill(~batch.is_word[:, None, :], -1e4)
    known = (targets["dep"] != UNKNOWN) & batch.is_word
    rows, dependents = known.nonzero(as_tuple=True)
    labels = teacher.labels.of_pairs(states[rows, dependents], states[rows, targets["head"][rows, dependents]])
    return loss + 2 * _cross_entropy(arcs, targets["head"]) + _cross_entropy(labels, targets["dep"][known])


def _cross_entropy(scores: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    flat = scores.float().reshape(-1, scores.shape[-1])
    return nn.functional.cross_entropy(flat, targets.reshape(-1), ignore_index=UNKNOWN)


def plain(run: Run) -> tuple[list[str], frozenset[int]]:
    """The words of a run, and which of them begin a paragraph."""
    words: list[str] = []
    paragraphs = set()
    for sentence in run:
        if sentence.begins_paragraph:
            paragraphs.add(len(words))
        words += [word.form for word in sentence.words]
    return words, frozenset(paragraphs)


def _endless_batches(sentences: Sequence[Sentence], size: int, chance: random.Random) -> Iterator[list[Run]]:
    while True:
        runs = [noisy(run, chance) if chance.random() < NOISY_SHARE else run for run in _runs(sentences, chance)]
        runs.sort(key=lambda run: n_words(run) + chance.random() * 10)
        batches: list[list[Run]] = [[]]
        for run in runs:
            if sum(map(n_words, batches[-1])) >= size:
                batches.append([])
            batches[-1].append(run)
        chance.shuffle(batches)
        yield from batches


def _runs(sentences: Sequence[Sentence], chance: random.Random) -> Iterator[list[Sentence]]:
    """Neighbouring sentences of one document, of up to LONGEST_RUN words, cut elsewhere each time."""
    run: list[Sentence] = []
    limit = chance.randint(10, LONGEST_RUN)
    for sentence in sentences:
        is_new = run and run[-1].document != sentence.document
        if run and (is_new or n_words(run) + len(sentence.words) > limit):
            yield run
            run, limit = [], chance.randint(10, LONGEST_RUN)
        run.append(sentence)
    if run:
        yield run


def n_words(run: Run) -> int:
    """Of all its sentences."""
    return sum(len(sentence.words) for sentence in run)


def save(teacher: GrammarTeacher, path: Path) -> None:
    """Weights and classes."""
    torch.save((teacher.classes, teacher.state_dict()), path)


def load(path: Path) -> GrammarTeacher:
    """What `save` wrote."""
    classes, weights = torch.load(path, weights_only=False)
    teacher = GrammarTeacher(classes)
    teacher.load_state_dict(weights)
    return teacher.eval()
