"""The places that a query names: nations, regions, counties and authorities."""

from __future__ import annotations

from functools import cache

from nlp.gazetteer import areas, name_key
from nlp.gazetteer.counties import counties
from nlp.search.analyzer import WORD

_LONGEST = 6
_ALSO: dict[str, tuple[str, ...]] = {
    "yorkshire": ("Yorkshire and The Humber",),
    "humber": ("Yorkshire and The Humber",),
    "midlands": ("East Midlands", "West Midlands"),
    "north of england": ("North East", "North West", "Yorkshire and The Humber"),
    "south of england": ("South East", "South West"),
    "west country": ("South West",),
    "eastern england": ("East of England",),
    "ulster": ("Northern Ireland",),
    "durham": ("County Durham",),
    "sussex": ("East Sussex", "West Sussex"),
    "home counties": ("Surrey", "Kent", "Essex", "Hertfordshire", "Buckinghamshire", "Berkshire"),
}
"""What people say → the names that it stands for."""


def places_named(text: str) -> tuple[str, ...]:
    """The keys of all places that a text names, the longest names where several would fit.

    An authority of one word ("Reading", "Bury") has to be written with a capital letter, or be all of the text.
    """
    words = list(WORD.finditer(text))
    found: dict[str, None] = {}
    first = 0
    while first < len(words):
        for last in range(min(len(words), first + _LONGEST), first, -1):
            written = text[words[first].start() : words[last - 1].end()]
            keys = _known(written, is_all=len(words) == last - first)
            if keys:
                found.update(dict.fromkeys(keys))
                first = last - 1
                break
        first += 1
    return tuple(found)


def _known(written: str, *, is_all: bool) -> tuple[str, ...]:
    key = name_key(written)
    if key in _large():
        return _large()[key]
    if key in _authorities() and (" " in key or written[0].isupper() or is_all):
        return (key,)
    return ()


@cache
def _large() -> dict[str, tuple[str, ...]]:
    """Key of a nation, region, county or name for several → the keys that it stands for."""
    named = [place.name for place in areas().place_by_key.values() if place.kind in ("nation", "region")]
    own = {name_key(name): (name_key(name),) for name in (*named, *counties())}
    return own | {said: tuple(map(name_key, meant)) for said, meant in _ALSO.items()}


@cache
def _authorities() -> frozenset[str]:
    return frozenset(
        name_key(place.name) for place in areas().place_by_key.values() if place.kind == "local_authority"
    )
