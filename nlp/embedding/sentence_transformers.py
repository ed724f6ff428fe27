"""Any model that the sentence-transformers library can load, for those who want another than MiniLM."""

from __future__ import annotations

import importlib
from collections.abc import Sequence

import numpy as np

from nlp.types import Matrix


class SentenceTransformersEmbedder:
    """A model chosen by its name or folder; needs the optional `sentence-transformers` package."""

    def __init__(self, name: str, *, intra_op: int | None = None) -> None:
        """Load the model. Raises ModuleNotFoundError if the library is not installed."""
        try:
            library = importlib.import_module("sentence_transformers")
        except ModuleNotFoundError as err:
            raise ModuleNotFoundError(
                f"The embedder {name!r} is loaded by sentence-transformers, which is not installed. "
                "Run `pip install sentence-transformers`, or choose the embedder 'minilm'."
            ) from err
        if intra_op is not None:
            importlib.import_module("torch").set_num_threads(intra_op)
        self.name = name
        self._model = library.SentenceTransformer(name)
        self.dimension = int(self._model.get_sentence_embedding_dimension())

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Shape (len(texts), d), float32, rows of unit length."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        rows = self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(rows, dtype=np.float32)
