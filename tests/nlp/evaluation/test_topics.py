"""Measuring topics and their speed from the command line, with what takes no compiler: NMF, and refusals."""

import json
from pathlib import Path

import numpy as np
import pytest

from nlp import benchmark, evaluate

SUBJECTS = (
    "kitchen cooked meals soup bread oven volunteers pans tables guests menu",
    "library lent books newspapers readers shelves pages stories authors loans desk",
    "garden beans tomatoes spades compost seeds beds greenhouse plots soil weeds",
    "choir hymns organ singers chapel voices psalms rehearsal concert pews tenor",
)


@pytest.fixture
def octis(tmp_path: Path) -> Path:
    """A data set in OCTIS's shape: 120 documents on four subjects, each told by nine of its eleven words."""
    rng = np.random.default_rng(3)
    rows = [" ".join(rng.permutation(subject.split())[:9]) + "\ttrain\tx" for subject in SUBJECTS for _ in range(30)]
    (tmp_path / "corpus.tsv").write_text("\n".join(rows), encoding="utf-8")
    return tmp_path


def test_subjects_that_are_found_whole_have_the_best_values(octis: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["topics", "--octis", str(octis), "--models", "nmf", "--topics", "4", "--seeds", "1,2"]
    assert evaluate.main([*arguments, "--embedder", "hashing", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["documents"], found["nmf"]["topics_found"], found["nmf"]["outliers"]) == (120, 4, 0)
    assert (found["nmf"]["diversity"], found["ari_nmf"]) == (1, {"4": 1})
    assert found["nmf"]["c_npmi"] > 0.7


def test_the_benchmark_says_in_its_row_why_there_are_no_topics(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        {"title": "A place", "text": f"In the village number {i} {SUBJECTS[i % 4]} and the people of the town met "
         "there every week to talk about what they had done with it and what was to come"}
        for i in range(60)
    ]  # fmt: skip
    texts, vectors = tmp_path / "texts.jsonl", tmp_path / "vectors.npy"
    texts.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    np.save(vectors, np.random.default_rng(1).normal(size=(60, 8)).astype(np.float32))
    arguments = ["topics", "--sizes", "15", "--texts", str(texts), "--vectors", str(vectors), "--json"]
    assert benchmark.main(arguments) == 0
    said = capsys.readouterr()
    assert "from 15 stories, too few to discover topics in" in json.loads(said.out)["15"]
    assert said.err.splitlines()[0].split()[:3] == ["stories", "model", "passages"]
    assert "too few" in said.err.splitlines()[1]
