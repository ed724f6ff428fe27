"""What a page shows to narrow a search, and how a search is read and written."""

from webapp.services.asking import Asked
from webapp.services.narrowing import chips, place_tree, year_bars
from webapp.services.spreadsheet_safety import safe_cell


def read(**fields: object) -> Asked:
    return Asked.from_stored(fields)


def test_a_search_is_the_same_after_being_stored() -> None:
    asked = read(q="a kitchen", theme=["food", "food", ""], year_from="2022", year_to="2019", sort="newest")
    assert (asked.first_year, asked.last_year, asked.filters) == (2019, 2022, {"theme": ("food",)})
    assert Asked.from_stored(asked.stored()) == asked


def test_an_open_range_of_years_asks_for_each_year_of_it() -> None:
    years = read(year_from="2099").all_filters()["year"]
    assert years == ("2099", "2100")
    assert read(year_from="soon", sort="luck").all_filters() == {}


def test_places_stand_within_one_another_and_a_chosen_one_stays() -> None:
    counts = [("England", 3), ("England / North West", 2), ("Wales", 1)]
    asked = read(place=["England / North West / Bury"])
    england, wales = place_tree(counts, asked)
    (north_west,) = england.children
    assert (england.label, wales.count, north_west.children[0].label) == ("England", 1, "Bury")
    assert england.is_open
    assert not wales.is_open


def test_one_story_about_a_far_year_does_not_flatten_the_histogram() -> None:
    bars = year_bars([("1850", 1), ("2019", 2), ("2021", 4)], read(year_from="2020"))
    assert [(bar.year, bar.count, bar.is_chosen) for bar in bars] == [
        (2019, 2, False), (2020, 0, True), (2021, 4, True),
    ]  # fmt: skip


def test_chips_name_each_filter_and_the_range() -> None:
    shown = chips(read(place=["Wales / Gwent"], year_to="2020"), {})
    assert [(chip.title, chip.label) for chip in shown] == [("Place", "Gwent"), ("Year", "up to 2020")]


def test_words_that_would_be_formulas_are_made_words() -> None:
    for evil in ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1"):
        assert str(safe_cell(evil)).startswith("'")
    assert (safe_cell("safe = word"), safe_cell(-1.5), safe_cell(None)) == ("safe = word", -1.5, None)
