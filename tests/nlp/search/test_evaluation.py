"""The measurements run from end to end, on collections of three stories."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from nlp.benchmarks import search as benchmark
from nlp.evaluation import search as evaluation

TEXTS = {"a": "The church hall is a food bank.", "b": "A pub became a library.", "c": "Nurses used the gym."}


def arguments(module: object, *given: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    module.add_arguments(parser)  # type: ignore[attr-defined]
    return parser.parse_args(given)


def test_a_collection_in_the_shape_of_beir_is_measured_by_each_ranking(tmp_path: Path) -> None:
    rows = [{"_id": key, "title": "", "text": text} for key, text in TEXTS.items()]
    (tmp_path / "corpus.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (tmp_path / "queries.jsonl").write_text(json.dumps({"_id": "q", "text": "library in a pub"}))
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq\tb\t1\n")
    found = evaluation.run(arguments(evaluation, "--beir", str(tmp_path), "--embedder", "hashing"))
    assert found == {name: {"ndcg@10": 1.0, "recall@100": 1.0} for name in ("words", "meaning", "fused")}


def test_the_corpus_is_measured_by_kind_of_query(tmp_path: Path) -> None:
    (tmp_path / "stories").mkdir()
    for key, text in TEXTS.items():
        (tmp_path / "stories" / f"{key}.md").write_text(f"---\nid: {key}\ntitle: Story\n---\n\n{text}\n")
    queries = [
        {"id": "1", "query": "food bank", "kind": "keyword", "relevant": {"a": 3}},
        {"id": "2", "query": "zebra", "kind": "natural", "relevant": {"a": 3}},
    ]
    (tmp_path / "queries.jsonl").write_text("\n".join(map(json.dumps, queries)))
    given = ("--stories", str(tmp_path / "stories"), "--queries", str(tmp_path / "queries.jsonl"))
    found = evaluation.run(arguments(evaluation, *given, "--embedder", "hashing"))
    perfect = {"queries": 1.0, "ndcg@10": 1.0, "mrr": 1.0, "recall@20": 1.0}
    assert found["words: keyword"] == found["fused: keyword"] == perfect
    words = found["words: all"]
    assert isinstance(words, dict)
    assert words["mrr"] == 0.5


def test_the_benchmark_says_that_its_vectors_are_random_and_compares_with_fts5(tmp_path: Path) -> None:
    texts = tmp_path / "texts.jsonl"
    texts.write_text("\n".join(json.dumps({"title": "Story", "text": text * 9}) for text in TEXTS.values()))
    found = benchmark.run(arguments(benchmark, "--sizes", "3", "--queries", "5", "--texts", str(texts)))
    assert "random" in str(found["passage_vectors"])
    measured = found["3"]
    assert isinstance(measured, dict)
    assert set(measured["one_reader"]) >= {"words", "phrase", "near", "prefix", "fuzzy", "fields", "arrow"}
    words = measured["one_reader"]["words"]
    assert words["ratio"]["p95_ms"] == pytest.approx(words["engine"]["p95_ms"] / words["fts5"]["p95_ms"])
    assert measured["writer"]["commits"] >= 3
