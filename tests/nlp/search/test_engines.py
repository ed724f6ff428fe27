"""What every search engine promises; each test runs on each engine."""

from __future__ import annotations

import threading
import unicodedata
from datetime import date, timedelta

import pytest

from nlp.search import SearchEngine
from nlp.types import Audience, IndexDocument, IndexRepurposing
from tests.nlp.search.conftest import PUBLIC, STAFF, TODAY, Find, asked, ids, story

CHURCH = story("church", "The church that cooks", "Our church hall became a food bank.\nForty volunteers came.")
PUB = story("pub", "Last orders", "The village pub turned into a shop and a library.\nBooks stand on the bar.")
GYM = story("gym", "Sports hall of care", "The gym was a vaccination centre for a winter.\nNurses loved the light.")


def test_an_engine_that_was_never_written_to_finds_nothing(engine: SearchEngine, find: Find) -> None:
    assert find("church").total == 0
    assert find("").hits == ()
    assert engine.similar("church", audience=PUBLIC, limit=5) == []
    assert engine.versions() == {}


def test_any_of_the_words_is_enough_and_more_rank_higher(engine: SearchEngine, find: Find) -> None:
    engine.upsert([CHURCH, PUB, GYM])
    page = find("library hall food")
    assert ids(page)[0] == "church"
    assert set(ids(page)) == {"church", "pub", "gym"}
    assert page.total == 3


def test_or_between_words_changes_nothing(engine: SearchEngine, find: Find) -> None:
    engine.upsert([CHURCH, PUB, GYM])
    assert ids(find("library OR food")) == ids(find("library food"))


def test_an_empty_query_lists_all_that_is_visible_newest_first(engine: SearchEngine, find: Find) -> None:
    dates = {"a": date(2020, 1, 1), "b": date(2022, 1, 1), "c": None, "d": date(2021, 1, 1)}
    engine.upsert([story(key, key, "text", published=day) for key, day in dates.items()])
    engine.upsert([story("hidden", "hidden", "text", uses={"internal": None}, published=TODAY)])
    page = find("")
    assert ids(page) == ["b", "d", "a", "c"]
    assert page.total == 4


def test_what_was_found_can_be_sorted_by_day_and_by_evidence(engine: SearchEngine, find: Find) -> None:
    fact, confirmed = IndexRepurposing("x", "y"), IndexRepurposing("x", "y", is_confirmed=True)
    engine.upsert(
        [
            story("old", "hall hall", "x", published=date(2020, 1, 1), repurposings=(confirmed,)),
            story("new", "pub", "hall", published=date(2022, 1, 1), quotes=("Well.",)),
            story("mid", "hall", "x", published=date(2021, 1, 1), repurposings=(fact, fact)),
        ]
    )
    assert ids(find("hall", sort="newest")) == ["new", "mid", "old"]
    assert ids(find("hall", sort="evidence")) == ["old", "mid", "new"]
    assert ids(find("hall", sort="newest", limit=1, offset=1)) == ["mid"]


def test_matching_gives_every_id_that_the_pages_show(engine: SearchEngine, find: Find) -> None:
    engine.upsert([story(f"s{n:02}", f"Hall {n}", "hall " * (n + 1)) for n in range(25)])
    engine.upsert([story("hidden", "hall", "hall", uses={"internal": None})])
    everything = engine.matching(asked("hall"), audience=PUBLIC)
    assert list(everything) == ids(find("hall", limit=100))
    engine.upsert([story("food", "hall", "hall", facets={"theme": ("food",)})])
    assert engine.matching(asked("hall", theme=("food",)), audience=PUBLIC) == ("food",)


def test_an_empty_query_with_filters_lists_what_they_leave(engine: SearchEngine, find: Find) -> None:
    engine.upsert([story("a", "a", "x", facets={"theme": ("food",)}), story("b", "b", "x")])
    assert ids(find("", theme=("food",))) == ["a"]


def test_a_text_without_any_word_finds_nothing(engine: SearchEngine, find: Find) -> None:
    engine.upsert([CHURCH])
    assert find("?!…").total == 0
    assert find("the of and").total == 0


def test_pages_follow_each_other_without_gap_or_repeat(engine: SearchEngine, find: Find) -> None:
    engine.upsert([story(f"s{n:02}", f"Hall {n}", "hall " * (n + 1)) for n in range(25)])
    paged = [key for offset in range(0, 30, 10) for key in ids(find("hall", limit=10, offset=offset))]
    assert paged == ids(find("hall", limit=100))
    assert len(set(paged)) == 25


def test_upserting_twice_is_one_hit_with_the_newer_text(engine: SearchEngine, find: Find) -> None:
    engine.upsert([CHURCH])
    engine.upsert([story("church", "The chapel", "Now a cinema.", revision=2)])
    assert find("food").total == 0
    page = find("cinema")
    assert ids(page) == ["church"]
    assert page.hits[0].title == "The chapel"
    assert engine.versions() == {"church": 2}


def test_the_last_of_two_documents_in_one_call_stays(engine: SearchEngine, find: Find) -> None:
    engine.upsert([CHURCH, story("church", "The chapel", "Now a cinema.", revision=2)])
    assert find("church").total == 0
    assert find("").total == 1
    assert engine.versions() == {"church": 2}


def test_a_deleted_story_is_gone_and_unknown_ids_are_ignored(engine: SearchEngine, find: Find) -> None:
    engine.upsert([CHURCH, PUB])
    engine.delete(["church", "nobody"])
    assert find("church food library").total == 1
    assert engine.versions() == {"pub": 1}
    assert engine.similar("church", audience=PUBLIC, limit=5) == []


def test_a_rebuild_holds_the_new_documents_and_no_others(engine: SearchEngine, find: Find) -> None:
    engine.upsert([CHURCH])
    engine.rebuild(iter([PUB, GYM]))
    assert ids(find("church")) == []
    assert engine.versions() == {"pub": 1, "gym": 1}


@pytest.mark.parametrize("typed", ["Café", "cafe", "CAFÉ"])
def test_accents_and_case_make_no_difference(engine: SearchEngine, find: Find, typed: str) -> None:
    engine.upsert([story("nfc", "Café Noël", "x"), story("nfd", unicodedata.normalize("NFD", "Café Noël"), "x")])
    assert ids(find(unicodedata.normalize("NFC", typed))) == ["nfc", "nfd"]
    assert ids(find(unicodedata.normalize("NFD", typed))) == ["nfc", "nfd"]


def test_british_and_american_spellings_meet(engine: SearchEngine, find: Find) -> None:
    engine.upsert([story("uk", "Neighbourhood organisation", "The theatre centre."), PUB])
    for word in ("neighborhood", "organization", "organizing", "theater", "centers"):
        assert ids(find(word)) == ["uk"], word


def test_hyphens_and_possessives_make_no_difference(engine: SearchEngine, find: Find) -> None:
    engine.upsert([story("coop", "The co-op", "A men's club."), PUB])
    for text in ("co-op", "coop", "mens club", "men’s"):
        assert ids(find(text)) == ["coop"], text


def test_a_phrase_is_required_in_order_and_in_one_field(engine: SearchEngine, find: Find) -> None:
    engine.upsert(
        [
            story("exact", "x", "They opened a food bank here."),
            story("apart", "x", "The bank gave food."),
            story("fields", "About food", "Bank holiday."),
        ]
    )
    assert ids(find('"food bank"')) == ["exact"]
    assert ids(find('"food bank" holiday gave', with_meaning=True)) == ["exact"]


def test_stop_words_in_a_phrase_keep_their_place(engine: SearchEngine, find: Find) -> None:
    engine.upsert(
        [story("a", "x", "A place of worship."), story("b", "x", "A place to worship and a place worship.")]
    )
    assert set(ids(find('"place of worship"'))) == {"a", "b"}
    engine.upsert([story("b", "x", "A place worship.", revision=2)])
    assert ids(find('"place of worship"')) == ["a"]


def test_excluded_words_and_phrases_hide_stories_found_by_words_or_meaning(engine: SearchEngine, find: Find) -> None:
    engine.upsert([CHURCH, PUB, GYM])
    assert set(ids(find("hall -church", with_meaning=True))) == {"gym"}
    assert set(ids(find('hall -"church hall"'))) == {"gym"}
    assert set(ids(find("-church"))) == {"pub", "gym"}


def test_meaning_finds_a_story_without_a_common_word_and_shows_why(engine: SearchEngine, find: Find) -> None:
    engine.upsert([story("soup", "Soup", "Chairs were stacked.\nMeals for the hungry."), PUB])
    assert find("pantry").total == 0
    page = find("pantry", with_meaning=True)
    assert ids(page) == ["soup"]
    assert page.hits[0].snippets[0].text == "Meals for the hungry."
    assert page.hits[0].snippets[0].highlights == ()


def test_without_embeddings_words_alone_decide(engine: SearchEngine, find: Find) -> None:
    engine.upsert([story("soup", "Soup", "Meals for all.", embedded=False)])
    assert find("pantry", with_meaning=True).total == 0
    assert ids(find("meals", with_meaning=True)) == ["soup"]


def test_a_title_that_is_the_query_comes_first(engine: SearchEngine, find: Find) -> None:
    others = [story(f"s{n}", "Library news", "library library books library books") for n in range(5)]
    engine.upsert([*others, story("named", "Library books", "We mend bicycles."), PUB])
    assert ids(find("library books", with_meaning=True))[0] == "named"


def test_a_story_with_the_words_in_order_is_above_one_found_by_meaning_alone(
    engine: SearchEngine, find: Find
) -> None:
    near = [story(f"near{n}", "x", "Pantry pantry hungry.") for n in range(8)]
    long = "We tell of many other things first and last, of weather and of roads. "
    engine.upsert([*near, story("exact", "x", long * 5 + "Hot meals, served daily. " + long * 5)])
    assert ids(find("meals served", with_meaning=True))[0] == "exact"


@pytest.mark.parametrize("with_meaning", [False, True])
def test_the_audience_hides_everything_of_a_story(engine: SearchEngine, find: Find, with_meaning: bool) -> None:
    secret = story(
        "secret",
        "A refuge in the chapel",
        "The refuge was a chapel.\nNobody knows the sanctuary.",
        uses={"internal": None},
        facets={"theme": ("refuge",)},
    )
    open_story = story("open", "A chapel", "The chapel is a cinema.", facets={"theme": ("arts",)})
    engine.upsert([open_story])
    without = [find(q, with_meaning=with_meaning) for q in ("chapel", "refuge", "sanctuery", "")]
    engine.upsert([secret])
    assert [find(q, with_meaning=with_meaning) for q in ("chapel", "refuge", "sanctuery", "")] == without
    assert engine.similar("open", audience=PUBLIC, limit=5) == []
    assert engine.similar("secret", audience=PUBLIC, limit=5) == []
    assert find("sanctuery", audience=STAFF).suggestion == "sanctuary"
    assert set(ids(find("chapel", audience=STAFF))) == {"open", "secret"}
    assert find("", audience=STAFF).facets["theme"] == (("arts", 1), ("refuge", 1))


def test_hidden_stories_do_not_even_change_scores(engine: SearchEngine, find: Find) -> None:
    engine.upsert([CHURCH, PUB, GYM])
    before = find("church hall food library", with_meaning=True)
    engine.upsert([story(f"h{n}", "Church food", "library hall " * 9, uses={"internal": None}) for n in range(9)])
    assert find("church hall food library", with_meaning=True) == before


def test_consent_ends_on_the_day_it_names(engine: SearchEngine, find: Find) -> None:
    engine.upsert([story("a", "Hall", "x", uses={"website": TODAY, "internal": TODAY + timedelta(days=1)})])
    day_before = Audience(frozenset({"website"}), TODAY - timedelta(days=1))
    assert find("hall", audience=day_before).total == 1
    assert find("hall", audience=PUBLIC).total == 0
    assert find("hall", audience=STAFF).total == 1
    assert find("hall", audience=Audience(frozenset(), TODAY)).total == 0
    assert find("hall", audience=Audience(frozenset({"press"}), TODAY)).total == 0


def test_facets_count_what_was_found_and_leave_their_own_filter_out(engine: SearchEngine, find: Find) -> None:
    engine.upsert(
        [
            story("a", "hall", "x", facets={"theme": ("food", "youth"), "year": ("2020",)}),
            story("b", "hall", "x", facets={"theme": ("food",), "year": ("2021",)}),
            story("c", "hall", "x", facets={"theme": ("arts",), "year": ("2021",)}),
            story("d", "pub", "x", facets={"theme": ("arts",), "year": ("2021",)}),
        ]
    )
    page = find("hall", theme=("food",))
    assert set(ids(page)) == {"a", "b"}
    assert page.total == 2
    assert page.facets["theme"] == (("food", 2), ("arts", 1), ("youth", 1))
    assert page.facets["year"] == (("2020", 1), ("2021", 1))
    assert page.facets["trigger"] == ()
    both = find("hall", theme=("food", "arts"), year=("2021",))
    assert set(ids(both)) == {"b", "c"}
    assert both.facets["theme"] == (("arts", 1), ("food", 1))


def test_an_unknown_facet_is_refused(engine: SearchEngine, find: Find) -> None:
    engine.upsert([CHURCH])
    with pytest.raises(ValueError, match="colour"):
        find("church", colour=("red",))


def test_snippets_show_the_passage_with_the_words(engine: SearchEngine, find: Find) -> None:
    engine.upsert([CHURCH])
    snippet = find("volunteering").hits[0].snippets[0]
    assert snippet.text == "Forty volunteers came."
    assert [snippet.text[start:end] for start, end in snippet.highlights] == ["volunteers"]


def test_a_second_snippet_is_shown_for_a_word_that_the_first_lacks(engine: SearchEngine, find: Find) -> None:
    engine.upsert([CHURCH])
    shown = find("church food volunteers").hits[0].snippets
    assert [snippet.text for snippet in shown] == ["Our church hall became a food bank.", "Forty volunteers came."]


def test_markup_in_a_story_stays_text(engine: SearchEngine, find: Find) -> None:
    engine.upsert([story("x", "x", "<b>bold</b> & <script>hall()</script>")])
    assert find("hall").hits[0].snippets[0].text == "<b>bold</b> & <script>hall()</script>"


def test_a_misspelt_word_is_suggested_as_visible_stories_write_it(engine: SearchEngine, find: Find) -> None:
    engine.upsert([CHURCH, PUB])
    assert find("chruch libary").suggestion == "church library"
    assert find("church library").suggestion is None
    assert find("xylophones").suggestion is None


def test_similar_stories_share_passages_and_never_include_the_story(engine: SearchEngine) -> None:
    soup = story("soup", "Soup", "Meals for the hungry volunteers.\nFood bank of the church hall.")
    engine.upsert([CHURCH, soup, PUB, story("bare", "Bare", "church hall food bank", embedded=False)])
    near = engine.similar("church", audience=PUBLIC, limit=5)
    assert [hit.story_id for hit in near] == ["soup"]
    assert near[0].snippets[0].text == "Food bank of the church hall."
    assert engine.similar("bare", audience=PUBLIC, limit=5) == []
    assert engine.similar("nobody", audience=PUBLIC, limit=5) == []


def test_embeddings_of_another_width_are_refused_until_a_rebuild(engine: SearchEngine, find: Find) -> None:
    from dataclasses import replace

    from tests.nlp.search.conftest import embed

    engine.upsert([CHURCH])
    narrow = replace(PUB, passages=tuple(replace(p, embedding=embed(p.text, 8)) for p in PUB.passages))
    with pytest.raises(ValueError, match="rebuild"):
        engine.upsert([GYM, narrow])
    assert engine.versions() == {"church": 1}
    engine.rebuild([narrow])
    assert ids(find("library", with_meaning=True)) == ["pub"]


def test_documents_that_cannot_be_read_to_their_end_change_nothing(engine: SearchEngine, find: Find) -> None:
    def broken() -> list[IndexDocument]:
        yield PUB  # type: ignore[misc]
        raise RuntimeError("The database went away.")

    engine.upsert([CHURCH])
    for write in (engine.upsert, engine.rebuild):
        with pytest.raises(RuntimeError):
            write(broken())
        assert engine.versions() == {"church": 1}
        assert ids(find("church library")) == ["church"]
    engine.upsert([PUB])
    assert engine.versions() == {"church": 1, "pub": 1}


def test_any_number_of_threads_may_search_while_one_writes(engine: SearchEngine) -> None:
    engine.upsert([CHURCH, PUB, GYM])
    failures: list[object] = []
    done = threading.Event()

    def read() -> None:
        query = asked("church library hall", with_meaning=True)
        while not done.is_set():
            found = set(ids(engine.search(query, audience=PUBLIC, limit=10)))
            if not {"church", "pub"} <= found:
                failures.append(found)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for revision in range(2, 8):
        engine.upsert([story("pub", "Last orders", "A library in a pub.", revision=revision)])
    engine.rebuild([CHURCH, PUB])
    done.set()
    for reader in readers:
        reader.join()
    assert failures == []
