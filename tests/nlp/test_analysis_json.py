import json
from collections.abc import Callable

from nlp.analysis_json import to_json
from nlp.types import Analysis


def test_the_object_has_the_agreed_shape(analyse: Callable[[str], Analysis]) -> None:
    text = 'In 2020 the club turned its vestry into a food bank. Joan Peel said: "It was cold but it was ours."'
    written = to_json(analyse(text), story_id="ts-1", title="A title")
    assert list(written) == ["id", "title", "themes", "repurposings", "mentions", "personal_data", "quotes"]
    [event] = written["repurposings"]
    assert list(event) == [
        "actor", "from", "to", "trigger", "place", "when", "sentence", "from_category", "to_category", "score",
    ]  # fmt: skip
    assert event["from"] == {"start": 28, "end": 34, "text": "vestry"}
    assert event["trigger"] is None
    assert set(written["quotes"][0]) == {"start", "end", "text", "speaker"}
    assert set(written["themes"][0]) == {"key", "score", "evidence"}
    assert json.loads(json.dumps(written)) == written
