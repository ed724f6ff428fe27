"""How fast search is, at several sizes, beside SQLite's own full-text search over the same texts in the same run."""

from __future__ import annotations

import argparse
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TypeVar

import numpy as np

from nlp.benchmarks.stories import WIDTH, made_queries, made_stories, read_texts
from nlp.embedding import Embedder, open_embedder
from nlp.search import SearchEngine, open_engine
from nlp.search.query import parse
from nlp.types import Audience, IndexDocument, Query

Figures = dict[str, float]
Subject = TypeVar("Subject")

_READER = Audience(frozenset({"research"}), date(2024, 1, 1))
_PAGE = 20
_N_UPDATES = 10
_N_WARMING = 50
_CORPUS = Path(__file__).resolve().parents[2] / "corpus"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `python -m nlp.benchmark search` may be told."""
    parser.add_argument("--sizes", default="1000,10000", metavar="N,…", help="numbers of stories to measure at")
    parser.add_argument("--texts", type=Path, metavar="FILE", help="JSON lines with text and title to join")
    parser.add_argument("--queries", type=int, default=300, metavar="N", help="how many distinct queries")
    parser.add_argument("--embed", action="store_true", help="real embeddings instead of random ones (slow)")
    parser.add_argument("--seed", type=int, default=1)


def run(args: argparse.Namespace) -> dict[str, object]:
    """By number of stories: build, size, search and update of the engine, FTS5's search, and p95's ratio.

    Times in the units that the names give. Raises ValueError if there are no texts.
    """
    texts = read_texts(args.texts, _CORPUS)
    embedder = open_embedder("minilm") if args.embed else None
    queries = made_queries(texts, args.queries + _N_WARMING, seed=args.seed)
    measured: dict[str, object] = {
        "passage_vectors": "MiniLM" if embedder else f"random unit vectors, {WIDTH} wide",
        "queries": f"{args.queries} distinct, of 1 to 4 words, after {_N_WARMING} others to warm up",
    }
    for size in map(int, args.sizes.split(",")):
        stories = list(made_stories(texts, size, seed=args.seed, embedder=embedder))
        measured[str(size)] = _measure(stories, _understood(queries, embedder, args.seed))
    return measured


def _understood(queries: Sequence[str], embedder: Embedder | None, seed: int) -> list[Query]:
    drawn = np.random.default_rng(seed).standard_normal((len(queries), WIDTH)).astype(np.float32)
    rows = embedder.embed(queries) if embedder else drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    return [replace(parse(text), embedding=row) for text, row in zip(queries, rows, strict=True)]


def _measure(stories: list[IndexDocument], queries: list[Query]) -> dict[str, Figures]:
    with TemporaryDirectory() as name:
        folder = Path(name).resolve()
        with closing(open_engine(f"whoosh://{folder / 'index'}")) as engine:
            ours = _measure_engine(engine, stories, queries, folder / "index")
        theirs = _measure_fts5(stories, queries, folder / "fts5.sqlite")
    ratio = {name: ours[name] / theirs[name] for name in ("p50_ms", "p95_ms", "p99_ms")}
    return {"engine": ours, "fts5": theirs, "ratio": ratio}


def _measure_engine(
    engine: SearchEngine, stories: list[IndexDocument], queries: list[Query], folder: Path
) -> Figures:
    def search(query: Query) -> None:
        engine.search(query, audience=_READER, limit=_PAGE)

    started = perf_counter()
    engine.rebuild(stories)
    figures = {"build_s": perf_counter() - started, "size_mb": _size_mb(folder)}
    started = perf_counter()
    search(queries[0])
    figures["first_search_ms"] = 1000 * (perf_counter() - started)
    figures |= _percentiles(search, queries)
    figures["memory_mb"] = _memory_mb()
    updates = [replace(story, revision=2) for story in stories[:_N_UPDATES]]
    figures["update_p50_ms"] = float(np.median([_milliseconds(lambda s: engine.upsert([s]), s) for s in updates]))
    figures["search_after_update_ms"] = _milliseconds(search, queries[1])
    return figures


def _measure_fts5(stories: list[IndexDocument], queries: list[Query], path: Path) -> Figures:
    with closing(sqlite3.connect(path)) as database:
        started = perf_counter()
        database.execute("CREATE VIRTUAL TABLE story USING fts5(title, body, tokenize = 'porter unicode61')")
        database.executemany("INSERT INTO story VALUES (?, ?)", ((s.title, s.body) for s in stories))
        database.commit()
        build_s = perf_counter() - started
        statement = (
            "SELECT rowid, title, snippet(story, 1, '[', ']', '…', 32), bm25(story, 2.0, 1.0) AS score"
            " FROM story WHERE story MATCH ? ORDER BY score LIMIT ?"
        )

        def search(query: Query) -> None:
            any_of = " OR ".join(f'"{clause.words[0]}"' for clause in query.clauses)
            database.execute(statement, (any_of, _PAGE)).fetchall()

        return {"build_s": build_s, "size_mb": _size_mb(path), **_percentiles(search, queries)}


def _percentiles(search: Callable[[Query], None], queries: list[Query]) -> Figures:
    for query in queries[:_N_WARMING]:
        search(query)
    times = [_milliseconds(search, query) for query in queries[_N_WARMING:]]
    return {f"p{p}_ms": float(np.percentile(times, p)) for p in (50, 95, 99)}


def _milliseconds(work: Callable[[Subject], None], subject: Subject) -> float:
    started = perf_counter()
    work(subject)
    return 1000 * (perf_counter() - started)


def _size_mb(path: Path) -> float:
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return sum(file.stat().st_size for file in files) / 1e6


def _memory_mb() -> float:
    """What this process holds in memory now, nan where the system does not say."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    return next((float(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), float("nan"))
