"""How near passages are in meaning to what the codebook says of its themes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nlp.embedding import Embedder
from nlp.types import Matrix, Theme, Vector


class ThemeVectors:
    """The embeddings of the themes' definitions and examples, computed once."""

    def __init__(self, codebook: Sequence[Theme], embedder: Embedder) -> None:
        """Embed each theme's name with its definition, and each of its examples."""
        texts = [
            (i, text)
            for i, theme in enumerate(codebook)
            for text in (f"{theme.name}. {theme.definition}", *theme.examples)
        ]
        self._n_themes = len(codebook)
        self._owners = np.array([owner for owner, _ in texts], dtype=np.intp)
        self._vectors = embedder.embed([text for _, text in texts])

    def cosines(self, embeddings: Matrix) -> Matrix:
        """Shape (passages, themes): each passage's cosine to what of the theme is nearest to it."""
        every = embeddings @ self._vectors.T
        nearest = np.full((len(embeddings), self._n_themes), -1.0, dtype=np.float32)
        for column, owner in enumerate(self._owners):
            np.maximum(nearest[:, owner], every[:, column], out=nearest[:, owner])
        return nearest


def nearness(cosines: Matrix) -> Vector:
    """Shape (themes,): the mean cosine of the two passages that are nearest to each theme."""
    return np.asarray(np.sort(cosines, axis=0)[-2:].mean(axis=0), dtype=np.float32)


def story_vector(embeddings: Matrix) -> Vector:
    """The mean of a story's passages, of unit length."""
    mean = embeddings.mean(axis=0)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), dtype=np.float32)
