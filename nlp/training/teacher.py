"""A large recogniser of names that a small one learns from: MiniLM, fine-tuned.

The encoder is the one that makes the embeddings (all-MiniLM-L6-v2, Apache-2.0). It reads lower case only, so the
shape of each word piece's capitals is added to its embedding. It is too slow to run beside the embeddings;
`nlp.training.silver` lets it label plain text, and spaCy's small network learns from both. Needs PyTorch and
transformers, which running does not.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import nn
from transformers import BertConfig, BertModel

from nlp.embedding.onnx_minilm import model_folder
from nlp.training.entities import LABELS, LabelledSentence

TAGS: tuple[str, ...] = ("O", *(f"{place}-{label}" for label in LABELS for place in "BI"))
UNKNOWN = -100
"""What the loss leaves out."""
LONGEST = 160
N_SHAPES = 6


def load_encoder() -> BertModel:
    """MiniLM as it was trained."""
    folder = model_folder()
    encoder = BertModel(BertConfig.from_json_file(str(folder / "config.json")), add_pooling_layer=False)
    weights = {k: v for k, v in load_file(folder / "model.safetensors").items() if not k.startswith("pooler.")}
    encoder.load_state_dict(weights, strict=False)
    return encoder


class Teacher(nn.Module):
    """MiniLM with a shape for each word piece and a layer that tells the tags."""

    def __init__(self) -> None:
        """Load the encoder's weights from the installed package."""
        super().__init__()
        self.encoder = load_encoder()
        self.shapes = nn.Embedding(N_SHAPES, 384)
        nn.init.normal_(self.shapes.weight, std=0.02)
        self.context = nn.LSTM(384, 128, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(0.2)
        self.tell = nn.Linear(256, len(TAGS))

    def forward(self, pieces: torch.Tensor, shapes: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Shape (batch, pieces, tags)."""
        embedded = self.encoder.embeddings.word_embeddings(pieces) + self.shapes(shapes)
        states = self.encoder(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        context, _ = self.context(self.dropout(states))
        told: torch.Tensor = self.tell(self.dropout(context))
        return told


class Reader:
    """Turns sentences into batches of word pieces and back."""

    def __init__(self, *, longest: int = LONGEST) -> None:
        """Load MiniLM's tokenizer. longest: word pieces of a sentence that are read."""
        self.longest = longest
        self.tokenizer = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()

    def encode(self, tokens: Sequence[str]) -> tuple[list[int], list[int], list[int]]:
        """Piece ids, shape of each piece's word, and for each word the index of its first piece."""
        encoding = self.tokenizer.encode(list(tokens), is_pretokenized=True)
        ids, words = encoding.ids[: self.longest], encoding.word_ids[: self.longest]
        shapes = [0 if word is None else _shape(tokens[word]) for word in words]
        firsts = [-1] * len(tokens)
        for position, word in enumerate(words):
            if word is not None and firsts[word] < 0:
                firsts[word] = position
        return ids, shapes, firsts

    def batch(
        self, sentences: Sequence[Sequence[str]]
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, list[list[int]]]:
        """Padded tensors (sentences, pieces) and the first piece of each word."""
        encoded = [self.encode(tokens) for tokens in sentences]
        width = max(len(ids) for ids, _, _ in encoded)
        pieces = torch.zeros((len(encoded), width), dtype=torch.long)
        shapes, mask = torch.zeros_like(pieces), torch.zeros_like(pieces)
        for row, (ids, kinds, _) in enumerate(encoded):
            pieces[row, : len(ids)] = torch.tensor(ids)
            shapes[row, : len(ids)] = torch.tensor(kinds)
            mask[row, : len(ids)] = 1
        return pieces, shapes, mask, [firsts for _, _, firsts in encoded]


def train_teacher(
    sentences: Sequence[LabelledSentence], *, n_epochs: float = 2.5, batch_size: int = 32, seed: int = 5
) -> Teacher:
    """A teacher that has read the sentences `n_epochs` times, a fifth of the time in lower case or capitals."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    teacher, reader = Teacher(), Reader()
    teacher.train()
    n_steps = round(n_epochs * (len(sentences) // batch_size + 1))
    heads = [*teacher.shapes.parameters(), *teacher.context.parameters(), *teacher.tell.parameters()]
    optimiser = torch.optim.AdamW(
        [{"params": teacher.encoder.parameters(), "lr": 1.5e-4}, {"params": heads, "lr": 1e-3}], weight_decay=0.01
    )
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, max_lr=[1.5e-4, 1e-3], total_steps=n_steps, pct_start=0.1
    )
    for step, batch in enumerate(islice(_endless_batches(sentences, batch_size, chance), n_steps), start=1):
        loss = _loss(teacher, reader, batch, chance)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(teacher.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        if step % 100 == 0:
            print(f"teacher: step {step} of {n_steps}, loss {loss.item():.3f}", flush=True)
    return teacher.eval()


def _loss(teacher: Teacher, reader: Reader, batch: Sequence[LabelledSentence], chance: random.Random) -> torch.Tensor:
    pieces, shapes, mask, firsts = reader.batch([_cased(sentence.tokens, chance) for sentence in batch])
    targets = torch.full(pieces.shape, UNKNOWN)
    for row, sentence in enumerate(batch):
        for word, position in enumerate(firsts[row]):
            label = sentence.labels[word]
            if position >= 0 and label is not None:
                targets[row, position] = TAGS.index(label)
    told = teacher(pieces, shapes, mask)
    return nn.functional.cross_entropy(told.reshape(-1, len(TAGS)), targets.reshape(-1), ignore_index=UNKNOWN)


@torch.inference_mode()
def label(
    teacher: Teacher, sentences: Sequence[Sequence[str]], *, batch_size: int = 48
) -> Iterator[tuple[list[str], float]]:
    """For each sentence its tags, and how sure the teacher is of the least sure one, in [0, 1]."""
    reader = Reader()
    for first in range(0, len(sentences), batch_size):
        chunk = sentences[first : first + batch_size]
        pieces, shapes, mask, firsts = reader.batch(chunk)
        shares = teacher(pieces, shapes, mask).softmax(-1).numpy()
        for row, tokens in enumerate(chunk):
            rows = [shares[row, position] if position >= 0 else None for position in firsts[row]]
            yield _best_tags(rows, len(tokens))


def _best_tags(rows: Sequence[np.ndarray | None], n_tokens: int) -> tuple[list[str], float]:
    tags, surest = ["O"] * n_tokens, 1.0
    for index, shares in enumerate(rows):
        if shares is None:
            continue
        before = tags[index - 1] if index else "O"
        allowed = [
            share if not tag.startswith("I-") or before[2:] == tag[2:] else 0.0
            for tag, share in zip(TAGS, shares, strict=True)
        ]
        best = int(np.argmax(allowed))
        tags[index] = TAGS[best]
        surest = min(surest, float(shares[best]))
    return tags, surest


def _endless_batches(
    sentences: Sequence[LabelledSentence], size: int, chance: random.Random
) -> Iterator[list[LabelledSentence]]:
    while True:
        yield from _batches(sentences, size, chance)


def _batches(
    sentences: Sequence[LabelledSentence], size: int, chance: random.Random
) -> Iterator[list[LabelledSentence]]:
    """Batches of sentences of about the same length, in a new order each time."""
    order = sorted(range(len(sentences)), key=lambda i: len(sentences[i].tokens) + chance.random() * 6)
    starts = list(range(0, len(order), size))
    chance.shuffle(starts)
    for start in starts:
        yield [sentences[i] for i in order[start : start + size]]


def _cased(tokens: Sequence[str], chance: random.Random) -> list[str]:
    roll = chance.random()
    if roll < 0.15:
        return [token.lower() for token in tokens]
    return [token.upper() for token in tokens] if roll < 0.18 else list(tokens)


def _shape(token: str) -> int:
    if not any(letter.isalpha() for letter in token):
        return 1
    if token.islower():
        return 2
    if token.isupper():
        return 3 if len(token) > 1 else 4
    return 4 if token[0].isupper() and token[1:].islower() else 5
