"""The fine-tuned encoder on onnxruntime: the layers that were learned here over MiniLM's own word embeddings."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

from nlp.change_reader.heads import Heads
from nlp.change_reader.windows import Window
from nlp.embedding.onnx_minilm import model_folder, open_session

WEIGHTS = Path(__file__).parent / "weights.npz"
GRAPH = Path(__file__).parent / "encoder.onnx"

LARGEST_BYTE = 63

Floats = NDArray[np.float32]
Stored = NDArray[Any]


@dataclass(frozen=True)
class Weighing:
    """A logistic regression on a reading's features. weights: shape (features + 1,), the intercept last."""

    weights: Floats
    least: float
    """Readings that are less likely than this are not told."""

    def likelihood(self, features: Sequence[float]) -> float:
        """In (0, 1)."""
        logit = float(np.dot(self.weights[:-1], features) + self.weights[-1])
        return 1 / (1 + math.exp(-max(min(logit, 30.0), -30.0)))


class ChangeEncoder:
    """Gives the states of windows' word pieces."""

    def __init__(self, *, intra_op: int | None = None) -> None:
        """Load the weights: about a quarter of a second and 100 MB. intra_op: threads for one call."""
        with np.load(WEIGHTS) as stored:
            layers = {name: stored[name] for name in stored.files if name.startswith("encoder.")}
            learned = in_full({name: stored[name] for name in stored.files if name not in layers})
        self.weighing = Weighing(learned["weighing.weight"], float(learned["weighing.least"][0]))
        published = load_file(model_folder() / "model.safetensors")
        embeddings = {name: value for name, value in published.items() if name.startswith("embeddings.")}
        self.heads = Heads(learned, embeddings["embeddings.word_embeddings.weight"])
        self._session = open_session(GRAPH, embeddings | as_run(layers), intra_op=intra_op)

    def states(self, windows: Sequence[Window]) -> list[Floats]:
        """For each window the states of its pieces, shape (pieces, 384). They should be of about the same length."""
        width = max(len(window.ids) for window in windows)
        ids = np.zeros((len(windows), width), dtype=np.int64)
        mask = np.zeros_like(ids)
        added = np.zeros((len(windows), width, self.heads.weights["shapes.weight"].shape[1]), dtype=np.float32)
        for row, window in enumerate(windows):
            size = len(window.ids)
            ids[row, :size], mask[row, :size] = window.ids, 1
            added[row, :size] = self.heads.added(window.shapes, window.uses)
        positions = np.arange(width, dtype=np.int64)
        inputs = {"input_ids": ids, "attention_mask": mask, "position_ids": positions, "added": added}
        states = np.asarray(self._session.run(["states"], inputs)[0], dtype=np.float32)
        return [states[row, : len(window.ids)] for row, window in enumerate(windows)]


def as_run(layers: Mapping[str, Stored]) -> dict[str, Stored]:
    """The layers as the graph takes them: matrices turned, of shape (inputs, outputs), and still in bytes."""
    named = {name.removeprefix("encoder."): value for name, value in layers.items()}
    return {
        name: np.ascontiguousarray(value.T) if value.dtype == np.int8 else value.reshape(-1)
        for name, value in named.items()
    }


def in_full(stored: Mapping[str, Stored]) -> dict[str, Floats]:
    """Stored weights as numbers: what is kept in bytes, times its scales."""
    names = [name for name in stored if not name.endswith(".scale")]
    return {name: stored[name].astype(np.float32) * stored.get(f"{name}.scale", np.float32(1)) for name in names}


def as_stored(weights: Mapping[str, Floats]) -> dict[str, Stored]:
    """Weights as they are kept: large matrices in bytes, with a scale for each row beside them as `NAME.scale`.

    Seven bits are used of the eight, so that two products fit where processors add them in 16 bits.
    """
    stored: dict[str, Stored] = {}
    for name, value in weights.items():
        if value.ndim < 2 or value.size < 10_000:
            stored[name] = value.astype(np.float32)
            continue
        scale = np.maximum(np.abs(value).max(axis=1, keepdims=True) / LARGEST_BYTE, 1e-12)
        stored[name] = np.rint(value / scale).astype(np.int8)
        stored[f"{name}.scale"] = scale.astype(np.float32)
    return stored
