"""Which stories in memory meet the conditions of a query, one story at a time."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.search.analyzer import Pattern, is_within
from nlp.search.fact_table import FactTable
from nlp.search.facts import facts_of
from nlp.search.fields import SHOWN_FIELDS
from nlp.search.language import Query
from nlp.search.memory_stories import MemoryStory
from nlp.search.needs import Need, Wanted, has_value
from nlp.search.suggestions import edits


def is_eligible(story: MemoryStory, wanted: Wanted, query: Query) -> bool:
    """Whether a story meets every condition of the query, filters aside."""
    if not all(any(meets(story, need) for need in group) for group in wanted.required):
        return False
    if any(meets(story, need) for need in wanted.excluded):
        return False
    facts = FactTable([facts_of(story.document)])
    is_told = query.fact is None or bool(facts.having(query.fact)[0])
    return is_told and not any(facts.having(fact)[0] for fact in query.excluded_facts)


def meets(story: MemoryStory, need: Need) -> bool:
    """Whether a story meets one need."""
    if need.prefixes or need.like:
        return any(stands_for(need, term) for field in need.fields for term in story.positions[field])
    if need.pattern is not None and holds(story, need.pattern, fields=need.fields, window=need.window):
        return True
    return any(has_value(need, value) for value in story.document.facets.get(need.facet, ()))


def stands_for(need: Need, term: str) -> bool:
    """Whether a prefix or a fuzzy word stands for a term."""
    if need.prefixes:
        return term.startswith(need.prefixes)
    return edits(need.like, term, limit=need.distance) <= need.distance


def holds(story: MemoryStory, pattern: Pattern, *, fields: Sequence[str] = SHOWN_FIELDS, window: int = 0) -> bool:
    """Whether one of the fields holds the pattern: in order, or anywhere within `window` words."""
    return any(_field_holds(story.positions[field], pattern, window) for field in fields)


def _field_holds(positions: dict[str, list[int]], pattern: Pattern, window: int) -> bool:
    if window:
        asked = {term for term, _ in pattern.places}
        return is_within([positions.get(term, []) for term in asked], window)
    places = [set(positions.get(term, ())) for term, _ in pattern.places]
    offsets = [offset for _, offset in pattern.places]
    return any(
        all(start + offset in here for offset, here in zip(offsets, places, strict=True)) for start in places[0]
    )
