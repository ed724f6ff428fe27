"""The words of a story as a vector: folded stems and pairs of them, weighted by how rare they are."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import numpy as np

from nlp.theming.cues import folded_stem
from nlp.theming.logistic import Floats

LEAST_TEXTS = 2
"""A term of fewer texts says nothing of the next text."""

_WORD = re.compile(r"[^\W\d_]{2,}")
_EMPTY = re.compile(
    r"an|the|and|or|but|of|to|in|on|at|for|with|by|from|as|is|was|are|were|be|been|it|its|he|she|they|we|you|his|her"
    r"|their|our|your|my|me|him|them|us|that|this|there|what|which|who|not|no|so|if|then|than|had|has|have|do|did|does"
    r"|ve|ll|re|up|out|one|two|all|any|some"
)


def terms(text: str) -> list[str]:
    """The stems of a text without those that only join others, then every two that follow each other."""
    words = (word for word in _WORD.findall(text.casefold()) if not _EMPTY.fullmatch(word))
    stems = [folded_stem(word) for word in words]
    return stems + [f"{left} {right}" for left, right in pairwise(stems)]


def count_terms(texts: Iterable[str]) -> dict[str, float]:
    """Term → rarity, ln((1 + n) / (1 + df)) + 1, of the terms of LEAST_TEXTS texts or more, sorted."""
    n_texts, frequencies = 0, Counter[str]()
    for text in texts:
        n_texts += 1
        frequencies.update(set(terms(text)))
    return {
        term: math.log((1 + n_texts) / (1 + df)) + 1 for term, df in sorted(frequencies.items()) if df >= LEAST_TEXTS
    }


def positions(listed: Sequence[str]) -> dict[str, int]:
    """Where each term stands in the vector."""
    return {term: position for position, term in enumerate(listed)}


def word_vector(text: str, position_by_term: Mapping[str, int], rarity: Floats) -> Floats:
    """Shape (terms,): (1 + ln count) · rarity, of unit length; all zero if the text has none of the terms."""
    vector = np.zeros(len(rarity))
    for term, count in Counter(terms(text)).items():
        position = position_by_term.get(term)
        if position is not None:
            vector[position] = (1 + math.log(count)) * rarity[position]
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-9))
