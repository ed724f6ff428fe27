"""What is read in a query beyond its words: themes, places, slips of the keys, and an arrow's own sentence."""

from __future__ import annotations

import pytest

from nlp.embedding import open_embedder
from nlp.search import SearchEngine
from nlp.search.place_names import places_named
from nlp.search.reader import QueryReader
from nlp.search.slips import EnglishSpelling
from nlp.types import Theme
from tests.nlp.search.conftest import PUBLIC, story

CODEBOOK = (
    Theme("food", "Food", "Meals and pantries.", cues=("soup", "meal", "pantry")),
    Theme("transport", "Transport", "Buses and lifts.", cues=("bus", "minibus")),
)


class ShortDictionary:
    """Whoever knows a few words, the commonest first."""

    def has_word(self, word: str) -> bool:
        return word in self.common_words()

    def common_words(self) -> list[str]:
        return ["school", "bread", "larry", "supplies", "vegetable", "replies", "worry"]


@pytest.fixture(scope="module")
def reader() -> QueryReader:
    return QueryReader(open_embedder("hashing"), CODEBOOK)


def test_a_query_is_read_for_themes_as_stories_are(reader: QueryReader) -> None:
    themes = reader.read("a hot meal and soup").knowledge.themes
    assert next(iter(themes)) == "food"
    assert themes["food"] > 2 * themes.get("transport", 0.0)
    assert QueryReader(open_embedder("hashing")).read("soup").knowledge.themes == {}


def test_an_arrow_is_said_in_a_sentence_and_other_queries_are_not(reader: QueryReader) -> None:
    said = reader.read("church or chapel -> *").turn_embedding
    alike = reader.embedder.embed(["church or chapel became something else (faith)"])[0]
    assert said is not None
    assert float(said @ alike) == pytest.approx(1.0)
    assert reader.read("soup").turn_embedding is None


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("scool", "school"),
        ("suplies", "supplies"),
        ("vegtables", "vegetable"),
        ("vegtable", "vegetable"),
        ("bereavment", None),
        ("lorry", None),  # neither Larry nor worry
        ("school", None),
        ("scho", None),
    ],
)
def test_a_slip_is_told_by_the_nearest_common_word_that_begins_alike(word: str, meant: str | None) -> None:
    assert EnglishSpelling(ShortDictionary()).meant(word) == meant
    assert EnglishSpelling(object()).meant(word) is None


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("bereavement", None),  # its stem is two letters from that of "bread"
        ("vegtables", "vegetables"),  # whose stems are three letters apart
        ("bred", "bread"),
    ],
)
def test_a_suggestion_is_near_as_it_is_written(engine: SearchEngine, typed: str, suggested: str | None) -> None:
    engine.upsert([story("a", "Bread and vegetables", "Bread, and vegetables from the allotment.")])
    query = QueryReader(open_embedder("hashing")).read(typed)
    assert engine.search(query, audience=PUBLIC, limit=1).suggestion == suggested


def test_what_a_field_could_not_take_is_no_slip_either() -> None:
    class Known(type(open_embedder("hashing"))):  # type: ignore[misc]
        has_word = ShortDictionary.has_word
        common_words = ShortDictionary.common_words

    assert "school" in QueryReader(Known()).read("pool year:school").well_spelt


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Scottish islands", "orkney islands"),
        ("Welsh valleys", "south wales valleys"),
        ("a Northern Irish pub", "northern ireland"),
        ("youth clubs in Glasgow", "glasgow city"),
        ("rural Scotland", "scotland"),
        ("a cornish harbour", "cornwall"),
    ],
)
def test_people_of_a_place_and_parts_of_the_country_name_it(text: str, named: str) -> None:
    assert named in places_named(text)


def test_a_language_is_no_place() -> None:
    assert places_named("English classes") == ()
