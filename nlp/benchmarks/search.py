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
from nlp.search.language import Query
from nlp.search.query import parse
from nlp.types import Audience, IndexDocument

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
    with TemporaryDirectory() as name, closing(sqlite3.connect(f"{name}/fts5.sqlite")) as database:
        folder = Path(name).resolve()
        with closing(open_engine(f"whoosh://{folder / 'index'}")) as engine:
            ours = {"build_s": _seconds(engine.rebuild, stories), "size_mb": _size_mb(folder / "index")}
            theirs = {"build_s": _seconds(lambda made: _fill_fts5(database, made), stories)}
            theirs["size_mb"] = _size_mb(folder / "fts5.sqlite")
            ours["first_search_ms"] = 1000 * _seconds(lambda query: _search(engine, query), queries[0])
            times = _search_times(engine, database, queries)
            ours |= _percentiles([ours_ms for ours_ms, _ in times]) | {"memory_mb": _memory_mb()}
            theirs |= _percentiles([theirs_ms for _, theirs_ms in times])
            ours |= _update_times(engine, stories, queries[0])
    ratio = {name: ours[name] / theirs[name] for name in ("p50_ms", "p95_ms", "p99_ms")}
    return {"engine": ours, "fts5": theirs, "ratio": ratio}


def _search(engine: SearchEngine, query: Query) -> None:
    engine.search(query, audience=_READER, limit=_PAGE)


def _search_times(
    engine: SearchEngine, database: sqlite3.Connection, queries: list[Query]
) -> list[tuple[float, float]]:
    """Milliseconds of the engine and of FTS5 for each query, in turn, so that both meet the same load."""
    times = [
        (
            1000 * _seconds(lambda asked: _search(engine, asked), query),
            1000 * _seconds(lambda asked: _search_fts5(database, asked), query),
        )
        for query in queries
    ]
    return times[_N_WARMING:]


def _update_times(engine: SearchEngine, stories: list[IndexDocument], query: Query) -> Figures:
    """Median milliseconds to replace one story, and of the first search after it."""
    updates, searches = [], []
    for story in stories[:_N_UPDATES]:
        updates.append(1000 * _seconds(engine.upsert, [replace(story, revision=2)]))
        searches.append(1000 * _seconds(lambda asked: _search(engine, asked), query))
    return {"update_ms": float(np.median(updates)), "search_after_update_ms": float(np.median(searches))}


def _fill_fts5(database: sqlite3.Connection, stories: list[IndexDocument]) -> None:
    database.execute("CREATE VIRTUAL TABLE story USING fts5(title, body, tokenize = 'porter unicode61')")
    database.executemany("INSERT INTO story VALUES (?, ?)", ((s.title, s.body) for s in stories))
    database.commit()


def _search_fts5(database: sqlite3.Connection, query: Query) -> None:
    any_of = " OR ".join(f'"{clause.words[0]}"' for clause in query.clauses)
    statement = (
        "SELECT rowid, title, snippet(story, 1, '[', ']', '…', 32), bm25(story, 2.0, 1.0) AS score"
        " FROM story WHERE story MATCH ? ORDER BY score LIMIT ?"
    )
    database.execute(statement, (any_of, _PAGE)).fetchall()


def _percentiles(times_ms: list[float]) -> Figures:
    return {f"p{p}_ms": float(np.percentile(times_ms, p)) for p in (50, 95, 99)}


def _seconds(work: Callable[[Subject], None], subject: Subject) -> float:
    started = perf_counter()
    work(subject)
    return perf_counter() - started


def _size_mb(path: Path) -> float:
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return sum(file.stat().st_size for file in files) / 1e6


def _memory_mb() -> float:
    """What this process holds in memory now, nan where the system does not say."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    return next((float(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), float("nan"))
