"""When a predicted slot or event counts as the judged one: the measures of the annotation guidelines.

Two phrases overlap if the Jaccard index of their word sets, case-folded, without leading articles and possessive
"'s", is at least one half; they are exact if the words are the same in the same order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from nlp.evaluation.gold import SLOTS, Event

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_POSSESSIVE = re.compile(r"['’]s$")
_ARTICLES = ("the", "a", "an")
_LEAST_SENTENCE_OVERLAP = 0.3

# (number matched, number of slots right, pairs): what an assignment of predictions is worth.
Assignment = tuple[int, float, tuple[tuple[int, int], ...]]


def words(phrase: str) -> list[str]:
    """The phrase's words, case-folded, without leading articles; a lone article stays."""
    found = [_POSSESSIVE.sub("", word) for word in _WORD.findall(phrase.casefold())]
    while len(found) > 1 and found[0] in _ARTICLES:
        found = found[1:]
    return found


def jaccard(left: str, right: str) -> float:
    """The share of the two phrases' different words that both have, in [0, 1]; 0 for two empty ones."""
    a, b = set(words(left)), set(words(right))
    return len(a & b) / len(a | b) if a | b else 0.0


def overlaps(left: str, right: str) -> bool:
    """Have the two phrases at least half of their words in common?"""
    return jaccard(left, right) >= 0.5


def readings(event: Event, slot: str) -> list[str | None]:
    """What is accepted in a slot; None if it may stay empty."""
    return [event.get(slot), *(event.get("alts") or {}).get(slot, [])]


def slot_is_right(predicted: Event, judged: Event, slot: str, *, exact: bool) -> bool:
    """Is the predicted slot one of the accepted readings? An empty one never is."""
    value = predicted.get(slot)
    accepted = [reading for reading in readings(judged, slot) if reading is not None]
    if not value:
        return False
    if exact:
        return any(words(value) == words(reading) for reading in accepted)
    return any(overlaps(value, reading) for reading in accepted)


def match_events(predicted: Sequence[Event], judged: Sequence[Event]) -> list[tuple[int, int]]:
    """Pairs (predicted, judged), one to one: as many as possible, then those with most right slots.

    Exact over all assignments, by the set of judged events already taken: a text has few of them.
    """
    best: dict[int, Assignment] = {0: (0, 0.0, ())}
    for i, event in enumerate(predicted):
        gains = {j: gain for j, other in enumerate(judged) if (gain := _gain(event, other)) is not None}
        following = dict(best)
        for taken, (n, gained, pairs) in best.items():
            for j, gain in gains.items():
                if taken >> j & 1:
                    continue
                key, assignment = taken | 1 << j, (n + 1, gained + gain, (*pairs, (i, j)))
                if key not in following or assignment[:2] > following[key][:2]:
                    following[key] = assignment
        best = following
    return list(max(best.values(), key=lambda assignment: assignment[:2])[2])


def stands_on(event: Event, stretch: dict[str, Any]) -> bool:
    """Does the event's sentence share a character with the stretch, or, without offsets, its words?"""
    offsets = (event.get("spans") or {}).get("sentence")
    if offsets:
        return bool(offsets[0] < stretch["end"] and stretch["start"] < offsets[1])
    sentence, text = _one_line(event.get("sentence") or ""), _one_line(stretch["text"])
    return bool(sentence) and (text in sentence or sentence in text)


def _gain(predicted: Event, judged: Event) -> float | None:
    """How many slots would be right if these two were paired; None if they may not be."""
    if not (slot_is_right(predicted, judged, "to", exact=False) and _same_sentence(predicted, judged)):
        return None
    return sum(
        slot_is_right(predicted, judged, slot, exact=False)
        + 0.01 * slot_is_right(predicted, judged, slot, exact=True)
        for slot in SLOTS
    )


def _same_sentence(predicted: Event, judged: Event) -> bool:
    """Do the sentences overlap? A judged sentence that stands alone has none: the text is the sentence."""
    if judged.get("sentence") is None:
        return True
    ours, theirs = ((event.get("spans") or {}).get("sentence") for event in (predicted, judged))
    if ours and theirs:
        return bool(ours[0] < theirs[1] and theirs[0] < ours[1])
    left, right = _one_line(predicted.get("sentence") or ""), _one_line(judged["sentence"])
    return bool(left) and (left in right or right in left or jaccard(left, right) >= _LEAST_SENTENCE_OVERLAP)


def _one_line(text: str) -> str:
    return " ".join(text.split())
