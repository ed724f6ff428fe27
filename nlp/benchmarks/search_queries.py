"""Queries of every kind, drawn from the texts that are searched, with what says the same to SQLite's FTS5."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from nlp.benchmarks.stories import asked_words
from nlp.search.analyzer import STOP_WORDS, WORD
from nlp.types import USE_CATEGORIES

_SHORTEST_FUZZY = 6
_PREFIX = 4
_NEAR = 5


@dataclass(frozen=True, slots=True)
class AskedQuery:
    """A query in the language of nlp.search.query, and as FTS5 would have it: "" where it has nothing like it."""

    text: str
    fts5: str


def queries_by_kind(texts: Sequence[tuple[str, str]], n_each: int, *, seed: int) -> dict[str, list[AskedQuery]]:
    """Kind of query → so many of them, the same for the same seed. `fields` ask FTS5 for their words alone.

    >>> made = queries_by_kind([("Hall", "The old hall is a warm kitchen, and the hall feeds us.")], 2, seed=1)
    >>> sorted(made)
    ['arrow', 'fields', 'fuzzy', 'near', 'phrase', 'prefix', 'words']
    """
    draw = random.Random(seed)
    words, weights = asked_words(texts)

    def word() -> str:
        return draw.choices(words, weights)[0]

    makers: dict[str, Callable[[], AskedQuery]] = {
        "words": lambda: _any_of([word() for _ in range(draw.randint(1, 4))]),
        "phrase": lambda: _phrase(_stretch(texts, draw, draw.randint(2, 3))),
        "near": lambda: _near(_stretch(texts, draw, _NEAR)),
        "prefix": lambda: _prefix(word()),
        "fuzzy": lambda: _fuzzy(word(), draw),
        "fields": lambda: _fields(word(), draw),
        "arrow": lambda: _arrow(draw),
    }
    return {kind: [make() for _ in range(n_each)] for kind, make in makers.items()}


def _any_of(words: Sequence[str]) -> AskedQuery:
    return AskedQuery(" ".join(words), " OR ".join(f'"{word}"' for word in words))


def _phrase(words: Sequence[str]) -> AskedQuery:
    said = f'"{" ".join(words)}"'
    return AskedQuery(said, said)


def _near(words: Sequence[str]) -> AskedQuery:
    first, last = words[0], words[-1]
    return AskedQuery(f'"{first} {last}"~{_NEAR}', f'NEAR("{first}" "{last}", {_NEAR})')


def _prefix(word: str) -> AskedQuery:
    return AskedQuery(f"{word[:_PREFIX]}*", f"{word[:_PREFIX]}*")


def _fuzzy(word: str, draw: random.Random) -> AskedQuery:
    """A word with a letter left out, as hurried people write it."""
    cut = draw.randrange(1, len(word)) if len(word) >= _SHORTEST_FUZZY else len(word)
    return AskedQuery(f"{word[:cut]}{word[cut + 1 :]}~", "")


def _fields(word: str, draw: random.Random) -> AskedQuery:
    field = draw.choice(("theme:theme-3", "year:2019..2021", 'region:"Region 2"', "status:suggested"))
    return AskedQuery(f"{field} {word}", f'"{word}"')


def _arrow(draw: random.Random) -> AskedQuery:
    before = draw.choice(("*", draw.choice(USE_CATEGORIES)))
    return AskedQuery(f"{before} -> {draw.choice(USE_CATEGORIES)}", "")


def _stretch(texts: Sequence[tuple[str, str]], draw: random.Random, n_words: int) -> list[str]:
    """So many words that follow each other somewhere, the first and the last of them worth asking for."""
    while True:
        words = WORD.findall(draw.choice(texts)[1])
        start = draw.randrange(max(1, len(words) - n_words))
        found = [word.lower() for word in words[start : start + n_words]]
        if len(found) == n_words and all(w.isalpha() and w not in STOP_WORDS for w in (found[0], found[-1])):
            return found
