"""The gold against which reading is measured: each folder with stories fits its own texts and its guidelines."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from webapp.settings import Settings

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
FOLDERS = sorted(path.parent for path in (CORPUS / "gold").glob("*/stories"))
# Written without a list beside it: constructions are named freely, the kind of a negative is its `note`.
FREELY_NAMED = {"held_out_2", "held_out_3"}
# Its sentences are in files of their own: tests/test_training_gold.py.
STORIES_ALONE = {"training"}
SLOTS = ("actor", "from", "to", "trigger", "place", "when")
# fmt: off
USE_CATEGORIES = {
    "sport", "food", "arts", "faith", "retail", "hospitality", "school-education", "library", "health-care",
    "childcare-play", "advice-support", "logistics-delivery", "digital-online", "garden-outdoors",
    "making-manufacturing", "transport", "housing-shelter", "office-work", "heritage-museum", "community-hub",
    "emergency-response", "other",
}
CONSTRUCTIONS = {
    "turned-into", "turned-itself", "became", "passive-converted", "adapted", "repurposed",
    "pressed-into-service", "serves-as", "swapped", "stopped-started", "instead-of", "gave-way", "pivoted",
    "reopened-as", "used-to-be", "doubled-as", "a-turned-b", "conversion-of", "moved-online", "divided",
    "replaced", "took-over", "where-now", "elliptical", "other",
}
NEGATIVES = {
    "plan", "hope", "considered", "negated", "refused", "rumour", "nearly", "reversal", "background",
    "metaphor", "product", "person-job", "renaming", "relocation", "growth", "reopening", "weather",
    "new-activity", "question", "conditional", "other",
}
PERSONAL_DATA = {
    "person", "child", "phone", "email", "postcode", "address", "health", "date_of_birth", "nhs_no", "ni_no",
}
# fmt: on
# Numbers that Ofcom keeps for drama: no one will ever answer them.
DRAMA_NUMBERS = re.compile(
    r"01632960\d{3}|01(1[3-8]|[2-6]1)4960\d{3}|02079460\d{3}|01914980\d{3}|02896496\d{3}|02920180\d{3}"
    r"|07700900\d{3}|08081570\d{3}|03069990\d{3}"
)
Item = dict[str, Any]

pytestmark = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


def lines_of(path: Path) -> list[Item]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def sentences_of(folder: Path) -> list[Item]:
    if folder.name in STORIES_ALONE:
        pytest.skip("holds stories alone")
    return lines_of(folder / "sentences.jsonl")


def stories_of(folder: Path) -> Iterator[tuple[Item, Item, str]]:
    """Gold, front matter and body of each story."""
    for gold in lines_of(folder / "gold.jsonl"):
        text = (folder / "stories" / f"{gold['id']}.md").read_text(encoding="utf-8")
        _, front_matter, body = text.split("---\n", 2)
        yield gold, yaml.safe_load(front_matter), body.lstrip("\n")


def slots_that_do_not_fit(event: Item, text: str) -> list[str]:
    """Slots whose text is not at its offsets, and other readings that are nowhere in the text."""
    spans = event["spans"]
    names = [*SLOTS, *(["sentence"] if "sentence" in event else [])]
    wrong = [name for name in names if event[name] is None and spans[name] is not None]
    wrong += [name for name in names if event[name] is not None and text[slice(*spans[name])] != event[name]]
    readings = ((name, reading) for name, others in event["alts"].items() for reading in others)
    return wrong + [f"alts of {name}" for name, reading in readings if reading is not None and reading not in text]


def all_events(folder: Path) -> list[Item]:
    alone = [] if folder.name in STORIES_ALONE else sentences_of(folder)
    return [event for item in alone for event in item["gold"]] + [
        event for gold in lines_of(folder / "gold.jsonl") for event in gold["repurposings"]
    ]


def test_every_slot_of_a_sentence_is_an_exact_substring_at_its_offsets(folder: Path) -> None:
    wrong = {
        item["id"]: found
        for item in sentences_of(folder)
        for event in item["gold"]
        if (found := slots_that_do_not_fit(event, item["text"]))
    }
    assert not wrong


def test_every_slot_of_a_story_is_an_exact_substring_at_its_offsets(folder: Path) -> None:
    wrong = {
        gold["id"]: found
        for gold, _, body in stories_of(folder)
        for event in gold["repurposings"]
        if (found := slots_that_do_not_fit(event, body))
    }
    assert not wrong


def test_all_slots_but_the_actor_lie_inside_the_sentence_of_their_event(folder: Path) -> None:
    outside = [
        (gold["id"], slot, event[slot])
        for gold, _, _ in stories_of(folder)
        for event in gold["repurposings"]
        for slot in SLOTS[1:]
        if (span := event["spans"][slot])
        and not event["spans"]["sentence"][0] <= span[0] < span[1] <= event["spans"]["sentence"][1]
    ]
    assert not outside


@pytest.mark.parametrize("kind", ["hard_negatives", "personal_data", "quotes", "optional"])
def test_every_marked_stretch_of_a_story_is_at_its_offsets(folder: Path, kind: str) -> None:
    wrong = [
        (gold["id"], stretch["text"])
        for gold, _, body in stories_of(folder)
        for stretch in gold[kind]
        if not stretch["text"] or body[stretch["start"] : stretch["end"]] != stretch["text"]
    ]
    assert not wrong


def test_every_event_names_its_new_use_and_known_categories(folder: Path) -> None:
    events = all_events(folder)
    assert events
    assert all(event["to"] for event in events)
    assert {event["to_category"] for event in events} <= USE_CATEGORIES
    assert {event["from_category"] for event in events} <= USE_CATEGORIES | {None}


def test_every_construction_occurs_at_least_four_times(folder: Path) -> None:
    if folder.name in FREELY_NAMED:
        pytest.skip("names its constructions freely")
    found = [event["construction"] for item in sentences_of(folder) for event in item["gold"]]
    assert set(found) <= CONSTRUCTIONS
    assert {name: found.count(name) for name in CONSTRUCTIONS if found.count(name) < 4} == {}


def test_half_of_the_sentences_hold_no_repurposing_and_say_why(folder: Path) -> None:
    items = sentences_of(folder)
    negatives = [item for item in items if not item["gold"]]
    assert len(items) >= 200
    assert 0.45 <= len(negatives) / len(items) <= 0.55
    assert all(item.get("negative") or item.get("note") for item in negatives)


def test_every_kind_of_negative_occurs(folder: Path) -> None:
    if folder.name in FREELY_NAMED:
        pytest.skip("names the kinds of its negatives freely")
    items = sentences_of(folder)
    assert {item["negative"] for item in items if not item["gold"]} == NEGATIVES


def test_every_story_is_illustrative_and_its_themes_are_in_the_codebook(folder: Path) -> None:
    codebook = yaml.safe_load((CORPUS / "codebook.yaml").read_text(encoding="utf-8"))
    known = {theme["key"] for theme in codebook["themes"]}
    for gold, front_matter, _ in stories_of(folder):
        assert front_matter["illustrative"] is True, gold["id"]
        assert 1 <= len(gold["themes"]) <= 5, gold["id"]
        assert set(gold["themes"]) <= known, gold["id"]
        assert gold["difficulty"] in (1, 2, 3), gold["id"]


def test_every_story_has_gold_and_every_gold_a_story(folder: Path) -> None:
    assert {gold["id"] for gold in lines_of(folder / "gold.jsonl")} == {
        path.stem for path in (folder / "stories").glob("*.md")
    }


def test_no_id_and_no_sentence_occurs_twice_in_the_whole_gold(folder: Path) -> None:
    for name, field in (("sentences.jsonl", "id"), ("sentences.jsonl", "text"), ("gold.jsonl", "id")):
        files = [each / name for each in FOLDERS if (each / name).exists()]
        found = [item[field] for file in files for item in lines_of(file)]
        assert {value for value in found if found.count(value) > 1} == set()


def test_personal_data_is_of_a_known_kind_and_nobodys_own(folder: Path) -> None:
    for found in (found for gold, _, _ in stories_of(folder) for found in gold["personal_data"]):
        kind, text = found["kind"], found["text"]
        assert kind in PERSONAL_DATA, text
        assert kind != "phone" or DRAMA_NUMBERS.fullmatch(re.sub(r"\D", "", text)), text
        assert kind != "email" or re.search(r"@example\.(org|com|net)$|\.example$", text), text
        assert kind != "nhs_no" or nhs_checksum_holds(text), text


def nhs_checksum_holds(number: str) -> bool:
    """NHS Data Dictionary, modulus 11: digits weighted 10 to 1 add up to a multiple of 11."""
    digits = [int(digit) for digit in number if digit.isdigit()]
    return len(digits) == 10 and sum(d * w for d, w in zip(digits, range(10, 0, -1), strict=True)) % 11 == 0


def test_the_gold_is_not_among_the_stories_that_an_empty_repository_loads(folder: Path) -> None:
    assert Settings.model_fields["corpus"].default not in folder.parents
