"""From logits to spans of whole words: the likeliest sequence of outside, begin and inside."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Range = tuple[int, int]
LONGEST_SPAN = 24
"""Words."""


def log_softmax(logits: Floats) -> Floats:
    """Over the last axis."""
    shifted = logits - logits.max(axis=-1, keepdims=True)
    likely: Floats = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return likely


def spans_of(logits: Floats) -> list[Range]:
    """The spans [first, last) of the likeliest valid tags. logits: shape (words, 3), of outside, begin, inside."""
    scores = log_softmax(logits)
    best, came = scores[0].copy(), []
    best[2] = -np.inf
    for row in scores[1:]:
        # Outside and begin may follow anything, inside only begin or inside.
        any_before = int(best.argmax())
        inside_before = 1 + int(best[1:].argmax())
        came.append((any_before, any_before, inside_before))
        best = row + np.array([best[any_before], best[any_before], best[inside_before]], dtype=np.float32)
    tags = [int(best.argmax())]
    for before in reversed(came):
        tags.append(before[tags[-1]])
    found: list[Range] = []
    for index, tag in enumerate(reversed(tags)):
        if tag == 1:
            found.append((index, index + 1))
        elif tag == 2:
            found[-1] = (found[-1][0], index + 1)
    return found


def best_span(logits: Floats) -> tuple[Range, float]:
    """The likeliest single span [first, last) and the logarithm of how much likelier it is than no span at all."""
    scores = log_softmax(logits)
    begins, goes_on = scores[:, 1] - scores[:, 0], scores[:, 2] - scores[:, 0]
    # The total of a span is where it begins and the sum of what goes on after that, by differences of running sums.
    running = np.cumsum(goes_on)
    lengths = np.arange(len(scores))[None] - np.arange(len(scores))[:, None]
    totals = np.where(
        (lengths >= 0) & (lengths < LONGEST_SPAN), begins[:, None] + running[None] - running[:, None], -np.inf
    )
    first, last = divmod(int(totals.argmax()), len(scores))
    return (first, last + 1), float(totals[first, last])
