"""What somebody asked for, understood: the values that the parser makes and that engines answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from nlp.types import Vector


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing that a query asks for: a word or a phrase (several words in order)."""

    words: tuple[str, ...]
    is_phrase: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read as it was typed. [start, end) in `Query.text`; message: what was done instead."""

    start: int
    end: int
    message: str


@dataclass(frozen=True, slots=True)
class Understood:
    """What one stretch of a query was read as, in plain words. [start, end) in `Query.text`."""

    start: int
    end: int
    meaning: str


@dataclass(frozen=True, slots=True)
class Query:
    """What was understood of what somebody typed, with the filters they chose.

    A document matches if it holds every `required` phrase, none of `excluded`, every filter, and is found by
    words or by meaning. An empty `text` with filters lists all that the filters leave, newest first.
    """

    text: str
    clauses: tuple[Clause, ...] = ()
    """Any of these; more of them rank higher."""
    required: tuple[Clause, ...] = ()
    excluded: tuple[Clause, ...] = ()
    problems: tuple[Problem, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Facet name → values; any of the values within a facet, and all of the facets."""
    embedding: Vector | None = field(default=None, compare=False)
    """The query's own embedding; without it, words alone decide."""
