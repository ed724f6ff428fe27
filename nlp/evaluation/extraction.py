"""`python -m nlp.evaluate extraction`: how well stories are read, by the measures of the annotation guidelines."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nlp.codebook import load_codebook
from nlp.embedding import open_embedder
from nlp.evaluation.gold import SLOTS, Event, Judged, read_gold
from nlp.evaluation.matching import match_events, overlaps, readings, slot_is_right, stands_on, words
from nlp.parsing import BUILTIN
from nlp.pipeline import load_pipeline
from nlp.types import Analysis

Tally = dict[str, Counter[str]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "--gold", type=Path, default=Path("corpus/gold/stories.jsonl"), help="judged stories or sentences"
    )
    parser.add_argument("--stories", type=Path, help="folder of the stories; default: `stories` near the gold file")
    parser.add_argument("--codebook", type=Path, default=Path("corpus/codebook.yaml"))
    parser.add_argument("--pipeline", default=BUILTIN, help="builtin, or the name of a spaCy pipeline")
    parser.add_argument("--embedder", default="minilm", help="minilm, hashing, or a model's name")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Analyse every judged text and compare."""
    judged = list(read_gold(options.gold, options.stories or _stories_near(options.gold)))
    pipeline = load_pipeline(
        options.pipeline, embedder=open_embedder(options.embedder), codebook=load_codebook(options.codebook)
    )
    return evaluate(list(pipeline.analyse(entry.text for entry in judged)), judged)


def evaluate(analyses: Sequence[Analysis], judged: Sequence[Judged]) -> dict[str, Any]:
    """Event, slot, theme, personal data and quote figures over all texts, micro-averaged."""
    tally: Tally = {}
    for analysis, entry in zip(analyses, judged, strict=True):
        _count_events(tally, predicted_events(analysis), entry)
        if entry.themes is not None:
            _count_themes(tally, [theme.key for theme in analysis.themes], entry.themes)
            _count_personal_data(tally, analysis, entry)
            _count_quotes(tally, analysis, entry)
    return {"texts": len(judged)} | {name: _figures(counts) for name, counts in tally.items()}


def predicted_events(analysis: Analysis) -> list[Event]:
    """The analysis' repurposings with slots as plain texts, as gold files have them."""
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
            "spans": {"sentence": [event.sentence.start, event.sentence.end]},
        }
        for event in analysis.repurposings
    ]


def _stories_near(gold: Path) -> Path:
    beside = gold.parent / "stories"
    return beside if beside.is_dir() else gold.parent.parent / "stories"


def _count_events(tally: Tally, predicted: list[Event], entry: Judged) -> None:
    pairs = match_events(predicted, entry.events)
    matched = {i for i, _ in pairs}
    # A detail or restatement that the judges listed as optional is neither right nor wrong.
    optional = {
        i for i, event in enumerate(predicted)
        if i not in matched and any(stands_on(event, stretch) for stretch in entry.optional)
    }  # fmt: skip
    wrong = [event for i, event in enumerate(predicted) if i not in matched | optional]
    missed = [event for j, event in enumerate(entry.events) if j not in {j for _, j in pairs}]
    _add(tally, "event", right=len(pairs), wrong=len(wrong), missed=len(missed))
    if not entry.events:
        _add(tally, "left clean", right=int(not predicted), missed=int(bool(predicted)))
    for stretch in entry.hard_negatives:
        fooled = any(stands_on(event, stretch) for event in wrong)
        _add(tally, "hard negatives", right=int(not fooled), missed=int(fooled))
    for exact, name in ((False, "overlap"), (True, "exact")):
        _count_slots(tally, name, [(predicted[i], entry.events[j]) for i, j in pairs], wrong, missed, exact=exact)
    for i, j in pairs:
        for slot in ("from_category", "to_category"):
            if entry.events[j].get(slot):
                is_right = predicted[i][slot] == entry.events[j][slot]
                _add(tally, slot, right=int(is_right), missed=int(not is_right))


def _count_slots(
    tally: Tally,
    name: str,
    pairs: Sequence[tuple[Event, Event]],
    wrong: Sequence[Event],
    missed: Sequence[Event],
    *,
    exact: bool,
) -> None:
    for slot in SLOTS:
        counts: Counter[str] = Counter()
        for predicted, judged in pairs:
            is_needed = None not in readings(judged, slot)
            if not predicted[slot]:
                counts["missed"] += is_needed
            elif slot_is_right(predicted, judged, slot, exact=exact):
                counts["right"] += 1
            else:
                counts.update(wrong=1, missed=int(is_needed))
        counts["wrong"] += sum(bool(event[slot]) for event in wrong)
        counts["missed"] += sum(None not in readings(event, slot) for event in missed)
        _add(tally, f"slot {slot} ({name})", **counts)
        _add(tally, f"all slots ({name})", **counts)


def _count_themes(tally: Tally, predicted: list[str], judged: list[str]) -> None:
    right = len(set(predicted) & set(judged))
    _add(tally, "themes", right=right, wrong=len(predicted) - right, missed=len(judged) - right)
    is_first = predicted[:1] == judged[:1]
    _add(tally, "primary theme first", right=int(is_first), missed=int(not is_first))


def _count_personal_data(tally: Tally, analysis: Analysis, entry: Judged) -> None:
    found = analysis.personal_data
    for datum in entry.personal_data:
        near = [f for f in found if f.start < datum["end"] and datum["start"] < f.end]
        is_typed = any(f.kind == datum["kind"] for f in near)
        _add(tally, "personal data", right=int(bool(near)), missed=int(not near))
        _add(tally, "personal data, kind right", right=int(is_typed), missed=int(not is_typed))
        _add(tally, f"personal data: {datum['kind']}", right=int(bool(near)), missed=int(not near))
    spurious = sum(
        not any(f.start < datum["end"] and datum["start"] < f.end for datum in entry.personal_data) for f in found
    )
    _add(tally, "personal data", wrong=spurious)


def _count_quotes(tally: Tally, analysis: Analysis, entry: Judged) -> None:
    found = [quote.text for quote in analysis.quotes]
    right = sum(any(_same_speech(quote, text) for text in found) for quote in entry.quotes)
    spurious = sum(not any(_same_speech(quote, text) for quote in entry.quotes) for text in found)
    _add(tally, "quotes", right=right, missed=len(entry.quotes) - right, wrong=spurious)


def _same_speech(left: str, right: str) -> bool:
    a, b = " ".join(words(left)), " ".join(words(right))
    return overlaps(left, right) or (len(min(a, b, key=len).split()) >= 4 and (a in b or b in a))


def _add(tally: Tally, name: str, *, right: int = 0, wrong: int = 0, missed: int = 0) -> None:
    tally.setdefault(name, Counter()).update(right=right, wrong=wrong, missed=missed)


def _figures(counts: Counter[str]) -> dict[str, float]:
    right, wrong, missed = counts["right"], counts["wrong"], counts["missed"]
    precision = right / (right + wrong) if right + wrong else float(missed == 0)
    recall = right / (right + missed) if right + missed else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": precision, "recall": recall, "f1": f1, "right": right, "wrong": wrong, "missed": missed}
