"""The use category of a phrase by its words alone, learned from judged phrases and those of `use_phrases.txt`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import nn

from nlp.change_reader.windows import cut_pieces
from nlp.components.use_categories import category_by_words
from nlp.training.change_reader.frames import load_phrases
from nlp.training.change_reader.gold import Example
from nlp.types import USE_CATEGORIES, Span

SCALES = (10.0, 2.0, 2.0)
"""Of the mean embedding, the pieces' uses and the category by the word lists: what the penalty leaves to each."""
STRENGTH = 0.3

Floats = NDArray[np.float32]


def learn_phrase_uses(examples: Sequence[Example], words: Floats, tokenizer: Tokenizer) -> dict[str, Floats]:
    """Weights and bias for `Heads.phrase_logits`. words: the encoder's embeddings, shape (vocabulary, 384)."""
    phrases = [*_judged(examples), *(pair for pairs in load_phrases().values() for pair in pairs)]
    rows = np.stack([_features(phrase, words, tokenizer) for phrase, _ in phrases])
    scales = np.concatenate(
        [np.full(n, s) for n, s in zip((words.shape[1], *[len(USE_CATEGORIES)] * 2), SCALES, strict=True)]
    )
    labels = np.array([USE_CATEGORIES.index(category) for _, category in phrases])
    weights, bias = _fit(rows * scales, labels)
    return {"phrase.weight": (weights * scales).astype(np.float32), "phrase.bias": bias}


def _fit(rows: Floats, labels: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """A multinomial logistic regression with an L2 penalty, by L-BFGS."""
    inputs, targets = torch.from_numpy(rows.astype(np.float32)), torch.from_numpy(labels)
    layer = nn.Linear(rows.shape[1], len(USE_CATEGORIES))
    nn.init.zeros_(layer.weight)
    nn.init.zeros_(layer.bias)
    optimiser = torch.optim.LBFGS(layer.parameters(), max_iter=300, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        misfit = nn.functional.cross_entropy(layer(inputs), targets, reduction="sum")
        total: torch.Tensor = STRENGTH * misfit + layer.weight.square().sum() / 2
        total.backward()
        return total

    optimiser.step(loss)
    return layer.weight.detach().numpy(), layer.bias.detach().numpy()


def _judged(examples: Sequence[Example]) -> Iterator[tuple[str, str]]:
    for example in examples:
        for change in example.changes:
            for stretch, use in ((change.to, change.to_use), (change.slots.get("from"), change.from_use)):
                if stretch and use:
                    yield example.text[slice(*stretch)], use


def _features(phrase: str, words: Floats, tokenizer: Tokenizer) -> Floats:
    pieces = cut_pieces(phrase, [Span(0, len(phrase), phrase)], tokenizer)
    known = category_by_words(phrase)
    listed = np.array([category == known for category in USE_CATEGORIES], dtype=np.float32)
    return np.concatenate([words[pieces.ids].mean(axis=0), pieces.uses.mean(axis=0), listed])
