"""Counting read repurposings against judged ones, text by text, slot by slot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from nlp.evaluation.gold import SLOTS, Event, Judged
from nlp.evaluation.matching import match_events, readings, slot_is_right, stands_on
from nlp.types import Repurposing

Tally = dict[str, Counter[str]]
MODES = (("overlap", False), ("exact", True))


def as_judged(events: Sequence[Repurposing]) -> list[Event]:
    """Repurposings with their slots as plain texts, as gold files have them."""
    return [
        {
            "actor": event.actor and event.actor.text,
            "from": event.from_ and event.from_.text,
            "to": event.to.text,
            "trigger": event.trigger and event.trigger.text,
            "place": event.place and event.place.text,
            "when": event.when and event.when.text,
            "from_category": event.from_category,
            "to_category": event.to_category,
            "sentence": event.sentence.text,
            "spans": {"sentence": [event.sentence.start, event.sentence.end]},
            "construction": event.construction,
        }
        for event in events
    ]


def count_events(tally: Tally, predicted: Sequence[Event], entry: Judged) -> None:
    """Add one text to `tally`: events, slots, categories, texts left clean, constructions and negative kinds."""
    predicted, pairs = _without_optional(predicted, entry)
    found, met = {i for i, _ in pairs}, {j for _, j in pairs}
    wrong = [event for i, event in enumerate(predicted) if i not in found]
    missed = [event for j, event in enumerate(entry.events) if j not in met]
    matched = [(predicted[i], entry.events[j]) for i, j in pairs]
    add(tally, "event", right=len(pairs), wrong=len(wrong), missed=len(missed))
    if not entry.events:
        add(tally, "left clean", right=int(not predicted), missed=int(bool(predicted)))
    for mode, exact in MODES:
        _count_slots(tally, mode, matched, wrong, missed, exact=exact)
    _count_categories(tally, matched)
    _count_kinds(tally, entry, matched, wrong, missed)


def add(tally: Tally, name: str, *, right: int = 0, wrong: int = 0, missed: int = 0) -> None:
    """Add to the counts of one figure."""
    tally.setdefault(name, Counter()).update(right=right, wrong=wrong, missed=missed)


def figures(counts: Counter[str]) -> dict[str, float]:
    """Precision, recall and F1 from counts of right, wrong and missed; all 1 where there was nothing to find."""
    right, wrong, missed = counts["right"], counts["wrong"], counts["missed"]
    if right + wrong + missed == 0:
        return {"precision": 1.0, "recall": 1.0, "f1": 1.0, "right": 0, "wrong": 0, "missed": 0}
    precision = right / (right + wrong) if right + wrong else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": precision, "recall": recall, "f1": f1, "right": right, "wrong": wrong, "missed": missed}


def _without_optional(predicted: Sequence[Event], entry: Judged) -> tuple[list[Event], list[tuple[int, int]]]:
    """The predictions and their pairs, less unmatched ones on a stretch that judges listed as optional."""
    pairs = match_events(predicted, entry.events)
    found = {i for i, _ in pairs}
    kept = [
        event for i, event in enumerate(predicted)
        if i in found or not any(stands_on(event, stretch) for stretch in entry.optional)
    ]  # fmt: skip
    return kept, pairs if len(kept) == len(predicted) else match_events(kept, entry.events)


def _count_slots(
    tally: Tally,
    mode: str,
    matched: Sequence[tuple[Event, Event]],
    wrong: Sequence[Event],
    missed: Sequence[Event],
    *,
    exact: bool,
) -> None:
    for slot in SLOTS:
        counts: Counter[str] = Counter()
        for predicted, judged in matched:
            is_needed = None not in readings(judged, slot)
            if not predicted[slot]:
                counts["missed"] += is_needed
            elif slot_is_right(predicted, judged, slot, exact=exact):
                counts["right"] += 1
            else:
                counts.update(wrong=1, missed=int(is_needed))
        counts["wrong"] += sum(bool(event[slot]) for event in wrong)
        counts["missed"] += sum(None not in readings(event, slot) for event in missed)
        add(tally, f"slot {slot} ({mode})", **counts)
        add(tally, f"all slots ({mode})", **counts)


def _count_categories(tally: Tally, matched: Sequence[tuple[Event, Event]]) -> None:
    for predicted, judged in matched:
        for slot in ("from_category", "to_category"):
            if judged.get(slot):
                is_right = int(predicted[slot] == judged[slot])
                for name in (slot, "category"):
                    add(tally, name, right=is_right, missed=1 - is_right)


def _count_kinds(
    tally: Tally,
    entry: Judged,
    matched: Sequence[tuple[Event, Event]],
    wrong: Sequence[Event],
    missed: Sequence[Event],
) -> None:
    """Recall by the judged construction, precision by the rule that spoke, and who was fooled by what."""
    for is_right, events in ((1, [judged for _, judged in matched]), (0, missed)):
        for event in events:
            kind = event.get("construction") or entry.construction
            if kind:
                add(tally, f"construction: {kind}", right=is_right, missed=1 - is_right)
    for is_right, events in ((1, [predicted for predicted, _ in matched]), (0, wrong)):
        for event in events:
            add(tally, f"rule: {event['construction']}", right=is_right, wrong=1 - is_right)
    if entry.negative and not entry.events:
        add(tally, f"negative: {entry.negative}", right=int(not wrong), missed=int(bool(wrong)))
    for stretch in entry.hard_negatives:
        fooled = any(stands_on(event, stretch) for event in wrong)
        for name in ("hard negatives", f"negative in a story: {stretch.get('reason', 'unnamed')}"):
            add(tally, name, right=int(not fooled), missed=int(fooled))
