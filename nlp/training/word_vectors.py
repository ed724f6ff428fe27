"""Small word vectors for the recogniser: what MiniLM says of each word by itself, in few dimensions.

A recogniser that learned from some thousand names knows few of those that it will meet; a word's own embedding
tells that an unknown one is like a name, a town or a club. Keys are in lower case, as MiniLM reads them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import spacy
from spacy.vectors import Vectors

from nlp.embedding import Embedder
from nlp.types import Matrix

DIMENSIONS = 64
LEAST_FREQUENCY = 3


def frequent_words(texts: Iterable[Sequence[str]], names: Iterable[str], *, most: int) -> list[str]:
    """The most frequent words in lower case, and after them the names, `most` in all."""
    counts = Counter(token.lower() for tokens in texts for token in tokens if any(map(str.isalpha, token)))
    words = [word for word, count in counts.most_common() if count >= LEAST_FREQUENCY]
    known = set(words)
    words += [name for name in dict.fromkeys(name.lower() for name in names) if name not in known]
    return words[:most]


def reduced(embeddings: Matrix, dimensions: int) -> Matrix:
    """The embeddings' first principal components, shape (n, dimensions), rows of unit length."""
    centred = embeddings - embeddings.mean(axis=0)
    _, _, components = np.linalg.svd(centred[: min(len(centred), 8000)], full_matrices=False)
    rows = centred @ components[:dimensions].T
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), dtype=np.float32)


def write_vectors(words: Sequence[str], embedder: Embedder, folder: Path) -> None:
    """Write a spaCy pipeline that holds nothing but the vectors, for `--paths.vectors`."""
    language = spacy.blank("en")
    rows = reduced(embedder.embed(words), DIMENSIONS)
    keys = [language.vocab.strings.add(word) for word in words]
    language.vocab.vectors = Vectors(
        strings=language.vocab.strings, data=rows, keys=keys, name="turnstone_words", attr="LOWER"
    )
    language.to_disk(folder)
