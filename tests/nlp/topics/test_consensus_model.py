"""These fit for real: numba compiles UMAP once a process, which is most of the time that they take."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from nlp.topics import TooFewPassages, Topics, Work, open_topic_model
from nlp.topics import ensemble as ensembles
from nlp.topics.consensus_model import ConsensusModel, choose
from nlp.types import Matrix

SUBJECTS = (
    "the kitchen cooked hot meals and volunteers carried soup",
    "the library lent books and readers sat with newspapers",
    "the football pitch became a garden with beans and tomatoes",
    "the choir sang hymns while an organ played in the chapel",
)
LABELS = np.repeat(np.arange(len(SUBJECTS)), 30)
TEXTS = [f"{SUBJECTS[subject]}, {i}" for i, subject in enumerate(LABELS)]


@pytest.fixture(scope="module")
def clustered() -> Matrix:
    """Shape (120, 32): around four far directions, one a subject, rows of unit length."""
    rng = np.random.default_rng(7)
    rows = np.eye(len(SUBJECTS), 32)[LABELS] + rng.normal(scale=0.03, size=(len(LABELS), 32))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="module")
def topics(clustered: Matrix, kept: Path) -> Topics:
    return ConsensusModel().fit(
        TEXTS, clustered, seed=1, n_topics=4, documents=[i // 5 for i in range(120)], work=Work(keep=kept)
    )


def test_no_topic_holds_passages_of_two_subjects(topics: Topics) -> None:
    subjects = [set(LABELS[topics.labels == topic.number]) for topic in topics.topics]
    assert all(len(of_topic) == 1 for of_topic in subjects)
    assert set().union(*subjects) == set(range(len(SUBJECTS)))


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


def test_topics_that_lie_far_apart_are_stable(topics: Topics) -> None:
    assert min(topic.stability for topic in topics.topics) > 0.9
    assert topics.strengths.min() > 0.5


def test_the_map_has_a_place_for_every_passage(topics: Topics) -> None:
    assert topics.coordinates.shape == (120, 2)
    assert topics.coordinates.min() >= 0
    assert topics.coordinates.max() <= 1


def test_a_fit_that_goes_on_from_kept_parts_gives_the_same(topics: Topics, clustered: Matrix, kept: Path) -> None:
    (kept / "layout-3.npy").unlink()
    again = ConsensusModel().fit(
        TEXTS, clustered, seed=1, n_topics=4, documents=[i // 5 for i in range(120)], work=Work(keep=kept)
    )
    assert again.labels.tolist() == topics.labels.tolist()
    assert again.topics == topics.topics


def test_the_manifest_says_what_it_takes_to_do_it_again(topics: Topics) -> None:
    manifest = json.loads(json.dumps(topics.manifest))
    assert (manifest["model"], manifest["seed"]) == ("consensus", 1)
    assert manifest["parameters"]["umap"]["n_neighbors"] == 15
    assert {"umap-learn", "scikit-learn"} <= set(manifest["versions"])


def test_a_topic_of_a_single_story_is_none(clustered: Matrix, kept: Path) -> None:
    topics = ConsensusModel().fit(
        TEXTS, clustered, seed=1, n_topics=4, documents=LABELS.tolist(), work=Work(keep=kept)
    )
    assert topics.topics == ()


def test_passages_outside_the_sample_follow_their_neighbours(
    clustered: Matrix, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    twice = np.vstack([clustered, clustered])
    monkeypatch.setattr("nlp.topics.consensus_model._sample", lambda n, seed: np.arange(120))
    topics = ConsensusModel().fit(TEXTS + TEXTS, twice, seed=1, n_topics=4, work=Work(keep=kept))
    assert topics.labels[:120].tolist() == topics.labels[120:].tolist()


def test_the_finest_stable_cut_is_chosen(clustered: Matrix, kept: Path) -> None:
    ensemble = ensembles.lay_out(clustered, seed=1, work=Work(keep=kept))
    found = choose(ensemble)
    assert len(found.stabilities) == len(SUBJECTS)
    noise = tuple(np.random.default_rng(i).normal(size=(120, 5)).astype(np.float32) for i in range(3))
    assert len(choose(replace(ensemble, seeded=noise, subsampled=())).stabilities) == len(SUBJECTS)


@pytest.mark.parametrize("name", ["consensus", "bertopic", "nmf"])
def test_too_few_passages_are_refused_before_anything_is_computed(name: str, clustered: Matrix) -> None:
    with pytest.raises(TooFewPassages, match="There are 99 passages, too few"):
        open_topic_model(name).fit(TEXTS[:99], clustered[:99], seed=1)


@pytest.mark.parametrize("name", ["consensus", "bertopic", "nmf"])
def test_a_text_without_its_row_is_refused(name: str, clustered: Matrix) -> None:
    with pytest.raises(ValueError, match="119 texts and 120 embeddings"):
        open_topic_model(name).fit(TEXTS[1:], clustered, seed=1)


@pytest.mark.parametrize("name", ["consensus", "bertopic", "nmf"])
def test_an_embedding_that_is_no_number_is_refused(name: str, clustered: Matrix) -> None:
    spoilt = clustered.copy()
    spoilt[7, 3] = np.nan
    with pytest.raises(ValueError, match=r"no number\. Embed those passages again"):
        open_topic_model(name).fit(TEXTS, spoilt, seed=1)


def test_passages_that_all_lie_in_one_place_neither_crash_nor_make_many_topics() -> None:
    same = np.tile(np.eye(1, 32, dtype=np.float32), (500, 1))
    texts = [f"the hall became a kitchen for all, number {i}" for i in range(500)]
    topics = ConsensusModel().fit(texts, same, seed=1, documents=list(range(500)))
    assert len(topics.labels) == 500
    assert np.isfinite(topics.coordinates).all()
    assert len(topics.topics) <= 4


def test_importing_the_models_imports_no_heavy_library() -> None:
    program = (
        "import sys, nlp.topics.bertopic_model, nlp.topics.consensus_model, nlp.topics.matching; "
        "print(sorted({'bertopic', 'umap', 'hdbscan', 'numba', 'pandas', 'sklearn', 'scipy'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
