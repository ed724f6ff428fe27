"""Who may do and see what: the only place that knows.

What somebody may see for a purpose on a day is one value, `nlp.types.Audience`; it is compiled into the index
query, into `visible_to` for the database, and checked again when rows are loaded.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlmodel import Session, col, select

from nlp.types import Audience
from webapp.clock import today
from webapp.errors import Forbidden, NotFound
from webapp.models import USES, AgreedUse, Story, User


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever asks: a signed-in person, nobody in particular, or the system itself."""

    id: int | None
    name: str
    roles: frozenset[str] = frozenset()
    drafts: frozenset[str] = frozenset()
    """Keys of the drafts whose own link was opened here: they, and the stories they became, are the actor's."""

    @property
    def is_staff(self) -> bool:
        return bool(self.roles & {"reviewer", "admin"})


ANYBODY = Actor(id=None, name="anybody")
SYSTEM = Actor(id=None, name="Turnstone")
"""What happens by itself, such as the end of a consent. It may do nothing that somebody has to be allowed to do."""
IMPORTER = Actor(id=None, name="Turnstone (import)", roles=frozenset({"reviewer"}))
"""Files that whoever runs the site takes in from the command line."""
OPERATOR = Actor(id=None, name="Turnstone (command line)", roles=frozenset({"admin"}))
"""Whoever runs the site, at its command line: accounts and retention."""

STAFF_ROLES = frozenset({"reviewer", "safeguarding", "admin"})
"""Whoever holds one of them sees what readers do not."""

# What each role reads for when it does not say; everybody reads the website.
_USES_BY_ROLE = {
    "contributor": {"website", "internal"},
    "researcher": {"website", "research", "internal"},
    "comms": {"website", "social", "press", "print", "funders", "internal"},
    "safeguarding": {"website", "internal"},
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
    return Audience(uses=uses, day=day or today())


def visible_to(audience: Audience) -> ColumnElement[bool]:
    """The condition under which a row of `Story` may be shown as a published story.

    It is what the engines ask of their copy (`uses`, on a day), and what only the database knows besides.
    """
    agreed = and_(
        col(AgreedUse.story_id) == col(Story.id),
        col(AgreedUse.use).in_(audience.uses),
        or_(col(AgreedUse.until).is_(None), col(AgreedUse.until) > audience.day),
    )
    return and_(col(Story.status) == "published", col(Story.is_restricted).is_(False), exists().where(agreed))


def may_choose_use(actor: Actor) -> bool:
    """Whether the actor looks for stories for different uses, and so may ask for one."""
    return bool(actor.roles & {"comms", "researcher", "reviewer", "admin"})


def may_review(actor: Actor) -> bool:
    return actor.is_staff


def may_administer(actor: Actor) -> bool:
    """May they say who comes in and what each may do?"""
    return "admin" in actor.roles


def may_safeguard(actor: Actor) -> bool:
    """May they see what people are worried about?"""
    return "safeguarding" in actor.roles


def may_submit(actor: Actor) -> bool:
    return bool(actor.roles & {"contributor", "reviewer", "admin", "comms"})


def may_invite(actor: Actor) -> bool:
    """Whether the actor may ask somebody without an account for a story."""
    return bool(actor.roles & {"reviewer", "admin", "comms"})


def may_edit_story(actor: Actor, story: Story) -> bool:
    """Whoever may open it and is staff, and its author until reviewers have it; nobody once it is withdrawn."""
    if not may_open(actor, story) or story.status == "withdrawn" or story.is_restricted:
        return False
    return actor.is_staff or story.status in ("draft", "changes_requested")


def may_open(actor: Actor, story: Story) -> bool:
    """Whether the actor may work on a story whatever readers see of it: as its author or as staff.

    What somebody is worried about is for nobody: safeguarding leads see it by a door of its own, which writes down
    each look (`webapp.services.concerns`). What was withdrawn is for administrators, who erase it; what its author
    has not handed in yet, for the author.
    """
    if story.is_restricted:
        return False
    if story.status == "withdrawn":
        return "admin" in actor.roles
    return is_contributor(actor, story) or (actor.is_staff and not is_private_draft(story))


def is_private_draft(story: Story) -> bool:
    """Is it begun in the form and not handed in? A draft that came by import has no submission key."""
    return story.status == "draft" and story.submission_key is not None


def is_contributor(actor: Actor, story: Story) -> bool:
    """Is this the actor's own story, by their account or by the link that they were given?"""
    if actor.id is not None and story.submitted_by_id == actor.id:
        return True
    return story.submission_key is not None and story.submission_key in actor.drafts


def require(allowed: bool, deed: str) -> None:
    """Raise Forbidden unless allowed. deed: completes 'You may not …'."""
    if not allowed:
        raise Forbidden(f"You may not {deed}. Ask an administrator for the role that may.")


def find_story(session: Session, actor: Actor, external_id: str) -> Story:
    """The story, if the actor may see it as a reader or open it (`may_open`).

    Raises NotFound for one that does not exist and for one that the actor may not see, in the same words.
    """
    story = session.exec(select(Story).where(Story.external_id == external_id)).first()
    if story is not None and (may_open(actor, story) or may_read(session, actor, story)):
        return story
    raise NotFound(f"There is no story {external_id!r} that you may see.")


def may_read(session: Session, actor: Actor, story: Story) -> bool:
    """Whether the story stands on the shelves for the actor today, as for any reader with their roles."""
    condition = and_(col(Story.id) == story.id, visible_to(audience_for(actor)))
    return session.exec(select(Story.id).where(condition)).first() is not None
