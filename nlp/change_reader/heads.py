"""What stands on the encoder's states: which sentences tell of a change, of what, and in which words.

The same arithmetic as `nlp.training.change_reader.model`, in numpy: the heads are small, the encoder is not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.types import USE_CATEGORIES

SLOTS: tuple[str, ...] = ("from", "actor", "trigger", "place", "when")
"""What is read for each target, in the order of the network's outputs."""
FAR = 15
"""Distances from a target, in word pieces, that are told apart on each side."""

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Heads:
    """The weights by the names that they have in training; matrices of shape (outputs, inputs)."""

    weights: Mapping[str, Floats]
    words: Floats
    """The encoder's own embedding of each word piece, shape (vocabulary, 384)."""

    def added(self, shapes: Ints, uses: Floats) -> Floats:
        """What is added to the pieces' embeddings, shape (…, 384). uses: shape (…, categories)."""
        total: Floats = self.weights["shapes.weight"][shapes] + uses @ self.weights["uses.weight"].T
        return total

    def telling(self, states: Floats, sentence: Ints, numbers: Sequence[int]) -> Floats:
        """The logit of each of the sentences `numbers`, of one window. states: shape (pieces, 384)."""
        attention = self._linear("attend", states)[:, 0]
        pooled = np.stack([_shares(attention, sentence == number) @ states for number in numbers])
        first = np.broadcast_to(states[0], pooled.shape)
        return self._linear("tells.3", _gelu(self._linear("tells.0", np.concatenate([pooled, first], axis=1))))[:, 0]

    def target_logits(self, states: Floats) -> Floats:
        """Outside, begin and inside of a target, shape (pieces, 3)."""
        return self._linear("tag", states)

    def slot_logits(self, states: Floats, first: int, last: int) -> Floats:
        """Outside, begin and inside of each slot of the target [first, last), shape (pieces, slots, 3)."""
        target = states[first:last].mean(axis=0)
        places = np.arange(len(states))
        left, right = places - first, places - last + 1
        distance = np.where(left < 0, np.maximum(left, -FAR), np.clip(right, 0, FAR)) + FAR
        mixed = self._linear("here", states) + self._linear("target", target)
        mixed = mixed + (states * target) @ self.weights["both.weight"].T + self.weights["distance.weight"][distance]
        return self._linear("slots", _gelu(mixed)).reshape(len(states), len(SLOTS), 3)

    def use_logits(self, states: Floats, uses: Floats, *, is_target: bool) -> Floats:
        """The logits of the categories of a phrase in its sentence, shape (categories,), by its pieces' states."""
        mixed = _gelu(self._linear("category.0", np.concatenate([states, uses], axis=1))).mean(axis=0)
        return self._linear("to_category" if is_target else "from_category", mixed)

    def phrase_logits(self, ids: Ints, uses: Floats, known: str | None) -> Floats:
        """The logits of the categories of a phrase by its words alone, shape (categories,).

        ids, uses: those of its pieces. known: the category that the word lists give it, if any.
        """
        listed = np.array([category == known for category in USE_CATEGORIES], dtype=np.float32)
        return self._linear("phrase", np.concatenate([self.words[ids].mean(axis=0), uses.mean(axis=0), listed]))

    def _linear(self, name: str, inputs: Floats) -> Floats:
        outputs: Floats = inputs @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]
        return outputs


def _gelu(x: Floats) -> Floats:
    """Hendrycks and Gimpel (2016), by its approximation with tanh."""
    activated: Floats = 0.5 * x * (1 + np.tanh(np.float32(0.7978845608) * (x + 0.044715 * x**3)))
    return activated


def _shares(attention: Floats, inside: NDArray[np.bool_]) -> Floats:
    """Softmax over the pieces inside, 0 elsewhere."""
    weights = np.where(inside, np.exp(attention - attention[inside].max(initial=-1e4)), 0)
    shares: Floats = (weights / max(weights.sum(), 1e-9)).astype(np.float32)
    return shares
