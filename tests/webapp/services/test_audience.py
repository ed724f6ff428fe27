"""One predicate of who asks, for what and when: the database, the engine and plain words agree on it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from nlp.search import open_engine
from nlp.search.query import Query
from webapp.clock import living_at
from webapp.models import ROLES, USES, Analysis, Story
from webapp.services.access import ANYBODY, SYSTEM, Actor, audience_for, uses_of, visible_to
from webapp.services.consent import record_consent, refresh_agreed_uses
from webapp.services.contributors import add_contributor, stand
from webapp.services.indexing import documents
from webapp.services.stories import StoryFields, add_story

DAYS = [date(2030, 1, 1) + timedelta(days=n) for n in range(4)]


@dataclass(frozen=True)
class Word:
    """What somebody said last: to which uses they agreed, until when (None: without end), and whether expressly."""

    uses: frozenset[str]
    until: date | None
    is_explicit: bool
    is_withdrawn: bool


@dataclass(frozen=True)
class Case:
    """A story, as its people see it: for each, all that they said, the first first; none: they were not asked."""

    people: tuple[tuple[str, tuple[Word, ...]], ...]
    status: str
    is_restricted: bool
    is_special: bool


def may_be_read(case: Case, roles: frozenset[str], use: str | None, day: date) -> bool:
    """The rule in plain words, written apart from the code: published, not restricted, and for one of the uses that
    whoever asks reads for, everybody who counts agreed last, and their agreement still holds on the day."""
    if case.status != "published" or case.is_restricted:
        return False
    asked = set(uses_of(Actor(id=1, name="x", roles=roles))) & ({use} if use else set(USES))
    counting = []
    for standing, words in case.people:
        last = words[-1] if words else None
        if standing == "asked" or (last is not None and last.is_withdrawn):
            counting.append(last)
    if not counting:
        return False
    return any(
        all(
            last is not None
            and not last.is_withdrawn
            and wanted in last.uses
            and (last.until is None or day < last.until)
            and (last.is_explicit or not case.is_special)
            for last in counting
        )
        for wanted in asked
    )


_words = st.builds(
    Word,
    uses=st.frozensets(st.sampled_from(USES)),
    until=st.none() | st.sampled_from(DAYS),
    is_explicit=st.booleans(),
    is_withdrawn=st.integers(0, 5).map(lambda n: n == 0),
)
_cases = st.builds(
    Case,
    people=st.lists(
        st.tuples(
            st.sampled_from(["asked", "asked", "anonymised", "public role"]),
            st.lists(_words, max_size=2).map(tuple),
        ),
        max_size=3,
    ).map(tuple),
    status=st.sampled_from(["published", "published", "published", "submitted", "archived", "withdrawn"]),
    is_restricted=st.integers(0, 5).map(lambda n: n == 0),
    is_special=st.booleans(),
)


@settings(
    max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(case=_cases, roles=st.frozensets(st.sampled_from(ROLES)), use=st.none() | st.sampled_from(USES),
       day=st.sampled_from(DAYS))  # fmt: skip
def test_the_database_and_the_engine_show_what_the_rule_says(
    session: Session, case: Case, roles: frozenset[str], use: str | None, day: date
) -> None:
    story = _told(session, case)
    audience = audience_for(Actor(id=1, name="x", roles=roles), use=use, day=day)
    in_database = session.exec(select(Story.id).where(Story.id == story.id, visible_to(audience))).first()
    engine = open_engine("memory://")
    # Made at another day, so that it is the engine that knows when an agreement ends.
    with living_at(datetime.combine(DAYS[0], time.min, tzinfo=UTC) - timedelta(days=1)):
        engine.upsert(documents(session, [story.external_id]))
    in_engine = engine.matching(Query(""), audience=audience)

    rule = may_be_read(case, roles, use, day)
    assert (in_database is not None) == rule
    assert bool(in_engine) == rule


def test_nobody_reads_for_anything_but_the_website() -> None:
    assert audience_for(ANYBODY).uses == {"website"}
    assert audience_for(ANYBODY, use="press").uses == frozenset()


def _told(session: Session, case: Case) -> Story:
    story = add_story(session, SYSTEM, StoryFields(title="A hall", text="It danced."))
    session.add(Analysis(revision_id=story.current_revision.row_id, pipeline_version="test", status="done"))
    story.special_categories = ["health"] if case.is_special else []
    for standing, words in case.people:
        person = add_contributor(session, SYSTEM, story, name="Somebody")
        for number, word in enumerate(words):
            record_consent(
                session, SYSTEM, story, contributor=person, uses=() if word.is_withdrawn else word.uses,
                action="withdrawn" if word.is_withdrawn else "given", is_explicit=word.is_explicit,
                given_at=datetime(2020, 1, 1 + number, tzinfo=UTC),
                expires_at=datetime.combine(word.until, time.min, tzinfo=UTC) if word.until else None,
            )  # fmt: skip
        stand(session, SYSTEM, story, person, standing)
    story.status, story.is_restricted = case.status, case.is_restricted
    session.flush()
    refresh_agreed_uses(session, story)
    return story
