"""Embedders: text in, rows of unit length out. `open_embedder` chooses one by name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from nlp.types import Matrix


@runtime_checkable
class Embedder(Protocol):
    """What turns texts into embeddings whose dot product says how near they are in meaning."""

    @property
    def name(self) -> str:
        """What tells this embedder's rows from another's; stored beside them."""

    @property
    def dimension(self) -> int:
        """d, the width of each row."""

    def embed(self, texts: Sequence[str]) -> Matrix:
        """One embedding a text, shape (len(texts), d), float32, rows of unit length; (0, d) for no texts."""


def open_embedder(name: str = "minilm", *, intra_op: int | None = None) -> Embedder:
    """The embedder of that name: "minilm" (the packaged default), "hashing" (no model, for tests), or any
    model that the sentence-transformers library can load.

    intra_op: threads that one call may use; all cores by default, and "hashing" uses one.
    Raises ModuleNotFoundError, saying what to install, if the model's library or package is missing.
    """
    if name == "hashing":
        from nlp.embedding.hashing import HashingEmbedder

        return HashingEmbedder()
    if name == "minilm":
        from nlp.embedding.onnx_minilm import MiniLMEmbedder

        return MiniLMEmbedder(intra_op=intra_op)
    from nlp.embedding.sentence_transformers import SentenceTransformersEmbedder

    return SentenceTransformersEmbedder(name, intra_op=intra_op)
