"""Why a story needs care: personal data in it, health, children, and what people said must not be told."""

from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, select

from webapp.models import Consent, PersonalDataFinding, Story

REASONS = {
    "personal data": "Personal data still in it",
    "child": "A child",
    "health": "Health",
    "special": "Faith, origin or the like",
    "do not identify": "Nobody may be traced",
}
"""In the order in which they weigh, the lightest first."""
_ASKS_FOR_CARE = ("child", "health", "special", "do not identify")


def sensitivity_of(session: Session, stories: Sequence[Story]) -> dict[int, tuple[str, ...]]:
    """Story → why it needs care, of REASONS; in two statements, however many stories there are."""
    by_revision = {story.current_revision.row_id: story.row_id for story in stories}
    found: dict[int, set[str]] = {story.row_id: set(_said_of(story)) for story in stories}
    query = select(PersonalDataFinding.revision_id, PersonalDataFinding.kind).where(
        col(PersonalDataFinding.revision_id).in_(_current_revisions(stories)),
        PersonalDataFinding.status != "rejected",
    )
    for revision_id, kind in session.exec(query.distinct()):
        found[by_revision[revision_id]] |= {"personal data", *({kind} & {"child", "health"})}
    children = select(Consent.story_id).where(
        col(Consent.story_id).in_([story.row_id for story in stories]), Consent.age_band != "adult"
    )
    for story_id in session.exec(children.distinct()):
        found[story_id].add("child")
    return {story_id: tuple(reason for reason in REASONS if reason in reasons) for story_id, reasons in found.items()}


def needs_care(reasons: Iterable[str]) -> bool:
    """Should somebody think of what telling it may do to whoever tells it?"""
    return any(reason in _ASKS_FOR_CARE for reason in reasons)


def _said_of(story: Story) -> Iterable[str]:
    """What people decided about the story itself."""
    categories = story.special_categories or []
    if story.do_not_identify:
        yield "do not identify"
    if "health" in categories:
        yield "health"
    if set(categories) - {"health"}:
        yield "special"


def _current_revisions(stories: Sequence[Story]) -> list[int]:
    return [story.current_revision.row_id for story in stories]
