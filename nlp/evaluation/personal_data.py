"""`python -m nlp.evaluate personal-data`: names, identifiers, health, quotes and places against judged stories.

A finding is right if it shares a character with a judged one; its kind is counted beside that. A quote is right if it
shares a character with a judged one (the guidelines leave its length open).
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from nlp.embedding import open_embedder
from nlp.evaluation.gold import Judged, read_gold, stories_near
from nlp.evaluation.places import evaluate_grants, evaluate_stories
from nlp.parsing import BUILTIN
from nlp.pipeline import load_pipeline
from nlp.types import Analysis, PersonalDatum, Quote

NAMES = frozenset(("person", "child"))
PATTERNS = frozenset(("phone", "email", "postcode", "address", "date_of_birth", "nhs_no", "ni_no"))
WORDS_PER_ALARM = 300
"""False alarms are given for a text of so many words."""

Tally = dict[str, Counter[str]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "--gold", type=Path, default=Path("corpus/gold"), help="folder or file of judged stories (corpus/gold)"
    )
    parser.add_argument("--stories", type=Path, help="folder of the stories; default: `stories` near the gold file")
    parser.add_argument("--pipeline", default=BUILTIN, help="builtin, or the name of a spaCy pipeline")
    parser.add_argument(
        "--places", type=Path, nargs="*", default=[], help="files that `turnstone places import` reads"
    )
    parser.add_argument("--grants", type=Path, help="JSON lines with a `location` such as 'Ward, Authority'")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Read every judged story and compare."""
    gold = gold_file(options.gold)
    stories = options.stories or stories_near(gold)
    judged = [entry for entry in read_gold(gold, stories) if entry.is_screened]
    # Embeddings play no part in what is measured here.
    pipeline = load_pipeline(options.pipeline, embedder=open_embedder("hashing"), codebook=())
    analyses = list(pipeline.analyse(entry.text for entry in judged))
    measured: dict[str, Any] = {"gold": str(gold), "pipeline": pipeline.version, **evaluate(analyses, judged)}
    measured |= _named("places of the stories, ", evaluate_stories(stories, options.places))
    if options.grants:
        measured |= _named("places of the grants, ", evaluate_grants(options.grants, options.places))
    return measured


def _named(prefix: str, figures: dict[str, Any]) -> dict[str, Any]:
    return {prefix + name: value for name, value in figures.items()}


def gold_file(path: Path) -> Path:
    """The judged stories of a folder: its `gold.jsonl` or `stories.jsonl`; a file is taken as it is."""
    if path.is_dir():
        return next((path / name for name in ("gold.jsonl", "stories.jsonl") if (path / name).is_file()), path)
    return path


def evaluate(analyses: Sequence[Analysis], judged: Sequence[Judged]) -> dict[str, Any]:
    """Precision and recall by kind, false alarms, quotes and their speakers, over all stories."""
    tally: Tally = {}
    n_words = n_alarms = 0
    for analysis, entry in zip(analyses, judged, strict=True):
        found = analysis.personal_data
        n_words += len(entry.text.split())
        n_alarms += sum(not _touches(finding, entry.personal_data) for finding in found)
        _count_findings(tally, found, entry.personal_data)
        _count_quotes(tally, analysis.quotes, entry.quote_spans)
    return {
        "texts": len(judged),
        "words": n_words,
        f"false alarms per {WORDS_PER_ALARM} words": WORDS_PER_ALARM * n_alarms / n_words if n_words else 0.0,
        **{name: _figures(counts) for name, counts in sorted(tally.items())},
    }


def _count_findings(tally: Tally, found: Sequence[PersonalDatum], judged: Sequence[dict[str, Any]]) -> None:
    kinds = {finding.kind for finding in found} | {datum["kind"] for datum in judged}
    for kind in kinds:
        _count(tally, f"kind {kind}", found, judged, {kind}, {kind})
    _count(tally, "names (person or child)", found, judged, NAMES, NAMES)
    _count(tally, "patterns", found, judged, PATTERNS, PATTERNS)
    _count(tally, "all, whatever the kind", found, judged, kinds, kinds)


def _count(
    tally: Tally,
    name: str,
    found: Iterable[PersonalDatum],
    judged: Iterable[dict[str, Any]],
    found_kinds: Iterable[str],
    judged_kinds: Iterable[str],
) -> None:
    ours = [finding for finding in found if finding.kind in found_kinds]
    theirs = [datum for datum in judged if datum["kind"] in judged_kinds]
    hit = sum(any(_overlap(datum, finding) for finding in ours) for datum in theirs)
    wrong = sum(not _touches(finding, theirs) for finding in ours)
    tally.setdefault(name, Counter()).update(right=hit, missed=len(theirs) - hit, wrong=wrong)


def _count_quotes(tally: Tally, found: Sequence[Quote], judged: Sequence[dict[str, Any]]) -> None:
    hit = sum(any(_overlap(quote, ours) for ours in found) for quote in judged)
    wrong = sum(not any(_overlap(quote, ours) for quote in judged) for ours in found)
    tally.setdefault("quotes", Counter()).update(right=hit, missed=len(judged) - hit, wrong=wrong)
    for quote in judged:
        if "speaker" in quote:
            near = next((ours for ours in found if _overlap(quote, ours)), None)
            is_right = near is not None and _same_speaker(near.speaker, quote["speaker"])
            tally.setdefault("speakers of judged quotes", Counter()).update(right=is_right, missed=not is_right)


def _same_speaker(found: str | None, judged: str | None) -> bool:
    """Do both name nobody, or share the word that tells who it is?"""
    if not found or not judged:
        return not found and not judged
    return found.lower().split()[-1].strip(".") in judged.lower().replace(".", "").split()


def _touches(finding: PersonalDatum, judged: Iterable[dict[str, Any]]) -> bool:
    return any(_overlap(datum, finding) for datum in judged)


def _overlap(judged: dict[str, Any], found: PersonalDatum | Quote) -> bool:
    return bool(found.start < judged["end"] and judged["start"] < found.end)


def _figures(counts: Counter[str]) -> dict[str, float]:
    right, wrong, missed = counts["right"], counts["wrong"], counts["missed"]
    precision = right / (right + wrong) if right + wrong else float(missed == 0)
    recall = right / (right + missed) if right + missed else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": precision, "recall": recall, "f1": f1, "right": right, "wrong": wrong, "missed": missed}
