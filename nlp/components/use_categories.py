"""What a thing is used for, as one of USE_CATEGORIES: by its words, or else by what it means."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import numpy as np

from nlp.components.use_lexicon import USE_WORDS, WEAK_WORDS
from nlp.embedding import Embedder
from nlp.types import USE_CATEGORIES

USE_DESCRIPTIONS = {
    "sport": "a place or club for sport and exercise, a gym, pitch or swimming pool",
    "food": "giving out or cooking food, a food bank, pantry, community kitchen or meals",
    "arts": "theatre, music, dance, art, cinema, concerts and rehearsals",
    "faith": "a church, mosque or chapel, worship and prayer",
    "retail": "a shop, salon, market stall or post office, selling goods",
    "hospitality": "a pub, café, restaurant, hotel or nightclub",
    "school-education": "a school, classroom, college, homework club or training course",
    "library": "a library or reading room with books",
    "health-care": "a clinic, surgery, vaccination centre, pharmacy or hospital ward",
    "childcare-play": "a nursery, crèche, playground, youth club or Scouts",
    "advice-support": "advice, befriending, a helpline, help in kind for people in need",
    "logistics-delivery": "a depot, warehouse, deliveries of parcels and prescriptions, storage",
    "digital-online": "online, on Zoom, by telephone, radio or video, lending laptops",
    "garden-outdoors": "a garden, allotment, orchard, park or woodland",
    "making-manufacturing": "a workshop or factory, making, sewing, mending and repairing things",
    "transport": "a bus, railway station, signal box, car park, ferry or taxi",
    "housing-shelter": "homes, flats, a hostel, night shelter or emergency beds",
    "office-work": "an office, a bank or a business",
    "heritage-museum": "a museum, archive or heritage site",
    "community-hub": "a community centre, village hall or hub where people meet",
    "emergency-response": "police, fire station, rest centre or control room in an emergency",
}
"""Use category → a description whose embedding stands for it."""
LEAST_SIMILARITY = 0.25
"""Below this cosine to every description, a phrase is `other`."""

_WORD = re.compile(r"[^\W_]+(?:[-'&][^\W_]+)*")
_MODIFIER_ENDS = re.compile(r"\s(?:for|of|with|in|on|at|to|from|where|that|without|who)\s")
_NO_LEMMA = frozenset(("the", "a", "an", "our", "its", "their", "old", "former", "new", "disused", "empty"))
_HEAD_WEIGHT, _LEFT_WEIGHT, _MODIFIER_WEIGHT = 2.0, 1.6, 0.6
_WEAK_FACTOR = 0.35


def category_by_words(phrase: str) -> str | None:
    """The use category that the phrase's words speak for, or None if none of them does.

    The head noun (the last before "for", "of" …) counts most, then the words before it, then what follows.
    Words as wide as "centre" or "support" yield to any other.
    """
    votes: dict[str, float] = defaultdict(float)
    lower = phrase.lower().replace("’", "'")
    boundary = _MODIFIER_ENDS.search(lower)
    head = lower[: boundary.start()] if boundary else lower
    head_words, rest_words = _WORD.findall(head), _WORD.findall(lower[len(head) :])
    for position, word in enumerate(head_words):
        _vote(votes, word, _HEAD_WEIGHT if position == len(head_words) - 1 else _LEFT_WEIGHT)
    for word in rest_words:
        _vote(votes, word, _MODIFIER_WEIGHT)
    for first, second in pairwise(head_words):
        _vote(votes, f"{first}-{second}", 2 * _HEAD_WEIGHT)
    return max(votes, key=lambda category: votes[category]) if votes else None


def normal_use(phrase: str) -> tuple[str, str | None]:
    """The lemma of a phrase's head with the noun before it, and its category, so that flows can be counted.

    >>> normal_use("the community kitchens for families")
    ('community kitchen', 'food')
    """
    boundary = _MODIFIER_ENDS.search(phrase)
    words = _WORD.findall((phrase[: boundary.start()] if boundary else phrase).lower().replace("’", "'"))
    words = [word for word in words if word not in _NO_LEMMA]
    if not words:
        return "", category_by_words(phrase)
    head = words[-1]
    if len(head) > 3 and not head.endswith(("ss", "us", "is")):
        head = f"{head[:-3]}y" if head.endswith("ies") else head.removesuffix("s")
    return " ".join([*words[-2:-1], head]), category_by_words(phrase)


class UseCategories:
    """Gives each phrase its use category; loads nothing by itself."""

    def __init__(self, embedder: Embedder | None = None) -> None:
        """embedder: asked about phrases whose words say nothing; without one these are `other`."""
        self._embedder = embedder
        self._keys = tuple(USE_DESCRIPTIONS)
        self._descriptions = embedder.embed([USE_DESCRIPTIONS[key] for key in self._keys]) if embedder else None

    def categories(self, phrases: Sequence[str]) -> list[str]:
        """One of USE_CATEGORIES for each phrase."""
        found = [category_by_words(phrase) for phrase in phrases]
        unknown = [phrase for phrase, category in zip(phrases, found, strict=True) if category is None]
        nearest = iter(self._nearest(unknown))
        return [category or next(nearest) for category in found]

    def _nearest(self, phrases: Sequence[str]) -> list[str]:
        if self._embedder is None or self._descriptions is None or not phrases:
            return ["other"] * len(phrases)
        cosines = self._embedder.embed(phrases) @ self._descriptions.T
        best = np.argmax(cosines, axis=1)
        return [
            self._keys[column] if cosines[row, column] >= LEAST_SIMILARITY else "other"
            for row, column in enumerate(best)
        ]


def uses_of_word(word: str) -> tuple[str, ...]:
    """The use categories that the word, in lower case and in whatever number, speaks for."""
    known = _categories_by_word()
    for form in (word, word.removesuffix("'s"), word.removesuffix("s"), word.removesuffix("es")):
        if form in known:
            return known[form]
    return ()


def _vote(votes: dict[str, float], word: str, weight: float) -> None:
    for form in (word, word.removesuffix("'s"), word.removesuffix("s"), word.removesuffix("es")):
        if form in _categories_by_word():
            for category in uses_of_word(word):
                votes[category] += weight * (_WEAK_FACTOR if form in WEAK_WORDS else 1.0)
            return


@cache
def _categories_by_word() -> dict[str, tuple[str, ...]]:
    by_word: dict[str, tuple[str, ...]] = {}
    for category, listed in USE_WORDS.items():
        if category not in USE_CATEGORIES:
            raise ValueError(f"{category!r} in USE_WORDS is not one of USE_CATEGORIES.")
        for word in listed.lower().split():
            by_word[word] = (*by_word.get(word, ()), category)
    return by_word
