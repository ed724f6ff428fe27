"""The sentences that the reader is trained on fit their texts, and none is one that reading is measured by."""

import pytest

from nlp.codebook import load_codebook
from tests.test_gold import CORPUS, FOLDERS, STORIES_ALONE, USE_CATEGORIES, Item, lines_of, slots_that_do_not_fit

TRAINING = sorted((CORPUS / "gold" / "training").glob("sentences-*.jsonl"))


@pytest.fixture(scope="module")
def sentences() -> list[Item]:
    return [item for path in TRAINING for item in lines_of(path)]


def test_every_slot_is_an_exact_substring_at_its_offsets(sentences: list[Item]) -> None:
    wrong = {
        item["id"]: found
        for item in sentences
        for event in item["gold"]
        if (found := slots_that_do_not_fit(event, item["text"]))
    }
    assert sentences
    assert not wrong


def test_every_event_names_its_new_use_and_known_categories(sentences: list[Item]) -> None:
    events = [event for item in sentences for event in item["gold"]]
    assert all(event["to"] for event in events)
    assert {event["to_category"] for event in events} <= USE_CATEGORIES
    assert {event["from_category"] for event in events} <= USE_CATEGORIES | {None}


def test_every_sentence_without_a_change_says_what_kind_it_is(sentences: list[Item]) -> None:
    assert [item["id"] for item in sentences if bool(item["gold"]) == bool(item.get("note"))] == []


def test_no_sentence_occurs_twice_or_in_gold_that_is_measured_by(sentences: list[Item]) -> None:
    texts = [item["text"] for item in sentences]
    files = [folder / "sentences.jsonl" for folder in FOLDERS if folder.name not in STORIES_ALONE]
    measured = {item["text"] for file in files for item in lines_of(file)}
    assert len(set(texts)) == len(texts)
    assert measured.isdisjoint(texts)
    assert len({item["id"] for item in sentences}) == len(sentences)


def test_training_stories_and_personal_data_fit_their_codebook_and_offsets() -> None:
    stories = [
        item for path in sorted((CORPUS / "gold" / "training").glob("themes-*.jsonl")) for item in lines_of(path)
    ]
    lines = lines_of(CORPUS / "gold" / "training" / "personal_data.jsonl")
    keys = {theme.key for theme in load_codebook(CORPUS / "codebook.yaml")}
    assert {key for item in stories for key in item["themes"]} == keys
    assert all(1 <= len(set(item["themes"])) == len(item["themes"]) <= 5 for item in stories)
    data = [(item["text"], datum) for item in lines for datum in item["personal_data"]]
    assert data
    assert all(text[datum["start"] : datum["end"]] == datum["text"] for text, datum in data)
