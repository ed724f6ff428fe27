"""How much of a case study is told, measured by the fields of the full form."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from webapp.models import AgreedUse, Attachment, Quote, Repurposing, Story
from webapp.services.places import place_names
from webapp.services.story_sections import HEADINGS

FIELDS = {
    "before": "what was there before",
    "changed": "what changed",
    "why": "why",
    "took": "what it took",
    "outcome": "what came of it",
    "benefited": "who benefited",
    "quotes": "what people said",
    "place": "where it happened",
    "period": "when it happened",
    "organisation": "whose story it is",
    "submitted_by_role": "the teller’s role",
    "evidence_strength": "how its teller knows",
    "photo": "a photo",
    "consent": "consent",
}
_HEADINGS = {name: re.compile(rf"^#+ +{re.escape(words)}\s*$", re.MULTILINE) for name, words in HEADINGS.items()}


@dataclass(frozen=True, slots=True)
class Completeness:
    """missing: what is not told, in the order of the form, in words."""

    missing: tuple[str, ...]

    @property
    def n_told(self) -> int:
        return len(FIELDS) - len(self.missing)

    @property
    def n_asked(self) -> int:
        return len(FIELDS)

    @property
    def share(self) -> float:
        """In [0, 1]."""
        return self.n_told / self.n_asked

    @property
    def band(self) -> str:
        """'complete', 'most' (two thirds or more) or 'little'."""
        if not self.missing:
            return "complete"
        return "most" if 3 * self.n_told >= 2 * self.n_asked else "little"


def completeness_of(session: Session, stories: Sequence[Story]) -> dict[int, Completeness]:
    """Story → how complete it is; in four statements, however many stories there are.

    A section counts as told if the text has its heading, or if evidence of what it asks for was read in the text.
    """
    read = _read_in_text(session, stories)
    story_ids = [story.row_id for story in stories]
    photos = select(Attachment.story_id).where(Attachment.kind == "photo", col(Attachment.story_id).in_(story_ids))
    consents = select(AgreedUse.story_id).where(col(AgreedUse.story_id).in_(story_ids))
    beside: dict[str, set[int | None]] = {
        "photo": set(session.exec(photos)),
        "consent": {*session.exec(consents)},
    }
    return {story.row_id: _completeness(story, read, beside) for story in stories}


def _completeness(story: Story, read: Mapping[str, set[int]], beside: Mapping[str, set[int | None]]) -> Completeness:
    told = _told_in_sections(story.current_revision.text)
    told |= {name for name, revision_ids in read.items() if story.current_revision.id in revision_ids}
    told |= {name for name, story_ids in beside.items() if story.id in story_ids}
    told |= {name for name in ("period", "submitted_by_role", "evidence_strength") if getattr(story, name)}
    told |= {"organisation"} if story.organisation else set()
    told |= {"place"} if place_names(story.place) else set()
    return Completeness(tuple(words for name, words in FIELDS.items() if name not in told))


def _told_in_sections(text: str) -> set[str]:
    """The sections of the full form that a text has; the first of them stands there without its heading."""
    places = {name: found.start() for name, heading in _HEADINGS.items() if (found := heading.search(text))}
    has_opening = bool(places) and bool(text[: min(places.values())].strip())
    opening = {"before" if "changed" in places else "changed"} if has_opening else set()
    return {*places, *opening}


def _read_in_text(session: Session, stories: Sequence[Story]) -> dict[str, set[int]]:
    """Section → revisions in whose text it was read, by people or the machine."""
    revision_ids = [story.current_revision.row_id for story in stories]
    found: dict[str, set[int]] = {"before": set(), "changed": set(), "why": set(), "quotes": set()}
    query = select(Repurposing.revision_id, Repurposing.from_phrase, Repurposing.trigger).where(
        col(Repurposing.revision_id).in_(revision_ids), Repurposing.status != "rejected"
    )
    for revision_id, before, trigger in session.exec(query):
        found["changed"].add(revision_id)
        if before:
            found["before"].add(revision_id)
        if trigger:
            found["why"].add(revision_id)
    quotes = select(Quote.revision_id).where(col(Quote.revision_id).in_(revision_ids), Quote.status != "rejected")
    found["quotes"] = set(session.exec(quotes.distinct()))
    return found
