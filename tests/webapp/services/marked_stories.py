"""Stories each of which says a word of its own wherever it can say one, and who may see which: for tests of leaks."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, select

from nlp.embedding import open_embedder
from webapp.clock import now, today
from webapp.models import (
    AgreedUse,
    Analysis,
    Coding,
    Organisation,
    Passage,
    Place,
    Quote,
    Repurposing,
    Revision,
    Story,
    Theme,
)
from webapp.services.access import Actor, uses_of
from webapp.services.places import find_or_add_place

MARKERS = ("quince", "walrus", "obelisk", "hyacinth", "marzipan", "gazebo")
YEARS = ("2018", "2020", "2020", "2021", "2023", "2023")
CHANGES: tuple[tuple[tuple[str | None, str | None], ...], ...] = (
    (("sport", "food"), ("faith", "arts")),
    (("sport", "arts"), ("faith", "food")),
    ((None, "food"),),
    (("sport", None), (None, "arts")),
    (("sport", "food"), ("sport", "food")),
    (),
)
"""What turned into what in each: from one kind and to another, but not always in one and the same change."""


@dataclass(frozen=True)
class Standing:
    """Whether a story may be seen, and by whom. until: the first day without consent."""

    uses: frozenset[str]
    until: date | None = None
    status: str = "published"
    is_restricted: bool = False

    def is_seen_by(self, actor: Actor) -> bool:
        """Said here once more, in other words than the site's own."""
        is_agreed = bool(self.uses & set(uses_of(actor))) and (self.until is None or self.until > today())
        return is_agreed and self.status == "published" and not self.is_restricted


def store_marked_stories(session: Session) -> list[Story]:
    """One story for each marker, with everything that reading stores of it."""
    return [_store(session, number) for number in range(len(MARKERS))]


def stand(session: Session, story: Story, standing: Standing) -> None:
    """Let a story stand so from now on, as the services leave it."""
    session.execute(delete(AgreedUse).where(col(AgreedUse.story_id) == story.id))
    session.add_all(AgreedUse(story_id=story.row_id, use=use, until=standing.until) for use in standing.uses)
    story.status, story.is_restricted = standing.status, standing.is_restricted
    story.version += 1
    story.updated_at = now()
    session.flush()


def seen_by(actor: Actor, standings: Mapping[str, Standing]) -> set[str]:
    """Ids of the stories that the actor may see."""
    return {external_id for external_id, standing in standings.items() if standing.is_seen_by(actor)}


def facets_of(external_ids: Collection[str]) -> dict[str, dict[str, int]]:
    """Facet → value → how many of these stories have it."""
    counts: dict[str, dict[str, int]] = {"year": {}, "repurposed_from": {}, "repurposed_to": {}, "repurposed": {}}
    for number in (MARKERS.index(external_id) for external_id in external_ids):
        said = {
            "year": {YEARS[number]},
            "repurposed_from": {from_ for from_, _ in CHANGES[number] if from_},
            "repurposed_to": {to for _, to in CHANGES[number] if to},
            "repurposed": {f"{from_ or ''}>{to or ''}" for from_, to in CHANGES[number]},
        }
        for facet, values in said.items():
            for value in values:
                counts[facet][value] = counts[facet].get(value, 0) + 1
    return counts


def _store(session: Session, number: int) -> Story:
    marker = MARKERS[number]
    text = f"The {marker} hall became a kitchen.\n\n“We cooked with {marker},” said Hazel."
    story = Story(
        external_id=marker, status="published", period=YEARS[number], published_at=now() - timedelta(days=number),
        place_id=_place(session, marker).id, organisation_id=_organisation(session, marker).id,
    )  # fmt: skip
    session.add(story)
    session.flush()
    revision = Revision(
        story_id=story.row_id, number=1, title=f"The {marker} story", summary=f"About {marker}.", text=text
    )
    session.add(revision)
    session.flush()
    said = {"revision_id": revision.row_id, "start": 0, "end": text.index("\n")}
    theme = session.exec(select(Theme).order_by(col(Theme.position))).first()
    assert theme
    embedder = open_embedder("hashing")
    embedding = embedder.embed([text])[0].astype("<f4").tobytes()
    session.add_all((
        Analysis(revision_id=revision.row_id, pipeline_version="test", status="done"),
        Passage(**said, position=0, embedding_name=embedder.name, embedding=embedding),
        Coding(**said, theme_id=theme.row_id, score=0.9),
        Quote(**said, text=f"We cooked with {marker},", speaker="Hazel"),
        *(
            Repurposing(
                **said, from_phrase=f"{marker} hall", to_phrase="kitchen", actor=f"{marker} club", score=0.8,
                from_category=from_, to_category=to, status="confirmed" if number % 2 else "suggested",
            )
            for from_, to in CHANGES[number]
        ),
    ))  # fmt: skip
    session.flush()
    return story


def _place(session: Session, marker: str) -> Place:
    place = find_or_add_place(
        session, neighbourhood=marker.capitalize(), local_authority="Stockport", region="North West"
    )
    assert place
    place.latitude, place.longitude = 53.4, -2.1
    return place


def _organisation(session: Session, marker: str) -> Organisation:
    organisation = Organisation(name=f"{marker.capitalize()} trust", kind="charity")
    session.add(organisation)
    session.flush()
    return organisation
