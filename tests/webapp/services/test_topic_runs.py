"""The first test here discovers for real: numba compiles UMAP once a process."""

import re
from contextlib import nullcontext
from pathlib import Path

import pytest
from sqlmodel import Session, col, func, select

from tests.webapp.services.topic_stories import (
    PASSAGES_A_STORY,
    add_revision,
    embeddings,
    store_stories,
    store_subjects_as_run,
)
from webapp.errors import Conflict
from webapp.models import Mention, Passage, Story, Topic, TopicAssignment, TopicRun
from webapp.services.topic_identity import compare_runs
from webapp.services.topic_runs import fit, read_passages


@pytest.fixture
def stories(session: Session) -> list[Story]:
    """Eight stories of the kitchen, then seven of the library, six of the garden and five of the choir."""
    return [story for subject in range(4) for story in store_stories(session, 8 - subject, subject=subject)]


def fit_quietly(session: Session, **options: object) -> int:
    return fit(lambda: nullcontext(session), on_progress=lambda *step: None, **options)  # type: ignore[arg-type]


def identities(session: Session, run: TopicRun) -> dict[str, int]:
    return dict(session.exec(select(Topic.label, Topic.identity_id).where(Topic.run_id == run.id)).all())


def test_a_run_stores_its_topics_and_the_place_of_every_passage(
    session: Session, stories: list[Story], tmp_path: Path
) -> None:
    said: list[tuple[str, int, int]] = []
    run_id = fit(lambda: nullcontext(session), on_progress=lambda *step: said.append(step), keep=tmp_path / "kept")
    run = session.get_one(TopicRun, run_id)
    topics = session.exec(select(Topic).where(Topic.run_id == run_id)).all()
    n_assigned = session.exec(select(func.count()).where(col(TopicAssignment.topic_id).is_not(None))).one()
    assert run.n_passages == len(stories) * PASSAGES_A_STORY
    assert n_assigned == sum(topic.n_passages for topic in topics) == run.n_passages - run.n_outliers
    assert {word for topic in topics for word in topic.words} >= {"kitchen", "library", "garden", "choir"}
    assert (run.manifest["seed"], run.manifest["embedding_name"], run.manifest["n_stories"]) == (1, "drawn", 26)
    assert re.fullmatch("[0-9a-f]{64}", run.manifest["read_sha256"])
    assert said[0][:2] == ("layouts", 0)
    assert said[-1] == ("layouts", 1, 1)
    assert list((tmp_path / "kept").iterdir()) == []


def test_a_topic_that_is_found_again_keeps_its_identity(session: Session, stories: list[Story]) -> None:
    first = store_subjects_as_run(session)
    store_stories(session, 2, subject=3, key="later")
    second = store_subjects_as_run(session, order=(3, 0, 2, 1))
    assert identities(session, first) == identities(session, second)
    assert set(session.exec(select(Topic.fate).where(Topic.run_id == second.id))) == {"kept"}


def test_comparing_runs_says_what_vanished(session: Session, stories: list[Story]) -> None:
    first = store_subjects_as_run(session)
    for story in stories[21:]:
        story.status = "withdrawn"
    session.flush()
    second = store_subjects_as_run(session)
    found = compare_runs(session, first, second)
    assert [found.before[position].label for position in found.matching.vanished] == ["choir"]


def test_only_stories_for_the_website_are_read(session: Session, stories: list[Story]) -> None:
    store_stories(session, 5, use="research")
    assert len(read_passages(session).ids) == len(stories) * PASSAGES_A_STORY


def test_only_the_current_revision_of_a_story_is_read(session: Session, stories: list[Story]) -> None:
    stories[0].revision_number = 2
    add_revision(session, stories[0], 0, embeddings(PASSAGES_A_STORY, subject=0), embedding_name="drawn")
    session.flush()
    assert len(read_passages(session).ids) == len(stories) * PASSAGES_A_STORY


def test_only_what_the_newest_embedder_embedded_is_read(session: Session) -> None:
    store_stories(session, 2, embedding_name="older")
    store_stories(session, 3, embedding_name="newer")
    read = read_passages(session)
    assert (len(read.ids), read.embedding_name) == (15, "newer")


def test_the_names_in_a_story_are_not_read(session: Session) -> None:
    [story] = store_stories(session, 1)
    text = story.current_revision.text
    start = text.index("kitchen")
    session.add(
        Mention(revision_id=story.current_revision.id, label="PLACE", text="kitchen", start=start, end=start + 7)
    )
    session.flush()
    assert "kitchen" not in read_passages(session).texts[0]
    assert "kitchen" in read_passages(session).texts[1]


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (0, "There are 0 passages from 0 stories, too few"),
        (2, "There are 10 passages from 2 stories, too few"),
        (16, r"There are 80 passages from 16 stories, too few .* at least 100 passages"),
    ],
)
def test_too_little_to_read_is_said_and_the_last_run_stays(session: Session, n: int, said: str) -> None:
    store_stories(session, n)
    with pytest.raises(Conflict, match=said):
        fit_quietly(session)
    assert session.exec(select(TopicRun)).all() == []


def test_one_story_repeated_is_refused_with_the_reason(session: Session, stories: list[Story]) -> None:
    run = store_subjects_as_run(session)
    for story in stories:
        story.current_revision.text = "\n".join([stories[0].current_revision.text[:60]] * 6)
        for passage in session.exec(select(Passage).where(Passage.revision_id == story.current_revision.id)):
            passage.start, passage.end = 0, 60
    session.flush()
    with pytest.raises(Conflict, match=r"1 passage from 1 story.*129 word for word the same"):
        fit_quietly(session)
    assert session.exec(select(TopicRun.id)).all() == [run.id]


WELSH = "trowyd y capel yn fanc bwyd yn ystod y gaeaf hir a thywyll, a daeth pobl o bob man i helpu"


@pytest.mark.parametrize(
    ("line", "said"),
    [(f"{WELSH}, rhif {{}}", r"130 not in English"), ("soup{}", r"130 shorter than 4 words")],
    ids=["all in another language", "passages of one word"],
)
def test_what_cannot_be_read_is_said_with_its_reason_and_the_last_run_stays(
    session: Session, stories: list[Story], line: str, said: str
) -> None:
    run = store_subjects_as_run(session)
    for story in stories:
        lines = [line.format(in_letters(10 * story.row_id + i)) for i in range(PASSAGES_A_STORY)]
        story.current_revision.text = "\n".join(lines)
        passages = session.exec(select(Passage).where(Passage.revision_id == story.current_revision.id)).all()
        for passage, written in zip(passages, lines, strict=True):
            passage.start = story.current_revision.text.index(written)
            passage.end = passage.start + len(written)
    session.flush()
    with pytest.raises(Conflict, match=rf"There are 0 passages from 0 stories, too few.*Left out: {said}"):
        fit_quietly(session)
    assert session.exec(select(TopicRun.id)).all() == [run.id]


def in_letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))
