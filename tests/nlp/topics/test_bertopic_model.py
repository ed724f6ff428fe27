"""These fit for real: numba compiles UMAP once a process, which is most of the time that they take."""

import json
import subprocess
import sys

import numpy as np
import pytest

from nlp.topics import TooFewPassages, Topics, open_topic_model
from nlp.types import Matrix

SUBJECTS = (
    "the kitchen cooked hot meals and volunteers carried soup",
    "the library lent books and readers sat with newspapers",
    "the football pitch became a garden with beans and tomatoes",
    "the choir sang hymns while an organ played in the chapel",
)
PASSAGES_A_SUBJECT = 30
LABELS = np.repeat(np.arange(len(SUBJECTS)), PASSAGES_A_SUBJECT)
TEXTS = [f"{SUBJECTS[subject]}, {i}" for i, subject in enumerate(LABELS)]


def clustered(*, spread: float = 0.03) -> Matrix:
    """Shape (120, 32): around four far directions, one a subject, rows of unit length."""
    rng = np.random.default_rng(7)
    rows = np.eye(len(SUBJECTS), 32)[LABELS] + rng.normal(scale=spread, size=(len(LABELS), 32))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def topics() -> Topics:
    return open_topic_model("bertopic").fit(TEXTS, clustered(), seed=1)


def test_no_topic_holds_passages_of_two_subjects(topics: Topics) -> None:
    assert topics.labels.shape == (len(TEXTS),)
    subjects = [set(LABELS[topics.labels == topic.number]) for topic in topics.topics]
    assert all(len(of_topic) == 1 for of_topic in subjects)
    assert set().union(*subjects) == set(range(len(SUBJECTS)))


def test_nothing_larger_than_a_third_of_the_passages_is_a_topic(topics: Topics) -> None:
    assert max(np.bincount(topics.labels[topics.labels >= 0])) <= len(TEXTS) / 3


def test_a_topic_is_told_by_the_words_of_its_subject(topics: Topics) -> None:
    for topic in topics.topics:
        subject = SUBJECTS[LABELS[topic.representatives[0]]]
        assert topic.words
        assert set(topic.words) <= set(subject.split())
        assert topic.label.split()[0].strip(",").lower() == topic.words[0]


def test_topics_are_numbered_from_the_largest(topics: Topics) -> None:
    sizes = [int((topics.labels == topic.number).sum()) for topic in topics.topics]
    assert [topic.number for topic in topics.topics] == list(range(len(sizes)))
    assert sizes == sorted(sizes, reverse=True)


def test_representatives_belong_to_their_topic(topics: Topics) -> None:
    for topic in topics.topics:
        assert set(topics.labels[list(topic.representatives)]) == {topic.number}


def test_the_same_seed_gives_the_same_topics(topics: Topics) -> None:
    again = open_topic_model("bertopic").fit(TEXTS, clustered(), seed=1)
    assert again.labels.tolist() == topics.labels.tolist()
    assert again.topics == topics.topics


def test_the_manifest_says_what_it_takes_to_do_it_again(topics: Topics) -> None:
    manifest = json.loads(json.dumps(topics.manifest))
    assert (manifest["model"], manifest["seed"]) == ("bertopic", 1)
    assert manifest["parameters"]["umap"]["n_neighbors"] == 10
    assert {"bertopic", "umap-learn", "hdbscan"} <= set(manifest["versions"])


def test_too_few_passages_are_refused_before_anything_is_computed() -> None:
    with pytest.raises(TooFewPassages, match="There are 99 passages, too few"):
        open_topic_model("bertopic").fit(TEXTS[:99], clustered()[:99], seed=1)


def test_a_text_without_its_row_is_refused() -> None:
    with pytest.raises(ValueError, match="119 texts and 120 embeddings"):
        open_topic_model("bertopic").fit(TEXTS[1:], clustered(), seed=1)


def test_importing_the_model_imports_no_heavy_library() -> None:
    program = (
        "import sys, nlp.topics.bertopic_model; "
        "print(sorted({'bertopic', 'umap', 'hdbscan', 'numba', 'pandas', 'sklearn'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
