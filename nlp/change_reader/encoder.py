"""The fine-tuned encoder on onnxruntime: the layers that were learned here over MiniLM's own word embeddings."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

from nlp.change_reader.heads import Heads
from nlp.change_reader.windows import Window
from nlp.embedding.onnx_minilm import model_folder, open_session

WEIGHTS = Path(__file__).parent / "weights.npz"
GRAPH = Path(__file__).parent / "encoder.onnx"

Floats = NDArray[np.float32]


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
        learned = read_weights(WEIGHTS)
        encoder = {
            name.removeprefix("encoder."): value for name, value in learned.items() if name.startswith("encoder.")
        }
        self.heads = Heads({name: value for name, value in learned.items() if not name.startswith("encoder.")})
        self.weighing = Weighing(learned["weighing.weight"], float(learned["weighing.least"][0]))
        published = load_file(model_folder() / "model.safetensors")
        embeddings = {name: value for name, value in published.items() if name.startswith("embeddings.")}
        self._session = open_session(GRAPH, embeddings | encoder, intra_op=intra_op)

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


def read_weights(path: Path) -> dict[str, Floats]:
    """The weights of a file in which matrices are bytes with a scale for each row, beside it as `NAME.scale`."""
    with np.load(path) as stored:
        names = [name for name in stored.files if not name.endswith(".scale")]
        return {name: _in_full(stored[name], stored.get(f"{name}.scale")) for name in names}


def as_stored(weights: Mapping[str, Floats]) -> dict[str, NDArray[np.generic]]:
    """What `read_weights` reads, from full weights: matrices as int8, others as they are."""
    stored: dict[str, NDArray[np.generic]] = {}
    for name, value in weights.items():
        if value.ndim < 2 or value.size < 10_000:
            stored[name] = value.astype(np.float32)
            continue
        scale = np.abs(value).max(axis=1, keepdims=True) / 127
        stored[name] = np.rint(value / np.maximum(scale, 1e-12)).astype(np.int8)
        stored[f"{name}.scale"] = scale.astype(np.float32)
    return stored


def _in_full(value: NDArray[np.generic], scale: Floats | None) -> Floats:
    full: Floats = value.astype(np.float32)
    return full if scale is None else full * scale
