"""Who may do and see what: the only place that knows.

What somebody may see for a purpose on a day is one value, `nlp.types.Audience`; it is compiled into the index
query, into `visible_to` for the database, and checked again when rows are loaded.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlmodel import Session, col, select

from nlp.types import Audience
from webapp.errors import Forbidden, NotFound
from webapp.models import USES, AgreedUse, Story, User


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever asks: a signed-in person, nobody in particular, or the system itself."""

    id: int | None
    name: str
    roles: frozenset[str] = frozenset()

    @property
    def is_staff(self) -> bool:
        return bool(self.roles & {"reviewer", "admin"})


ANYBODY = Actor(id=None, name="anybody")
SYSTEM = Actor(id=None, name="Turnstone", roles=frozenset({"admin", "reviewer"}))

# What each role reads for when it does not say; everybody reads the website.
_USES_BY_ROLE = {
    "contributor": {"website", "internal"},
    "researcher": {"website", "research", "internal"},
    "comms": {"website", "social", "press", "print", "funders", "internal"},
    "reviewer": set(USES),
    "admin": set(USES),
}


def actor_of(user: User) -> Actor:
    """The actor that a user's row stands for."""
    return Actor(id=user.id, name=user.name, roles=user.role_names)


def uses_of(actor: Actor) -> list[str]:
    """The uses that the actor reads for, in the order in which people know them."""
    uses = {"website"}.union(*(_USES_BY_ROLE[role] for role in actor.roles))
    return [use for use in USES if use in uses]


def audience_for(actor: Actor, *, use: str | None = None, day: date | None = None) -> Audience:
    """What the actor may see: for one use if named, else for whatever their roles read for.

    A use that none of their roles reads for shows them nothing.
    """
    uses = frozenset(uses_of(actor))
    if use is not None:
        uses &= {use}
    return Audience(uses=uses, day=day or datetime.now(UTC).date())


def visible_to(audience: Audience) -> ColumnElement[bool]:
    """The condition under which a row of `Story` may be shown as a published story."""
    agreed = and_(
        col(AgreedUse.story_id) == col(Story.id),
        col(AgreedUse.use).in_(audience.uses),
        or_(col(AgreedUse.until).is_(None), col(AgreedUse.until) > audience.day),
    )
    return and_(col(Story.status) == "published", exists().where(agreed))


def may_choose_use(actor: Actor) -> bool:
    """Whether the actor looks for stories for different uses, and so may ask for one."""
    return bool(actor.roles & {"comms", "researcher", "reviewer", "admin"})


def may_review(actor: Actor) -> bool:
    return actor.is_staff


def may_submit(actor: Actor) -> bool:
    return bool(actor.roles & {"contributor", "reviewer", "admin", "comms"})


def may_edit_story(actor: Actor, story: Story) -> bool:
    if actor.is_staff:
        return True
    is_own = actor.id is not None and story.submitted_by_id == actor.id
    return is_own and story.status in ("draft", "changes_requested")


def require(allowed: bool, deed: str) -> None:
    """Raise Forbidden unless allowed. deed: completes 'You may not …'."""
    if not allowed:
        raise Forbidden(f"You may not {deed}. Ask an administrator for the role that may.")


def find_story(session: Session, actor: Actor, external_id: str) -> Story:
    """The story, if the actor may see it: as published, as its author, or as staff.

    Raises NotFound for one that does not exist and for one that the actor may not see, in the same words.
    """
    story = session.exec(select(Story).where(Story.external_id == external_id)).first()
    if story is not None and (_may_see_unpublished(actor, story) or _is_visible(session, actor, story)):
        return story
    raise NotFound(f"There is no story {external_id!r} that you may see.")


def _may_see_unpublished(actor: Actor, story: Story) -> bool:
    return actor.is_staff or (actor.id is not None and story.submitted_by_id == actor.id)


def _is_visible(session: Session, actor: Actor, story: Story) -> bool:
    condition = and_(col(Story.id) == story.id, visible_to(audience_for(actor)))
    return session.exec(select(Story.id).where(condition)).first() is not None
