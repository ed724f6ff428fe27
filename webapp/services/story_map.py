"""Where the stories that were found happened: one pin for each place, never finer than what a story says."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session, col, select

from webapp.models import Place, Story, shown_place
from webapp.services.access import visible_to
from webapp.services.matching import Matching, batches


@dataclass(frozen=True, slots=True)
class Pin:
    """A place with coordinates and the stories that are shown at it."""

    path: str
    name: str
    kind: str
    latitude: float
    longitude: float
    n_stories: int
    n_inside: int
    """Those of them whose own place is a smaller one, of which the coordinates are not known."""


@dataclass(frozen=True, slots=True)
class StoryMap:
    """The pins, those with most stories first."""

    pins: tuple[Pin, ...]
    n_on_map: int
    n_without: int
    """Stories that name no place, or none with coordinates."""


def map_of(session: Session, found: Matching) -> StoryMap:
    """The stories that were found, by place."""
    at, places = _places_of(session, found)
    n_by_place = Counter(at.values())
    total: Counter[int] = Counter()
    inside: Counter[int] = Counter()
    for place_id, n_stories in n_by_place.items():
        located = located_place(places.get(place_id))
        if located is not None:
            total[located.row_id] += n_stories
            inside[located.row_id] += n_stories if located.id != place_id else 0
            places[located.row_id] = located
    pins = [_pin(places[place_id], n, inside[place_id]) for place_id, n in total.items()]
    n_on_map = sum(total.values())
    return StoryMap(
        pins=tuple(sorted(pins, key=lambda pin: (-pin.n_stories, pin.path))),
        n_on_map=n_on_map,
        n_without=len(found) - n_on_map,
    )


def stories_at(session: Session, found: Matching, path: str) -> tuple[int, ...]:
    """Row ids of the stories that the pin of this path stands for, in the order of the search."""
    at, places = _places_of(session, found)
    shown = {
        place_id
        for place_id, place in places.items()
        if (located := located_place(place)) is not None and located.path == path
    }
    return tuple(story_id for story_id in found.story_ids if at.get(story_id) in shown)


def count_by_region(session: Session, found: Matching) -> list[tuple[Place, int]]:
    """The regions, or nations where there are none, in which the stories happened, those with most stories first."""
    at, places = _places_of(session, found)
    counted: Counter[int] = Counter()
    for place_id, n_stories in Counter(at.values()).items():
        region = _region_of(places[place_id])
        places[region.row_id] = region
        counted[region.row_id] += n_stories
    return sorted(((places[row_id], n) for row_id, n in counted.items()), key=lambda one: (-one[1], one[0].path))


def located_place(place: Place | None) -> Place | None:
    """The place, or the smallest larger one, that has coordinates."""
    while place is not None and (place.latitude is None or place.longitude is None):
        place = place.parent
    return place


def _places_of(session: Session, found: Matching) -> tuple[dict[int, int], dict[int, Place]]:
    """Story → the place at which it may be shown, for those that have one; and the places by their row ids."""
    wanted = set(found.story_ids)
    query = select(Story.id, Story.place_id, Story.place_level, Story.do_not_identify)
    rows = session.execute(query.where(visible_to(found.audience), col(Story.place_id).is_not(None))).all()
    told = _places(session, {row[1] for row in rows if row[0] in wanted})
    at: dict[int, int] = {}
    for story_id, place_id, place_level, do_not_identify in rows:
        if story_id in wanted:
            shown = shown_place(told[place_id], place_level, do_not_identify=do_not_identify)
            if shown is not None:
                at[story_id] = shown.row_id
                told.setdefault(shown.row_id, shown)
    return at, told


def _places(session: Session, place_ids: Iterable[int]) -> dict[int, Place]:
    found: dict[int, Place] = {}
    for batch in batches(set(place_ids)):
        found.update((place.row_id, place) for place in session.exec(select(Place).where(col(Place.id).in_(batch))))
    return found


def _region_of(place: Place) -> Place:
    while place.parent is not None and place.kind not in ("region", "nation"):
        place = place.parent
    return place


def _pin(place: Place, n_stories: int, n_inside: int) -> Pin:
    # `located_place` gave it because it has both.
    return Pin(
        path=place.path,
        name=place.name,
        kind=place.kind,
        latitude=place.latitude or 0.0,
        longitude=place.longitude or 0.0,
        n_stories=n_stories,
        n_inside=n_inside,
    )
