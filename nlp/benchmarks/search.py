"""How fast search is, at several sizes, beside SQLite's own full-text search over the same texts in the same run."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np

from nlp.benchmarks.search_peer import fill_fts5
from nlp.benchmarks.search_queries import AskedQuery, queries_by_kind
from nlp.benchmarks.search_readers import (
    N_READERS,
    Asked,
    Places,
    keep_writing,
    many_readers,
    one_reader,
    publishing,
    while_writing,
)
from nlp.benchmarks.stories import WIDTH, made_stories, read_texts
from nlp.embedding import Embedder, open_embedder
from nlp.types import IndexDocument

_N_REPLACED = 10
_N_WARMING = 50
_CORPUS = Path(__file__).resolve().parents[2] / "corpus"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `python -m nlp.benchmark search` may be told."""
    parser.add_argument("--sizes", default="1000,10000", metavar="N,…", help="numbers of stories to measure at")
    parser.add_argument("--texts", type=Path, metavar="FILE", help="JSON lines with text and title to join")
    parser.add_argument("--queries", type=int, default=200, metavar="N", help="how many queries of each kind")
    parser.add_argument("--embed", action="store_true", help="real embeddings instead of random ones (slow)")
    parser.add_argument("--seed", type=int, default=1)


def run(args: argparse.Namespace) -> dict[str, object]:
    """By number of stories: building, size, memory, and the times of searches and of writing beside FTS5's.

    Times in the units that the names give. Raises ValueError if there are no texts.
    """
    texts = read_texts(args.texts, _CORPUS)
    embedder = open_embedder("minilm") if args.embed else None
    queries = queries_by_kind(texts, args.queries + _N_WARMING, seed=args.seed)
    asked = {kind: _with_vectors(made, embedder, args.seed) for kind, made in queries.items()}
    measured: dict[str, object] = {
        "passage_vectors": "MiniLM" if embedder else f"random unit vectors, {WIDTH} wide",
        "queries": f"{args.queries} of each kind, after {_N_WARMING} of each to warm up; fused, facets, 20 snippets",
    }
    for size in map(int, args.sizes.split(",")):
        with TemporaryDirectory() as name:
            places = Places(Path(name).resolve() / "index", Path(name).resolve() / "fts5.sqlite")
            # Built here and read in other processes, whose memory is then what a site needs.
            built, replaced = _build(places, list(made_stories(texts, size, seed=args.seed, embedder=embedder)))
            measured[str(size)] = built | _read(places, asked, replaced, stop=Path(name) / "stop")
    return measured


def _build(places: Places, stories: list[IndexDocument]) -> tuple[dict[str, object], list[IndexDocument]]:
    """Seconds and megabytes of both, and the stories that will be replaced."""
    with closing(places.open()) as engine:
        ours = {"build_s": _seconds(engine.rebuild, stories), "size_mb": _size_mb(places.index)}
    theirs = {"build_s": _seconds(lambda made: fill_fts5(places.fts5, made), stories)}
    return {"engine": ours, "fts5": theirs | {"size_mb": _size_mb(places.fts5)}}, stories[:_N_REPLACED]


def _read(
    places: Places, asked: dict[str, list[Asked]], replaced: Sequence[IndexDocument], *, stop: Path
) -> dict[str, object]:
    words = asked["words"][_N_WARMING:]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        found: dict[str, object] = {
            "one_reader": processes.submit(one_reader, places, asked).result(),
            f"{N_READERS}_readers": processes.submit(many_readers, places, words).result(),
        }
        writer = processes.submit(keep_writing, places, replaced, stop)
        found["one_reader_while_writing"] = processes.submit(while_writing, places, words, stop).result()
        return found | {"writer": writer.result() | processes.submit(publishing, places, replaced).result()}


def _with_vectors(queries: Sequence[AskedQuery], embedder: Embedder | None, seed: int) -> list[Asked]:
    drawn = np.random.default_rng(seed).standard_normal((len(queries), WIDTH)).astype(np.float32)
    unit = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    rows = embedder.embed([query.text for query in queries]) if embedder else unit
    return list(zip(queries, rows, strict=True))


def _seconds(work: Callable[[Iterable[IndexDocument]], None], stories: Iterable[IndexDocument]) -> float:
    began = perf_counter()
    work(stories)
    return perf_counter() - began


def _size_mb(path: Path) -> float:
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return sum(file.stat().st_size for file in files) / 1e6
