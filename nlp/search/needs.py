"""A query in the terms of the index: what a story must hold, must not hold, and is ranked by."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from nlp.search.analyzer import Pattern, fold, phrase_pattern, terms
from nlp.search.fields import SHOWN_FIELDS
from nlp.search.knowing import SEPARATOR
from nlp.search.language import TEXT_FIELDS, Clause, Query
from nlp.search.spellings import one_spelling
from nlp.search.stemmer import stem
from nlp.types import Audience

_LONG_WORD = 7
_REGION_DEPTH = 2


class Need(NamedTuple):
    """One condition on a story.

    pattern: words in the given fields; window: if above zero, in any order within so many words. prefixes: any
    term that begins with one of them. like, distance: any term within so many edits. facet, value: a facet's
    value that `has_value` accepts. A story that meets either the words or the facet meets the need.
    """

    fields: tuple[str, ...] = ()
    pattern: Pattern | None = None
    window: int = 0
    prefixes: tuple[str, ...] = ()
    like: str = ""
    distance: int = 0
    facet: str = ""
    value: tuple[str, ...] = ()


class Wanted(NamedTuple):
    """A query in the terms of the index.

    terms: any of these, without repeats. expansions: prefixes and fuzzy words. required: any of each group.
    excluded: none of these. whole: all of the
    query's words in order, if there are two or more, for knowing an exact match. title: the terms of a title that
    would be the query itself.
    """

    terms: tuple[str, ...]
    expansions: tuple[Need, ...]
    required: tuple[tuple[Need, ...], ...]
    excluded: tuple[Need, ...]
    whole: Pattern | None
    title: tuple[str, ...]


def understand(query: Query) -> Wanted:
    """The query in the terms of the index."""
    required = [clause for group in query.required for clause in group]
    scored = [clause for clause in (*query.clauses, *required) if _is_scored(clause)]
    asked = [word for clause in scored if clause.kind not in ("prefix", "fuzzy") for word in clause.words]
    spoken = " ".join(query.said)
    whole = phrase_pattern([spoken])
    groups = [tuple(need for clause in group if (need := _need(clause)) is not None) for group in query.required]
    return Wanted(
        terms=tuple(dict.fromkeys(terms(" ".join(asked)))),
        expansions=tuple(need for group in groups for need in group if need.prefixes or need.like),
        required=tuple(group for group in groups if group),
        excluded=tuple(need for clause in query.excluded if (need := _need(clause)) is not None),
        whole=whole if whole is not None and len(whole.places) > 1 else None,
        title=tuple(terms(spoken)),
    )


def text_to_embed(query: Query) -> str:
    """What of the query's text its embedding is made from: all but exclusions, fields and signs."""
    return " ".join(query.said)


def is_listing(query: Query) -> bool:
    """Whether the query asks for no words at all, so that everything its conditions leave is listed."""
    has_conditions = bool(query.excluded or query.required or query.fact or query.excluded_facts or query.uses)
    return not finds(query) and (has_conditions or not query.text.strip())


def finds(query: Query) -> bool:
    """Whether the query has anything to find stories by: words, a meaning, or an arrow."""
    is_scored = any(_is_scored(clause) for group in query.required for clause in group)
    return bool(query.clauses or is_scored or query.turn)


def narrowed(audience: Audience, query: Query) -> Audience:
    """The audience for what the query says it wants stories for; never a wider one."""
    return audience if query.uses is None else replace(audience, uses=audience.uses & query.uses)


def has_value(need: Need, value: str) -> bool:
    """Whether a facet's value is what the need asks for."""
    if need.facet == "year":
        first, last = need.value
        return (not first or value >= first) and (not last or value <= last)
    if need.facet == "place":
        parts = value.split(SEPARATOR)
        return len(parts) <= _REGION_DEPTH and _follows(terms(parts[-1]), need.value)
    return set(need.value) <= set(terms(value.replace("-", " ")))


def _need(clause: Clause) -> Need | None:
    """The condition in the terms of the index; None if nothing is left of its words."""
    if clause.field == "year":
        return Need(facet="year", value=clause.words)
    if clause.field in ("region", "theme"):
        value: tuple[str, ...] = tuple(terms(" ".join(clause.words).replace("-", " ")))
        facet = "place" if clause.field == "region" else "theme"
        named = ("themes",) if clause.field == "theme" else ()
        return Need(fields=named, pattern=phrase_pattern(clause.words), facet=facet, value=value) if value else None
    fields = (TEXT_FIELDS[clause.field],) if clause.field else SHOWN_FIELDS
    word = fold(clause.words[0])
    if clause.kind == "prefix":
        return Need(fields=fields, prefixes=_prefixes(word))
    if clause.kind == "fuzzy":
        own = terms(word)
        distance = clause.distance or (1 if len(word) < _LONG_WORD else 2)
        return Need(fields=fields, like=own[0], distance=min(distance, 2)) if own else None
    pattern = phrase_pattern(clause.words)
    if pattern is None:
        return None
    window = len(pattern.places) + clause.distance if clause.kind == "near" else 0
    return Need(fields=fields, pattern=pattern, window=window)


def _prefixes(word: str) -> tuple[str, ...]:
    """What a term begins with whose word begins so: terms are stems in one spelling, and words are not."""
    respelt = re.sub(r"e$", "", one_spelling(word + "e"))
    return tuple(dict.fromkeys((word, respelt, stem(one_spelling(word)))))


def _is_scored(clause: Clause) -> bool:
    """Whether a clause's words count for how well a story fits, and not merely whether it does."""
    return clause.kind != "range" and clause.field in ("", *TEXT_FIELDS)


def _follows(found: list[str], asked: tuple[str, ...]) -> bool:
    n = len(asked)
    return any(tuple(found[start : start + n]) == asked for start in range(len(found) - n + 1))
