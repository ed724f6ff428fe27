"""When a predicted slot or event counts as the judged one.

Two phrases overlap if the Jaccard index of their words, lower-cased and without leading articles, is at least
one half; they are exact if the words are the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from nlp.evaluation.gold import SLOTS, Event

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_ARTICLES = ("the", "a", "an")


def words(phrase: str) -> list[str]:
    """The phrase's words in lower case, without leading articles."""
    found = _WORD.findall(phrase.lower().replace("’", "'"))
    while found and found[0] in _ARTICLES:
        found = found[1:]
    return found


def overlaps(left: str, right: str) -> bool:
    """Have the two phrases at least half of their words in common (Jaccard index of the multisets)?"""
    a, b = Counter(words(left)), Counter(words(right))
    union = (a | b).total()
    return union > 0 and (a & b).total() / union >= 0.5


def readings(event: Event, slot: str) -> list[str | None]:
    """What is accepted in a slot; None if it may stay empty."""
    return [event.get(slot), *event.get("alts", {}).get(slot, [])]


def slot_is_right(predicted: Event, judged: Event, slot: str, *, exact: bool) -> bool:
    """Is the predicted slot one of the accepted readings?"""
    accepted = [reading for reading in readings(judged, slot) if reading]
    if exact:
        return any(words(predicted[slot]) == words(reading) for reading in accepted)
    return any(overlaps(predicted[slot], reading) for reading in accepted)


def match_events(predicted: Sequence[Event], judged: Sequence[Event]) -> list[tuple[int, int]]:
    """Pairs (predicted, judged), one to one, as many as possible, those with most right slots preferred."""
    gains = [[_gain(p, j) for j in judged] for p in predicted]
    owner: dict[int, int] = {}
    for i in sorted(range(len(predicted)), key=lambda i: -max(gains[i], default=0.0)):
        _place(i, gains, owner, set())
    return sorted((i, j) for j, i in owner.items())


def stands_on(event: Event, stretch: dict[str, Any]) -> bool:
    """Does the event's sentence share a character with the stretch?"""
    start, end = event["spans"]["sentence"]
    return bool(start < stretch["end"] and stretch["start"] < end)


def _gain(predicted: Event, judged: Event) -> float:
    if not slot_is_right(predicted, judged, "to", exact=False) or not _same_sentence(predicted, judged):
        return 0.0
    right = [slot for slot in SLOTS if predicted.get(slot) and slot_is_right(predicted, judged, slot, exact=False)]
    return 100.0 + len(right)


def _same_sentence(predicted: Event, judged: Event) -> bool:
    """Sentences alone are judged without their offsets: the text is the sentence."""
    ours, theirs = predicted["spans"]["sentence"], judged.get("spans", {}).get("sentence")
    return theirs is None or (ours[0] < theirs[1] and theirs[0] < ours[1])


def _place(i: int, gains: Sequence[Sequence[float]], owner: dict[int, int], tried: set[int]) -> bool:
    """Kuhn's algorithm for bipartite matching: give i a partner, moving those already placed if need be."""
    for j in sorted(range(len(gains[i])), key=lambda j: -gains[i][j]):
        if gains[i][j] > 0 and j not in tried:
            tried.add(j)
            if j not in owner or _place(owner[j], gains, owner, tried):
                owner[j] = i
                return True
    return False
