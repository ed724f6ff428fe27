import numpy as np
import pytest

from nlp.theming.logistic import fit_logistic, log_odds, probability


def test_an_intercept_alone_gives_the_share_of_ones() -> None:
    labels = np.array([1.0, 1.0, 1.0, 0.0])
    [shift] = fit_logistic(
        np.ones((4, 1)), labels, precision=np.array([1e-9]), offset=np.zeros(4), weights=np.ones(4)
    )
    assert probability(np.array([shift]))[0] == pytest.approx(0.75, abs=1e-6)


def test_separable_rows_do_not_run_away_and_weights_count() -> None:
    features = np.array([[-1.0], [1.0]])
    [slope] = fit_logistic(
        features, np.array([0.0, 1.0]), precision=np.array([1.0]), offset=np.zeros(2), weights=np.ones(2)
    )
    [light] = fit_logistic(
        features, np.array([0.0, 1.0]), precision=np.array([1.0]), offset=np.zeros(2), weights=np.full(2, 0.1)
    )
    assert 0 < light < slope < 2


def test_log_odds_and_probability_undo_each_other() -> None:
    assert log_odds(probability(np.array([-3.0, 0.5]))) == pytest.approx([-3.0, 0.5])
