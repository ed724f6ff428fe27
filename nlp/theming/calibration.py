"""Do probabilities keep their word, and how are they said to people?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

BINS = 10


def expected_calibration_error(chances: Sequence[float], outcomes: Sequence[bool]) -> float:
    """The mean gap between what was foretold and what came true, over ten bins weighted by size; 0 is perfect.

    Source: Guo et al., "On Calibration of Modern Neural Networks", ICML 2017, equation 3.
    """
    if not chances:
        return 0.0
    foretold, came = np.asarray(chances), np.asarray(outcomes, dtype=np.float64)
    bins = np.minimum((foretold * BINS).astype(int), BINS - 1)
    gaps = [abs(float((foretold - came)[bins == b].sum())) for b in range(BINS)]
    return sum(gaps) / len(foretold)
