"""An embedder without a model: texts are near if they share words or parts of words."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterator, Sequence

import numpy as np

from nlp.types import Matrix, Vector

_WORD = re.compile(r"\w+")
_TRIGRAM_WEIGHT = 0.3


class HashingEmbedder:
    """Feature hashing of folded words and their character trigrams into 384 signed dimensions.

    Source: Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", ICML 2009: the hash gives
    the dimension and its sign, so that collisions cancel out on average. CRC-32 is the same on every machine.
    """

    name = "hashing"
    dimension = 384

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Shape (len(texts), 384), float32, unit rows; a text without words gives the first axis."""
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            self._add_features(row, text)
        return rows

    def _add_features(self, row: Vector, text: str) -> None:
        for feature, weight in _features(text):
            code = zlib.crc32(feature.encode("utf-8", "surrogatepass"))
            row[(code >> 1) % self.dimension] += weight if code & 1 else -weight
        length = float(np.linalg.norm(row))
        if length > 0:
            row /= length
        else:
            row[0] = 1.0


def _features(text: str) -> Iterator[tuple[str, float]]:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    for word in _WORD.findall("".join(c for c in decomposed if not unicodedata.combining(c))):
        yield word, 1.0
        padded = f"<{word}>"
        for i in range(len(padded) - 2):
            yield padded[i : i + 3], _TRIGRAM_WEIGHT
