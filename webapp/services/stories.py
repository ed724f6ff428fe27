"""A story's life: drafted, revised, submitted, published, archived, withdrawn."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from sqlmodel import Session, col, select

from nlp.text import normalise
from nlp.types import Audience
from webapp.errors import Conflict, Invalid
from webapp.models import Revision, Story, now
from webapp.services import audit
from webapp.services.access import Actor, may_edit_story, require, visible_to
from webapp.services.carrying import carry_decisions
from webapp.services.comments import carry_comments
from webapp.services.places import find_or_add_organisation, find_or_add_place
from webapp.services.public_words import (
    Version,
    Wording,
    fitted_title,
    keep_original,
    reword_beside,
    version_of_typed,
)

MAX_TITLE_LENGTH = 300

# From each status, the ones that may follow; 'withdrawn' may follow any and is the end.
_NEXT = {
    "draft": {"submitted"},
    "submitted": {"changes_requested", "published"},
    "changes_requested": {"submitted"},
    "published": {"archived", "changes_requested"},
    "archived": {"published"},
    "withdrawn": set(),
}


@dataclass(frozen=True, slots=True)
class StoryFields:
    """What a person says of a story, as it comes from a form or a file."""

    title: str
    text: str
    summary: str = ""
    place: str | None = None
    local_authority: str | None = None
    region: str | None = None
    organisation: str | None = None
    organisation_kind: str | None = None
    period: str | None = None
    submitted_by_role: str | None = None
    source: str | None = None
    evidence_strength: str | None = None
    is_illustrative: bool = False


def add_story(
    session: Session,
    actor: Actor,
    fields: StoryFields,
    *,
    external_id: str | None = None,
    submission_key: str | None = None,
) -> Story:
    """A new draft with its first revision. The same submission key gives the story that it gave before."""
    if submission_key:
        earlier = session.exec(select(Story).where(Story.submission_key == submission_key)).first()
        if earlier is not None:
            return earlier
    title, summary, text = _checked(fields)
    story = Story(
        external_id=external_id or _new_external_id(),
        submitted_by_id=actor.id,
        submission_key=submission_key,
    )
    _describe(session, story, fields)
    session.add(story)
    session.flush()
    story.revisions.append(
        Revision(story_id=story.row_id, number=1, title=title, summary=summary, text=text, author_id=actor.id)
    )
    session.flush()
    session.refresh(story)
    audit.record(session, actor, "story.added", subject=("story", story.external_id), after={"revision": 1})
    return story


def revise_story(session: Session, actor: Actor, story: Story, fields: StoryFields) -> bool:
    """Bring a story to these words; True if anything changed.

    A change of title, summary or text is a new revision; people's decisions come along where their words still
    stand.
    """
    require(may_edit_story(actor, story), "change this story")
    before = story.current_revision
    title, summary, text = _checked(fields)
    is_described_anew = _describe(session, story, fields)
    is_reworded = (before.title, before.summary, before.text) != (title, summary, text)
    if is_described_anew:
        reword_beside(session, story)
    if is_reworded:
        add_revision(session, actor, story, title=title, summary=summary, text=text)
    if is_reworded or is_described_anew:
        touch(story)
        session.flush()
        audit.record(
            session,
            actor,
            "story.revised",
            subject=("story", story.external_id),
            before={"revision": before.number},
            after={"revision": story.revision_number},
        )
    return is_reworded or is_described_anew


def change_status(session: Session, actor: Actor, story: Story, status: str, *, note: str | None = None) -> None:
    """Take a story one step on. Raises Conflict if that step does not follow from where it stands."""
    if (status != "withdrawn" and status not in _NEXT[story.status]) or story.status == "withdrawn":
        raise Conflict(f"A story that is {in_words(story.status)} cannot become {in_words(status)}.")
    before, story.status = story.status, status
    if status == "submitted":
        story.submitted_at = now()
    if status == "published":
        story.published_at = story.published_at or now()
    story.review_note = note if status == "changes_requested" else None
    touch(story)
    session.flush()
    audit.record(
        session,
        actor,
        f"story.{status}",
        subject=("story", story.external_id),
        before={"status": before},
        after={"status": status},
    )


def submit(session: Session, actor: Actor, story: Story) -> None:
    """Hand a draft to the reviewers; one that was handed in before stays as it is."""
    require(may_edit_story(actor, story), "submit this story")
    if story.status != "submitted":
        change_status(session, actor, story, "submitted")


def touch(story: Story) -> None:
    """Mark that something a reader may find has changed, so that the index follows."""
    # Counted by the database: of two who change a story at once, the second must not write the first one's number.
    story.version = cast(int, col(Story.version) + 1)
    story.updated_at = now()


def newest_stories(session: Session, audience: Audience, *, limit: int) -> list[Story]:
    """The stories that were published last."""
    query = select(Story).where(visible_to(audience)).order_by(col(Story.published_at).desc(), col(Story.id).desc())
    return list(session.exec(query.limit(limit)))


def count_stories(session: Session, audience: Audience) -> int:
    """How many stories the audience may see."""
    return len(session.exec(select(Story.id).where(visible_to(audience))).all())


def stories_by_external_id(session: Session, audience: Audience, external_ids: Iterable[str]) -> dict[str, Story]:
    """The named stories that the audience may see, in one statement."""
    query = select(Story).where(col(Story.external_id).in_(list(external_ids)), visible_to(audience))
    return {story.external_id: story for story in session.exec(query)}


def in_words(status: str) -> str:
    """A status as people read it."""
    return {"changes_requested": "waiting for changes"}.get(status, status)


def _checked(fields: StoryFields) -> tuple[str, str, str]:
    title = " ".join(normalise(fields.title).split())
    if not title:
        raise Invalid("The story has no title. Give it one, a few words that say what happened.")
    if len(title) > MAX_TITLE_LENGTH:
        raise Invalid(f"The title has {len(title)} characters. Shorten it to {MAX_TITLE_LENGTH} or fewer.")
    return title, normalise(fields.summary).strip(), normalise(fields.text)


def _describe(session: Session, story: Story, fields: StoryFields) -> bool:
    """Set what stands beside the text; True if anything changed."""
    place = find_or_add_place(
        session, neighbourhood=fields.place, local_authority=fields.local_authority, region=fields.region
    )
    organisation = find_or_add_organisation(session, fields.organisation, kind=fields.organisation_kind)
    wanted = {
        "place_id": place.id if place else None,
        "organisation_id": organisation.id if organisation else None,
        "period": fields.period or None,
        "submitted_by_role": fields.submitted_by_role or None,
        "source": fields.source or None,
        "evidence_strength": fields.evidence_strength or None,
        "is_illustrative": fields.is_illustrative,
    }
    changed = {name: value for name, value in wanted.items() if getattr(story, name) != value}
    for name, value in changed.items():
        setattr(story, name, value)
    return bool(changed)


def add_revision(session: Session, actor: Actor, story: Story, *, title: str, summary: str, text: str) -> Revision:
    """A new text of the story, which counts from now on, with the story's replacements applied to it.

    What people decided of words that stay comes along.
    """
    version = version_of_typed(session, story, Wording(title, summary, text))
    before, after = add_version(session, actor, story, version)
    carry_decisions(session, before, after)
    carry_comments(session, before, after)
    return after


def add_version(session: Session, actor: Actor, story: Story, version: Version) -> tuple[Revision, Revision]:
    """A new revision of given public words, and what was written kept apart; gives the one before and the new one."""
    before, public = story.current_revision, version.public
    after = Revision(
        story_id=before.story_id,
        number=before.number + 1,
        title=fitted_title(public.title),
        summary=public.summary,
        text=public.text,
        author_id=actor.id,
    )
    session.add(after)
    story.revision_number = after.number
    session.flush()
    session.expire(story, ["current_revision", "revisions"])
    keep_original(session, story, before, after, version)
    return before, after


def _new_external_id() -> str:
    """An id that nobody else has. It says nothing of the story: an address and a log keep their words for ever, and a
    title may hold a name that is replaced later.
    """
    return f"{now():%Y}-{secrets.token_hex(5)}"
