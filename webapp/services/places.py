"""Places and organisations by the names that people give them."""

from collections.abc import Iterable
from functools import cache

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from nlp.gazetteer import Gazetteer, GazetteerPlace, areas, name_key, place_keys
from nlp.organisations import kind_of_organisation
from webapp.models import Organisation, Place, PlaceName

PATH_SEPARATOR = " / "
_ABOVE_AUTHORITY = ("nation", "region")


def find_or_add_place(
    session: Session, *, neighbourhood: str | None, local_authority: str | None, region: str | None
) -> Place | None:
    """The smallest of the named places, with the larger ones above it; None if nothing is named.

    What people leave out and the gazetteer knows is filled in: Stockport lies in the North West, that in England.
    """
    neighbourhood, local_authority, region = (_tidied(name) for name in (neighbourhood, local_authority, region))
    above = _area(region, _ABOVE_AUTHORITY)
    authority = _area(local_authority, ("local_authority",), within=above.path if above else None, region=region)
    if neighbourhood and not local_authority:
        known = _only_place_named(session, neighbourhood, within=above.path if above else (), region=region)
        if known is not None:
            return known
    area = authority or above
    place = add_area(session, area) if area else None
    if region and above is None and authority is None:
        place = find_or_add(session, region, "region", None)
    if local_authority and authority is None:
        place = find_or_add(session, local_authority, "local_authority", place)
    return find_or_add(session, neighbourhood, "neighbourhood", place) if neighbourhood else place


def place_names(place: Place | None) -> dict[str, str]:
    """Kind → name, from the place up to its nation. Where there are no regions, the region is the nation."""
    names: dict[str, str] = {}
    while place is not None:
        names[place.kind] = place.name
        place = place.parent
    if "nation" in names:
        names.setdefault("region", names["nation"])
    return names


def place_paths(place: Place | None) -> list[str]:
    """The path of the place and of each larger one, largest first."""
    if place is None:
        return []
    parts = place.path.split(PATH_SEPARATOR)
    return [PATH_SEPARATOR.join(parts[: depth + 1]) for depth in range(len(parts))]


def coordinates_of(place: Place | None) -> tuple[float, float] | None:
    """(latitude, longitude) of the place, else of the smallest larger one that has them."""
    while place is not None:
        if place.latitude is not None and place.longitude is not None:
            return place.latitude, place.longitude
        place = place.parent
    return None


def find_area(name: str, kinds: tuple[str, ...] = _ABOVE_AUTHORITY) -> GazetteerPlace | None:
    """The area that comes with Turnstone and bears that name, if it is the only one of these kinds."""
    return _area(_tidied(name), kinds)


def add_area(session: Session, area: GazetteerPlace) -> Place:
    """The row of a nation, region or authority that comes with Turnstone, with those of the larger ones."""
    place: Place | None = None
    for depth in range(1, len(area.path) + 1):
        known = _area_by_path()[area.path[:depth]]
        place = find_or_add(session, known.name, known.kind, place, area=known)
    if place is None:
        raise ValueError(f"{area.key} has an empty path.")
    return place


def find_or_add(
    session: Session, name: str, kind: str, parent: Place | None, *, area: GazetteerPlace | None = None
) -> Place:
    """The place of that name and kind inside `parent`, made if it is missing, with the names that find it.

    area: what the gazetteer that comes with Turnstone says of it.
    """
    # A separator inside a name would break the path in two.
    name = name.replace(PATH_SEPARATOR, " - ")
    path = name if parent is None else f"{parent.path}{PATH_SEPARATOR}{name}"
    found = session.exec(select(Place).where(Place.path == path, Place.kind == kind)).first()
    if found is not None and (area is None or found.code):
        return found
    try:
        with session.begin_nested():
            place = _put_place(session, found or Place(name=name, kind=kind, path=path), parent, area)
    except IntegrityError:
        # Somebody else's story named it at the same moment, and was first.
        place = session.exec(select(Place).where(Place.path == path, Place.kind == kind)).one()
    session.refresh(place)
    return place


def _put_place(session: Session, place: Place, parent: Place | None, area: GazetteerPlace | None) -> Place:
    place.parent_id = parent.id if parent else None
    if area is not None:
        place.code, place.latitude, place.longitude = area.key, area.latitude, area.longitude
    elif place.kind == "neighbourhood" and parent is not None:
        place.latitude, place.longitude = mean_point(_namesakes(session, place.name, parent))
    session.add(place)
    session.flush()
    put_names(session, place)
    return place


def put_names(session: Session, place: Place) -> None:
    """Store the keys by which the place is found."""
    for key, is_whole in place_keys(gazetteer_place(place)).items():
        session.merge(PlaceName(place_id=place.row_id, key=key[:200], is_whole=is_whole))
    session.flush()


def gazetteer_place(place: Place) -> GazetteerPlace:
    """The row as the gazetteer has it, known by its number; an area that comes with Turnstone with all its names."""
    known = areas().place_by_key.get(place.code or "")
    return GazetteerPlace(
        key=str(place.row_id),
        name=place.name,
        kind=place.kind,
        path=tuple(place.path.split(PATH_SEPARATOR)),
        latitude=place.latitude,
        longitude=place.longitude,
        other_names=known.other_names if known else (),
        followed_by=known.followed_by if known else "",
    )


def mean_point(places: Iterable[Place]) -> tuple[float | None, float | None]:
    """The middle of the places that have coordinates; (None, None) if none has."""
    points = [(p.latitude, p.longitude) for p in places if p.latitude is not None and p.longitude is not None]
    if not points:
        return None, None
    return sum(lat for lat, _ in points) / len(points), sum(lng for _, lng in points) / len(points)


def find_or_add_organisation(session: Session, name: str | None, *, kind: str | None) -> Organisation | None:
    """The organisation of that name. kind: what the story says it is, else read from the name."""
    if not name or not name.strip():
        return None
    name = " ".join(name.split())
    organisation = session.exec(select(Organisation).where(Organisation.name == name)).first()
    if organisation is None:
        try:
            with session.begin_nested():
                organisation = Organisation(name=name, kind=kind or kind_of_organisation(name))
                session.add(organisation)
        except IntegrityError:
            # Somebody else's story named it at the same moment, and was first.
            organisation = session.exec(select(Organisation).where(Organisation.name == name)).one()
    elif kind:
        organisation.kind = kind
    return organisation


@cache
def _area_by_path() -> dict[tuple[str, ...], GazetteerPlace]:
    return {area.path: area for area in areas().place_by_key.values()}


def _tidied(name: str | None) -> str:
    return " ".join((name or "").split())


def _area(
    name: str, kinds: tuple[str, ...], *, within: tuple[str, ...] | None = None, region: str = ""
) -> GazetteerPlace | None:
    """The area that comes with Turnstone and bears that name, unless it lies elsewhere than people say."""
    if not name or (region and within is None):
        return None
    found = [place for place, _ in areas().named(name_key(name)) if place.kind in kinds]
    found = [place for place in found if place.path[: len(within or ())] == (within or ())]
    exact = [place for place in found if name_key(place.name) == name_key(name)]
    chosen = exact or [place for place in found if not place.is_former]
    return chosen[0] if len(chosen) == 1 else None


def _only_place_named(session: Session, name: str, *, within: tuple[str, ...], region: str) -> Place | None:
    """The one place of that whole name, where there is no other that could be meant."""
    if region and not within:
        return None
    query = select(Place).join(PlaceName).where(PlaceName.key == name_key(name), col(PlaceName.is_whole))
    known = Gazetteer(gazetteer_place(place) for place in session.exec(query))
    found = known.the_one(name_key(name), ("local_authority", "neighbourhood"))
    if found is not None and found.path[: len(within)] == within and len(found.path) > 1:
        return session.get_one(Place, int(found.key))
    area = _area(name, ("local_authority",), within=within or None)
    return add_area(session, area) if area and not len(known) else None


def _namesakes(session: Session, name: str, authority: Place) -> list[Place]:
    """Places of the authority that the name finds."""
    query = (
        select(Place)
        .join(PlaceName)
        .where(PlaceName.key == name_key(name), Place.parent_id == authority.id, Place.kind == "neighbourhood")
    )
    return list(session.exec(query))
