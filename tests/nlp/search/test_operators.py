"""Every sign of the query language, on each engine; hostile queries; and what an audience may not see."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlp.search import SearchEngine
from nlp.types import IndexDocument, IndexRepurposing
from tests.nlp.search.conftest import PUBLIC, Find, asked, ids, story

HALL = story(
    "hall",
    "Soup in the vestry",
    "Forty volunteers cooked soup in the cold chapel hall. “We were never strangers.”",
    organisation="Chapel Trust",
    place="England / North West / Stockport / Brinnington",
    quotes=("We were never strangers.",),
    themes="Food",
    theme_scores={"food": 0.9},
    repurposings=(
        IndexRepurposing(
            "vestry became soup kitchen", to="soup kitchen", from_="vestry", trigger="the river flooded",
            trigger_kind="flood", from_category="faith", to_category="food", is_confirmed=True,
        ),
    ),
    facets={
        "theme": ("food",), "year": ("2021",), "place": ("England", "England / North West"),
        "repurposed_from": ("faith",), "repurposed_to": ("food",),
    },
)  # fmt: skip
CLUB = story(
    "club",
    "Needles at the club",
    "The volunteer nurses were warm to strangers at the rowing club.",
    organisation="Rowing Club",
    place="Wales / Cardiff",
    themes="Physical health",
    theme_scores={"physical-health": 0.8},
    repurposings=(
        IndexRepurposing(
            "boathouse became clinic", to="clinic", from_="boathouse", from_category="sport",
            to_category="health-care", score=0.6,
        ),
    ),
    facets={"theme": ("physical-health",), "year": ("2019",), "place": ("Wales",), "repurposed_to": ("health-care",)},
)  # fmt: skip


@pytest.fixture
def filled(engine: SearchEngine) -> SearchEngine:
    engine.upsert([HALL, CLUB])
    return engine


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("volunteering", {"hall", "club"}),
        ("volunteer*", {"hall", "club"}),
        ("vestri~", {"hall"}),
        ('"cold chapel"', {"hall"}),
        ('"volunteers chapel"~8', {"hall"}),
        ('"volunteers chapel"~1', set()),
        ("volunteers -soup", {"club"}),
        ('"cold chapel" OR "rowing club"', {"hall", "club"}),
        ("title:needles", {"club"}),
        ("title:volunteers", set()),
        ("quote:strangers", {"hall"}),
        ("org:rowing", {"club"}),
        ("place:Brinnington", {"hall"}),
        ("region:Wales", {"club"}),
        ("theme:food", {"hall"}),
        ("year:2021", {"hall"}),
        ("year:2018..2020", {"club"}),
        ("from:vestry", {"hall"}),
        ("to:clinic", {"club"}),
        ("because:flood", {"hall"}),
        ("vestry -> kitchen", {"hall"}),
        ("* -> clinic", {"club"}),
        ("boathouse -> *", {"club"}),
        ("vestry -> * because:flood", {"hall"}),
        ("boathouse -> * because:flood", set()),
        ("* -> * status:confirmed", {"hall"}),
        ("* -> * status:suggested", {"club"}),
        ("to:*", {"hall", "club"}),
        ("from:vestry OR from:boathouse", {"hall", "club"}),
        ('to:"soup kitchen"', {"hall"}),
        ('to:"kitchen soup"', {"hall"}),
        ("volunteers -from:vestry", {"club"}),
        ("volunteers -title:needles", {"hall"}),
        ("volunteers -theme:food", {"club"}),
        ("volunteers -region:Wales", {"hall"}),
        ("volunteers -year:2021", {"club"}),
        ("volunteers -nurs*", {"hall"}),
        ("year:..2019", {"club"}),
        ("year:2020..", {"hall"}),
        ("region:Wales OR region:Scotland", {"club"}),
        ('title:"soup in the vestry"', {"hall"}),
        ("volunteers use:website", {"hall", "club"}),
        ("volunteers use:press", set()),
        ("VÉSTRY", {"hall"}),
        ("théme:food", {"hall"}),
    ],
)
def test_each_sign_finds_what_it_says(filled: SearchEngine, find: Find, typed: str, found: set[str]) -> None:
    page = find(typed)
    assert set(ids(page)) == found
    assert page.total == len(found)
    assert set(filled.matching(asked(typed), audience=PUBLIC)) == found


@pytest.mark.parametrize(
    "typed",
    [
        "(" * 400, '"' * 401, "-" * 300 + "soup", "a OR " * 120, "->" * 200, "* " * 200, "theme:" * 60,
        "\\w+(a+)+$ [^x]* soup{9}", "\u202eeno pot\u202c soup \u0661", "year:9999..0001", '"a b"~999 ' * 40,
        "x" * 500, " ".join(f"w{i}" for i in range(150)), "from:to:from: -> ->", "\ud800 soup",
    ],
)  # fmt: skip
def test_hostile_queries_are_answered_quickly_and_never_an_error(
    filled: SearchEngine, find: Find, typed: str
) -> None:
    began = time.process_time()
    page = find(typed)
    assert time.process_time() - began < 2
    assert set(ids(page)) <= {"hall", "club"}


SECRET = "zanzibar"
WORDS = ("soup", "volunteers", "chapel", SECRET, "kitchen", "vestry", "food", "Wales", "strangers", "2021", "*")
SIGNS = ("", "-", "title:", "quote:", "org:", "place:", "region:", "theme:", "year:", "from:", "to:", "because:",
         "use:", "status:", "-> ")  # fmt: skip
pieces = st.builds(lambda sign, word, end: f"{sign}{word}{end}", st.sampled_from(SIGNS), st.sampled_from(WORDS),
                   st.sampled_from(("", "*", "~", " OR", " ->")))  # fmt: skip


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.lists(pieces, min_size=1, max_size=5).map(" ".join))
def test_however_it_is_asked_nothing_shows_a_story_that_the_audience_may_not_see(
    filled: SearchEngine, find: Find, typed: str
) -> None:
    for secret in _secrets():
        if secret.story_id not in filled.versions():
            filled.upsert([secret])
    page, without = find(typed), set(filled.matching(asked(typed), audience=PUBLIC))
    shown = [page.suggestion or "", *(snippet.text for hit in page.hits for snippet in hit.snippets)]
    assert set(ids(page)) <= {"hall", "club"}
    assert without <= {"hall", "club"}
    assert page.total == len(without)
    assert not any(SECRET in text for text in shown) or SECRET in typed
    values = {value for counts in page.facets.values() for value, _ in counts}
    assert "secret-theme" not in values
    assert all(count <= 2 for counts in page.facets.values() for _, count in counts)


def _secrets() -> list[IndexDocument]:
    fields = {
        "organisation": SECRET, "place": f"Wales / {SECRET}", "quotes": (SECRET,),
        "facets": {"theme": ("secret-theme", "food"), "year": ("2021",), "place": ("Wales",)},
        "repurposings": (IndexRepurposing(f"vestry became {SECRET}", to=SECRET, from_="vestry"),),
    }  # fmt: skip
    body = f"Soup for volunteers in the {SECRET} chapel kitchen."
    return [
        story("internal", f"Soup {SECRET}", body, uses={"internal": None}, **fields),
        story("expired", f"Soup {SECRET}", body, uses={"website": date(2001, 1, 1)}, **fields),
    ]
