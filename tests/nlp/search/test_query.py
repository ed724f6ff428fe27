"""What is understood of what people type; nothing they type is an error."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.search.language import Clause, Query
from nlp.search.query import LONGEST_QUERY, is_listing, parse, text_to_embed, understand

SIGNS = st.text(alphabet=st.sampled_from("ab é-\"“”'>=→OR:*()[]\\\x00\u0301\ud800\u200b\n\t"))


def word(text: str) -> Clause:
    return Clause((text,))


def phrase(*words: str) -> Clause:
    return Clause(words, is_phrase=True)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("food bank", Query("food bank", clauses=(word("food"), word("bank")))),
        ('"food bank" hall', Query('"food bank" hall', clauses=(word("hall"),), required=(phrase("food", "bank"),))),
        ("hall -pub", Query("hall -pub", clauses=(word("hall"),), excluded=(word("pub"),))),
        ('-"working men"', Query('-"working men"', excluded=(phrase("working", "men"),))),
        ("pub OR bar", Query("pub OR bar", clauses=(word("pub"), word("bar")))),
        ("  pub \n bar ", Query("pub bar", clauses=(word("pub"), word("bar")))),
        ("pub pub", Query("pub pub", clauses=(word("pub"),))),
        ("church -> food bank", Query("church -> food bank", clauses=(word("church"), word("food"), word("bank")))),
        ("church->food", Query("church->food", clauses=(word("church"), word("food")))),
        ("place:Leeds", Query("place:Leeds", clauses=(word("place"), word("Leeds")))),
        ("drop-in", Query("drop-in", clauses=(word("drop-in"),))),
    ],
)
def test_words_phrases_and_exclusions_are_told_apart(typed: str, expected: Query) -> None:
    assert parse(typed) == expected


@pytest.mark.parametrize("typed", ['"open hall', 'hall" open', "- open - hall", "(open AND hall", "open\\ hall*"])
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
    assert all(clause.words and all(clause.words) for clause in (*query.clauses, *query.required, *query.excluded))


@settings(deadline=None)
@given(st.lists(st.sampled_from(["hall", "pub", "library"]), min_size=1))
def test_plain_words_are_all_asked_for(words: list[str]) -> None:
    query = parse(" ".join(words))
    assert [clause.words[0] for clause in query.clauses] == list(dict.fromkeys(words))
