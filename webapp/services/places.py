"""Places and organisations by the names that people give them."""

from sqlmodel import Session, select

from nlp.organisations import kind_of_organisation
from webapp.models import Organisation, Place

PATH_SEPARATOR = " / "


def find_or_add_place(
    session: Session, *, neighbourhood: str | None, local_authority: str | None, region: str | None
) -> Place | None:
    """The smallest of the named places, with the larger ones above it; None if nothing is named."""
    place: Place | None = None
    for kind, name in (
        ("region", region),
        ("local_authority", local_authority),
        ("neighbourhood", neighbourhood),
    ):
        if name and name.strip():
            place = _find_or_add(session, " ".join(name.split()), kind, place)
    return place


def place_names(place: Place | None) -> dict[str, str]:
    """Kind → name, from the place up to its region."""
    names: dict[str, str] = {}
    while place is not None:
        names[place.kind] = place.name
        place = place.parent
    return names


def place_paths(place: Place | None) -> list[str]:
    """The path of the place and of each larger one, largest first."""
    if place is None:
        return []
    parts = place.path.split(PATH_SEPARATOR)
    return [PATH_SEPARATOR.join(parts[: depth + 1]) for depth in range(len(parts))]


def find_or_add_organisation(session: Session, name: str | None, *, kind: str | None) -> Organisation | None:
    """The organisation of that name. kind: what the story says it is, else read from the name."""
    if not name or not name.strip():
        return None
    name = " ".join(name.split())
    organisation = session.exec(select(Organisation).where(Organisation.name == name)).first()
    if organisation is None:
        organisation = Organisation(name=name, kind=kind or kind_of_organisation(name))
        session.add(organisation)
        session.flush()
    elif kind:
        organisation.kind = kind
    return organisation


def _find_or_add(session: Session, name: str, kind: str, parent: Place | None) -> Place:
    # A separator inside a name would break the path in two.
    name = name.replace(PATH_SEPARATOR, " - ")
    path = name if parent is None else f"{parent.path}{PATH_SEPARATOR}{name}"
    found = session.exec(select(Place).where(Place.path == path, Place.kind == kind)).first()
    if found is None:
        found = Place(name=name, kind=kind, path=path, parent_id=parent.id if parent else None)
        session.add(found)
        session.flush()
        session.refresh(found)
    return found
