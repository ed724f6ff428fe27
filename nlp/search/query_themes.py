"""What a query is about, in the themes of the codebook."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nlp.embedding import Embedder
from nlp.search.analyzer import phrase_pattern, terms
from nlp.types import Theme, Vector

_LOWEST_COSINE, _HIGHEST_COSINE = 0.25, 0.6
"""Below the first, a query and a theme's description have nothing to do with each other; from the second on, the
query says the theme."""
_MOST_THEMES = 3


class QueryThemes:
    """The themes of one codebook, ready to be compared with queries."""

    def __init__(self, codebook: Sequence[Theme], embedder: Embedder) -> None:
        self._keys = tuple(theme.key for theme in codebook)
        self._vectors = embedder.embed([f"{theme.name}. {theme.definition}" for theme in codebook])
        self._names = embedder.embed([theme.name for theme in codebook])
        self._cues = [
            {" ".join(term for term, _ in pattern.places) for cue in (theme.name, *theme.cues)
             if (pattern := phrase_pattern(cue.split())) is not None}
            for theme in codebook
        ]  # fmt: skip

    def themes_of(self, text: str, embedding: Vector) -> dict[str, float]:
        """Key → how far the text is about the theme, in (0, 1], for at most three themes, strongest first.

        By meaning, the cosine of the query to the theme's name or definition, the nearer of the two; a cue of the
        theme in the text counts as much as half of the way.
        """
        if not self._keys:
            return {}
        cosines = np.maximum(self._vectors @ embedding, self._names @ embedding)
        scores = np.clip((cosines - _LOWEST_COSINE) / (_HIGHEST_COSINE - _LOWEST_COSINE), 0.0, 1.0)
        said = f" {' '.join(terms(text))} "
        has_cue = np.array([any(f" {cue} " in said for cue in cues) for cues in self._cues])
        scores = np.minimum(1.0, scores + 0.5 * has_cue)
        best = [int(n) for n in np.argsort(-scores, kind="stable")[:_MOST_THEMES] if scores[n] > 0]
        return {self._keys[n]: round(float(scores[n]), 3) for n in best}
