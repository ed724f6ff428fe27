"""The index follows the database: additions, changes, expiries and withdrawals, each found by comparing."""

from datetime import UTC, date, datetime

import numpy as np
from sqlmodel import Session, select

from nlp.search import SearchEngine, open_engine
from nlp.types import Audience
from webapp.models import Analysis, Coding, Passage, Repurposing, Story, Theme
from webapp.services.access import ANYBODY, IMPORTER, audience_for
from webapp.services.consent import record_consent
from webapp.services.indexing import differences, documents, index_batches, rebuild
from webapp.services.search import Finder, search
from webapp.services.stories import StoryFields, add_story, change_status, revise_story

FIELDS = StoryFields(
    title="The hub that cooked",
    text="The sports hub became a kitchen.",
    place="Brinnington",
    local_authority="Stockport",
    region="North West",
    organisation="Brinnington Sports Club",
    period="2020-03/2021-06",
)


class OneVector:
    """An embedder for which everything means the same."""

    name, dimension = "one", 4

    def embed(self, texts):  # type: ignore[no-untyped-def]
        return np.tile(np.eye(1, 4, dtype=np.float32), (len(texts), 1))


def published(session: Session, external_id: str = "hub", *, uses=("website",), expires_at=None) -> Story:
    story = add_story(session, IMPORTER, FIELDS, external_id=external_id)
    record_consent(session, IMPORTER, story, uses=uses, expires_at=expires_at)
    change_status(session, IMPORTER, story, "submitted")
    change_status(session, IMPORTER, story, "published")
    mark_as_read(session, story)
    return story


def mark_as_read(session: Session, story: Story) -> None:
    revision = story.current_revision
    session.add(Analysis(revision_id=revision.row_id, pipeline_version="v1", status="done"))
    vector = np.eye(1, 4, dtype="<f4").tobytes()
    session.add(
        Passage(revision_id=revision.row_id, position=0, start=0, end=len(revision.text), embedding_name="one",
                embedding=vector)
    )  # fmt: skip
    session.flush()


def sync(session: Session, engine: SearchEngine, *, day: date | None = None) -> int:
    return sum(index_batches(session, engine, differences(session, engine, day=day)))


def found(session: Session, engine: SearchEngine, text: str = "kitchen") -> list[str]:
    result = search(session, Finder(engine=engine, embedder=OneVector()), ANYBODY, text)
    return [hit.story.external_id for hit in result.found]


def test_a_published_story_is_found_after_one_sweep_and_then_left_alone(session: Session) -> None:
    engine = open_engine("memory://")
    published(session)
    assert sync(session, engine) == 1
    assert found(session, engine) == ["hub"]
    assert sync(session, engine) == 0


def test_a_story_that_was_not_read_yet_waits(session: Session) -> None:
    engine = open_engine("memory://")
    story = published(session)
    revise_story(session, IMPORTER, story, StoryFields(title="New", text="New words."))
    assert sync(session, engine) == 0
    mark_as_read(session, story)
    assert sync(session, engine) == 1


def test_what_the_index_holds_follows_a_change_of_consent_at_once(session: Session) -> None:
    engine = open_engine("memory://")
    story = published(session)
    sync(session, engine)
    revise_story(session, IMPORTER, story, StoryFields(title="New", text="Kitchen words."))
    record_consent(session, IMPORTER, story, uses=("research",))
    assert found(session, engine) == []
    assert sync(session, engine) == 1
    nobody = engine.search(search_query("kitchen"), audience=audience_for(ANYBODY), limit=10)
    assert nobody.total == 0


def search_query(text: str):  # type: ignore[no-untyped-def]
    from nlp.search.query import parse

    return parse(text)


def test_a_withdrawn_story_is_not_found_even_before_the_sweep(session: Session) -> None:
    engine = open_engine("memory://")
    story = published(session)
    sync(session, engine)
    change_status(session, IMPORTER, story, "withdrawn")
    assert found(session, engine) == []
    assert engine.versions() != {}
    assert sync(session, engine) == 1
    assert engine.versions() == {}


def test_an_expired_consent_takes_the_story_out_with_the_next_sweep(session: Session) -> None:
    engine = open_engine("memory://")
    published(session, expires_at=datetime(2040, 1, 1, tzinfo=UTC))
    sync(session, engine)
    page = engine.search(
        search_query("kitchen"), audience=Audience(frozenset({"website"}), date(2040, 1, 1)), limit=5
    )
    assert (page.total, page.facets.get("place", ())) == (0, ())
    assert sync(session, engine, day=date(2040, 1, 1)) == 1
    assert engine.versions() == {}


def test_documents_carry_what_a_search_can_narrow_by(session: Session) -> None:
    story = published(session)
    [food, sport, _] = session.exec(select(Theme).order_by(Theme.position)).all()
    revision_id = story.current_revision.row_id
    session.add(Coding(revision_id=revision_id, theme_id=food.row_id, start=0, end=5, position=0))
    session.add(Coding(revision_id=revision_id, theme_id=sport.row_id, start=0, end=5, status="rejected"))
    session.add(
        Repurposing(revision_id=revision_id, start=0, end=32, to_phrase="kitchen", from_category="sport",
                    to_category="food", trigger_kind="pandemic")
    )  # fmt: skip
    session.flush()

    [document] = documents(session, ["hub"])

    assert document.facets == {
        "theme": ("food",),
        "place": (
            "England",
            "England / North West",
            "England / North West / Stockport",
            "England / North West / Stockport / Brinnington",
        ),
        "organisation_kind": ("club",),
        "year": ("2020", "2021"),
        "repurposed_from": ("sport",),
        "repurposed_to": ("food",),
        "trigger": ("pandemic",),
    }
    assert document.uses == {"website": None}
    assert document.passages[0].text == FIELDS.text


def test_a_rebuild_holds_what_the_database_holds(session: Session) -> None:
    engine = open_engine("memory://")
    published(session)
    published(session, "second")
    add_story(session, IMPORTER, FIELDS, external_id="draft")
    assert rebuild(session, engine) == 2
    assert set(engine.versions()) == {"hub", "second"}
