import json
from pathlib import Path

import pytest

from nlp.evaluate import main
from nlp.evaluation.gold import Judged
from nlp.evaluation.personal_data import evaluate
from nlp.types import Analysis, PersonalDatum, Quote

TEXT = "Ann rang Bob on 01632 960 154. “We cooked,” said Ann."
STORY = f"---\nplace: Moor End\nlocal_authority: Stockport\nregion: North West\n---\n\n{TEXT}\n"


def judged(**kinds: str) -> list[dict[str, object]]:
    return [
        {"kind": kind, "text": words, "start": TEXT.index(words), "end": TEXT.index(words) + len(words)}
        for kind, words in kinds.items()
    ]


def found(*kinds_and_words: tuple[str, str]) -> Analysis:
    data = tuple(PersonalDatum(k, TEXT.index(w), TEXT.index(w) + len(w), w) for k, w in kinds_and_words)
    quote = Quote(TEXT.index("We"), TEXT.index("We") + 10, "We cooked,", "Ann")
    return Analysis(TEXT, "v", "e", (), (), embeddings=None, personal_data=data, quotes=(quote,))  # type: ignore[arg-type]


def test_names_count_whichever_kind_was_said_and_alarms_are_counted_by_words() -> None:
    entry = Judged("s", TEXT, [], [], judged(person="Ann", child="Bob", phone="01632 960 154"))
    measured = evaluate([found(("person", "Ann"), ("person", "Bob"), ("email", "cooked"))], [entry])
    assert measured["names (person or child)"]["recall"] == 1.0
    assert measured["kind child"]["recall"] == 0.0
    assert (measured["patterns"]["recall"], measured["patterns"]["precision"]) == (0.0, 0.0)
    assert measured["false alarms per 300 words"] == pytest.approx(300 / len(TEXT.split()))


@pytest.mark.parametrize(("speaker", "right"), [("Ann", 1), ("Mrs Ann", 1), ("Bob", 0), (None, 0)])
def test_a_speaker_is_right_if_it_is_the_one_who_was_judged(speaker: str | None, right: int) -> None:
    quote = {"text": "We cooked,", "start": TEXT.index("We"), "end": TEXT.index("We") + 10, "speaker": speaker}
    measured = evaluate([found()], [Judged("s", TEXT, [], [], quote_spans=[quote])])
    assert measured["quotes"]["f1"] == 1.0
    assert measured["speakers of judged quotes"]["right"] == right


def test_the_command_measures_a_folder_of_gold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "s-1.md").write_text(STORY, encoding="utf-8")
    entry = {"id": "s-1", "themes": [], "personal_data": judged(person="Ann", phone="01632 960 154"), "quotes": []}
    (tmp_path / "gold.jsonl").write_text(json.dumps(entry) + "\n", encoding="utf-8")
    table = "code,name,lad,region,country,lat,lng\nE1,Moor End & Mellor,Stockport,North West,England,53.4,-2.0\n"
    (tmp_path / "places.csv").write_text(table, encoding="utf-8")
    (tmp_path / "grants.jsonl").write_text('{"location": "Moor End, Hazel Grove, Stockport"}\n{}\n', encoding="utf-8")
    command = ["personal-data", "--gold", str(tmp_path), "--pipeline", "blank", "--json"]
    command += ["--places", str(tmp_path / "places.csv"), "--grants", str(tmp_path / "grants.jsonl")]

    assert main(command) == 0

    measured = json.loads(capsys.readouterr().out)
    assert measured["patterns"]["recall"] == 1.0
    assert measured["places of the stories, stories"] == {"n": 1, "right region from the authority": 1}
    assert measured["places of the stories, region known"]["linked right"] == 1
    assert measured["places of the grants, grants"] == {"n": 1}
