import numpy as np
import pytest
from sqlmodel import Session, select

from tests.webapp.services.topic_stories import store_stories, store_subjects_as_run
from webapp.errors import Conflict, Forbidden, Invalid
from webapp.models import AuditEvent, Coding, Passage, Theme, Topic, TopicAssignment
from webapp.services import topic_curation as curation
from webapp.services.access import ANYBODY, IMPORTER
from webapp.services.topic_passages import passages_of
from webapp.services.topics import ShownTopic, overview, topic_by_id


@pytest.fixture(autouse=True)
def run(session: Session) -> None:
    for subject in range(4):
        store_stories(session, 8 - subject, subject=subject)
    store_subjects_as_run(session)


def topics(session: Session) -> tuple[ShownTopic, ...]:
    return overview(session).topics


def test_a_name_and_a_note_stay_when_a_new_run_finds_the_topic_again(session: Session) -> None:
    first = topics(session)[0]
    curation.name_topic(session, IMPORTER, first.id, name="  Cooking  together ", note="Kitchens of all kinds.")
    store_subjects_as_run(session, order=(2, 1, 0, 3))
    again = topic_by_id(session, first.id)
    assert (again.name, again.note, again.words) == ("Cooking together", "Kitchens of all kinds.", first.words)


def test_topics_that_were_merged_stay_so_in_the_next_run(session: Session) -> None:
    kitchen, library, *_ = topics(session)
    curation.merge_topics(session, IMPORTER, library.id, into_id=kitchen.id)
    store_subjects_as_run(session, order=(3, 2, 1, 0))
    assert topic_by_id(session, library.id).id == kitchen.id
    assert topics(session)[0].n_passages == 75
    assert {"kitchen", "library"} <= set(topics(session)[0].words)


def test_merging_in_a_circle_is_refused(session: Session) -> None:
    kitchen, library, *_ = topics(session)
    curation.merge_topics(session, IMPORTER, library.id, into_id=kitchen.id)
    with pytest.raises(Invalid, match="into itself"):
        curation.merge_topics(session, IMPORTER, kitchen.id, into_id=library.id)


def test_a_split_topic_is_two_that_hold_the_same_passages(session: Session) -> None:
    kitchen = topics(session)[0]
    part = curation.split_topic(session, IMPORTER, kitchen.id)
    sizes = {topic.id: topic.n_passages for topic in topics(session)}
    assert sizes[kitchen.id] + sizes[part] == 40
    assert 0 < sizes[part] <= sizes[kitchen.id]


def test_passages_that_were_picked_by_hand_become_a_topic_under_the_given_name(session: Session) -> None:
    kitchen = topics(session)[0]
    picked = [passage.id for passage in passages_of(session, kitchen.topic_ids, limit=3)]
    part = curation.split_topic(session, IMPORTER, kitchen.id, passage_ids=picked, name=" Soup  runs ")
    made = topic_by_id(session, part)
    assert (made.name, made.n_passages, topic_by_id(session, kitchen.id).n_passages) == ("Soup runs", 3, 37)
    assert {passage.id for passage in passages_of(session, made.topic_ids)} == set(picked)
    assert curation.undo_last(session, IMPORTER).kind == "split"
    again = topic_by_id(session, kitchen.id)
    assert (again.n_passages, again.words[0]) == (40, "kitchen")


def test_a_part_is_measured_from_its_own_middle(session: Session) -> None:
    kitchen = topics(session)[0]
    passages = passages_of(session, kitchen.topic_ids, limit=40)
    part = curation.split_topic(session, IMPORTER, kitchen.id, passage_ids=[p.id for p in passages[-5:]])
    topic = session.get_one(Topic, topic_by_id(session, part).topic_ids[0])
    middle = np.frombuffer(topic.middle, "<f4")
    nearest = session.get_one(Passage, passages_of(session, [topic.row_id], limit=1)[0].id)
    [cosine] = session.exec(select(TopicAssignment.cosine).where(TopicAssignment.passage_id == nearest.id))
    assert cosine == pytest.approx(float(np.frombuffer(nearest.embedding, "<f4") @ middle), abs=1e-5)
    assert topic.floor <= cosine


def test_picking_nothing_everything_or_what_is_not_there_is_refused(session: Session) -> None:
    kitchen, library, *_ = topics(session)
    own = [passage.id for passage in passages_of(session, kitchen.topic_ids, limit=100)]
    foreign = passages_of(session, library.topic_ids, limit=1)[0].id
    for picked, said in (
        ([], "Tick the passages"),
        (own, "nothing would be left"),
        ([own[0], foreign], "not in this"),
    ):
        with pytest.raises(Invalid, match=said):
            curation.split_topic(session, IMPORTER, kitchen.id, passage_ids=picked)
    assert topics(session)[0] == kitchen


def test_a_split_of_an_older_run_is_not_in_the_way_of_undoing_what_was_done_before(session: Session) -> None:
    kitchen, library, *_ = topics(session)
    curation.name_topic(session, IMPORTER, library.id, name="Books", note="")
    curation.split_topic(session, IMPORTER, kitchen.id)
    store_subjects_as_run(session)
    assert curation.undo_last(session, IMPORTER).kind == "name"
    assert topic_by_id(session, library.id).name != "Books"


def test_undoing_the_last_of_two_mergings_brings_back_the_first(session: Session) -> None:
    kitchen, library, football, _ = topics(session)
    curation.merge_topics(session, IMPORTER, library.id, into_id=kitchen.id)
    curation.merge_topics(session, IMPORTER, library.id, into_id=football.id)
    curation.undo_last(session, IMPORTER)
    assert topic_by_id(session, library.id).id == kitchen.id


def test_a_hidden_topic_leaves_the_explorer_alone(session: Session) -> None:
    kitchen = topics(session)[0]
    curation.hide_topic(session, IMPORTER, kitchen.id, is_hidden=True)
    assert kitchen.id not in {topic.id for topic in topics(session)}
    assert [topic.id for topic in overview(session).hidden] == [kitchen.id]


def test_a_topic_becomes_a_theme_with_its_nearest_passages_as_first_examples(session: Session) -> None:
    kitchen = topics(session)[0]
    theme = curation.promote_topic(session, IMPORTER, kitchen.id, definition="Cooking for others.")
    assert (theme.definition, theme.key) == ("Cooking for others.", "kitchen-cooked-and-hot")
    codings = session.exec(select(Coding).where(Coding.theme_id == theme.id)).all()
    assert {coding.status for coding in codings} == {"confirmed"}
    assert len(codings) == 3
    with pytest.raises(Conflict, match="already"):
        curation.promote_topic(session, IMPORTER, kitchen.id, definition="")


def test_changes_are_undone_one_after_another_until_all_is_as_it_was(session: Session) -> None:
    before = topics(session)
    kitchen, library, football, choir = before
    curation.split_topic(session, IMPORTER, kitchen.id)
    curation.name_topic(session, IMPORTER, football.id, name="Growing", note="")
    curation.merge_topics(session, IMPORTER, library.id, into_id=football.id)
    curation.hide_topic(session, IMPORTER, choir.id, is_hidden=True)
    theme = curation.promote_topic(session, IMPORTER, football.id, definition="")
    undone = [curation.undo_last(session, IMPORTER).kind for _ in range(5)]
    assert undone == ["promote", "hide", "merge", "name", "split"]
    assert [(t.id, t.n_passages) for t in topics(session)] == [(t.id, t.n_passages) for t in before]
    assert not any(t.is_named or t.theme for t in topics(session))
    assert session.get_one(Theme, theme.id).is_retired
    with pytest.raises(Conflict, match="nothing to undo"):
        curation.undo_last(session, IMPORTER)


def test_every_change_is_on_record(session: Session) -> None:
    kitchen = topics(session)[0]
    curation.name_topic(session, IMPORTER, kitchen.id, name="Cooking", note="")
    [change] = curation.history(session, kitchen.id)
    assert (change.kind, change.before["name"], change.after["name"]) == ("name", "", "Cooking")
    assert session.exec(select(AuditEvent.action).where(AuditEvent.subject_kind == "topic")).all() == ["topic.name"]


def test_only_staff_change_topics(session: Session) -> None:
    with pytest.raises(Forbidden):
        curation.name_topic(session, ANYBODY, topics(session)[0].id, name="Mine", note="")
