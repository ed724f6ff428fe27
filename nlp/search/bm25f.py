"""BM25F over posting lists as arrays.

Source: Robertson, Zaragoza and Taylor (2004), "Simple BM25 extension to multiple weighted fields", CIKM,
with the length normalised per field: tf = Σ_f w_f · tf_f / (1 - b + b · len_f / mean len_f),
score = Σ_t idf_t · tf · (k1 + 1) / (k1 + tf), idf_t = ln(1 + (N - df + ½) / (df + ½)).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.search.fields import FIELD_WEIGHTS, K1, B

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Postings:
    """Where one term stands in one field: stories and how often, arrays of one shape, each story once."""

    positions: NDArray[np.intp]
    frequencies: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Scorer:
    """Scores terms over the stories that one audience may see; the hidden ones change nothing.

    visible: shape (n,). norms: shape (n, fields), 1 - b + b · len / mean len.
    """

    visible: Mask
    n_visible: int
    norms: Floats

    def score(self, terms: Iterable[Mapping[str, Postings]]) -> tuple[Floats, float]:
        """One term's part of each story's score, shape (n,), 0 where it is not; and its idf.

        terms: field → postings; several are taken for one.
        """
        tf = np.zeros(len(self.visible))
        for postings_by_field in terms:
            for field, (name, weight) in enumerate(FIELD_WEIGHTS.items()):
                postings = postings_by_field.get(name)
                if postings is not None and weight:
                    here = postings.positions
                    tf[here] += weight * postings.frequencies / self.norms[here, field]
        tf[~self.visible] = 0.0
        idf = self.idf(int(np.count_nonzero(tf)))
        return idf * tf * (K1 + 1) / (K1 + tf), idf

    def idf(self, df: int) -> float:
        """The weight of a term that df visible stories have."""
        return float(np.log(1 + (self.n_visible - df + 0.5) / (df + 0.5)))


def scorer(lengths: Floats, visible: Mask) -> Scorer:
    """A scorer for these stories. lengths: terms per story and field, shape (n, fields)."""
    n_visible = int(np.count_nonzero(visible))
    means = lengths[visible].mean(axis=0) if n_visible else np.ones(lengths.shape[1])
    means[means == 0] = 1.0
    return Scorer(visible, n_visible, 1 - B + B * lengths / means)
