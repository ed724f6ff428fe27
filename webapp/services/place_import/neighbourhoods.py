"""Neighbourhoods into the table of places, with the localities that several of them are sides of."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import insert
from sqlmodel import Session, col, select

from nlp.gazetteer import areas, distance_km, name_key, name_keys
from webapp.errors import Invalid
from webapp.models import Place, PlaceName
from webapp.services.place_import.reading import PlaceRow
from webapp.services.places import PATH_SEPARATOR, add_area, find_area, mean_point

_DEFAULT_REACH_KM = 60.0
_SLACK_KM = 8.0
_MOST_OUTSIDE = 0.2
"""Where more of an authority's rows than this lie outside it, none of its coordinates is trusted."""
_NO_LOCALITY = frozenset(
    ("north", "south", "east", "west", "central", "centre", "town centre", "city centre", "town")
)


@dataclass(frozen=True, slots=True)
class Stored:
    """How many places were new and how many changed, and what people should know."""

    n_added: int
    n_changed: int
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Neighbourhood:
    name: str
    code: str | None
    point: tuple[float | None, float | None]


def store_neighbourhoods(session: Session, rows: Sequence[PlaceRow]) -> Stored:
    """Store neighbourhoods under their authorities; coordinates that lie outside an authority are left out.

    Raises Invalid, naming file and row, where the authority is not known.
    """
    by_authority: dict[int, list[PlaceRow]] = defaultdict(list)
    authority_of: dict[int, Place] = {}
    known: dict[str, Place] = {}
    for row in rows:
        if row.authority not in known:
            known[row.authority] = _authority(session, row)
        authority = known[row.authority]
        authority_of[authority.row_id] = authority
        by_authority[authority.row_id].append(row)
    n_added = n_changed = 0
    outside: list[PlaceRow] = []
    for authority_id, members in by_authority.items():
        untrusted = _untrusted(authority_of[authority_id], members)
        outside += untrusted
        wanted = list(_neighbourhoods(members, {row.where for row in untrusted}))
        added, changed = _store(session, authority_of[authority_id], [*wanted, *_localities(wanted)])
        n_added, n_changed = n_added + added, n_changed + changed
    return Stored(n_added, n_changed, tuple(_notices(outside)))


def _authority(session: Session, row: PlaceRow) -> Place:
    area = find_area(row.authority, kinds=("local_authority",))
    if area is not None:
        return add_area(session, area)
    found = list(session.exec(select(Place).where(Place.kind == "local_authority", Place.name == row.authority)))
    if len(found) != 1:
        raise Invalid(f"{row.where}: no local authority is called {row.authority!r}. Import the authorities first.")
    return found[0]


def _untrusted(authority: Place, rows: Sequence[PlaceRow]) -> list[PlaceRow]:
    """The rows whose coordinates cannot be those of a place inside the authority."""
    if authority.latitude is None or authority.longitude is None:
        return []
    area = areas().place_by_key.get(authority.code or "")
    reach = (area.reach_km if area and area.reach_km else _DEFAULT_REACH_KM) + _SLACK_KM
    centre = (authority.latitude, authority.longitude)
    outside = [row for row in rows if distance_km(centre, (row.latitude, row.longitude)) > reach]
    return list(rows) if len(outside) > _MOST_OUTSIDE * len(rows) else outside


def _neighbourhoods(rows: Iterable[PlaceRow], untrusted: set[str]) -> Iterator[_Neighbourhood]:
    seen: set[str] = set()
    for row in rows:
        point = (None, None) if row.where in untrusted else (row.latitude, row.longitude)
        name = row.name.replace(PATH_SEPARATOR, " - ")[:180]
        # Two of one name in one authority are told apart by their codes.
        yield _Neighbourhood(f"{name} ({row.code})" if name in seen else name, row.code, point)
        seen.add(name)


def _localities(neighbourhoods: Sequence[_Neighbourhood]) -> Iterator[_Neighbourhood]:
    """ "Bickley" for "Bickley East" and "Bickley West": what people call a place whose sides alone are listed."""
    members: dict[str, list[_Neighbourhood]] = defaultdict(list)
    whole = {name_key(neighbourhood.name) for neighbourhood in neighbourhoods}
    for neighbourhood in neighbourhoods:
        for key, is_whole in name_keys(neighbourhood.name).items():
            if not is_whole and key not in whole and key not in _NO_LOCALITY and len(key) > 2:
                members[key].append(neighbourhood)
    for key, sides in members.items():
        if len(sides) > 1:
            points = [Place(name="", kind="", path="", latitude=s.point[0], longitude=s.point[1]) for s in sides]
            yield _Neighbourhood(_written(key, sides[0].name), None, mean_point(points))


def _written(key: str, name: str) -> str:
    """The part of a name that has this key, as it is written."""
    words = name.replace("_", " ").replace(",", " ").split()
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            candidate = " ".join(words[start : start + length])
            if name_key(candidate) == key:
                return candidate
    return key.title()


def _store(session: Session, authority: Place, wanted: Sequence[_Neighbourhood]) -> tuple[int, int]:
    query = select(Place).where(Place.parent_id == authority.id, Place.kind == "neighbourhood")
    held = {place.path: place for place in session.exec(query)}
    n_changed = 0
    new: dict[str, _Neighbourhood] = {}
    for one in wanted:
        path = f"{authority.path}{PATH_SEPARATOR}{one.name}"
        place = held.get(path)
        if place is None:
            new.setdefault(path, one)
        elif (place.code, place.latitude, place.longitude) != (one.code, *one.point):
            place.code, (place.latitude, place.longitude) = one.code, one.point
            n_changed += 1
    _insert(session, authority, new)
    _place_namesakes(session, authority, [place for path, place in held.items() if place.code is None])
    session.flush()
    return len(new), n_changed


def _insert(session: Session, authority: Place, new: dict[str, _Neighbourhood]) -> None:
    if not new:
        return
    # Thousands at a time: rows are written in bulk, without an object for each.
    session.execute(
        insert(Place),
        [
            {"name": one.name, "kind": "neighbourhood", "path": path, "parent_id": authority.id, "code": one.code,
             "latitude": one.point[0], "longitude": one.point[1]}
            for path, one in new.items()
        ],
    )  # fmt: skip
    query = select(Place.id, Place.path, Place.name).where(Place.parent_id == authority.id)
    names = [
        {"place_id": place_id, "key": key[:200], "is_whole": is_whole}
        for place_id, path, name in session.exec(query)
        if path in new
        for key, is_whole in name_keys(name).items()
    ]
    session.execute(insert(PlaceName), names)


def _place_namesakes(session: Session, authority: Place, unplaced: Iterable[Place]) -> None:
    """Give places that people named before the import the coordinates of neighbourhoods that bear their names."""
    for place in unplaced:
        if place.latitude is None:
            query = (
                select(Place)
                .join(PlaceName)
                .where(
                    PlaceName.key == name_key(place.name), Place.parent_id == authority.id, col(Place.id) != place.id
                )
            )
            place.latitude, place.longitude = mean_point(session.exec(query))


def _notices(outside: Sequence[PlaceRow]) -> Iterator[str]:
    if outside:
        first = outside[0]
        yield (
            f"{len(outside)} rows have coordinates outside their authority, or in one where many do, and were taken "
            f"in without them. The first is {first.where}: {first.name} ({first.latitude:.3f}, "
            f"{first.longitude:.3f}) is not in {first.authority}."
        )
