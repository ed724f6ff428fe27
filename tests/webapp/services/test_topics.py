from datetime import date

import pytest
from sqlmodel import Session, select

from tests.webapp.services.topic_stories import PASSAGES_A_STORY, store_stories, store_subjects_as_run
from webapp.errors import NotFound
from webapp.models import AgreedUse, Passage, Story, Topic, TopicAssignment
from webapp.services.topic_keeping import keep_run, standing_of
from webapp.services.topic_passages import passage_by_id, passages_of
from webapp.services.topic_pictures import cross_tables, joins, map_points, similar_topics
from webapp.services.topic_runs import standing_run
from webapp.services.topics import overview, stories_of, topic_by_id


@pytest.fixture
def stories(session: Session) -> list[Story]:
    """Eight stories of the kitchen, then seven of the library, six of the garden and five of the choir: a run."""
    made = [
        story for subject in range(4) for story in store_stories(session, 8 - subject, subject=subject, period="2020")
    ]
    store_subjects_as_run(session)
    return made


def shown(session: Session) -> dict[str, int]:
    """First word → passages."""
    found = overview(session)
    return {topic.words[0]: topic.n_passages for topic in found.topics} if found else {}


def withdraw(session: Session, stories: list[Story]) -> None:
    for story in stories:
        story.status = "withdrawn"
    session.flush()


def test_topics_come_largest_first_with_what_is_in_none(session: Session, stories: list[Story]) -> None:
    assert list(shown(session).items()) == [("kitchen", 40), ("library", 35), ("football", 30), ("choir", 25)]
    found = overview(session)
    assert (found.n_stories, found.n_stories_in_topics, found.outlier_share) == (26, 26, 0)
    assert found.stability == pytest.approx(0.9)


def test_without_a_run_there_is_nothing_to_show(session: Session) -> None:
    assert overview(session) is None


def test_withdrawn_stories_vanish_from_the_topics_at_once(session: Session, stories: list[Story]) -> None:
    topic = topic_by_id(session, overview(session).topics[0].id)
    nearest = passages_of(session, topic.topic_ids, limit=1)[0]
    withdraw(session, [story for story in stories if story.external_id == nearest.story_id])
    left = passages_of(session, topic.topic_ids, limit=100)
    assert len(left) == shown(session)["kitchen"] == 35
    assert nearest.story_id not in {passage.story_id for passage in left}
    with pytest.raises(NotFound):
        passage_by_id(session, nearest.id)
    assert nearest.id not in {point.passage_id for point in map_points(session, standing_run(session))}


def test_a_topic_whose_stories_are_all_gone_is_not_shown(session: Session, stories: list[Story]) -> None:
    withdraw(session, stories[8:15])
    assert "library" not in shown(session)


def test_stories_whose_consent_has_ended_vanish_too(session: Session, stories: list[Story]) -> None:
    for agreed in session.exec(select(AgreedUse)):
        agreed.until = date(2020, 1, 1)
    session.flush()
    found = overview(session)
    assert (found.topics, found.n_passages, found.n_stories) == ((), 0, 0)


@pytest.mark.parametrize("is_kept", [False, True], ids=["at once", "after the worker tidied"])
def test_a_word_that_only_hidden_stories_hold_is_told_no_more(
    session: Session, stories: list[Story], is_kept: bool
) -> None:
    topic = session.exec(select(Topic)).first()
    topic.candidates = [*topic.candidates, ["badger", ["badger"], 9.0]]
    topic.words = ["badger", *topic.words]
    for story in stories[:2]:
        revision = story.current_revision
        revision.text = revision.text.replace("volunteers", "a badger")
        for passage in session.exec(select(Passage).where(Passage.revision_id == revision.id)):
            passage.end = min(passage.end, len(revision.text))
    session.flush()
    assert "badger" in shown(session)
    withdraw(session, stories[:2])
    if is_kept:
        assert keep_run(session) == 2 * PASSAGES_A_STORY
    words = topic_by_id(session, topic.identity_id).words
    assert "badger" not in words
    assert "kitchen" in words
    assert "badger" not in {given[0] for given in topic.candidates} or not is_kept


def test_new_stories_go_into_the_standing_run(session: Session, stories: list[Story]) -> None:
    store_stories(session, 2, subject=1, key="later")
    assert keep_run(session) == 2 * PASSAGES_A_STORY
    assert shown(session)["library"] > 35
    assert keep_run(session) == 0


def test_a_new_run_is_proposed_when_what_comes_fits_no_topic(session: Session, stories: list[Story]) -> None:
    assert overview(session).reasons_for_a_new_run == ()
    store_stories(session, 8, subject=9 % 4, key="odd")
    for passage in session.exec(select(Passage).order_by(Passage.id.desc()).limit(40)):
        passage.embedding = b"\x00\x00\x80\x3f".rjust(64, b"\x00")
    session.flush()
    keep_run(session)
    standing = standing_of(session, standing_run(session))
    assert standing.late_outlier_share == 1
    assert any("in no topic" in reason for reason in standing.reasons)


def test_topics_are_counted_by_year_within_consent(session: Session, stories: list[Story]) -> None:
    kitchen = overview(session).topics[0].id
    assert cross_tables(session, standing_run(session))["year"].counts[kitchen, "2020"] == 8
    withdraw(session, stories[:3])
    table = cross_tables(session, standing_run(session))["year"]
    assert (table.counts[kitchen, "2020"], table.heat(kitchen, "2020"), table.heat(kitchen, "1999")) == (5, 5, 0)
    assert len(stories_of(session, topic_by_id(session, kitchen).topic_ids, year="2020")) == 5


def test_the_hierarchy_joins_every_topic_and_similar_ones_leave_out_the_topic_itself(
    session: Session, stories: list[Story]
) -> None:
    run, ids = standing_run(session), {topic.id for topic in overview(session).topics}
    found = joins(session, run)
    assert set(found[-1].left) | set(found[-1].right) == ids
    assert {other for other, _ in similar_topics(session, run, min(ids))} == ids - {min(ids)}


def test_the_map_shows_a_part_of_the_passages_if_there_are_many(session: Session, stories: list[Story]) -> None:
    run = standing_run(session)
    assert len(map_points(session, run)) == len(session.exec(select(TopicAssignment)).all())
    assert len(map_points(session, run, limit=10)) == 10
