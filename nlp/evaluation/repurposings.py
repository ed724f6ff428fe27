"""`python -m nlp.evaluate repurposings --gold DIR`: how well changes of use are read."""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from nlp.embedding import open_embedder
from nlp.evaluation.events import Tally, as_judged, count_events, figures
from nlp.evaluation.gold import Judged, read_gold, stories_near
from nlp.parsing import BUILTIN
from nlp.pipeline import load_pipeline
from nlp.types import Repurposing

_FILES = ("sentences.jsonl", "gold.jsonl", "stories.jsonl")
"""What a folder may hold: sentences that carry their own text, and stories with their texts in `stories/`."""
_SHARES = ("left clean", "category", "from_category", "to_category", "hard negatives", "construction", "negative")
"""Figures that are a share of cases and have no precision."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "--gold", type=Path, required=True, help="folder with sentences.jsonl, gold.jsonl or stories.jsonl; or a file"
    )
    parser.add_argument("--stories", type=Path, help="folder of the stories; default: `stories` near the gold file")
    parser.add_argument("--pipeline", default=BUILTIN, help="builtin, or the name of a spaCy pipeline")
    parser.add_argument("--embedder", default="minilm", help="minilm, hashing, or a model's name")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Read every judged text and compare. Raises ValueError for a folder without gold."""
    files = gold_files(options.gold)
    judged = [entry for file in files for entry in read_gold(file, options.stories or stories_near(file))]
    pipeline = load_pipeline(options.pipeline, embedder=open_embedder(options.embedder), codebook=())
    analyses = pipeline.analyse(entry.text for entry in judged)
    versions = {"pipeline": pipeline.version, "gold": _digest(files)}
    return versions | evaluate([analysis.repurposings for analysis in analyses], judged)


def evaluate(read: Sequence[Sequence[Repurposing]], judged: Sequence[Judged]) -> dict[str, Any]:
    """Figures over all texts, micro-averaged: events, slots, categories, then by construction, rule and negative.

    read: the repurposings of each judged text, in the same order.
    """
    tally: Tally = {}
    for events, entry in zip(read, judged, strict=True):
        count_events(tally, as_judged(events), entry)
    return {"texts": len(judged)} | {name: _shown(name, tally[name]) for name in _in_order(tally)}


def gold_files(path: Path) -> list[Path]:
    """The gold files of a folder, or the file itself. Raises ValueError if there is none."""
    if path.is_file():
        return [path]
    found = [path / name for name in _FILES if (path / name).is_file()]
    if not found:
        raise ValueError(f"{path} holds none of {', '.join(_FILES)}.")
    return found


def _in_order(tally: Iterable[str]) -> Iterator[str]:
    """Figures over all texts first, then each kind by name."""
    names = list(tally)
    yield from (name for name in names if ":" not in name)
    yield from sorted(name for name in names if ":" in name)


def _shown(name: str, counts: Counter[str]) -> dict[str, float]:
    measured = figures(counts)
    if name.split(":")[0].removesuffix(" in a story") in _SHARES:
        return {"share": measured["recall"], "right": measured["right"], "missed": measured["missed"]}
    if name.startswith("rule:"):
        return {"precision": measured["precision"], "right": measured["right"], "wrong": measured["wrong"]}
    return measured


def _digest(files: Sequence[Path]) -> str:
    """Twelve hexadecimal digits over the gold, so that a figure names what it was measured on."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
