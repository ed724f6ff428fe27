"""The models that the consensus is measured against, on the same four subjects."""

import numpy as np
import pytest

from nlp.topics import open_topic_model

SUBJECTS = (
    "kitchen cooked meals soup",
    "library lent books newspapers",
    "garden beans tomatoes",
    "choir hymns organ",
)
LABELS = np.repeat(np.arange(4), 30)


@pytest.mark.parametrize("name", ["nmf"])
def test_each_subject_is_a_topic_told_by_its_words(name: str) -> None:
    texts = [f"the {SUBJECTS[label]} and more" for label in LABELS]
    embeddings = np.eye(4, dtype=np.float32)[LABELS]
    topics = open_topic_model(name).fit(texts, embeddings, seed=1, n_topics=4)
    assert len(topics.topics) == 4
    for topic in topics.topics:
        [subject] = set(LABELS[topics.labels == topic.number])
        assert set(SUBJECTS[subject].split()) <= set(topic.words)
