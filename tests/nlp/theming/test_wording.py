import math

import numpy as np
import pytest

from nlp.theming.wording import count_terms, positions, terms, word_vector


def test_terms_are_stems_and_pairs_without_words_that_only_join_others() -> None:
    assert terms("The bands were playing in the Crypts") == [
        "band", "play", "crypt", "band play", "play crypt",
    ]  # fmt: skip


def test_a_term_of_one_text_alone_is_left_out_and_the_rarer_weigh_more() -> None:
    rarity = count_terms(["soup kitchen", "soup kettle", "soup kettle once"])
    assert list(rarity) == ["kettle", "soup", "soup kettle"]
    assert rarity["soup"] == 1.0
    assert rarity["kettle"] == pytest.approx(math.log(4 / 3) + 1)


def test_a_text_is_a_vector_of_unit_length_and_zero_without_known_terms() -> None:
    rarity = count_terms(["soup kettle", "soup kettle"])
    weights = np.array(list(rarity.values()))
    known = word_vector("Kettles! Kettles and soup.", positions(list(rarity)), weights)
    assert sum(known**2) == pytest.approx(1)
    assert known[0] > known[1] > 0
    assert not word_vector("Bus", positions(list(rarity)), weights).any()
