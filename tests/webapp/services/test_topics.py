"""These discover for real: numba compiles UMAP once a process, which is most of the time that they take."""

import re
import subprocess
import sys
from datetime import date

import numpy as np
import pytest
from sqlmodel import Session, col, func, select

from nlp.types import Matrix
from webapp.errors import Conflict
from webapp.models import AgreedUse, Passage, Revision, Story, Topic, TopicAssignment, TopicRun
from webapp.services.topics import fit, latest_topics

SUBJECTS = (
    "the kitchen cooked hot meals and volunteers carried soup",
    "the library lent books and readers sat with newspapers",
    "the football pitch became a garden with beans and tomatoes",
    "the choir sang hymns while an organ played in the chapel",
)
PASSAGES_A_STORY = 5


def store_stories(
    session: Session, n: int, *, subject: int = 0, use: str = "website", embedding_name: str = "drawn"
) -> list[Story]:
    """Published stories on one subject, each of five lines that are its passages."""
    rows = embeddings(n * PASSAGES_A_STORY, subject=subject)
    stories = []
    for i in range(n):
        story = Story(external_id=f"{subject}-{use}-{embedding_name}-{i}", status="published")
        session.add(story)
        session.flush()
        session.add(AgreedUse(story_id=story.id, use=use))
        add_revision(session, story, subject, rows[i * PASSAGES_A_STORY :], embedding_name=embedding_name)
        stories.append(story)
    session.flush()
    return stories


def add_revision(session: Session, story: Story, subject: int, rows: Matrix, *, embedding_name: str) -> None:
    lines = [f"{SUBJECTS[subject]}, {i}" for i in range(PASSAGES_A_STORY)]
    revision = Revision(story_id=story.id, number=story.revision_number, title="A story", text="\n".join(lines))
    session.add(revision)
    session.flush()
    for position, line in enumerate(lines):
        start = revision.text.index(line)
        session.add(
            Passage(
                revision_id=revision.id, position=position, start=start, end=start + len(line),
                embedding_name=embedding_name, embedding=rows[position].astype("<f4").tobytes(),
            )
        )  # fmt: skip


def embeddings(n: int, *, subject: int) -> Matrix:
    """Shape (n, 16): around the subject's own direction, rows of unit length."""
    rows = np.eye(16)[subject] + np.random.default_rng(subject).normal(scale=0.03, size=(n, 16))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def fit_quietly(session: Session) -> TopicRun:
    return fit(session, on_progress=lambda what, n_done, n_total: None)


def assigned_external_ids(session: Session) -> set[str]:
    query = (
        select(Story.external_id)
        .join(Revision, col(Revision.story_id) == col(Story.id))
        .join(Passage, col(Passage.revision_id) == col(Revision.id))
        .join(TopicAssignment, col(TopicAssignment.passage_id) == col(Passage.id))
    )
    return set(session.exec(query))


@pytest.fixture
def stories(session: Session) -> list[Story]:
    """Eight stories of the kitchen, then seven of the library, six of the garden and five of the choir."""
    return [story for subject in range(4) for story in store_stories(session, 8 - subject, subject=subject)]


def test_a_run_stores_its_topics_and_the_place_of_every_passage(session: Session, stories: list[Story]) -> None:
    run = fit_quietly(session)
    topics = session.exec(select(Topic).where(Topic.run_id == run.id)).all()
    n_assigned = session.exec(select(func.count()).select_from(TopicAssignment)).one()
    assert run.n_passages == len(stories) * PASSAGES_A_STORY
    assert n_assigned == sum(topic.n_passages for topic in topics) == run.n_passages - run.n_outliers
    assert {word for topic in topics for word in topic.words} & {"kitchen", "library"} == {
        "kitchen",
        "library",
    }


def test_every_topic_has_representatives(session: Session, stories: list[Story]) -> None:
    fit_quietly(session)
    query = select(TopicAssignment.topic_id).where(col(TopicAssignment.is_representative))
    assert set(session.exec(query)) == {topic.id for topic in latest_topics(session)}


def test_the_manifest_says_how_and_from_what_the_run_was_made(session: Session, stories: list[Story]) -> None:
    manifest = fit_quietly(session).manifest
    assert (manifest["seed"], manifest["embedding_name"], manifest["n_stories"]) == (1, "drawn", 26)
    assert "bertopic" in manifest["versions"]
    assert re.fullmatch("[0-9a-f]{64}", manifest["passages_and_revisions_sha256"])


def test_progress_is_said_at_the_start_and_at_the_end(session: Session, stories: list[Story]) -> None:
    said = []
    fit(session, on_progress=lambda *step: said.append(step))
    assert said == [("topics", 0, 130), ("topics", 130, 130)]


def test_topics_come_largest_first(session: Session, stories: list[Story]) -> None:
    fit_quietly(session)
    sizes = [topic.n_passages for topic in latest_topics(session)]
    assert sizes
    assert sizes == sorted(sizes, reverse=True)


def test_withdrawn_stories_vanish_from_the_topics_at_once(session: Session, stories: list[Story]) -> None:
    fit_quietly(session)
    before = sum(topic.n_passages for topic in latest_topics(session))
    for story in stories[8:15]:
        story.status = "withdrawn"
    session.flush()
    after = latest_topics(session)
    assert sum(topic.n_passages for topic in after) < before
    assert [topic for topic in after if "kitchen" in topic.words]
    assert not [topic for topic in after if "library" in topic.words]


def test_stories_whose_consent_has_ended_vanish_too(session: Session, stories: list[Story]) -> None:
    fit_quietly(session)
    for agreed in session.exec(select(AgreedUse)):
        agreed.until = date(2020, 1, 1)
    session.flush()
    assert latest_topics(session) == []


def test_looking_at_topics_changes_none(session: Session, stories: list[Story]) -> None:
    fit_quietly(session)
    session.commit()
    stories[0].status = "withdrawn"
    session.flush()
    latest_topics(session)
    assert not session.dirty


def test_only_the_newest_run_is_shown(session: Session, stories: list[Story]) -> None:
    fit_quietly(session)
    newest = fit_quietly(session)
    assert {topic.run_id for topic in latest_topics(session)} == {newest.id}


def test_without_a_run_there_are_no_topics(session: Session) -> None:
    assert latest_topics(session) == []


def test_only_stories_for_the_website_are_read(session: Session, stories: list[Story]) -> None:
    store_stories(session, 5, use="research")
    assert fit_quietly(session).n_passages == len(stories) * PASSAGES_A_STORY
    assert assigned_external_ids(session) <= {story.external_id for story in stories}


def test_only_the_current_revision_of_a_story_is_read(session: Session, stories: list[Story]) -> None:
    stories[0].revision_number = 2
    add_revision(session, stories[0], 0, embeddings(PASSAGES_A_STORY, subject=0), embedding_name="drawn")
    session.flush()
    assert fit_quietly(session).n_passages == len(stories) * PASSAGES_A_STORY


def test_only_what_the_newest_embedder_embedded_is_read(session: Session) -> None:
    store_stories(session, 5, embedding_name="older")
    store_stories(session, 25, embedding_name="newer")
    run = fit_quietly(session)
    assert (run.n_passages, run.manifest["embedding_name"]) == (125, "newer")


def test_too_few_passages_are_refused_with_how_many_it_takes(session: Session) -> None:
    store_stories(session, 16)
    with pytest.raises(Conflict, match=r"There are 80 passages from 16 stories, too few .* at least 100 passages"):
        fit_quietly(session)
    assert session.exec(select(TopicRun)).all() == []


def test_an_empty_repository_is_refused_in_the_same_words(session: Session) -> None:
    with pytest.raises(Conflict, match="There are 0 passages from 0 stories, too few"):
        fit_quietly(session)


def test_importing_the_service_imports_no_heavy_library() -> None:
    program = (
        "import sys, webapp.services.topics; "
        "print(sorted({'bertopic', 'umap', 'hdbscan', 'numba', 'pandas', 'sklearn'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
