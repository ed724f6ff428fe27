"""Places as the gazetteer holds them, found by any of their names."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nlp.gazetteer.names import name_key, name_keys

KINDS: tuple[str, ...] = ("nation", "region", "local_authority", "neighbourhood")
"""From the largest down."""
EARTH_RADIUS_KM = 6371.0


@dataclass(frozen=True, slots=True)
class GazetteerPlace:
    """A place with the larger ones that it lies in."""

    key: str
    """What its source knows it by: a code, or a number of the database."""
    name: str
    kind: str
    path: tuple[str, ...]
    """Names from the nation down to its own: ("England", "North West", "Stockport", "Brinnington")."""
    latitude: float | None = None
    longitude: float | None = None
    reach_km: float | None = None
    """From its centre to its farthest point."""
    other_names: tuple[str, ...] = ()
    """With "~" before one that other places bear as well."""
    followed_by: str = ""
    """The name of the authority that took its place, if it is no more."""

    @property
    def is_former(self) -> bool:
        """Is it an authority that another has taken the place of?"""
        return bool(self.followed_by)


class Gazetteer:
    """Places to be found by name."""

    def __init__(self, places: Iterable[GazetteerPlace]) -> None:
        """places: in any order; the same key twice counts once."""
        self.place_by_key = {place.key: place for place in places}
        self._found: dict[str, list[tuple[GazetteerPlace, bool]]] = {}
        for place in self.place_by_key.values():
            for key, is_whole in place_keys(place).items():
                self._found.setdefault(key, []).append((place, is_whole))

    def __len__(self) -> int:
        return len(self.place_by_key)

    def named(self, key: str) -> Sequence[tuple[GazetteerPlace, bool]]:
        """Places with that `name_key`, each with whether it is their whole name; larger kinds first."""
        return sorted(self._found.get(key, ()), key=lambda found: (KINDS.index(found[0].kind), found[0].path))

    def the_one(self, key: str, kinds: Iterable[str]) -> GazetteerPlace | None:
        """The place of these kinds that bears that whole name, if it is the only one."""
        wanted = frozenset(kinds)
        found = [place for place, is_whole in self.named(key) if is_whole and place.kind in wanted]
        return found[0] if len(found) == 1 else None


def distance_km(from_: tuple[float, float], to: tuple[float, float]) -> float:
    """Kilometres between two points (latitude, longitude) on the great circle, by the haversine formula."""
    (lat_a, lng_a), (lat_b, lng_b) = ((math.radians(lat), math.radians(lng)) for lat, lng in (from_, to))
    h = math.sin((lat_b - lat_a) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin((lng_b - lng_a) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(h)))


def place_keys(place: GazetteerPlace) -> dict[str, bool]:
    """Every `name_key` that finds the place → is it a whole name of it, that hardly another place bears?"""
    # A part of an authority's name is not its name ("North East Derbyshire"); its other names are listed.
    own = name_keys(place.name)
    keys = own if place.kind == "neighbourhood" else {key: True for key, is_whole in own.items() if is_whole}
    others = {name_key(name): not name.startswith("~") for name in place.other_names}
    return {**others, **keys}
