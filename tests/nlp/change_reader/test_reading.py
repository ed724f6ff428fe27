import numpy as np

from nlp.change_reader.encoder import Weighing
from nlp.change_reader.reading import as_repurposing, likely
from nlp.change_reader.readings import FEATURES, Reading
from nlp.text import sentences

TEXT = "The bank had shut. It is now a school of cookery, and the cooks like it."
CUT = sentences(TEXT)


def reading(to: str, likely_by: float = 0.0, **slots: str) -> Reading:
    def place(words: str) -> tuple[int, int]:
        return TEXT.index(words), TEXT.index(words) + len(words)

    features = (likely_by, *[0.0] * (len(FEATURES) - 1))
    return Reading(
        1, place(to), {slot: place(words) for slot, words in slots.items()}, "food", "office-work", features
    )


def test_words_lose_their_article_and_are_never_broken_off() -> None:
    event = as_repurposing(TEXT, CUT, reading("a school of", actor="the cooks"), 0.9)
    assert event.to.text == "school of cookery"
    assert event.actor is not None
    assert event.actor.text == "cooks"


def test_names_do_not_end_in_a_preposition_and_uses_may() -> None:
    text = "The sports hub on Barrow Island is a place to sit in now."
    slots = {"actor": (4, text.index(" Barrow")), "place": (text.index("on Barrow") + 3, text.index(" is a"))}
    to = text.index("place to"), text.index(" now")
    found = Reading(0, to, slots, "community-hub", None, (0.0,) * len(FEATURES))
    event = as_repurposing(text, sentences(text), found, 0.9)
    assert event.actor is not None
    assert event.place is not None
    assert (event.actor.text, event.place.text) == ("sports hub", "Barrow Island")
    assert event.to.text == "place to sit in"


def test_the_sentence_reaches_to_the_one_that_has_the_former_use() -> None:
    assert as_repurposing(TEXT, CUT, reading("school"), 0.9).sentence == CUT[1]
    assert as_repurposing(TEXT, CUT, reading("school", **{"from": "bank"}), 0.9).sentence.text == TEXT


def test_only_what_is_likely_enough_is_told_and_carries_its_likelihood() -> None:
    weighing = Weighing(np.array([1.0, *[0.0] * len(FEATURES)], dtype=np.float32), 0.5)
    told = likely(TEXT, CUT, [reading("school", 2.0), reading("cooks", -2.0)], weighing)
    assert [(event.to.text, event.score) for event in told] == [("school", 0.881)]
