"""Which of its telling words a topic is told by: words that go together, and that are not another topic's."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.types import Matrix

WINDOW = 10
"""Words that a window holds, as in the measure c_npmi."""
_EPSILON = 1e-12
# Chosen on 2,600 descriptions of charities and 2,200 abstracts, so that a sentence embedder still finds the topic by
# its words as often as by the ten best of c-TF-IDF alone (docs/quality.md has the figures).
_WEIGHT_OF_SCORE = 0.3
_PENALTY_OF_SHARED = 0.1
_POWER_OF_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may tell a topic. score: how telling it is, above 0. share: the part of its uses in the topic."""

    word: str
    score: float
    share: float

    @property
    def telling(self) -> float:
        return self.score * math.pow(self.share, _POWER_OF_SHARE)


def ordered_words(
    candidates: Sequence[Sequence[Candidate]], texts: Sequence[Sequence[str]], *, n_words: int
) -> list[list[str]]:
    """Each topic's candidates in a new order: n_words that go together first, and within both parts the most telling.

    texts: the words of each passage in their order. The topics choose in turn, one word at a time: the word with the
    largest mean NPMI with those that the topic has, plus 0.3 times the logarithm of how telling it is beside the
    topic's best, less 0.1 for each other topic that has taken it. Greedy choice as in maximal marginal relevance
    (Carbonell and Goldstein, SIGIR 1998), with what goes together in the place of what differs.
    """
    vocabulary = {word: i for i, word in enumerate(dict.fromkeys(c.word for rows in candidates for c in rows))}
    npmi = window_npmi(texts, vocabulary)
    topics = [_Choosing(rows, npmi, [vocabulary[c.word] for c in rows]) for rows in candidates]
    n_taken = np.zeros(len(vocabulary), dtype=np.float32)
    for _ in range(n_words):
        for topic in topics:
            topic.take_next(n_taken)
    return [topic.ordered() for topic in topics]


def window_npmi(texts: Sequence[Sequence[str]], vocabulary: Mapping[str, int]) -> Matrix:
    """Shape (v, v): normalised pointwise mutual information of two words' standing in one window, in [-1, 1].

    Windows slide word by word over each passage. What two words share in a single passage is no habit: it counts at
    most as chance does. Source: Bouma (2009), "Normalized (pointwise) mutual information in collocation extraction";
    windows and the small constant as Röder, Both and Hinneburg (WSDM 2015) and gensim have them.
    """
    windows, words, passages, n_windows = _window_words(texts, vocabulary)
    together = _shared(windows, words, len(vocabulary)) / max(n_windows, 1)
    single = np.maximum(together.diagonal(), _EPSILON)
    # Two words that stand in every window tell nothing of each other: 0, and not 0 / 0.
    surprise = np.maximum(-np.log(together + _EPSILON), _EPSILON)
    npmi = np.log((together + _EPSILON) / np.outer(single, single)) / surprise
    is_habit = _shared(passages, words, len(vocabulary)) > 1
    return np.asarray(np.where(is_habit, npmi, np.minimum(npmi, 0)), dtype=np.float32)


def _shared(holders: NDArray[np.int64], words: NDArray[np.int64], n_words: int) -> NDArray[np.float64]:
    """Shape (n_words, n_words): how many of the holders have both words."""
    from scipy.sparse import csr_matrix

    shape = (int(holders.max(initial=0)) + 1, n_words)
    has = csr_matrix((np.ones(len(words)), (holders, words)), shape=shape)
    # A holder that has a word several times has it.
    has.data[:] = 1
    return np.asarray((has.T @ has).toarray(), dtype=np.float64)


def _window_words(
    texts: Sequence[Sequence[str]], vocabulary: Mapping[str, int]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], int]:
    """(window, word, passage) of each word's standing in a window, and how many windows there are.

    A window is named by where it starts; a passage shorter than one is a window of its own.
    """
    lengths = np.asarray([len(text) for text in texts], dtype=np.int64)
    ids = np.asarray([vocabulary.get(word, -1) for text in texts for word in text], dtype=np.int64)
    passages = np.repeat(np.arange(len(texts)), lengths)
    starts = np.repeat(np.cumsum(lengths) - lengths, lengths)
    n_windows = np.where(lengths > 0, np.maximum(lengths - WINDOW + 1, 1), 0)
    last = starts + np.repeat(n_windows, lengths) - 1
    positions = np.flatnonzero(ids >= 0)
    first_window, last_window = starts[positions], last[positions]
    windows = positions[:, None] - np.arange(WINDOW)
    is_inside = (windows >= first_window[:, None]) & (windows <= last_window[:, None])
    repeated = np.repeat(positions, is_inside.sum(axis=1))
    return windows[is_inside], ids[repeated], passages[repeated], int(n_windows.sum())


class _Choosing:
    """One topic's choice of words, as far as it has come."""

    def __init__(self, candidates: Sequence[Candidate], npmi: Matrix, positions: Sequence[int]) -> None:
        self._candidates = candidates
        self._npmi = npmi
        self._positions = np.asarray(positions, dtype=np.intp)
        telling = [candidate.telling for candidate in candidates]
        best = max(telling, default=1.0)
        self._scores = _WEIGHT_OF_SCORE * np.asarray([math.log(value / best) for value in telling])
        self._together = np.zeros(len(candidates), dtype=np.float32)
        self._taken: list[int] = []

    def take_next(self, n_taken: NDArray[np.float32]) -> None:
        """n_taken: shape (v,), how many topics have each word; what is taken is counted in it."""
        left = [i for i in range(len(self._candidates)) if i not in self._taken]
        if not left:
            return
        likings = self._scores + self._together / max(len(self._taken), 1)
        likings = likings - _PENALTY_OF_SHARED * n_taken[self._positions]
        best = max(left, key=lambda i: float(likings[i]))
        self._taken.append(best)
        position = self._positions[best]
        n_taken[position] += 1
        self._together += self._npmi[position, self._positions]

    def ordered(self) -> list[str]:
        rest = [i for i in range(len(self._candidates)) if i not in self._taken]
        parts = (sorted(part, key=lambda i: -self._candidates[i].telling) for part in (self._taken, rest))
        return [self._candidates[i].word for part in parts for i in part]
