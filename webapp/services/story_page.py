"""All that is said about one story's present text, gathered for the page that shows it."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from nlp.search import EngineUnavailable
from webapp.models import Analysis, Attachment, Coding, Mention, PersonalDataFinding, Quote, Repurposing, Story, Theme
from webapp.services.access import Actor
from webapp.services.consent_records import consents_of, latest_consents
from webapp.services.contributors import people_of
from webapp.services.naming import public_speaker
from webapp.services.photos import photos_for_readers, photos_of_story
from webapp.services.place_links import NamedPlace, named_places
from webapp.services.search import Finder, related_stories
from webapp.services.statements import statements

__all__ = ["Repurposing", "Story", "StoryPage", "StoryTheme", "public_page", "review_page", "stories_like"]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class StoryTheme:
    """A theme of the story, with the stretches that carry it."""

    theme: Theme
    codings: tuple[Coding, ...]

    @property
    def status(self) -> str:
        """'confirmed' if a person confirmed any stretch, 'rejected' if every one was, else 'suggested'."""
        statuses = {coding.status for coding in self.codings}
        if "confirmed" in statuses:
            return "confirmed"
        return "rejected" if statuses == {"rejected"} else "suggested"

    @property
    def score(self) -> float | None:
        """The machine's best score, if it has one."""
        return max((coding.score for coding in self.codings if coding.score is not None), default=None)


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the text, with all the places where it stands."""

    text: str
    label: str
    mentions: tuple[Mention, ...]

    @property
    def status(self) -> str:
        """What was decided of all of them, 'suggested' unless of each the same."""
        statuses = {mention.status for mention in self.mentions}
        return statuses.pop() if len(statuses) == 1 else "suggested"


@dataclass(frozen=True, slots=True)
class StoryPage:
    """A story and the statements about it, in the order of the text; themes in the order of their weight."""

    story: Story
    themes: tuple[StoryTheme, ...]
    repurposings: tuple[Repurposing, ...]
    quotes: tuple[Quote, ...]
    speakers: Mapping[int, str] = field(default_factory=dict)
    """Quote → who said it, as readers may know it."""
    personal_data: tuple[PersonalDataFinding, ...] = ()
    places: tuple[NamedPlace, ...] = ()
    """What names of places are linked to, or may mean."""
    names: tuple[Name, ...] = ()
    """Other names, and dates."""
    analysis: Analysis | None = None
    """The last reading by the machine, if there was one."""
    photos: tuple[Attachment, ...] = ()


def public_page(session: Session, story: Story) -> StoryPage:
    """What readers see: nothing that was rejected, and no list of personal data."""
    themes = (
        StoryTheme(found.theme, tuple(coding for coding in found.codings if coding.status != "rejected"))
        for found in _themes(session, story)
    )
    quotes = tuple(quote for quote in statements(session, story, "quote") if quote.status != "rejected")
    people, latest = people_of(session, story), latest_consents(consents_of(session, story))
    return StoryPage(
        story=story,
        themes=tuple(found for found in themes if found.codings),
        repurposings=tuple(e for e in statements(session, story, "repurposing") if e.status != "rejected"),
        quotes=quotes,
        speakers={quote.row_id: public_speaker(quote.speaker, story, people, latest) for quote in quotes},
        photos=tuple(photos_for_readers(session, story)),
    )


def review_page(session: Session, story: Story) -> StoryPage:
    """What reviewers see: everything, whatever was decided."""
    places = tuple(named_places(session, story))
    return StoryPage(
        story=story,
        themes=tuple(_themes(session, story)),
        repurposings=tuple(statements(session, story, "repurposing")),
        quotes=tuple(statements(session, story, "quote")),
        personal_data=tuple(statements(session, story, "personal_data")),
        places=places,
        names=tuple(_names(session, story, besides={place.name for place in places})),
        analysis=_last_analysis(session, story),
        photos=tuple(photos_of_story(session, story)),
    )


def stories_like(session: Session, finder: Finder, actor: Actor, story: Story) -> list[Story]:
    """Stories like this one; none while the index cannot be asked, for the story itself needs no index."""
    try:
        return related_stories(session, finder, actor, story)
    except EngineUnavailable:
        log.warning("The search engine cannot be asked, so a story is shown without others like it.", exc_info=True)
        return []


def _themes(session: Session, story: Story) -> list[StoryTheme]:
    codings: dict[int, list[Coding]] = {}
    for coding in sorted(statements(session, story, "coding"), key=lambda coding: coding.position):
        codings.setdefault(coding.theme_id, []).append(coding)
    themes = {theme.id: theme for theme in session.exec(select(Theme).where(col(Theme.id).in_(codings)))}
    return [StoryTheme(themes[theme_id], tuple(found)) for theme_id, found in codings.items()]


def _names(session: Session, story: Story, *, besides: set[str]) -> Iterator[Name]:
    """besides: names of places that have cards of their own, unless they were rejected as names."""
    found: dict[tuple[str, str], list[Mention]] = {}
    for mention in statements(session, story, "mention"):
        if mention.label != "PLACE" or mention.text not in besides:
            found.setdefault((mention.label, mention.text), []).append(mention)
    for (label, text), mentions in found.items():
        yield Name(text, label, tuple(mentions))


def _last_analysis(session: Session, story: Story) -> Analysis | None:
    query = select(Analysis).where(Analysis.revision_id == story.current_revision.id)
    return session.exec(query.order_by(col(Analysis.id).desc())).first()
