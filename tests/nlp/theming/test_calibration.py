import pytest

from nlp.theming.calibration import expected_calibration_error


def test_a_prophet_who_is_right_as_often_as_foretold_has_no_error() -> None:
    assert expected_calibration_error([0.75] * 4, [True, True, True, False]) == pytest.approx(0)


def test_certainty_that_is_always_wrong_has_all_of_it() -> None:
    assert expected_calibration_error([1.0, 0.0], [False, True]) == pytest.approx(1)


def test_nothing_foretold_is_no_error() -> None:
    assert expected_calibration_error([], []) == 0
