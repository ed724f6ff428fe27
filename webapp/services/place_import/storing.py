"""Storing places: all of a file or nothing, and a second time without a change."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import insert
from sqlmodel import Session, col, select

from nlp.gazetteer import KINDS, areas, name_key, place_keys
from webapp.errors import Invalid
from webapp.models import Place, PlaceName, PlaceOutline
from webapp.services.place_import.neighbourhoods import store_neighbourhoods
from webapp.services.place_import.reading import OutlineRow, PlaceRow, read_places
from webapp.services.places import PATH_SEPARATOR, add_area, find_area, find_or_add


@dataclass(frozen=True, slots=True)
class PlaceReport:
    """What an import did. notices: what people should know, each naming the file."""

    n_added: int = 0
    n_changed: int = 0
    n_outlines: int = 0
    notices: tuple[str, ...] = field(default=())


def load_areas(session: Session) -> int:
    """Store the nations, regions and authorities that come with Turnstone; gives how many were missing."""
    known = set(session.exec(select(Place.code).where(col(Place.code).is_not(None))))
    missing = [area for area in areas().place_by_key.values() if area.key not in known]
    if not missing:
        return 0
    ids = {path: place_id for place_id, path in session.exec(select(Place.id, Place.path))}
    for kind in KINDS:
        new = []
        for area in missing:
            path = PATH_SEPARATOR.join(area.path)
            if area.kind == kind and path in ids:
                add_area(session, area)
            elif area.kind == kind:
                new.append(
                    {
                        "name": area.name,
                        "kind": kind,
                        "path": path,
                        "code": area.key,
                        "latitude": area.latitude,
                        "longitude": area.longitude,
                        "parent_id": ids.get(PATH_SEPARATOR.join(area.path[:-1])),
                    }
                )
        if new:
            session.execute(insert(Place), new)
        ids |= {
            path: place_id for place_id, path in session.exec(select(Place.id, Place.path).where(Place.kind == kind))
        }
        _name(session, {str(row["path"]) for row in new}, ids)
    return len(missing)


def _name(session: Session, paths: set[str], ids: dict[str, int | None]) -> None:
    by_path = {PATH_SEPARATOR.join(area.path): area for area in areas().place_by_key.values()}
    names = [
        {"place_id": ids[path], "key": key, "is_whole": is_whole}
        for path in paths
        for key, is_whole in place_keys(by_path[path]).items()
    ]
    if names:
        session.execute(insert(PlaceName), names)


def import_places(session: Session, path: Path) -> PlaceReport:
    """Take in the places or the outlines of one file.

    Raises Invalid, naming file and row, for a row that cannot be taken in; the caller's transaction is then undone.
    """
    rows = read_places(path)
    load_areas(session)
    outlines = [row for row in rows if isinstance(row, OutlineRow)]
    authorities = [row for row in rows if isinstance(row, PlaceRow) and row.kind == "local_authority"]
    neighbourhoods = [row for row in rows if isinstance(row, PlaceRow) and row.kind == "neighbourhood"]
    n_added, n_changed = _store_authorities(session, authorities)
    n_outlines = sum(_store_outline(session, row, path.name) for row in outlines)
    stored = store_neighbourhoods(session, neighbourhoods)
    return PlaceReport(
        n_added=n_added + stored.n_added,
        n_changed=n_changed + stored.n_changed,
        n_outlines=n_outlines,
        notices=stored.notices,
    )


def _store_authorities(session: Session, rows: Sequence[PlaceRow]) -> tuple[int, int]:
    n_added = n_changed = 0
    for row in rows:
        place = _placed(session, row.code, row.name, "local_authority")
        if place is None:
            above = find_area(row.region or row.nation)
            if above is None:
                raise Invalid(f"{row.where}: {row.region or row.nation!r} is no region or nation of the UK.")
            place = find_or_add(session, row.name, "local_authority", add_area(session, above))
            n_added += 1
        wanted = (place.code or row.code, row.latitude, row.longitude)
        if (place.code, place.latitude, place.longitude) != wanted:
            place.code, place.latitude, place.longitude = wanted
            n_changed += 1
    session.flush()
    return n_added, n_changed


def _store_outline(session: Session, row: OutlineRow, source: str) -> bool:
    place = _placed(session, row.code, row.name, row.kind)
    if place is None and row.kind == "region":
        place = _placed(session, row.code, row.name, "nation")
    if place is None:
        raise Invalid(f"{row.where}: no place is known by the code {row.code!r} or the name {row.name!r}.")
    held = session.get(PlaceOutline, place.row_id)
    if held is not None and held.geometry == row.geometry:
        return False
    session.merge(PlaceOutline(place_id=place.row_id, geometry=row.geometry, source=source))
    session.flush()
    return True


def _placed(session: Session, code: str, name: str, kind: str) -> Place | None:
    """The place of that code, else the one area of that kind and name: codes change when borders are redrawn."""
    found: Iterable[Place] = session.exec(select(Place).where(Place.code == code, Place.kind == kind))
    place = next(iter(found), None)
    if place is not None:
        return place
    area = find_area(name, kinds=(kind,))
    if area is not None:
        return add_area(session, area)
    same = list(session.exec(select(Place).where(Place.kind == kind, Place.name == name)))
    return same[0] if len(same) == 1 and name_key(name) else None
