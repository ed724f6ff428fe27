"""What somebody asked for, understood: the values that the parser makes and that engines answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from nlp.types import Vector

LONGEST_QUERY = 500
"""Characters that are read; the rest is left out, and `Query.text` shows what was used."""

TEXT_FIELDS: Mapping[str, str] = {"title": "title", "quote": "quotes", "org": "organisation", "place": "place"}
"""Field of the language → field of the index whose words it asks for."""

FACT_FIELDS: tuple[str, ...] = ("from", "to", "because", "status")
"""Fields of the language that ask for something of one and the same repurposing."""

FIELDS_TO_ASK: tuple[str, ...] = (*TEXT_FIELDS, "theme", "region", "year", *FACT_FIELDS, "use")
"""Every field of the language."""

STATUSES: tuple[str, ...] = ("confirmed", "suggested")

USES_TO_ASK: tuple[str, ...] = ("website", "social", "press", "print", "funders", "internal", "research")

Kind = Literal["word", "phrase", "near", "prefix", "fuzzy", "range"]


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing that a query asks for.

    kind: a `word`; a `phrase`, words in order; words `near` each other; all words with a `prefix`; words
    `fuzzy`, written like this one; a `range` of years. field: one of FIELDS_TO_ASK, or "" for anywhere.
    distance: for `near`, how many other words may stand between; for `fuzzy`, how many letters may differ.
    """

    words: tuple[str, ...]
    kind: Kind = "word"
    field: str = ""
    distance: int = 0


@dataclass(frozen=True, slots=True)
class Side:
    """What something was, or became: any of these phrases, by words, category or meaning.

    No phrases: whatever it is, so long as it is known. categories: the use categories (of because: the kinds of
    trigger) that the phrases speak of. is_literal: only the words count, since they were put in quotation marks.
    """

    phrases: tuple[tuple[str, ...], ...]
    categories: frozenset[str] = frozenset()
    is_literal: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """What is asked of one repurposing; None and "" ask nothing."""

    from_: Side | None = None
    to: Side | None = None
    because: Side | None = None
    status: str = ""


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
class Knowledge:
    """What the words of a query say beyond themselves, worth a lift in the ranking and never a condition.

    themes: codebook key → how far the query is about it, in [0, 1]. places: keys of names (nlp.gazetteer.name_key)
    of nations, regions, counties and authorities. with_quote: whether something to quote is wanted. tells_change:
    whether it says that something began, stopped or became something else.
    """

    themes: Mapping[str, float] = field(default_factory=dict)
    places: tuple[str, ...] = ()
    with_quote: bool = False
    tells_change: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What was understood of what somebody typed, with the filters they chose.

    A document matches if it holds something of every group in `required`, a repurposing like `fact` if there is
    one, none of `excluded` and no repurposing like one of `excluded_facts`, every filter, and is found by words,
    by meaning or by `turn`. A query without anything to find by lists all that its conditions leave, newest first.
    """

    text: str
    clauses: tuple[Clause, ...] = ()
    """Any of these; more of them rank higher."""
    required: tuple[tuple[Clause, ...], ...] = ()
    """Any of each group, and all of the groups."""
    excluded: tuple[Clause, ...] = ()
    turn: Fact | None = None
    """The arrow: stories that say so come first, others may follow."""
    fact: Fact | None = None
    excluded_facts: tuple[Fact, ...] = ()
    uses: frozenset[str] | None = None
    """Only what is agreed for any of these, among what the audience may see."""
    well_spelt: frozenset[str] = field(default=frozenset(), compare=False)
    """Words of it that are English whether or not a story has them, so that no other is guessed for them."""
    respelt: Mapping[str, str] = field(default_factory=dict, compare=False)
    """Words of it that are surely slips → the English word that was meant, whether or not a story has it."""
    said: tuple[str, ...] = field(default=(), compare=False)
    """What is looked for anywhere, in its order and as it was written."""
    problems: tuple[Problem, ...] = field(default=(), compare=False)
    knowledge: Knowledge = field(default_factory=Knowledge, compare=False)
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Facet name → values; any of the values within a facet, and all of the facets."""
    embedding: Vector | None = field(default=None, compare=False)
    """The query's own embedding; without it, words alone decide."""
    turn_embedding: Vector | None = field(default=None, compare=False)
    """That of the arrow, said in a sentence as a story might say it."""
