"""What is left in the files of the index of a story that is gone: read byte by byte, as a thief would."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from nlp.search import EngineUnavailable
from nlp.search.whoosh_engine import WhooshEngine
from tests.nlp.search.conftest import PUBLIC, asked, ids, story

SECRET = b"quernston"
"""As the analyzer stems “quernstone”, and as it begins in the text itself."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def engine(home: Path) -> Iterator[WhooshEngine]:
    with closing(WhooshEngine(home)) as opened:
        opened.upsert([story(f"other-{n}", "The hall", "A hall that became a kitchen.") for n in range(9)])
        opened.upsert([story("a", "The quernstone", "A quernstone in the hall."), story("b", "Church", "A choir.")])
        yield opened


def holding(home: Path) -> set[str]:
    """Names of the files that hold the secret."""
    return {path.name for path in home.rglob("*") if path.is_file() and SECRET in path.read_bytes()}


def test_no_file_holds_a_word_of_a_deleted_story_once_the_index_is_purged(engine: WhooshEngine, home: Path) -> None:
    engine.delete(["a"])
    assert holding(home)
    engine.purge()
    assert holding(home) == set()


def test_no_file_holds_a_word_that_was_taken_out_of_a_text(engine: WhooshEngine, home: Path) -> None:
    engine.upsert([story("a", "The stone", "A stone in the library.", revision=2)])
    assert holding(home)
    engine.purge()
    assert holding(home) == set()


def test_a_reader_that_is_open_finds_the_rest_as_before(engine: WhooshEngine) -> None:
    assert ids(engine.search(asked("quernstone"), audience=PUBLIC, limit=5)) == ["a"]
    engine.delete(["a"])
    engine.purge()
    assert engine.search(asked("quernstone"), audience=PUBLIC, limit=5).total == 0
    assert ids(engine.search(asked("choir"), audience=PUBLIC, limit=5)) == ["b"]
    assert engine.search(asked("kitchen"), audience=PUBLIC, limit=5).total == 9
    assert len(engine.versions()) == 10


def test_an_index_of_which_all_is_gone_is_empty_and_can_be_written_to(engine: WhooshEngine, home: Path) -> None:
    engine.delete(list(engine.versions()))
    engine.purge()
    assert engine.versions() == {}
    assert holding(home) == set()
    engine.upsert([story("c", "Market", "A market.")])
    assert ids(engine.search(asked("market"), audience=PUBLIC, limit=5)) == ["c"]


def test_what_an_interrupted_writer_left_is_not_settled_by_a_purge(
    engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> None:
        raise OSError("The disk is full.")

    with monkeypatch.context() as broken:
        broken.setattr("nlp.search.whoosh_writing._forget", fail)
        with pytest.raises(EngineUnavailable):
            engine.upsert([story("c", "Market", "A market.")])
    engine.purge()
    assert "c" not in engine.versions()
