"""What a name in a text most likely means, given where the story happens and what else it names.

Each candidate's evidence is added up and turned into shares by the softmax; "something that is not in the gazetteer"
is always one of the readings, so that a lone but unlikely candidate is not taken for certain.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from nlp.gazetteer.names import name_key
from nlp.gazetteer.places import Gazetteer, GazetteerPlace, distance_km

SURE = 0.75
"""A name is linked to a candidate from this share on; below, people choose."""

_PRIOR = {"nation": 5.0, "region": 4.0, "local_authority": 3.5, "neighbourhood": 1.0}
_ELSEWHERE = 2.0
"""The weight of "a place that the gazetteer does not have"."""
_PART_OF_NAME = -0.7
_NEAR_KM = 25.0


@dataclass(frozen=True, slots=True)
class PlaceContext:
    """What is known beside the name. path: of the story's own place, from the nation down."""

    path: tuple[str, ...] = ()
    point: tuple[float, float] | None = None
    """(latitude, longitude) of the story's own place."""
    others: frozenset[str] = frozenset()
    """`name_key`s of the other places that the text names."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that a name may mean. share: of all readings, in [0, 1]."""

    place: GazetteerPlace
    share: float


def ranked(gazetteer: Gazetteer, name: str, context: PlaceContext) -> tuple[Candidate, ...]:
    """All places that the name may mean, likeliest first; none if the gazetteer knows no such name."""
    found = _present(gazetteer.named(name_key(name)))
    weights = [math.exp(_evidence(place, is_whole, context)) for place, is_whole in found]
    total = sum(weights) + math.exp(_ELSEWHERE)
    candidates = [Candidate(place, weight / total) for (place, _), weight in zip(found, weights, strict=True)]
    return tuple(sorted(candidates, key=lambda candidate: (-candidate.share, candidate.place.path)))


def linked(candidates: Sequence[Candidate]) -> GazetteerPlace | None:
    """The first candidate's place if it is likely enough to be linked without asking, else None."""
    return candidates[0].place if candidates and candidates[0].share >= SURE else None


def _evidence(place: GazetteerPlace, is_whole: bool, context: PlaceContext) -> float:
    evidence = _PRIOR[place.kind] + (0.0 if is_whole else _PART_OF_NAME)
    # The story's own place, or a larger one that it lies in, is what its names most often mean.
    if place.path == context.path[: len(place.path)]:
        evidence += 4.0
    else:
        evidence += 1.5 * _n_shared(place.path[:-1], context.path)
    if context.point and place.latitude is not None and place.longitude is not None:
        distance = distance_km(context.point, (place.latitude, place.longitude))
        evidence += 2.0 * math.exp(-distance / _NEAR_KM)
    # "Newport on the Isle of Wight": a larger place that the text names speaks for what lies in it.
    evidence += 2.0 * any(name_key(name) in context.others for name in place.path[2:-1])
    return evidence


def _n_shared(path: tuple[str, ...], other: tuple[str, ...]) -> int:
    n = 0
    while n < min(len(path), len(other)) and path[n] == other[n]:
        n += 1
    return n


def _present(found: Sequence[tuple[GazetteerPlace, bool]]) -> list[tuple[GazetteerPlace, bool]]:
    """Without former authorities where a present one bears the name, and without parts of a place that is there."""
    is_authority_there = any(place.kind == "local_authority" and not place.is_former for place, _ in found)
    whole = {place.path[:-1] for place, is_whole in found if is_whole and place.kind == "neighbourhood"}
    return [
        (place, is_whole)
        for place, is_whole in found
        if not (place.is_former and is_authority_there)
        and (is_whole or place.kind != "neighbourhood" or place.path[:-1] not in whole)
    ]
