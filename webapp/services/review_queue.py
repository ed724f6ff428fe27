"""What waits for reviewers, with what tells them where to begin: how long, how sensitive, how complete."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import Session, col, select

from webapp.clock import today
from webapp.errors import Invalid
from webapp.models import ReviewComment, Story
from webapp.services.access import Actor, may_review, require
from webapp.services.completeness import Completeness, completeness_of
from webapp.services.sensitivity import REASONS, sensitivity_of

STATES = ("submitted", "changes_requested", "draft")
BANDS = ("complete", "most", "little")
NOT_SENSITIVE = "none"
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Waiting:
    """One story in the queue. reasons: why it needs care, of `sensitivity.REASONS`."""

    story: Story
    since: date
    n_days: int
    reasons: tuple[str, ...]
    completeness: Completeness
    n_comments: int
    """Comments that are not settled."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reviewer wants to see. '' for all."""

    status: str = ""
    reason: str = ""
    """One of REASONS, or NOT_SENSITIVE."""
    band: str = ""
    sort: str = "oldest"


@dataclass(frozen=True, slots=True)
class Queue:
    """The stories asked for, in their order. counts: filter → value → how many there are with the other filters."""

    waiting: tuple[Waiting, ...]
    n_all: int
    counts: Mapping[str, Mapping[str, int]]


_SORTS: Mapping[str, Callable[[Waiting], object]] = {
    "oldest": lambda one: (STATES.index(one.story.status), -one.n_days),
    "newest": lambda one: (STATES.index(one.story.status), one.n_days),
    "sensitive": lambda one: (*_lightness(one.reasons), -one.n_days),
    "complete": lambda one: (-one.completeness.n_told, -one.n_days),
    "incomplete": lambda one: (one.completeness.n_told, -one.n_days),
    "title": lambda one: (one.story.current_revision.title.casefold(),),
}
SORTS = tuple(_SORTS)


def review_queue(session: Session, actor: Actor, asked: Asked) -> Queue:
    """The queue. Raises Invalid for a filter or an order that does not exist."""
    require(may_review(actor), "review stories")
    _check(asked)
    everything = _all_waiting(session)
    chosen = [one for one in everything if all(test(one, asked) for test in _TESTS.values())]
    return Queue(
        waiting=tuple(sorted(chosen, key=_SORTS[asked.sort])),  # type: ignore[arg-type]
        n_all=len(everything),
        counts={name: _counted(name, everything, asked) for name in _TESTS},
    )


def is_waiting_story() -> ColumnElement[bool]:
    """The condition under which a story waits for reviewers.

    A draft from the form has a submission key: it is its author's until they hand it in. What somebody is worried
    about is out of the queue altogether.
    """
    is_imported_draft = and_(col(Story.status) == "draft", col(Story.submission_key).is_(None))
    is_handed_in = col(Story.status).in_(("submitted", "changes_requested"))
    return and_(or_(is_handed_in, is_imported_draft), col(Story.is_restricted).is_(False))


def _all_waiting(session: Session) -> list[Waiting]:
    query = select(Story).where(is_waiting_story()).order_by(col(Story.submitted_at), col(Story.id))
    stories = list(session.exec(query))
    found: list[Waiting] = []
    # A database takes a bounded number of parameters in one statement.
    for start in range(0, len(stories), _BATCH):
        found += _described(session, stories[start : start + _BATCH])
    return found


def _described(session: Session, stories: list[Story]) -> Iterable[Waiting]:
    reasons, completeness = sensitivity_of(session, stories), completeness_of(session, stories)
    open_comments = (
        select(ReviewComment.story_id, func.count())
        .where(
            col(ReviewComment.story_id).in_([story.row_id for story in stories]),
            col(ReviewComment.settled_at).is_(None),
        )
        .group_by(col(ReviewComment.story_id))
    )
    n_comments = dict(session.exec(open_comments).all())
    day = today()
    for story in stories:
        since = (story.submitted_at or story.created_at).date()
        story_id = story.row_id
        yield Waiting(
            story, since, max((day - since).days, 0), reasons[story_id], completeness[story_id],
            n_comments.get(story_id, 0),
        )  # fmt: skip


def _lightness(reasons: tuple[str, ...]) -> tuple[int, int]:
    """By the heaviest reason, then by their number; the heaviest come first."""
    return -max((list(REASONS).index(reason) + 1 for reason in reasons), default=0), -len(reasons)


_TESTS: Mapping[str, Callable[[Waiting, Asked], bool]] = {
    "status": lambda one, asked: asked.status in ("", one.story.status),
    "reason": lambda one, asked: asked.reason in ("", *(one.reasons or (NOT_SENSITIVE,))),
    "band": lambda one, asked: asked.band in ("", one.completeness.band),
}
_VALUES: Mapping[str, Callable[[Waiting], tuple[str, ...]]] = {
    "status": lambda one: (one.story.status,),
    "reason": lambda one: one.reasons or (NOT_SENSITIVE,),
    "band": lambda one: (one.completeness.band,),
}


def _counted(name: str, everything: list[Waiting], asked: Asked) -> Mapping[str, int]:
    others = [test for other, test in _TESTS.items() if other != name]
    counts = Counter(
        value for one in everything if all(test(one, asked) for test in others) for value in _VALUES[name](one)
    )
    return {value: counts[value] for value in _KNOWN[name]}


_KNOWN = {"status": STATES, "reason": (*REASONS, NOT_SENSITIVE), "band": BANDS}


def _check(asked: Asked) -> None:
    for name, known in (*_KNOWN.items(), ("sort", SORTS)):
        value = getattr(asked, name)
        if value and value not in known:
            raise Invalid(f"{value!r} is not something to sort out the queue by. Use one of: {', '.join(known)}.")
