"""Names of places in a story's text, linked to the places they mean, or shown with what they may mean."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from nlp.gazetteer import Candidate, Gazetteer, PlaceContext, linked, name_key, ranked
from webapp.errors import Invalid, NotFound
from webapp.models import Mention, Place, PlaceName, Story, now
from webapp.services import audit
from webapp.services.access import Actor, may_review, require
from webapp.services.places import PATH_SEPARATOR, coordinates_of, gazetteer_place
from webapp.services.turns import check_seen, take_turn

MOST_CANDIDATES = 8


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """A place that somebody may choose. share: how likely it is meant, in [0, 1]."""

    place: Place
    share: float


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A name of a place in a text: what it is linked to, and what else it may mean, likeliest first."""

    name: str
    mentions: tuple[Mention, ...]
    place: Place | None
    choices: tuple[PlaceChoice, ...]

    @property
    def is_decided(self) -> bool:
        """Has a person said what it means, or that none of these is meant?"""
        return any(mention.status == "confirmed" for mention in self.mentions)


def link_places(session: Session, story: Story, names: Iterable[str]) -> dict[str, int]:
    """Name → id of the place that it means, for the names that hardly leave a doubt."""
    found = {name: linked(candidates) for name, candidates in _candidates(session, story, names).items()}
    return {name: int(place.key) for name, place in found.items() if place is not None}


def named_places(session: Session, story: Story) -> list[NamedPlace]:
    """The places that a story's present text names and the gazetteer knows, in the order of the text."""
    mentions: dict[str, list[Mention]] = {}
    query = select(Mention).where(Mention.revision_id == story.current_revision.id, Mention.label == "PLACE")
    for mention in session.exec(query.order_by(col(Mention.start))):
        if mention.status != "rejected":
            mentions.setdefault(mention.text, []).append(mention)
    candidates = _candidates(session, story, mentions)
    wanted = {int(c.place.key) for found in candidates.values() for c in found}
    wanted |= {mention.place_id for found in mentions.values() for mention in found if mention.place_id}
    places = {place.row_id: place for place in session.exec(select(Place).where(col(Place.id).in_(wanted)))}
    named = (_named(name, found, candidates.get(name, ()), places) for name, found in mentions.items())
    return [one for one in named if one.place is not None or one.choices]


def choose_place(
    session: Session, actor: Actor, story: Story, *, name: str, place_id: int | None, seen: str | None = None
) -> int:
    """Say what a name means wherever the text has it, or with None that no known place is meant; gives how often.

    Raises NotFound if the text has no such name, Invalid if the place is none of those it may mean. seen: `seen_of`
    the mentions when the actor saw them; raises Overtaken if somebody chose otherwise since.
    """
    require(may_review(actor), "say which place is meant")
    take_turn(session, story)
    named = next((one for one in named_places(session, story) if one.name == name), None)
    if named is None:
        raise NotFound(f"The text names no place {name!r}: it was changed or read again. Reload the page.")
    if place_id is not None and place_id not in {choice.place.id for choice in named.choices}:
        raise Invalid(f"{name!r} cannot mean that place. Choose one of those listed.")
    if (place_id or 0) != (named.place.id if named.place else 0):
        theirs = named.place.path if named.place else "None of the places that Turnstone knows"
        mine = next((choice.place.path for choice in named.choices if choice.place.id == place_id), "None of these")
        check_seen(session, named.mentions, seen, mine=mine, theirs=lambda _mention: theirs)
    ids = [mention.id for mention in named.mentions]
    before = {"ids": ids, "place_id": named.place.id if named.place else None}
    for mention in named.mentions:
        mention.place_id, mention.status = place_id, "confirmed"
        mention.decided_by_id, mention.decided_at = actor.id, now()
    session.flush()
    audit.record(
        session, actor, "mention.placed", subject=("story", story.external_id),
        before=before, after={"ids": ids, "place_id": place_id},
    )  # fmt: skip
    return len(named.mentions)


def _named(
    name: str, mentions: list[Mention], candidates: Iterable[Candidate], places: Mapping[int, Place]
) -> NamedPlace:
    choices = tuple(PlaceChoice(places[int(c.place.key)], c.share) for c in candidates)[:MOST_CANDIDATES]
    place_id = next((mention.place_id for mention in mentions if mention.place_id), None)
    return NamedPlace(name, tuple(mentions), places.get(place_id or 0), choices)


def _candidates(session: Session, story: Story, names: Iterable[str]) -> dict[str, tuple[Candidate, ...]]:
    """Each name with what it may mean; only rows that bear one of the names are loaded."""
    keys = {name: name_key(name) for name in names}
    query = select(Place).join(PlaceName).where(col(PlaceName.key).in_(set(keys.values()) - {""})).distinct()
    gazetteer = Gazetteer(gazetteer_place(place) for place in session.exec(query))
    path = tuple(story.place.path.split(PATH_SEPARATOR)) if story.place else ()
    point = coordinates_of(story.place)
    return {
        name: ranked(gazetteer, name, PlaceContext(path, point, others=frozenset(keys.values()) - {key}))
        for name, key in keys.items()
    }
