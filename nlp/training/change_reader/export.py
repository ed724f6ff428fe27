"""Writes the reader's weights as `nlp.change_reader.encoder` reads them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from nlp.change_reader.encoder import Weighing, as_stored
from nlp.change_reader.heads import Floats
from nlp.training.change_reader.network import ChangeNetwork


def write_weights(network: ChangeNetwork, phrase_uses: Mapping[str, Floats], weighing: Weighing, path: Path) -> None:
    """Everything but the embeddings, which are the published ones; matrices as bytes with a scale for each row."""
    weights = {
        name: value.detach().numpy().astype(np.float32)
        for name, value in network.state_dict().items()
        if not name.startswith("encoder.embeddings.")
    }
    weights.update(phrase_uses)
    weights["weighing.weight"] = weighing.weights
    weights["weighing.least"] = np.array([weighing.least], dtype=np.float32)
    stored: dict[str, Any] = dict(as_stored(weights))
    np.savez_compressed(path, **stored)
