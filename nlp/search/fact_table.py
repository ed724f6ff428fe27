"""All repurposings of a repository side by side, and how well they answer what is asked of one of them.

Many say the same ("village hall" of the same kind), so each distinct pair of words and category is looked at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.search.analyzer import terms
from nlp.search.facts import StoredFact
from nlp.search.language import Fact, Side

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Said = tuple[str, str]
"""The terms of one side of a repurposing, each between spaces, and its category."""

CATEGORY_SHARE = 0.5
"""What the right kind of use is worth beside all of the asked words: a chapel answers "church" by half."""

_UNKNOWN = "other"


@dataclass(frozen=True, slots=True)
class _Column:
    """One side of m repurposings: fact i says said[codes[i]]."""

    said: tuple[Said, ...]
    codes: NDArray[np.int32]

    def values(self, value_of: Callable[[str, str], float]) -> Floats:
        """What is made of each fact's words and category, shape (m,)."""
        return np.array([value_of(words, category) for words, category in self.said], dtype=np.float64)[self.codes]


class FactTable:
    """The m repurposings of n stories."""

    def __init__(self, facts_by_story: Iterable[tuple[StoredFact, ...]]) -> None:
        by_story = list(facts_by_story)
        facts = [fact for of_story in by_story for fact in of_story]
        self._n_stories = len(by_story)
        self._owners = np.repeat(np.arange(len(by_story)), [len(of_story) for of_story in by_story])
        self._is_confirmed = np.array([fact.is_confirmed for fact in facts], dtype=bool)
        sureness = np.array([fact.score for fact in facts], dtype=np.float64)
        self._sureness = np.where(self._is_confirmed, 1.0, 0.9 + 0.05 * sureness)
        self._columns = {
            "from": _column([(fact.from_, fact.from_category) for fact in facts]),
            "to": _column([(fact.to, fact.to_category) for fact in facts]),
            "because": _column([(fact.because, fact.trigger_kind) for fact in facts]),
        }

    def having(self, asked: Fact) -> Mask:
        """Which stories tell of one repurposing that is all that is asked, shape (n,)."""
        met = np.ones(len(self._owners), dtype=bool)
        if asked.status:
            met &= self._is_confirmed == (asked.status == "confirmed")
        for name, side in _sides(asked).items():
            met &= self._columns[name].values(side.is_met_by) > 0
        stories = np.zeros(self._n_stories, dtype=bool)
        stories[self._owners[met]] = True
        return stories

    def turn_scores(self, asked: Fact) -> Floats:
        """How well the best repurposing of each story answers an arrow, in [0, 1], -inf for not at all, shape (n,).

        Half the mean over the asked sides and half the least of them, squared, so that a story with one of two sides,
        or with nothing but the right kinds of use, comes well after one that says both; what a person confirmed comes
        before what a machine read alike, and that by how sure it was.
        """
        sides = [self._columns[name].values(side.score) for name, side in _sides(asked).items()]
        if not sides:
            return np.full(self._n_stories, -np.inf)
        answers = (np.mean(sides, axis=0) + np.min(sides, axis=0)) / 2 * self._sureness
        best = np.zeros(self._n_stories)
        np.maximum.at(best, self._owners, answers**2)
        return np.where(best > 0, best, -np.inf)


class _WantedSide:
    """One side in terms: any of several phrases, or of several categories."""

    def __init__(self, side: Side) -> None:
        phrases = (tuple(dict.fromkeys(terms(" ".join(words)))) for words in side.phrases)
        self._is_open = not side.phrases
        self._phrases = [tuple(f" {term} " for term in phrase) for phrase in phrases if phrase]
        self._categories = side.categories - {_UNKNOWN} if not side.is_literal else frozenset()

    def is_met_by(self, words: str, category: str) -> bool:
        if self._is_open:
            return bool(words)
        is_said = any(all(term in words for term in phrase) for phrase in self._phrases)
        return is_said or category in self._categories

    def score(self, words: str, category: str) -> float:
        shares = (sum(term in words for term in phrase) / len(phrase) for phrase in self._phrases)
        said = max(shares, default=0.0)
        kind = 1.0 if category in self._categories else 0.0
        return (1 - CATEGORY_SHARE) * said + CATEGORY_SHARE * max(kind, said)


def _column(said_by_fact: list[Said]) -> _Column:
    code_by_said: dict[Said, int] = {}
    codes = [code_by_said.setdefault(said, len(code_by_said)) for said in said_by_fact]
    return _Column(tuple(code_by_said), np.array(codes, dtype=np.int32))


def _sides(asked: Fact) -> Mapping[str, _WantedSide]:
    named = (("from", asked.from_), ("to", asked.to), ("because", asked.because))
    return {name: _WantedSide(side) for name, side in named if side is not None}
