"""The people in a story: who has to agree, who was made unrecognisable, and how to reach them.

Their names and addresses are for staff alone; what readers see of them is made by `webapp.services.naming`.
"""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from webapp.errors import Conflict, Invalid, NotFound
from webapp.models import STANDINGS, Consent, Contributor, Story, StoryContributor
from webapp.services import audit
from webapp.services.access import Actor

__all__ = [
    "Contributor",
    "Person",
    "add_contributor",
    "describe_contributor",
    "find_contributor",
    "find_person",
    "join_story",
    "people_of",
    "person_named",
    "stand",
    "stories_with",
]

_FIELDS = ("name", "town", "pseudonym", "email", "phone")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a story, and whether they have to agree to it."""

    contributor: Contributor
    standing: str

    @property
    def id(self) -> int:
        return self.contributor.row_id


def add_contributor(
    session: Session, actor: Actor, story: Story | None, *, standing: str = "asked", **fields: str
) -> Contributor:
    """Somebody new, put into the story if there is one. fields: name, town, pseudonym, email, phone.

    Two people with the same name are two: whoever knows that they are one passes the contributor instead.
    """
    contributor = Contributor()
    _describe(contributor, fields)
    session.add(contributor)
    session.flush()
    if story is not None:
        join_story(session, actor, story, contributor, standing=standing)
    return contributor


def join_story(
    session: Session, actor: Actor, story: Story, contributor: Contributor, *, standing: str = "asked"
) -> None:
    """Put somebody into a story; who is in it already keeps their standing."""
    key = (story.row_id, contributor.row_id)
    if session.get(StoryContributor, key) is None:
        session.add(StoryContributor(story_id=key[0], contributor_id=key[1], standing=_known(standing)))
        session.flush()
        audit.record(
            session, actor, "contributor.joined", subject=("story", story.external_id),
            after={"contributor": contributor.id, "standing": standing},
        )  # fmt: skip


def people_of(session: Session, story: Story) -> list[Person]:
    """Everybody in a story, in the order in which they came."""
    query = (
        select(Contributor, StoryContributor.standing)
        .join(StoryContributor, col(StoryContributor.contributor_id) == col(Contributor.id))
        .where(StoryContributor.story_id == story.id)
        .order_by(col(StoryContributor.added_at), col(Contributor.id))
    )
    return [Person(contributor, standing) for contributor, standing in session.exec(query)]


def find_contributor(session: Session, story: Story, contributor_id: int) -> Contributor:
    """Somebody in the story. Raises NotFound for anybody else."""
    return find_person(session, story, contributor_id).contributor


def find_person(session: Session, story: Story, contributor_id: int) -> Person:
    """The same, with how they stand in it. Raises NotFound for anybody else."""
    found = next((person for person in people_of(session, story) if person.id == contributor_id), None)
    if found is None:
        raise NotFound("This person is not in the story. Reload the page.")
    return found


def person_named(session: Session, actor: Actor, story: Story, name: str) -> Contributor:
    """The one person of that name in the story, else somebody new; nobody is found by an empty name.

    Raises Conflict where two people in the story bear the name.
    """
    name = _tidied(name)
    found = [p.contributor for p in people_of(session, story) if name and p.contributor.name == name]
    if len(found) > 1:
        raise Conflict(f"{len(found)} people in this story are called {name}. Say which of them is meant.")
    return found[0] if found else add_contributor(session, actor, story, name=name)


def describe_contributor(session: Session, actor: Actor, contributor: Contributor, **fields: str) -> bool:
    """Change name, town, pseudonym, e-mail or telephone; True if anything changed. The log holds no words of it."""
    before = {name: getattr(contributor, name) for name in _FIELDS}
    _describe(contributor, fields)
    changed = [name for name in _FIELDS if getattr(contributor, name) != before[name]]
    session.flush()
    if changed:
        subject = ("contributor", str(contributor.id))
        audit.record(session, actor, "contributor.described", subject=subject, after={"changed": changed})
    return bool(changed)


def stand(session: Session, actor: Actor, story: Story, contributor: Contributor, standing: str) -> None:
    """Say whether somebody has to agree, was made unrecognisable, or speaks for a public office."""
    found = session.get(StoryContributor, (story.row_id, contributor.row_id))
    if found is None:
        raise NotFound("This person is not in the story. Reload the page.")
    before, found.standing = found.standing, _known(standing)
    session.flush()
    audit.record(
        session, actor, "contributor.standing", subject=("story", story.external_id),
        before={"contributor": contributor.id, "standing": before},
        after={"contributor": contributor.id, "standing": standing},
    )  # fmt: skip


def stories_with(session: Session, contributor: Contributor) -> list[Story]:
    """All stories that somebody is in, or agreed in for a child."""
    member = select(StoryContributor.story_id).where(StoryContributor.contributor_id == contributor.id)
    guardian = select(Consent.story_id).where(Consent.guardian_id == contributor.id)
    query = select(Story).where(col(Story.id).in_(member) | col(Story.id).in_(guardian))
    return list(session.exec(query.order_by(col(Story.id))))


def _describe(contributor: Contributor, fields: dict[str, str]) -> None:
    unknown = sorted(set(fields) - set(_FIELDS))
    if unknown:
        raise TypeError(f"A contributor has no {unknown[0]!r}.")
    for name, words in fields.items():
        words = _tidied(words)
        limit = Contributor.model_fields[name].metadata[0].max_length
        if len(words) > limit:
            raise Invalid(f"{words[:40]!r}… is too long: {limit} characters are the most.")
        setattr(contributor, name, words)


def _known(standing: str) -> str:
    if standing not in STANDINGS:
        raise Invalid(f"{standing!r} is not how somebody stands in a story. Use one of: {', '.join(STANDINGS)}.")
    return standing


def _tidied(words: str | None) -> str:
    return " ".join((words or "").split())
