"""`python -m nlp.evaluate extraction`: how well stories are read, by the measures of the annotation guidelines."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nlp.codebook import load_codebook
from nlp.embedding import open_embedder
from nlp.evaluation.events import Tally, add, as_judged, count_events, figures
from nlp.evaluation.gold import Judged, read_gold, stories_near
from nlp.evaluation.matching import overlaps, words
from nlp.parsing import BUILTIN
from nlp.pipeline import load_pipeline
from nlp.types import Analysis


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
    judged = list(read_gold(options.gold, options.stories or stories_near(options.gold)))
    pipeline = load_pipeline(
        options.pipeline, embedder=open_embedder(options.embedder), codebook=load_codebook(options.codebook)
    )
    return evaluate(list(pipeline.analyse(entry.text for entry in judged)), judged)


def evaluate(analyses: Sequence[Analysis], judged: Sequence[Judged]) -> dict[str, Any]:
    """Event, slot, theme, personal data and quote figures over all texts, micro-averaged."""
    tally: Tally = {}
    for analysis, entry in zip(analyses, judged, strict=True):
        count_events(tally, as_judged(analysis.repurposings), entry)
        if entry.themes is not None:
            _count_themes(tally, [theme.key for theme in analysis.themes], entry.themes)
            _count_personal_data(tally, analysis, entry)
            _count_quotes(tally, analysis, entry)
    return {"texts": len(judged)} | {name: figures(counts) for name, counts in tally.items()}


def _count_themes(tally: Tally, predicted: list[str], judged: list[str]) -> None:
    right = len(set(predicted) & set(judged))
    add(tally, "themes", right=right, wrong=len(predicted) - right, missed=len(judged) - right)
    is_first = predicted[:1] == judged[:1]
    add(tally, "primary theme first", right=int(is_first), missed=int(not is_first))


def _count_personal_data(tally: Tally, analysis: Analysis, entry: Judged) -> None:
    found = analysis.personal_data
    for datum in entry.personal_data:
        near = [f for f in found if f.start < datum["end"] and datum["start"] < f.end]
        is_typed = any(f.kind == datum["kind"] for f in near)
        add(tally, "personal data", right=int(bool(near)), missed=int(not near))
        add(tally, "personal data, kind right", right=int(is_typed), missed=int(not is_typed))
        add(tally, f"personal data: {datum['kind']}", right=int(bool(near)), missed=int(not near))
    spurious = sum(
        not any(f.start < datum["end"] and datum["start"] < f.end for datum in entry.personal_data) for f in found
    )
    add(tally, "personal data", wrong=spurious)


def _count_quotes(tally: Tally, analysis: Analysis, entry: Judged) -> None:
    found = [quote.text for quote in analysis.quotes]
    right = sum(any(_same_speech(quote, text) for text in found) for quote in entry.quotes)
    spurious = sum(not any(_same_speech(quote, text) for quote in entry.quotes) for text in found)
    add(tally, "quotes", right=right, missed=len(entry.quotes) - right, wrong=spurious)


def _same_speech(left: str, right: str) -> bool:
    a, b = " ".join(words(left)), " ".join(words(right))
    return overlaps(left, right) or (len(min(a, b, key=len).split()) >= 4 and (a in b or b in a))
