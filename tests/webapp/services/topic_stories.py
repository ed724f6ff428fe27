"""Published stories on four subjects that lie far apart, for tests of topics."""

import numpy as np
from sqlmodel import Session

from nlp.topics import DiscoveredTopic, Topics, TopicWord
from nlp.types import Matrix
from webapp.models import AgreedUse, Passage, Revision, Story, TopicRun
from webapp.services.topic_runs import read_passages, store_run

SUBJECTS = (
    "the kitchen cooked hot meals and volunteers carried soup",
    "the library lent books and readers sat with newspapers",
    "the football pitch became a garden with beans and tomatoes",
    "the choir sang hymns while an organ played in the chapel",
)
PASSAGES_A_STORY = 5


def store_stories(
    session: Session,
    n: int,
    *,
    subject: int = 0,
    use: str = "website",
    embedding_name: str = "drawn",
    key: str = "",
    period: str | None = None,
) -> list[Story]:
    """Published stories on one subject, each of five lines that are its passages."""
    rows = embeddings(n * PASSAGES_A_STORY, subject=subject)
    stories = []
    for i in range(n):
        story = Story(external_id=f"{subject}-{use}-{embedding_name}{key}-{i}", status="published", period=period)
        session.add(story)
        session.flush()
        session.add(AgreedUse(story_id=story.id, use=use))
        add_revision(session, story, subject, rows[i * PASSAGES_A_STORY :], embedding_name=embedding_name)
        stories.append(story)
    session.flush()
    return stories


def add_revision(session: Session, story: Story, subject: int, rows: Matrix, *, embedding_name: str) -> None:
    lines = [f"{SUBJECTS[subject]}, {story.external_id} {i}" for i in range(PASSAGES_A_STORY)]
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


def store_subjects_as_run(session: Session, *, order: tuple[int, ...] = (0, 1, 2, 3)) -> TopicRun:
    """A run that found each subject as a topic, without the seconds that finding it takes. order: their numbers."""
    read = read_passages(session)
    subjects = read.embeddings[:, :4].argmax(axis=1)
    labels = np.asarray([order.index(int(subject)) for subject in subjects], dtype=np.int64)
    topics = tuple(
        DiscoveredTopic(
            number=number,
            words=tuple(SUBJECTS[subject].split()[1:4]),
            label=SUBJECTS[subject].split()[1],
            representatives=(),
            stability=0.9,
            candidates=tuple(TopicWord(word, (word,), 1.0) for word in SUBJECTS[subject].split() if len(word) > 4),
        )
        for number, subject in enumerate(order)
        if (labels == number).any()
    )
    made = Topics(
        labels=labels,
        topics=topics,
        manifest={"model": "by rote"},
        coordinates=read.embeddings[:, :2],
    )
    return store_run(session, read, made, np.arange(len(read.ids)), left_out={})
