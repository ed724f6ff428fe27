"""What only an engine on disk can get wrong: other processes, interruptions, and agreement with the exact one."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from whoosh.index import TOC

from nlp.search import EngineUnavailable, open_engine
from nlp.search.memory_engine import MemoryEngine
from nlp.search.whoosh_engine import WhooshEngine
from nlp.types import Audience, IndexDocument
from tests.nlp.search.conftest import PUBLIC, STAFF, TODAY, asked, ids, story

WORDS = [
    "church",
    "hall",
    "food",
    "bank",
    "library",
    "pub",
    "gym",
    "meal",
    "nurse",
    "school",
    "garden",
    "market",
    "cinema",
    "shop",
    "bus",
    "choir",
]

# Run in a process of its own, in the folder of the tests' vocabulary.
WRITER = """
import signal, sys
from nlp.search import open_engine
from nlp.types import IndexDocument
def documents(n):
    for number in range(n):
        yield IndexDocument(f"new-{number}", 1, "Fresh market", "A market.", {"website": None})
    if n > 1:
        print("halfway", flush=True)
        signal.pause()
engine = open_engine(sys.argv[1])
getattr(engine, sys.argv[2])(documents(int(sys.argv[3])))
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def engine(home: Path) -> Iterator[WhooshEngine]:
    with closing(WhooshEngine(home)) as opened:
        yield opened


def made_up(draw: random.Random, number: int) -> IndexDocument:
    def words(n: int) -> str:
        return " ".join(draw.choices(WORDS, k=n))

    return story(
        f"story-{number:02}",
        words(3),
        "\n".join(words(draw.randint(4, 12)) for _ in range(draw.randint(1, 4))),
        organisation=words(2),
        place=words(1),
        summary=words(5),
        uses={"website": None} if draw.random() < 0.7 else {"internal": TODAY + timedelta(days=1)},
        facets={"theme": (draw.choice(WORDS),)},
    )


@pytest.mark.parametrize("seed", range(4))
def test_rankings_facets_and_snippets_are_those_of_the_exact_engine(engine: WhooshEngine, seed: int) -> None:
    draw = random.Random(seed)
    stories = [made_up(draw, number) for number in range(40)]
    exact = MemoryEngine()
    exact.upsert(stories)
    for part in (stories[:25], stories[25:], stories[5:15]):
        engine.upsert(part)
    for target in (exact, engine):
        target.delete(["story-03", "story-30"])
    for _ in range(40):
        text = " ".join(draw.choices([*WORDS, '"food bank"', "-pub", '-"church hall"', "hungry", "markt"], k=3))
        query = asked(text, with_meaning=draw.random() < 0.5)
        if draw.random() < 0.3:
            query = replace(query, filters={"theme": tuple(draw.sample(WORDS, 6))})
        audience = draw.choice([PUBLIC, STAFF])
        ours = engine.search(query, audience=audience, limit=50)
        theirs = exact.search(query, audience=audience, limit=50)
        assert ids(ours) == ids(theirs), text
        assert [hit.score for hit in ours.hits] == pytest.approx([hit.score for hit in theirs.hits]), text
        assert [hit.snippets for hit in ours.hits] == [hit.snippets for hit in theirs.hits], text
        assert (ours.total, ours.facets, ours.suggestion) == (theirs.total, theirs.facets, theirs.suggestion)
    for document in stories[:10]:
        ours_near = engine.similar(document.story_id, audience=STAFF, limit=5)
        theirs_near = exact.similar(document.story_id, audience=STAFF, limit=5)
        assert [hit.story_id for hit in ours_near] == [hit.story_id for hit in theirs_near]


@pytest.mark.parametrize("work", ["rebuild", "upsert"])
def test_a_writer_that_is_killed_leaves_the_old_index_and_no_lock(
    engine: WhooshEngine, home: Path, work: str
) -> None:
    engine.upsert([story("old", "Old church", "A hall.")])
    writer = subprocess.Popen([sys.executable, "-c", WRITER, f"whoosh://{home}", work, "50"], stdout=subprocess.PIPE)
    with writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"halfway\n"
        assert ids(engine.search(asked("church market"), audience=PUBLIC, limit=5)) == ["old"]
        os.kill(writer.pid, signal.SIGKILL)
    with closing(WhooshEngine(home)) as other:
        assert other.versions() == {"old": 1}
        assert ids(other.search(asked("church market"), audience=PUBLIC, limit=5)) == ["old"]
        other.rebuild([story("new", "New church", "A market.")])
    assert ids(engine.search(asked("church market"), audience=PUBLIC, limit=5)) == ["new"]
    assert len(list(home.glob("generation-*"))) == 1


def test_a_reader_sees_what_another_process_commits(engine: WhooshEngine, home: Path) -> None:
    engine.upsert([story("old", "Old church", "A hall.")])
    assert engine.search(asked("market"), audience=PUBLIC, limit=5).total == 0
    subprocess.run([sys.executable, "-c", WRITER, f"whoosh://{home}", "upsert", "1"], check=True)
    assert ids(engine.search(asked("market"), audience=PUBLIC, limit=5)) == ["new-0"]
    assert engine.versions() == {"old": 1, "new-0": 1}


def fail(*_: object) -> None:
    raise OSError("No space left on device")


def test_a_commit_that_fails_changes_nothing_and_leaves_no_lock(
    engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.upsert([story("a", "Church", "A hall.")])
    with monkeypatch.context() as broken:
        broken.setattr(TOC, "write", fail)
        with pytest.raises(EngineUnavailable, match="No space left"):
            engine.upsert([story("a", "Chapel", "A hall.", revision=2), story("b", "Church", "x")])
        with pytest.raises(EngineUnavailable):
            engine.rebuild([story("c", "Church", "x")])
    assert engine.versions() == {"a": 1}
    assert ids(engine.search(asked("church chapel"), audience=PUBLIC, limit=5)) == ["a"]
    engine.upsert([story("a", "Chapel", "A hall.", revision=2)])
    assert engine.versions() == {"a": 2}
    assert engine.search(asked("church"), audience=PUBLIC, limit=5).total == 0


def test_consent_that_is_narrowed_holds_even_if_the_words_could_not_be_written(
    engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    both: dict[str, None] = {"website": None, "internal": None}
    engine.upsert([story("a", "Church", "x", uses={**both})])
    with monkeypatch.context() as broken:
        broken.setattr(TOC, "write", fail)
        with pytest.raises(EngineUnavailable):
            engine.upsert([story("a", "Church", "x", uses={"internal": None, "press": None}, revision=2)])
    press = Audience(frozenset({"press"}), TODAY)
    assert engine.search(asked("church"), audience=PUBLIC, limit=5).total == 0
    # The earlier text was never agreed for the press, so it does not become so with the later one.
    assert engine.search(asked("church"), audience=press, limit=5).total == 0
    assert engine.search(asked("church"), audience=STAFF, limit=5).total == 1
    assert engine.versions() == {"a": 1}


def test_a_deletion_holds_even_if_the_words_could_not_be_written(
    engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.upsert([story("a", "Church", "x"), story("b", "Church", "x")])
    with monkeypatch.context() as broken:
        broken.setattr(TOC, "write", fail)
        with pytest.raises(EngineUnavailable):
            engine.delete(["a"])
    assert ids(engine.search(asked("church"), audience=PUBLIC, limit=5)) == ["b"]
    assert engine.versions() == {"b": 1}


def test_words_that_were_lost_are_reported_as_nothing_indexed(engine: WhooshEngine, home: Path) -> None:
    engine.upsert([story("a", "Church", "x")])
    with closing(sqlite3.connect(next(home.glob("generation-*")) / "columns.sqlite")) as columns:
        columns.execute("UPDATE state SET value = value + 1 WHERE name = 'words'")
        columns.commit()
    with closing(WhooshEngine(home)) as other:
        assert other.versions() == {}


def test_a_second_writer_is_told_so(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from nlp.search import generations

    monkeypatch.setattr(generations, "_LOCK_TIMEOUT_S", 0.05)
    with (
        generations.writing(home),
        closing(WhooshEngine(home)) as other,
        pytest.raises(EngineUnavailable, match="Another process"),
    ):
        other.upsert([story("a", "Church", "x")])


def test_an_index_that_is_damaged_is_unavailable_and_a_rebuild_mends_it(engine: WhooshEngine, home: Path) -> None:
    engine.upsert([story("a", "Church", "x")])
    (next(home.glob("generation-*")) / "columns.sqlite").write_bytes(b"not a database, whatever it was" * 99)
    with closing(WhooshEngine(home)) as other:
        with pytest.raises(EngineUnavailable):
            other.search(asked("church"), audience=PUBLIC, limit=5)
        other.rebuild([story("a", "Church", "x")])
        assert other.search(asked("church"), audience=PUBLIC, limit=5).total == 1


def test_many_small_updates_keep_the_columns_and_the_words_together(engine: WhooshEngine) -> None:
    exact = MemoryEngine()
    draw = random.Random(7)
    for number in range(30):
        document = replace(made_up(draw, draw.randrange(8)), revision=number)
        engine.upsert([document])
        exact.upsert([document])
        query = asked("food church garden", with_meaning=True)
        ours, theirs = (e.search(query, audience=STAFF, limit=9) for e in (engine, exact))
        assert ids(ours) == ids(theirs)


@pytest.mark.parametrize("url", ["whoosh://relative", "whoosh:relative", "elastic://host", "", "memory"])
def test_an_address_that_names_no_engine_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="memory://"):
        open_engine(url)
