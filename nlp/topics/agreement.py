"""How far two ways to cut the same passages agree."""

from __future__ import annotations

import numpy as np

from nlp.topics import Labels


def adjusted_rand_index(a: Labels, b: Labels) -> float:
    """1 for the same cut, 0 as expected by chance.

    Source: Hubert and Arabie (1985), "Comparing partitions", Journal of Classification 2, 193-218.
    Raises ValueError if the two differ in length.
    """
    if len(a) != len(b):
        raise ValueError(f"The first cut is of {len(a)} passages and the second of {len(b)}; they must be the same.")
    _, rows = np.unique(a, return_inverse=True)
    _, columns = np.unique(b, return_inverse=True)
    table = np.zeros((rows.max(initial=-1) + 1, columns.max(initial=-1) + 1))
    np.add.at(table, (rows, columns), 1)
    pairs = float((table * (table - 1) / 2).sum())
    of_a, of_b = (float((n * (n - 1) / 2).sum()) for n in (table.sum(axis=1), table.sum(axis=0)))
    every = len(a) * (len(a) - 1) / 2
    expected = of_a * of_b / every if every else 0.0
    largest = (of_a + of_b) / 2
    return (pairs - expected) / (largest - expected) if largest != expected else 1.0
