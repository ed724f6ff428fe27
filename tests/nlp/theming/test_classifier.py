import numpy as np

from nlp.theming.classifier import Decision, corrected, is_due, learn


def stories() -> np.ndarray:
    """Six stories of three dimensions: the first three point one way, the others another."""
    return np.array([[1, 0, 0]] * 3 + [[0, 1, 0]] * 3, dtype=np.float32)


def test_confirmations_raise_stories_like_them_and_rejections_lower_the_others() -> None:
    odds = np.zeros(6)
    learned = learn("food", [Decision(row, is_about=row < 3) for row in range(6)], stories(), odds)
    after = corrected(learned, stories(), odds)
    assert learned.n_decisions == 6
    assert (after[:3] > 0).all()
    assert (after[3:] < 0).all()


def test_one_decision_moves_less_than_many() -> None:
    odds = np.zeros(6)
    once = corrected(learn("food", [Decision(0, is_about=True)], stories(), odds), stories(), odds)
    often = corrected(learn("food", [Decision(row, True) for row in (0, 1, 2)], stories(), odds), stories(), odds)
    assert 0 < once[0] < often[0]


def test_a_theme_is_learned_again_only_after_a_quarter_more_decisions() -> None:
    assert not is_due(3, 0)
    assert is_due(4, 0)
    assert not is_due(24, 20)
    assert is_due(25, 20)


def test_a_theme_is_learned_again_when_decisions_are_taken_back() -> None:
    assert is_due(19, 20)
    assert is_due(0, 4)
    assert not is_due(0, 0)
