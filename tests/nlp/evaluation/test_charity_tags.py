"""A folder in UK-CAT's shape, with charities made up so that words tell their tags."""

import json
from pathlib import Path

import pytest

from nlp.embedding.hashing import HashingEmbedder
from nlp.evaluation.charity_tags import evaluate_charities

TAGS = """Code,tag,Category,Regular expression,Exclude regular expression
AR1,Choirs,Arts,\\bchoirs?\\b,
AN1,Dogs,Animals,\\bdogs?\\b,\\bhot dogs?\\b
"""


def charity(n: int, *, is_choir: bool) -> dict[str, object]:
    words = "a choir that sings songs in concerts" if is_choir else "a kennel where dogs are rescued and walked"
    return {
        "id": f"c{n}", "name": f"{'SINGERS' if is_choir else 'KENNELS'} {n}", "activities": words, "objects": words,
        "tags": ["AR1" if is_choir else "AN1"], "icnptso": "A11" if is_choir else "E21",
    }  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "tags.csv").write_text(TAGS, encoding="utf-8")
    for name, first, n in (("train", 0, 24), ("dev", 100, 6)):
        rows = [charity(first + i, is_choir=i % 2 == 0) for i in range(n)]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return tmp_path


def test_tags_categories_and_classes_are_learned_from_a_folder(folder: Path) -> None:
    measured = evaluate_charities(folder, HashingEmbedder())
    assert measured["tags_micro_f1"] == measured["categories_micro_f1"] == measured["icnptso_accuracy"] == 1
    assert measured["charities"] == {"train": 24, "class only": 0, "dev": 6}


def test_what_an_expression_excludes_is_no_match(folder: Path) -> None:
    row = charity(200, is_choir=True) | {"activities": "A choir that sells a hot dog", "objects": ""}
    (folder / "dev.jsonl").write_text(json.dumps(row), encoding="utf-8")
    assert evaluate_charities(folder, HashingEmbedder())["regular_expressions"]["tags_micro_f1"] == 1
