import numpy as np

from nlp.change_reader.encoder import LARGEST_BYTE, WEIGHTS, Weighing, as_stored, in_full


def test_matrices_are_kept_in_bytes_to_within_half_a_step() -> None:
    chance = np.random.default_rng(3)
    weights = {"m": chance.normal(size=(200, 100)).astype(np.float32), "b": chance.normal(size=7).astype(np.float32)}
    read = in_full(as_stored(weights))
    steps = np.abs(weights["m"]).max(axis=1, keepdims=True) / LARGEST_BYTE
    assert np.all(np.abs(read["m"] - weights["m"]) <= 0.5001 * steps)
    assert np.array_equal(read["b"], weights["b"])


def test_the_weights_fit_into_twelve_megabytes() -> None:
    assert WEIGHTS.stat().st_size < 12e6


def test_likelihood_is_the_logistic_of_what_is_weighed() -> None:
    weighing = Weighing(np.array([2.0, -1.0], dtype=np.float32), 0.5)
    assert weighing.likelihood([0.5]) == 0.5
    assert weighing.likelihood([1e9]) > 0.999
