"""Searching: what was typed, understood, asked of the index within consent, and checked again when loaded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache

from sqlalchemy import not_
from sqlmodel import Session, col, select

from nlp.embedding import Embedder
from nlp.search import EngineUnavailable, SearchEngine
from nlp.search.explain import explain
from nlp.search.language import Query, Understood
from nlp.search.reader import QueryReader
from nlp.search.suggestions import is_slip
from nlp.types import FACETS, Audience, Hit, Snippet, Sort, Theme
from webapp.errors import Invalid, Unavailable
from webapp.models import USES, Story, now
from webapp.services.access import Actor, audience_for, visible_to
from webapp.services.stories import stories_by_external_id
from webapp.services.themes import codebook

_INDEX_FOLLOWS_WITHIN = timedelta(days=1)
"""The worker brings the index up to date within seconds; if it stands still for longer than this, that is seen."""


@dataclass(frozen=True, slots=True)
class FoundStory:
    """A hit with its story, as the database has it now."""

    story: Story
    score: float
    snippets: tuple[Snippet, ...]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One page of what was found."""

    query: Query
    found: tuple[FoundStory, ...]
    total: int
    facets: Mapping[str, tuple[tuple[str, int], ...]]
    suggestion: str | None
    understood: tuple[Understood, ...] = ()
    """What each stretch of the query was read as."""

    @property
    def is_slip(self) -> bool:
        """Whether the suggestion is surely what was meant, and not another name."""
        return self.suggestion is not None and is_slip(self.query.text, self.suggestion)


@dataclass(frozen=True, slots=True)
class Finder:
    """What searching needs beside the database."""

    engine: SearchEngine
    embedder: Embedder


def search(
    session: Session,
    finder: Finder,
    actor: Actor,
    text: str,
    *,
    filters: Mapping[str, Sequence[str]] | None = None,
    use: str | None = None,
    sort: Sort = "relevance",
    limit: int = 20,
    offset: int = 0,
) -> SearchResult:
    """Stories that the actor may see and that match what they typed, best first.

    filters: facet name → chosen values. Raises Invalid for a facet or a use that does not exist.
    """
    audience = audience_for(actor, use=_known_use(use))
    query = understand(session, finder, text, filters or {})
    try:
        page = finder.engine.search(query, audience=audience, limit=limit, offset=offset, sort=sort)
    except EngineUnavailable as err:
        raise Unavailable("The search does not answer at present. Try again in a minute.") from err
    stories = stories_by_external_id(session, audience, [hit.story_id for hit in page.hits])
    # A story withdrawn a moment ago may still stand in the index; it does not in the database's answer.
    found = tuple(_found(hit, stories[hit.story_id]) for hit in page.hits if hit.story_id in stories)
    result = SearchResult(
        query=query,
        found=found,
        total=page.total - (len(page.hits) - len(found)),
        facets=page.facets,
        suggestion=page.suggestion,
        understood=explain(query),
    )
    return _without_just_hidden(session, finder, result, audience, n_found=page.total)


def search_as_meant(session: Session, finder: Finder, actor: Actor, text: str, *, limit: int) -> SearchResult:
    """The same, but for a slip of the keys what was surely meant; its `suggestion` then is what was searched for."""
    result = search(session, finder, actor, text, limit=limit)
    if result.suggestion is None or not result.is_slip:
        return result
    return replace(search(session, finder, actor, result.suggestion, limit=limit), suggestion=result.suggestion)


def understand(session: Session, finder: Finder, text: str, filters: Mapping[str, Sequence[str]]) -> Query:
    """What was typed, read for its words, its meaning, its themes, places and kinds of use, with the filters."""
    unknown = sorted(set(filters) - set(FACETS))
    if unknown:
        raise Invalid(f"{unknown[0]!r} is not a way to narrow a search. Use one of: {', '.join(FACETS)}.")
    chosen = {name: tuple(values) for name, values in filters.items() if values}
    return _reader(finder.embedder, codebook(session)).read(text, chosen)  # type: ignore[arg-type] # hashed by identity


@lru_cache(maxsize=2)
def _reader(embedder: Embedder, themes: tuple[Theme, ...]) -> QueryReader:
    """Kept, since the codebook's own vectors are made with it; another codebook makes another."""
    return QueryReader(embedder, themes)


def related_stories(session: Session, finder: Finder, actor: Actor, story: Story, *, limit: int = 4) -> list[Story]:
    """Stories with passages like this one's, that the actor may see."""
    audience = audience_for(actor)
    hits = finder.engine.similar(story.external_id, audience=audience, limit=limit)
    stories = stories_by_external_id(session, audience, [hit.story_id for hit in hits])
    return [stories[hit.story_id] for hit in hits if hit.story_id in stories]


def _without_just_hidden(
    session: Session, finder: Finder, result: SearchResult, audience: Audience, *, n_found: int
) -> SearchResult:
    """The result without what tells of stories that were taken back a moment ago and that the index still holds.

    n_found: what the engine counted.
    """
    recently = col(Story.updated_at) > now() - _INDEX_FOLLOWS_WITHIN
    changed = set(session.exec(select(Story.external_id).where(recently, not_(visible_to(audience)))))
    # Not those that only others may see: the engine shows nobody else anything of them.
    hidden = changed.intersection(finder.engine.matching(Query(""), audience=audience)) if changed else changed
    if not hidden:
        return result

    def count_hidden(query: Query) -> int:
        return len(hidden.intersection(finder.engine.matching(query, audience=audience)))

    # The words of the whole index make a suggestion, so any story that it still holds could lend it one.
    result = replace(result, total=n_found - count_hidden(result.query), suggestion=None)
    # A facet's counts leave its own filter out, so they take in more than was found: better none of them.
    return replace(result, facets={}) if count_hidden(replace(result.query, filters={})) else result


def _known_use(use: str | None) -> str | None:
    if use and use not in USES:
        raise Invalid(f"{use!r} is not a use. Use one of: {', '.join(USES)}.")
    return use or None


def _found(hit: Hit, story: Story) -> FoundStory:
    return FoundStory(story=story, score=hit.score, snippets=hit.snippets)
