import doctest

import pytest

import nlp.gazetteer.names
from nlp.gazetteer import name_key, name_keys


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("St. Helens", "St Helens"),
        ("STOKE-ON-TRENT", "Stoke on Trent"),
        ("Ynys Môn", "Ynys Mon"),
        ("Hammersmith & Fulham", "Hammersmith and Fulham"),
        ("King's Lynn", "King’s Lynn"),
        ("the Wirral", "Wirral"),
        ("City of Edinburgh", "Edinburgh"),
    ],
)
def test_spellings_of_one_name_have_one_key(written: str, same: str) -> None:
    assert name_key(written) == name_key(same)


def test_the_city_of_london_is_not_london() -> None:
    assert name_key("City of London") != name_key("London")


def test_a_neighbourhood_is_found_by_the_parts_of_its_name() -> None:
    assert name_keys("Skellingthorpe, Witham & Bassingham") == {
        "skellingthorpe witham and bassingham": True, "skellingthorpe": False, "witham": False, "bassingham": False,
    }  # fmt: skip
    assert name_keys("Bickley East") == {"bickley east": True, "bickley": False}


def test_a_name_without_letters_has_no_key() -> None:
    assert name_keys("!?") == {}


def test_the_examples_in_the_docstrings_are_true() -> None:
    assert doctest.testmod(nlp.gazetteer.names).failed == 0
