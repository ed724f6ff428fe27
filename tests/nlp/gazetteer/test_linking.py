import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.gazetteer import Gazetteer, GazetteerPlace, PlaceContext, areas, distance_km, linked, ranked

WALES = GazetteerPlace("w", "Newport", "local_authority", ("Wales", "Newport"), 51.588, -2.998)
WIGHT = ("England", "South East", "Isle of Wight")
ON_WIGHT = GazetteerPlace("n", "Newport", "neighbourhood", (*WIGHT, "Newport"), 50.70, -1.29)
BRINNINGTON = GazetteerPlace(
    "b", "Brinnington & Portwood", "neighbourhood", ("England", "North West", "Stockport", "Brinnington & Portwood"),
    53.42, -2.13,
)  # fmt: skip
GAZETTEER = Gazetteer([WALES, ON_WIGHT, BRINNINGTON])


def test_the_storys_own_place_decides_which_newport_is_meant() -> None:
    here = PlaceContext(path=(*WIGHT, "Cowes"), point=(50.76, -1.30))
    assert linked(ranked(GAZETTEER, "Newport", here)) == ON_WIGHT
    there = PlaceContext(path=("Wales", "Newport"), point=(51.588, -2.998))
    assert linked(ranked(GAZETTEER, "Newport", there)) == WALES


def test_what_could_be_either_is_shown_and_not_linked() -> None:
    two = Gazetteer(
        [ON_WIGHT, GazetteerPlace("t", "Newport", "neighbourhood", ("England", "X", "Telford", "Newport"))]
    )
    candidates = ranked(two, "Newport", PlaceContext())
    assert len(candidates) == 2
    assert linked(candidates) is None


def test_a_larger_place_that_the_text_names_speaks_for_what_lies_in_it() -> None:
    before, after = (
        next(c.share for c in ranked(GAZETTEER, "Newport", PlaceContext(others=others)) if c.place == ON_WIGHT)
        for others in (frozenset(), frozenset({"isle of wight"}))
    )
    assert after > before


def test_a_lone_neighbourhood_far_away_is_not_taken_for_certain() -> None:
    assert linked(ranked(GAZETTEER, "Portwood", PlaceContext(path=("Scotland", "Fife")))) is None
    near = PlaceContext(path=("England", "North West", "Stockport"), point=(53.4, -2.15))
    assert linked(ranked(GAZETTEER, "Portwood", near)) == BRINNINGTON


def test_a_part_gives_way_to_the_place_itself() -> None:
    side = GazetteerPlace("e", "Bickley East", "neighbourhood", ("England", "London", "Bromley", "Bickley East"))
    whole = GazetteerPlace("i", "Bickley", "neighbourhood", ("England", "London", "Bromley", "Bickley"))
    assert [c.place for c in ranked(Gazetteer([side, whole]), "Bickley", PlaceContext())] == [whole]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("Stockport", ("England", "North West", "Stockport")),
        ("london", ("England", "London")),
        ("Hull", ("England", "Yorkshire and the Humber", "Kingston upon Hull")),
        ("Derry", ("Northern Ireland", "Derry City and Strabane")),
        ("Ynys Mon", ("Wales", "Isle of Anglesey")),
        ("Bournemouth", ("England", "South West", "Bournemouth, Christchurch and Poole")),
        ("Barrow-in-Furness", ("England", "North West", "Barrow-in-Furness")),
    ],
)
def test_the_areas_that_come_with_turnstone_know_their_region_and_nation(name: str, path: tuple[str, ...]) -> None:
    found = linked(ranked(areas(), name, PlaceContext()))
    assert found is not None
    assert found.path == path


def test_the_areas_are_complete_and_have_coordinates_in_the_united_kingdom() -> None:
    places = areas().place_by_key.values()
    counted = {kind: sum(p.kind == kind and not p.is_former for p in places) for kind in ("nation", "region")}
    assert counted == {"nation": 4, "region": 9}
    assert sum(p.kind == "local_authority" and not p.is_former for p in places) == 361
    assert all(49 < (p.latitude or 0) < 61 and -9 < (p.longitude or 9) < 2 for p in places)
    assert all(p.path[:-1] in {other.path for other in places} for p in places if len(p.path) > 1)


def test_distances_are_on_the_great_circle() -> None:
    # Land's End to John o' Groats, 970 km by the same formula in the literature on the haversine.
    assert distance_km((50.0664, -5.7148), (58.6440, -3.0700)) == pytest.approx(968.9, abs=1)


@given(st.text(max_size=60), st.lists(st.text(max_size=12), max_size=5))
def test_any_name_gives_shares_that_never_exceed_the_whole(name: str, path: list[str]) -> None:
    candidates = ranked(areas(), name, PlaceContext(path=tuple(path)))
    assert sum(candidate.share for candidate in candidates) < 1
    assert [c.share for c in candidates] == sorted((c.share for c in candidates), reverse=True)
