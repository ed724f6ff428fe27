"""What a story says turned into what, as an engine keeps it, and how well it answers what is asked of one fact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.search.analyzer import terms
from nlp.search.language import Fact, Side
from nlp.types import IndexDocument

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

CATEGORY_SHARE = 0.5
"""What the right kind of use is worth beside all of the asked words: a chapel answers "church" by half."""

_UNKNOWN = "other"


@dataclass(frozen=True, slots=True)
class StoredFact:
    """One repurposing. from_, to, because: terms, each once, between spaces. score: how sure reading was."""

    from_: str
    to: str
    because: str
    from_category: str
    to_category: str
    trigger_kind: str
    is_confirmed: bool
    score: float


def facts_of(document: IndexDocument) -> tuple[StoredFact, ...]:
    """The document's repurposings as they are kept."""
    return tuple(
        StoredFact(
            from_=_spaced(event.from_ or event.actor),
            to=_spaced(event.to),
            because=_spaced(event.trigger),
            from_category=event.from_category,
            to_category=event.to_category,
            trigger_kind=event.trigger_kind,
            is_confirmed=event.is_confirmed,
            score=round(event.score, 3),
        )
        for event in document.repurposings
    )


def encoded(facts: Iterable[StoredFact]) -> list[list[Any]]:
    """Facts as JSON takes them."""
    return [list(asdict(fact).values()) for fact in facts]


def decoded(rows: Iterable[Sequence[Any]]) -> tuple[StoredFact, ...]:
    """What `encoded` gave, as facts."""
    return tuple(StoredFact(*row) for row in rows)


def having(facts_by_story: Iterable[tuple[StoredFact, ...]], asked: Fact) -> Mask:
    """Which stories tell of one repurposing that is all that is asked, shape (n,)."""
    wanted = _Wanted(asked)
    return np.array([any(wanted.is_met_by(fact) for fact in facts) for facts in facts_by_story], dtype=bool)


def turn_scores(facts_by_story: Iterable[tuple[StoredFact, ...]], asked: Fact) -> Floats:
    """How well the best repurposing of each story answers an arrow, in [0, 1], -inf for not at all, shape (n,).

    The mean over the asked sides, so that a story with one of two sides comes after one with both; what a person
    confirmed comes before what a machine read alike, and that by how sure it was.
    """
    wanted = _Wanted(asked)
    best = [max((wanted.score(fact) for fact in facts), default=0.0) for facts in facts_by_story]
    scores = np.array(best, dtype=np.float64)
    return np.where(scores > 0, scores, -np.inf)


class _Wanted:
    """What is asked of a fact, in terms."""

    def __init__(self, asked: Fact) -> None:
        self._status = asked.status
        self._sides: Mapping[str, _WantedSide] = {
            name: _WantedSide(side)
            for name, side in (("from", asked.from_), ("to", asked.to), ("because", asked.because))
            if side is not None
        }

    def is_met_by(self, fact: StoredFact) -> bool:
        if self._status and fact.is_confirmed != (self._status == "confirmed"):
            return False
        return all(side.is_met_by(*_side_of(fact, name)) for name, side in self._sides.items())

    def score(self, fact: StoredFact) -> float:
        sides = [side.score(*_side_of(fact, name)) for name, side in self._sides.items()]
        mean = sum(sides) / len(sides) if sides else 0.0
        return mean * (1.0 if fact.is_confirmed else 0.9 + 0.05 * fact.score) if mean else 0.0


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


def _side_of(fact: StoredFact, name: str) -> tuple[str, str]:
    if name == "from":
        return fact.from_, fact.from_category
    return (fact.to, fact.to_category) if name == "to" else (fact.because, fact.trigger_kind)


def _spaced(text: str) -> str:
    found = dict.fromkeys(terms(text))
    return f" {'  '.join(found)} " if found else ""
