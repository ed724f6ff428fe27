"""Searches that people follow: what is new in them, and who may know.

New is what matches now and was not among what the owner has seen. What is shown is found, and checked against
consent, when it is asked for; the worker only keeps a list of what may be new, so that the header of every page
can tell a number without searching.
"""

import secrets
from dataclasses import dataclass

from sqlmodel import Session, col, select

from webapp.errors import Invalid, NotFound
from webapp.models import SavedSearch, User, now
from webapp.services import audit
from webapp.services.access import Actor, actor_of, audience_for
from webapp.services.asking import Asked
from webapp.services.matching import Matching, matching, visible_ids
from webapp.services.search import Finder

MOST_SAVED = 50
"""Searches that one person may follow."""
MOST_FRESH = 1000
"""New stories that the header counts in one search."""
MAX_NAME_LENGTH = 200


@dataclass(frozen=True, slots=True)
class News:
    """A saved search, what it finds now, and what of that is new to its owner, in the order of the search."""

    saved: SavedSearch
    asked: Asked
    found: Matching
    new_ids: tuple[int, ...]


def save_search(session: Session, finder: Finder, actor: Actor, asked: Asked, *, name: str = "") -> SavedSearch:
    """Follow a search from now on: what it finds today is known. Raises Invalid if there are too many."""
    if len(saved_searches(session, actor)) >= MOST_SAVED:
        raise Invalid(f"You follow {MOST_SAVED} searches already. Delete one that you no longer need.")
    found = matching(session, finder, actor, asked)
    saved = SavedSearch(
        owner_id=_owner_id(actor),
        name=_name(name or default_name(asked)),
        asked=asked.stored(),
        feed_key=secrets.token_urlsafe(24),
        known=list(found.story_ids),
    )
    session.add(saved)
    session.flush()
    audit.record(session, actor, "search.saved", subject=("saved_search", str(saved.id)))
    return saved


def saved_searches(session: Session, actor: Actor) -> list[SavedSearch]:
    """The actor's own, the newest first."""
    if actor.id is None:
        return []
    query = select(SavedSearch).where(SavedSearch.owner_id == actor.id)
    return list(session.exec(query.order_by(col(SavedSearch.id).desc())))


def find_saved_search(session: Session, actor: Actor, saved_id: int) -> SavedSearch:
    """One of the actor's own. Raises NotFound for any other, in the same words as for one that does not exist."""
    saved = session.get(SavedSearch, saved_id)
    if saved is None or actor.id is None or saved.owner_id != actor.id:
        raise NotFound("You have no such saved search. It may have been deleted.")
    return saved


def news_of(session: Session, finder: Finder, actor: Actor, saved: SavedSearch) -> News:
    """What a saved search finds now, and what of it is new."""
    asked = Asked.from_stored(saved.asked)
    found = matching(session, finder, actor, asked)
    known = set(saved.known)
    new_ids = tuple(story_id for story_id in found.story_ids if story_id not in known)
    return News(saved, asked, found, new_ids)


def mark_seen(session: Session, finder: Finder, actor: Actor, saved: SavedSearch) -> None:
    """From now on, only what comes later is new."""
    news = news_of(session, finder, actor, saved)
    # What is hidden today may come back; its owner has seen it all the same.
    saved.known = sorted({*saved.known, *news.new_ids})
    saved.fresh = []
    saved.seen_at = now()
    session.flush()


def rename(session: Session, saved: SavedSearch, name: str) -> None:
    """Give a saved search another name. Raises Invalid for none."""
    saved.name = _name(name)
    session.flush()


def renew_feed(session: Session, saved: SavedSearch) -> None:
    """Give the feed another address; the old one leads nowhere from now on."""
    saved.feed_key = secrets.token_urlsafe(24)
    session.flush()


def delete_saved_search(session: Session, saved: SavedSearch) -> None:
    """Follow a search no more; its feed ends."""
    session.delete(saved)
    session.flush()


def by_feed_key(session: Session, feed_key: str) -> tuple[SavedSearch, Actor]:
    """The saved search of a feed's address, and its owner as they are now.

    Raises NotFound if there is none, or if its owner may no longer sign in.
    """
    saved = session.exec(select(SavedSearch).where(SavedSearch.feed_key == feed_key)).first()
    owner = session.get(User, saved.owner_id) if saved is not None else None
    if saved is None or owner is None or not owner.is_active:
        raise NotFound("This feed does not exist. Its owner may have deleted it or given it another address.")
    return saved, actor_of(owner)


def count_new(session: Session, actor: Actor) -> int:
    """How many stories are new in the actor's searches and may be seen by them now, each story once."""
    if actor.id is None:
        return 0
    lists = session.exec(select(SavedSearch.fresh).where(SavedSearch.owner_id == actor.id))
    fresh = {story_id for listed in lists for story_id in listed}
    return len(visible_ids(session, audience_for(actor), fresh)) if fresh else 0


def refresh_all(session: Session, finder: Finder) -> int:
    """Bring every list of what may be new up to date; gives how many lists changed."""
    n_changed = 0
    for saved, owner in session.exec(select(SavedSearch, User).join(User, col(User.id) == SavedSearch.owner_id)):
        new_ids = (
            list(news_of(session, finder, actor_of(owner), saved).new_ids[:MOST_FRESH]) if owner.is_active else []
        )
        if sorted(new_ids) != sorted(saved.fresh):
            saved.fresh = new_ids
            n_changed += 1
    session.flush()
    return n_changed


def default_name(asked: Asked) -> str:
    """What a search is called until its owner says otherwise: its words, else its filters."""
    filters = [value.rsplit(" / ", 1)[-1] for values in asked.filters.values() for value in values]
    return (asked.text or ", ".join(filters) or "All stories")[:MAX_NAME_LENGTH]


def _name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Invalid("The search has no name. Give it one, a few words that you will know again.")
    if len(name) > MAX_NAME_LENGTH:
        raise Invalid(f"The name has {len(name)} characters. Shorten it to {MAX_NAME_LENGTH} or fewer.")
    return name


def _owner_id(actor: Actor) -> int:
    if actor.id is None:
        raise Invalid("Sign in to save a search: it belongs to somebody.")
    return actor.id
