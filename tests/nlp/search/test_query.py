"""What is understood of what people type; nothing they type is an error."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.search.explain import explain
from nlp.search.language import LONGEST_QUERY, Clause, Fact, Query, Side
from nlp.search.needs import is_listing, text_to_embed, understand
from nlp.search.query import parse

SIGNS = st.lists(
    st.sampled_from(
        ["a", "b", "é", *" -\"“”'>=→:*~.()[]\\\x00\u0301\ud800\u200b\n\t", " OR ", "year:", "use:", "from:", "2020"]
    )
).map("".join)


def word(text: str) -> Clause:
    return Clause((text,))


def phrase(*words: str) -> Clause:
    return Clause(words, "phrase")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("food bank", Query("food bank", clauses=(word("food"), word("bank")))),
        (
            '"food bank" hall',
            Query('"food bank" hall', clauses=(word("hall"),), required=((phrase("food", "bank"),),)),
        ),
        ("hall -pub", Query("hall -pub", clauses=(word("hall"),), excluded=(word("pub"),))),
        ('-"working men"', Query('-"working men"', excluded=(phrase("working", "men"),))),
        ("pub OR bar", Query("pub OR bar", required=((word("pub"), word("bar")),))),
        ("to:*", Query("to:*", fact=Fact(to=Side(())))),
        ("volunt*", Query("volunt*", required=((Clause(("volunt",), "prefix"),),))),
        ("demetia~", Query("demetia~", required=((Clause(("demetia",), "fuzzy"),),))),
        ('"a hall"~5', Query('"a hall"~5', required=((Clause(("a", "hall"), "near", distance=5),),))),
        ("year:2020..", Query("year:2020..", required=((Clause(("2020", ""), "range", "year"),),))),
        ("use:press", Query("use:press", uses=frozenset({"press"}))),
        ("  pub \n bar ", Query("pub bar", clauses=(word("pub"), word("bar")))),
        ("pub pub", Query("pub pub", clauses=(word("pub"),))),
        ("place:Leeds", Query("place:Leeds", required=((Clause(("Leeds",), field="place"),),))),
        ("drop-in", Query("drop-in", clauses=(word("drop-in"),))),
    ],
)
def test_words_phrases_and_exclusions_are_told_apart(typed: str, expected: Query) -> None:
    assert parse(typed) == expected


@pytest.mark.parametrize("typed", ['"open hall', 'hall" open', "- open - hall", "(open AND hall", "open\\ hall/"])
def test_what_cannot_be_read_is_searched_as_its_words(typed: str) -> None:
    query = parse(typed)
    assert {"open", "hall"} <= {clause.words[0] for clause in query.clauses}
    assert not query.required
    assert not query.excluded


def test_only_the_first_characters_of_a_long_query_are_used() -> None:
    query = parse("hall " * 1000)
    assert len(query.text) <= LONGEST_QUERY
    assert query.clauses == (word("hall"),)


def test_the_text_to_embed_leaves_exclusions_and_signs_out() -> None:
    assert text_to_embed(parse('church -> "food bank" -pub -"working men"')) == "church food bank"


def test_an_empty_text_and_mere_exclusions_list_everything() -> None:
    assert is_listing(parse(""))
    assert is_listing(parse("-pub"))
    assert not is_listing(parse("?!"))
    assert not is_listing(parse("pub"))


@settings(deadline=None)
@given(st.one_of(st.text(), SIGNS))
def test_no_text_is_an_error_and_what_was_used_reads_the_same_again(typed: str) -> None:
    query = parse(typed)
    assert len(query.text) <= LONGEST_QUERY
    assert parse(query.text) == query
    understand(query)
    text_to_embed(query)
    query.text.encode("utf-8")
    conditions = [clause for group in query.required for clause in group]
    assert all(clause.words for clause in (*query.clauses, *conditions, *query.excluded))
    assert all(0 <= problem.start < problem.end <= len(query.text) for problem in query.problems)
    assert all(0 <= part.start < part.end <= len(query.text) for part in explain(query))


@settings(deadline=None)
@given(st.lists(st.sampled_from(["hall", "pub", "library"]), min_size=1))
def test_plain_words_are_all_asked_for(words: list[str]) -> None:
    query = parse(" ".join(words))
    assert [clause.words[0] for clause in query.clauses] == list(dict.fromkeys(words))


def arrow(typed: str) -> tuple[object, object]:
    turn = parse(typed).turn
    assert turn is not None
    return (turn.from_.phrases if turn.from_ else None, turn.to.phrases if turn.to else None)


@pytest.mark.parametrize(
    ("typed", "from_", "to"),
    [
        ("sports hub -> kitchen", (("sports", "hub"),), (("kitchen",),)),
        ("church->food", (("church",),), (("food",),)),
        ("* -> food", None, (("food",),)),
        ("library → something else", (("library",),), None),
        ("an old court or a police station -> shelter", (("court",), ("police", "station")), (("shelter",),)),
        ("chapel turned into a library", (("chapel",),), (("library",),)),
        ("pub became shop", (("pub",),), (("shop",),)),
        ("hotel or guest house to shelter", (("hotel",), ("guest", "house")), (("shelter",),)),
        ("shop to help or advice", (("shop",),), (("help",), ("advice",))),
    ],
)
def test_an_arrow_or_plain_words_say_what_became_what(typed: str, from_: object, to: object) -> None:
    assert arrow(typed) == (from_, to)


@pytest.mark.parametrize(
    "typed",
    [
        "getting prescriptions to people",
        "a man who won't go to the doctor",
        "how to run a library",
        "a -> ",
        "health checks close to home",
        "a business lending its shop to a food bank",
        "residents refusing to be turned into flats",
        "the chapel that was never turned into a pub",
        "plans to have the library converted into offices",
    ],
)  # fmt: skip
def test_a_to_that_says_no_change_is_no_arrow(typed: str) -> None:
    turn = parse(typed).turn
    assert turn is None or turn.to is None


def test_from_to_because_and_status_ask_for_one_change() -> None:
    fact = parse('from:church to:"food bank" because:flood status:confirmed').fact
    assert fact == Fact(
        Side((("church",),)), Side((("food", "bank"),), is_literal=True), Side((("flood",),)), status="confirmed"
    )
    assert parse("from:church OR from:chapel").fact == Fact(Side((("church",), ("chapel",))))
    assert parse("-to:flats").excluded_facts == (Fact(to=Side((("flats",),))),)


@pytest.mark.parametrize(
    ("typed", "start", "end", "says"),
    [
        ("hall year:soon", 5, 14, "year:2020"),
        ('hall "open', 5, 6, "quotation mark"),
        ("hall OR", 5, 7, "OR"),
        ("hall a*", 5, 7, "star"),
        ("hall abc~", 5, 9, "look-alikes"),
        ("status:maybe", 0, 12, "confirmed or suggested"),
        ("use:profit", 0, 10, "website"),
        ("topic:food", 0, 10, "no field"),
        ("a -> b -> c", 7, 9, "arrow"),
        ("aaa* bbb* ccc* ddd* eee*", 20, 24, "At most 4"),
    ],
)
def test_a_problem_points_at_its_characters_and_the_words_are_searched(
    typed: str, start: int, end: int, says: str
) -> None:
    query = parse(typed)
    [problem] = query.problems
    assert (problem.start, problem.end) == (start, end)
    assert says in problem.message


def test_what_was_understood_is_said_stretch_by_stretch() -> None:
    query = parse('quiet hall "food bank" -pub title:open sports hub -> kitchen')
    assert [(query.text[part.start : part.end], part.meaning) for part in explain(query)] == [
        ("quiet hall", "about “quiet hall”, the more of it the better"),
        ('"food bank"', "with “food bank”, word for word"),
        ("-pub", "without “pub”"),
        ("title:open", "with “open” in the title"),
        ("sports hub -> kitchen", "first of all stories in which “sports hub” became “kitchen”"),
    ]


@pytest.mark.parametrize(
    ("typed", "tells"),
    [("clubs that began feeding people", True), ("soup for beginners", False), ("Turned pages", True)],
)
def test_a_query_that_tells_of_a_change_is_known(typed: str, tells: bool) -> None:
    assert parse(typed).knowledge.tells_change is tells


@pytest.mark.parametrize(
    ("typed", "said", "with_quote"),
    [
        ("a warm story about bees, with a good line to quote", "bees,", True),
        ("something about a welcome, in their own words", "a welcome,", True),
        ("an upbeat piece about bees for the annual report", "bees", False),
        ("something for Refugee Week about a welcome", "Refugee about a welcome", False),
        ("case study of a mill", "a mill", False),
        ("what happens to the post when the shop closes", "what happens to the post when the shop closes", False),
        ("report on flooding", "report on flooding", False),
        ("Boxing Day", "Boxing Day", False),
    ],
)
def test_what_kind_of_story_is_wanted_is_not_looked_for_in_stories(typed: str, said: str, with_quote: bool) -> None:
    query = parse(typed)
    assert (" ".join(query.said), query.knowledge.with_quote) == (said, with_quote)
