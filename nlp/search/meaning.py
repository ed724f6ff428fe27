"""How close stories are in meaning, from the embeddings of their passages."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

N_CLOSE_PASSAGES = 3


def closeness(best_by_passage: NDArray[np.float32]) -> NDArray[np.float64]:
    """How close a story is to others: the mean cosine of its N_CLOSE_PASSAGES best-matched passages, shape
    (s,).

    best_by_passage: shape (p, s), for each passage of the story its best cosine with any passage of each
    other. A mean over whole stories would drown one shared episode; a single best pair would be any stock
    sentence.
    """
    closest = np.sort(best_by_passage.astype(np.float64), axis=0)[-N_CLOSE_PASSAGES:]
    return np.asarray(closest.mean(axis=0))
