import json
from pathlib import Path
from typing import Any

import pytest

from nlp.evaluate import main
from nlp.evaluation.extraction import evaluate
from nlp.evaluation.gold import Judged, read_gold
from nlp.evaluation.matching import match_events, overlaps
from nlp.pipeline import Pipeline

TEXT = "In May 2020 the club turned its vestry into a food bank. Ring Joan Peel."


def judged(**changes: Any) -> Judged:
    event = {
        "actor": "club", "from": "vestry", "to": "food bank", "trigger": None, "place": None, "when": "May 2020",
        "alts": {"actor": [None]}, "sentence": TEXT[:56], "spans": {"sentence": [0, 56]},
        "from_category": "faith", "to_category": "food",
    }  # fmt: skip
    entry = {"key": "x", "text": TEXT, "events": [event | changes], "themes": ["food"]}
    return Judged(**entry)


def figures(pipeline: Pipeline, entry: Judged) -> dict[str, Any]:
    return evaluate(list(pipeline.analyse([entry.text])), [entry])


def test_a_perfect_reading_scores_one(pipeline: Pipeline) -> None:
    measured = figures(pipeline, judged())
    assert measured["event"]["f1"] == 1.0
    assert measured["all slots (exact)"]["f1"] == 1.0
    assert measured["to_category"]["recall"] == 1.0


def test_an_accepted_alternative_may_be_left_empty_but_a_wrong_slot_costs(pipeline: Pipeline) -> None:
    measured = figures(pipeline, judged(actor="vicar"))
    slot = measured["slot actor (overlap)"]
    assert (slot["right"], slot["wrong"], slot["missed"]) == (0, 1, 0)


def test_an_event_elsewhere_in_the_text_is_another_event(pipeline: Pipeline) -> None:
    measured = figures(pipeline, judged(spans={"sentence": [57, 72]}))["event"]
    assert (measured["right"], measured["wrong"], measured["missed"]) == (0, 1, 1)


def test_an_optional_detail_neither_helps_nor_hurts(pipeline: Pipeline) -> None:
    entry = Judged("x", TEXT, [], themes=[], optional=[{"start": 0, "end": 56, "text": TEXT[:56]}])
    measured = figures(pipeline, entry)["event"]
    assert (measured["right"], measured["wrong"], measured["missed"]) == (0, 0, 0)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("the food bank", "food bank", True),
        ("community food bank", "food bank", True),
        ("bank", "community food bank", False),
    ],
)
def test_phrases_overlap_from_half_of_their_words(left: str, right: str, expected: bool) -> None:
    assert overlaps(left, right) is expected


def test_as_many_events_as_possible_are_matched() -> None:
    def event(to: str) -> dict[str, Any]:
        return {"to": to, "spans": {"sentence": [0, 9]}}

    predicted = [event("food bank"), event("food bank hub")]
    gold = [event("food bank hub"), event("food bank hub and shop")]
    assert len(match_events(predicted, gold)) == 2


def test_sentence_files_carry_their_own_text(tmp_path: Path) -> None:
    path = tmp_path / "sentences.jsonl"
    path.write_text(json.dumps({"id": "s1", "text": "It rained.", "gold": []}) + "\n", encoding="utf-8")
    [entry] = read_gold(path, tmp_path)
    assert (entry.text, entry.events, entry.themes) == ("It rained.", [], None)


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text("{}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 1"):
        list(read_gold(path, tmp_path))


def test_the_command_prints_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "sentences.jsonl"
    path.write_text(json.dumps({"id": "s1", "text": "It rained.", "gold": []}) + "\n", encoding="utf-8")
    codebook = Path(__file__).parents[3] / "corpus" / "codebook.yaml"
    arguments = ["extraction", "--json", "--gold", str(path), "--embedder", "hashing", "--codebook", str(codebook)]
    assert main(arguments) == 0
    assert json.loads(capsys.readouterr().out)["event"]["f1"] == 1.0
