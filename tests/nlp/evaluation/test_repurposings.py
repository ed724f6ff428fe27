"""The figures are those of the guidelines, and of their scorer where it is at hand."""

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from nlp.evaluate import main
from nlp.evaluation.gold import Judged
from nlp.evaluation.repurposings import evaluate, gold_files
from nlp.types import Repurposing, Span

NEAR = [parent / "shared" / "data" / "stories" / "score.py" for parent in Path(__file__).parents]
SCORER = next((path for path in NEAR if path.is_file()), NEAR[0])
TEXT = "In May 2020 the club's vestry became a food bank. It rained. We might become a café."


def span(text: str, phrase: str) -> Span:
    start = text.index(phrase)
    return Span(start, start + len(phrase), phrase)


def read(to: str, **slots: str | None) -> Repurposing:
    named = {name: span(TEXT, phrase) for name, phrase in slots.items() if phrase}
    sentence = next(s for s in (TEXT[:49], TEXT[50:60], TEXT[61:]) if to in s)
    return Repurposing(
        to=span(TEXT, to), sentence=span(TEXT, sentence), score=0.9, from_category="faith", to_category="food",
        construction="became", **named,
    )  # fmt: skip


def judged() -> Judged:
    event = {
        "actor": None, "from": "club's vestry", "to": "the food bank", "trigger": None, "place": None,
        "when": "May 2020", "sentence": TEXT[:49], "spans": {"sentence": [0, 49]}, "from_category": "faith",
        "to_category": "advice-support", "alts": {"when": ["In May 2020"], "actor": ["club"]},
    }  # fmt: skip
    hard = [{"text": TEXT[61:], "start": 61, "end": len(TEXT), "reason": "hypothetical"}]
    return Judged("x", TEXT, [event], themes=[], hard_negatives=hard)


READINGS = [
    [read("food bank", from_="vestry", when="In May 2020")],
    [read("food bank"), read("café", from_="club")],
    [read("food bank", from_="In May", when="2020"), read("food bank", actor="club", from_="vestry")],
    [],
]


@pytest.mark.parametrize("events", READINGS)
def test_figures_agree_with_the_scorer_of_the_guidelines(events: list[Repurposing]) -> None:
    if not SCORER.is_file():
        pytest.skip("The scorer is not here.")
    specification = importlib.util.spec_from_file_location("score", SCORER)
    assert specification is not None
    assert specification.loader is not None
    scorer = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(scorer)
    entry = judged()
    gold = {"id": "x", "repurposings": entry.events, "hard_negatives": entry.hard_negatives}
    predicted = [
        {name: value.text for name, value in (("actor", e.actor), ("from", e.from_), ("to", e.to), ("when", e.when))
         if value} | {"sentence": e.sentence.text, "spans": {"sentence": [e.sentence.start, e.sentence.end]},
                      "from_category": e.from_category, "to_category": e.to_category}
        for e in events
    ]  # fmt: skip
    theirs = scorer.score_extract({"x": gold}, {"x": {"id": "x", "repurposings": predicted}})
    ours = evaluate([events], [entry])
    assert counts(ours["event"]) == (theirs["event"]["tp"], theirs["event"]["fp"], theirs["event"]["fn"])
    for mode in ("overlap", "exact"):
        for slot in ("actor", "from", "to", "when"):
            figure = theirs[f"slots_{mode}"][slot]
            assert counts(ours[f"slot {slot} ({mode})"]) == (figure["tp"], figure["fp"], figure["fn"]), (mode, slot)
    assert ours["hard negatives"]["missed"] == theirs["hard_negative_false_alarm_rate"]
    accuracy = theirs["category_accuracy_on_matched"]["to_category"]
    assert accuracy is None or ours["to_category"]["share"] == accuracy


def counts(figure: dict[str, Any]) -> tuple[int, int, int]:
    return figure["right"], figure["wrong"], figure["missed"]


def test_constructions_and_negative_kinds_are_told_apart() -> None:
    entry = Judged("s", "It rained.", [], negative="weather")
    other = judged()
    other.events[0]["construction"] = "became"
    measured = evaluate([[], READINGS[0]], [entry, other])
    assert measured["negative: weather"] == {"share": 1.0, "right": 1, "missed": 0}
    assert measured["construction: became"]["right"] == 1
    assert measured["rule: became"]["precision"] == 1.0


def test_a_folder_is_read_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = {"id": "s1", "text": "It rained.", "gold": [], "negative": "weather"}
    (tmp_path / "sentences.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "a.md").write_text("---\ntitle: A\n---\n\nIt snowed.\n", encoding="utf-8")
    story = {"id": "a", "themes": [], "repurposings": []}
    (tmp_path / "gold.jsonl").write_text(json.dumps(story) + "\n", encoding="utf-8")
    command = ["repurposings", "--json", "--gold", str(tmp_path), "--embedder", "hashing", "--pipeline", "blank"]
    assert main(command) == 0
    measured = json.loads(capsys.readouterr().out)
    assert (measured["texts"], measured["left clean"]["share"]) == (2, 1.0)


def test_a_folder_without_gold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="holds none of"):
        gold_files(tmp_path)
