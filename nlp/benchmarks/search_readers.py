"""What readers of an index meet, measured in a process of their own, as a site is one: alone, several, and while a
writer commits."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path
from time import perf_counter

import numpy as np

from nlp.benchmarks.search_peer import search_fts5
from nlp.benchmarks.search_queries import AskedQuery
from nlp.search import SearchEngine, open_engine
from nlp.search.language import Query
from nlp.search.query import parse
from nlp.types import Audience, IndexDocument, Vector

Figures = dict[str, float]
Asked = tuple[AskedQuery, Vector]

READER = Audience(frozenset({"research"}), date(2024, 1, 1))
N_READERS = 8
_PAGE = 20
_N_WARMING = 50


@dataclass(frozen=True, slots=True)
class Places:
    """Where the two hold their indexes."""

    index: Path
    fts5: Path

    def open(self) -> SearchEngine:
        """Our engine on its folder."""
        return open_engine(f"whoosh://{self.index}")


def one_reader(places: Places, asked_by_kind: dict[str, list[Asked]]) -> dict[str, object]:
    """By kind of query the times of both, in turn, so that both meet the same load; and this process's memory."""
    found: dict[str, object] = {}
    with closing(places.open()) as engine, closing(sqlite3.connect(places.fts5)) as database:
        first, *warming = [asked for kind in asked_by_kind.values() for asked in kind[:_N_WARMING]]
        found["first_search_ms"] = _ours(engine, first)
        for asked in warming:
            _both(engine, database, asked)
        for kind, asked_all in asked_by_kind.items():
            times = [_both(engine, database, asked) for asked in asked_all[_N_WARMING:]]
            found[kind] = compared([ours for ours, _ in times], [theirs for _, theirs in times if theirs is not None])
    return found | {"memory_mb": _memory_mb()}


def many_readers(places: Places, asked_all: Sequence[Asked]) -> dict[str, object]:
    """The times of both with several readers at once, threads of one process as in the site; one after the other."""
    with closing(places.open()) as engine:
        _ours(engine, asked_all[0])
        ours = _at_once(partial(_ours, engine), asked_all)
    theirs = _at_once(_InOneThread(places.fts5), asked_all)
    return compared(ours, theirs)


def while_writing(places: Places, asked_all: Sequence[Asked], stop: Path) -> Figures:
    """The times of one reader while another process commits; it is told to stop by a file."""
    with closing(places.open()) as engine:
        try:
            return _percentiles([_ours(engine, asked) for asked in asked_all])
        finally:
            stop.touch()


def keep_writing(places: Places, stories: Sequence[IndexDocument], stop: Path) -> Figures:
    """Replace one story after the other until the file is there; how many, and the median of milliseconds."""
    with closing(places.open()) as engine:
        times = []
        for revision in count(3):
            times += [_milliseconds(partial(engine.upsert, [replace(s, revision=revision)])) for s in stories]
            if stop.exists():
                break
    return {"commits": float(len(times)), "commit_ms": float(np.median(times))}


def publishing(places: Places, stories: Iterable[IndexDocument]) -> Figures:
    """Median milliseconds to replace a story, and until an engine that was open all along finds a new one.

    Raises RuntimeError if it does not find it.
    """
    updates, findable = [], []
    with closing(places.open()) as writer, closing(places.open()) as reader:
        _ours(reader, (AskedQuery("hall", ""), np.zeros(0, dtype=np.float32)))
        for number, story in enumerate(stories):
            updates.append(_milliseconds(partial(writer.upsert, [replace(story, revision=2)])))
            word = f"zyx{number}"
            new = replace(story, story_id=f"new-{number}", title=word, uses={"research": None})
            began = perf_counter()
            writer.upsert([new])
            page = reader.search(parse(word), audience=READER, limit=_PAGE)
            findable.append(1000 * (perf_counter() - began))
            if [hit.story_id for hit in page.hits] != [new.story_id]:
                raise RuntimeError(f"The story {new.story_id} was published and is not found.")
    return {"update_ms": float(np.median(updates)), "publish_to_findable_ms": float(np.median(findable))}


def compared(ours: Sequence[float], theirs: Sequence[float]) -> dict[str, object]:
    """Percentiles of both in milliseconds and how many times theirs ours are; ours alone if they have nothing like
    it."""
    if not theirs:
        return {"engine": _percentiles(ours)}
    engine, fts5 = _percentiles(ours), _percentiles(theirs)
    return {"engine": engine, "fts5": fts5, "ratio": {name: engine[name] / fts5[name] for name in engine}}


class _InOneThread:
    """FTS5 with a connection for each thread, since a connection serves one."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._here = threading.local()

    def __call__(self, asked: Asked) -> float:
        if not hasattr(self._here, "database"):
            self._here.database = sqlite3.connect(self._path)
        return _milliseconds(partial(search_fts5, self._here.database, asked[0].fts5, limit=_PAGE))


def _at_once(ask: Callable[[Asked], float], asked_all: Sequence[Asked]) -> list[float]:
    with ThreadPoolExecutor(N_READERS) as readers:
        return list(readers.map(ask, asked_all))


def _both(engine: SearchEngine, database: sqlite3.Connection, asked: Asked) -> tuple[float, float | None]:
    expression = asked[0].fts5
    theirs = _milliseconds(partial(search_fts5, database, expression, limit=_PAGE)) if expression else None
    return _ours(engine, asked), theirs


def _ours(engine: SearchEngine, asked: Asked) -> float:
    """Milliseconds of a fused search with facets and snippets, the reading of the query included."""
    return _milliseconds(lambda: engine.search(_understood(asked), audience=READER, limit=_PAGE))


def _understood(asked: Asked) -> Query:
    query, vector = asked[0], asked[1] if len(asked[1]) else None
    parsed = parse(query.text)
    # An arrow is embedded as a sentence too, which costs a second look at all passages.
    return replace(parsed, embedding=vector, turn_embedding=vector if parsed.turn else None)


def _milliseconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return 1000 * (perf_counter() - began)


def _percentiles(times_ms: Sequence[float]) -> Figures:
    return {f"p{p}_ms": float(np.percentile(times_ms, p)) for p in (50, 95, 99)}


def _memory_mb() -> float:
    """What this process holds in memory now, nan where the system does not say."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    return next((float(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), float("nan"))
