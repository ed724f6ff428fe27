import json
import random
from pathlib import Path

import numpy as np
import pytest

from nlp.text import sentences
from nlp.training.change_reader.frames import load_frames, make_examples
from nlp.training.change_reader.gold import Change, Example, read_examples
from nlp.training.change_reader.marked import read_marked
from nlp.training.change_reader.mixing import joined
from nlp.training.change_reader.weighing import fit_weights, in_one


def test_made_sentences_have_their_slots_in_place() -> None:
    examples = list(make_examples(300, seed=4))
    changes = [(example, change) for example in examples for change in example.changes]
    assert 100 < len({example.key for example, _ in changes}) < 200
    for example, change in changes:
        for start, end in (change.to, *change.slots.values()):
            words = example.text[start:end]
            assert words
            assert words == words.strip()


def test_the_same_seed_makes_the_same_sentences() -> None:
    assert list(make_examples(20, seed=4)) == list(make_examples(20, seed=4))


def test_frames_that_tell_of_no_change_are_of_many_kinds() -> None:
    assert len({frame.kind for frame in load_frames() if not frame.is_change}) > 15


def test_a_marked_line_becomes_text_and_offsets(tmp_path: Path) -> None:
    path = tmp_path / "marked.txt"
    path.write_text(
        "# none\n[A The club] gave its [F:arts stage] to a [T:food larder] in [W May].\n", encoding="utf-8"
    )
    [example] = read_marked(path)
    [change] = example.changes
    assert example.text == "The club gave its stage to a larder in May."
    assert example.text[slice(*change.to)] == "larder"
    assert {slot: example.text[slice(*span)] for slot, span in change.slots.items()} == {
        "actor": "club", "from": "stage", "when": "May",
    }  # fmt: skip
    assert (change.from_use, change.to_use) == ("arts", "food")


def test_joined_examples_keep_their_changes_in_place() -> None:
    first = Example("a", "It rained.", sentences("It rained."), (), "a")
    second = Example(
        "b", "The pub is a gym.", sentences("The pub is a gym."), (Change((13, 16), {"from": (4, 7)}),), "b"
    )
    both = joined([first, second], random.Random(1))
    [change] = both.changes
    assert both.text[slice(*change.to)] == "gym"
    assert both.text[slice(*change.slots["from"])] == "pub"


def test_gold_whose_offsets_lie_is_refused(tmp_path: Path) -> None:
    event = {"to": "gym", "from": None, "spans": {"to": [0, 3]}}
    path = tmp_path / "sentences.jsonl"
    path.write_text(json.dumps({"id": "x", "text": "The pub is a gym.", "gold": [event]}), encoding="utf-8")
    with pytest.raises(ValueError, match="offsets of 'to'"):
        list(read_examples([path]))


def test_the_weights_in_one_say_the_same_as_the_scaled_ones() -> None:
    features = np.array([[100.0, 0.0], [101.0, 1.0], [103.0, 0.5], [104.0, 0.2]])
    mean, spread, weights = fit_weights(features, np.array([False, False, True, True]))
    scaled = ((features - mean) / spread) @ weights[:-1] + weights[-1]
    whole = in_one(mean, spread, weights)
    assert np.allclose(features @ whole[:-1] + whole[-1], scaled)
    assert list(scaled > 0) == [False, False, True, True]
