"""`python -m nlp.evaluate themes`: how well themes are suggested, and what decisions teach.

With --ukcat it also tags charities with UK-CAT's codebook (see `nlp.evaluation.charity_tags`).
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from nlp.codebook import load_codebook
from nlp.embedding import Embedder, open_embedder
from nlp.evaluation.gold import read_gold
from nlp.evaluation.theme_learning import ReadStory, learning_curve
from nlp.text import normalise, passages
from nlp.themes import ThemeReader
from nlp.theming.calibration import expected_calibration_error
from nlp.theming.prior import load_prior, prior_version
from nlp.training.theme_prior import read_told
from nlp.types import Matrix, Passage

CORPUS = Path("corpus")


@dataclass(frozen=True)
class _Embedded:
    text: str
    themes: tuple[str, ...]
    passages: tuple[Passage, ...]
    embeddings: Matrix


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "--gold",
        type=Path,
        action="append",
        help="judged stories: a folder with gold.jsonl, or a file; may be repeated",
    )
    parser.add_argument("--ukcat", type=Path, help="folder with train.jsonl, dev.jsonl and tags.csv")
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="codebook, and stories to learn from")
    parser.add_argument("--embedder", default="minilm", help="minilm, hashing, or a model's name")
    parser.add_argument("--no-learning", action="store_true", help="leave out the simulation of learning")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Measure all that was asked for."""
    embedder = open_embedder(options.embedder)
    codebook = load_codebook(options.corpus / "codebook.yaml")
    reader = ThemeReader(codebook, embedder)
    measured: dict[str, Any] = {"prior": prior_version(), "embedder": embedder.name}
    places = options.gold or [options.corpus / "gold" / "stories.jsonl"]
    judged = {str(place): [_embedded(embedder, *pair) for pair in judged_pairs(place)] for place in places}
    for name, stories in judged.items():
        measured[name] = suggestion_figures(reader, [_read(reader, story) for story in stories])
    if not options.no_learning:
        fresh = ThemeReader(codebook, embedder, prior=replace(load_prior(), keys=()))
        taught = [_read(fresh, _embedded(embedder, told.text, told.themes)) for told in read_told(options.corpus)]
        for name, stories in judged.items():
            measured[f"F1 by decisions, {name}"] = learning_curve(
                fresh, taught, [_read(fresh, story) for story in stories]
            )
    if options.ukcat:
        # Imported here: scikit-learn takes a second and only this needs it.
        charity_tags = import_module("nlp.evaluation.charity_tags")
        measured |= charity_tags.evaluate_charities(options.ukcat, embedder)
    return measured


def judged_pairs(place: Path) -> list[tuple[str, tuple[str, ...]]]:
    """(text, themes) of the stories of a gold file, or of `gold.jsonl` in a folder."""
    gold = place / "gold.jsonl" if place.is_dir() else place
    beside = gold.parent / "stories"
    stories = beside if beside.is_dir() else gold.parent.parent / "stories"
    return [(entry.text, tuple(entry.themes)) for entry in read_gold(gold, stories) if entry.themes is not None]


def suggestion_figures(reader: ThemeReader, stories: Sequence[ReadStory]) -> dict[str, float]:
    """Micro-averaged over all stories, with the part whose first theme is the judged one, and the calibration."""
    chances = [reader.probabilities(story.vector, story.odds) for story in stories]
    given = [[reader.keys[i] for i in reader.chosen(chance)] for chance in chances]
    right = sum(len(set(keys) & set(story.themes)) for keys, story in zip(given, stories, strict=True))
    n_given, n_due = sum(map(len, given)), sum(len(story.themes) for story in stories)
    is_first = [keys[:1] == list(story.themes[:1]) for keys, story in zip(given, stories, strict=True)]
    outcomes = [key in story.themes for story in stories for key in reader.keys]
    return {
        "stories": len(stories),
        "micro_precision": right / max(n_given, 1),
        "micro_recall": right / max(n_due, 1),
        "micro_f1": 2 * right / max(n_given + n_due, 1),
        "primary_first": sum(is_first) / max(len(stories), 1),
        "calibration_error": expected_calibration_error(list(np.concatenate(chances)), outcomes),
    }


def _embedded(embedder: Embedder, text: str, themes: tuple[str, ...]) -> _Embedded:
    text = normalise(text)
    cut = passages(text)
    return _Embedded(text, themes, cut, embedder.embed([passage.text for passage in cut]))


def _read(reader: ThemeReader, story: _Embedded) -> ReadStory:
    return ReadStory(story.themes, *reader.odds(story.text, story.passages, story.embeddings))
