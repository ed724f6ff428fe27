"""A permanent address for what a search found on a day."""

import secrets
from dataclasses import dataclass

from sqlmodel import Session, select

from webapp.errors import Invalid, NotFound
from webapp.models import CitedResult, Story
from webapp.services import audit
from webapp.services.access import Actor, audience_for
from webapp.services.asking import Asked
from webapp.services.matching import matching, stories_by_id, visible_ids
from webapp.services.search import Finder

MOST_CITED = 10_000
"""Stories that one citation holds; whoever finds more should narrow the search before citing it."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A page of what was found then, as far as it may be seen now, in the order of then."""

    result: CitedResult
    asked: Asked
    stories: tuple[Story, ...]
    n_visible: int

    @property
    def n_gone(self) -> int:
        """How many of those found then cannot be shown to whoever asks now."""
        return self.result.n_found - self.n_visible


def cite(session: Session, finder: Finder, actor: Actor, asked: Asked) -> CitedResult:
    """Keep what a search finds now under an address that stays. Raises Invalid for nothing, or too much."""
    if actor.id is None:
        raise Invalid("Sign in to make an address that stays.")
    found = matching(session, finder, actor, asked)
    if not found.story_ids:
        raise Invalid("This search finds nothing, so there is no result to cite.")
    if len(found) > MOST_CITED:
        raise Invalid(f"This search finds {len(found)} stories. Narrow it to {MOST_CITED} or fewer to cite it.")
    result = CitedResult(
        key=secrets.token_hex(5),
        asked=asked.stored(),
        n_found=len(found),
        story_ids=list(found.story_ids),
        cited_by_id=actor.id,
    )
    session.add(result)
    session.flush()
    audit.record(session, actor, "result.cited", subject=("cited_result", result.key))
    return result


def cited(session: Session, actor: Actor, key: str, *, limit: int, offset: int = 0) -> Cited:
    """What was found then, as far as the actor may see it now. Raises NotFound if nothing was cited so."""
    result = session.exec(select(CitedResult).where(CitedResult.key == key)).first()
    if result is None:
        raise NotFound(f"No result was cited under {key!r}. Check the address.")
    audience = audience_for(actor)
    visible = visible_ids(session, audience, result.story_ids)
    stories = stories_by_id(session, audience, visible[offset : offset + limit])
    shown = tuple(stories[story_id] for story_id in visible[offset : offset + limit] if story_id in stories)
    return Cited(result, Asked.from_stored(result.asked), shown, len(visible))
