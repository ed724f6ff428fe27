import pytest
from sqlmodel import Session, select

from nlp.gazetteer import areas
from webapp.models import Place, PlaceName
from webapp.services.places import add_area, coordinates_of, find_or_add, find_or_add_place, place_names


def placed(session: Session, neighbourhood: str = "", local_authority: str = "", region: str = "") -> Place:
    place = find_or_add_place(session, neighbourhood=neighbourhood, local_authority=local_authority, region=region)
    assert place is not None
    return place


@pytest.mark.parametrize(
    ("names", "path"),
    [
        (("Brinnington", "Stockport", "North West"), "England / North West / Stockport / Brinnington"),
        (("Brinnington", "Stockport"), "England / North West / Stockport / Brinnington"),
        (("", "bristol, city of"), "England / South West / Bristol"),
        (("Stockport",), "England / North West / Stockport"),
        (("Barlanark", "Glasgow", "Scotland"), "Scotland / Glasgow City / Barlanark"),
        (("Barrow Island", "Barrow-in-Furness"), "England / North West / Barrow-in-Furness / Barrow Island"),
        (("", "", "yorkshire and The Humber"), "England / Yorkshire and the Humber"),
        (("", "", "England"), "England"),
    ],
)
def test_what_people_leave_out_is_filled_in(session: Session, names: tuple[str, ...], path: str) -> None:
    assert placed(session, *names).path == path


@pytest.mark.parametrize(
    ("names", "path"),
    [
        (("", "Newport", "South East"), "England / South East / Newport"),
        (("Oz", "Emerald City", "Elsewhere"), "Elsewhere / Emerald City / Oz"),
        (("Nowhere-in-the-Marsh",), "Nowhere-in-the-Marsh"),
        (("Cove / Bay", "Highland"), "Scotland / Highland / Cove - Bay"),
    ],
)
def test_what_the_gazetteer_does_not_know_stays_as_people_said_it(
    session: Session, names: tuple[str, ...], path: str
) -> None:
    assert placed(session, *names).path == path


def test_the_same_place_is_one_row_with_its_code_and_coordinates(session: Session) -> None:
    first, second = placed(session, "", "Stockport"), placed(session, "", "stockport", "North West")
    assert first.id == second.id
    assert (first.code, first.parent.parent.code) == ("E08000007", "E92000001")
    assert coordinates_of(first) == pytest.approx((53.4, -2.1), abs=0.1)


def test_a_place_without_coordinates_has_those_of_the_larger_one(session: Session) -> None:
    assert coordinates_of(placed(session, "Brinnington", "Stockport")) == coordinates_of(
        placed(session, "", "Stockport")
    )
    assert coordinates_of(None) is None


def test_a_new_place_takes_the_coordinates_of_neighbourhoods_that_bear_its_name(session: Session) -> None:
    stockport = placed(session, "", "Stockport")
    known = find_or_add(session, "Brinnington & Portwood", "neighbourhood", stockport)
    known.latitude, known.longitude = 53.42, -2.13
    session.flush()
    assert coordinates_of(placed(session, "Brinnington", "Stockport")) == (53.42, -2.13)


def test_a_neighbourhood_alone_is_found_if_only_one_bears_its_name(session: Session) -> None:
    first = placed(session, "Fairfield", "Liverpool")
    assert placed(session, "fairfield").id == first.id
    placed(session, "Fairfield", "Tameside")
    assert placed(session, "Fairfield").path == "Fairfield"


def test_a_nation_without_regions_is_the_region_of_its_places(session: Session) -> None:
    assert place_names(placed(session, "Barlanark", "Glasgow City", "Scotland")) == {
        "neighbourhood": "Barlanark", "local_authority": "Glasgow City", "nation": "Scotland", "region": "Scotland",
    }  # fmt: skip
    assert place_names(placed(session, "Brinnington", "Stockport"))["region"] == "North West"


def test_a_place_is_kept_with_the_names_that_find_it(session: Session) -> None:
    glasgow = placed(session, "", "Glasgow")
    keys = session.exec(select(PlaceName.key).where(PlaceName.place_id == glasgow.id))
    assert set(keys) == {"glasgow", "glasgow city"}


def test_a_former_authority_keeps_its_name(session: Session) -> None:
    allerdale = next(place for place in areas().place_by_key.values() if place.name == "Allerdale")
    assert add_area(session, allerdale).path == "England / North West / Allerdale"
