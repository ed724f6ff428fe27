"""`python -m nlp.training.theme_prior`: train `nlp/theming/prior.npz`, which themes are read by before people decide.

Learned from the short stories of `nlp/training/themes`, from the stories of `corpus/stories` that have no gold, and
from `corpus/gold/development`. Nothing that a figure is reported on takes part. The same input gives the same file.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml

from nlp.codebook import load_codebook
from nlp.embedding import Embedder, open_embedder
from nlp.evaluation.gold import read_body, read_gold
from nlp.text import normalise, passages
from nlp.themes import LEAST_ALONE, MOST_SUGGESTIONS
from nlp.theming.cues import CueTable
from nlp.theming.logistic import Floats, fit_logistic, log_odds, probability
from nlp.theming.meaning import ThemeVectors, nearness, story_vector
from nlp.theming.prior import EMBEDDING_SCALE, PRIOR_PATH, signals
from nlp.types import Theme

FOLDS = 6
BANK = Path(__file__).parent / "themes" / "stories.tsv"
CLASSIFIER_PRECISION = 1.0
SIGNAL_PRECISION = 0.1


@dataclass(frozen=True)
class Told:
    """A text and the themes that its writer gave it. is_story: of full length, as those that will be read."""

    text: str
    themes: tuple[str, ...]
    is_story: bool


@dataclass(frozen=True)
class Material:
    """All texts as numbers. plain: (n, themes, 4); vectors: (n, d); labels: (n, themes); is_story: (n,)."""

    plain: Floats
    vectors: Floats
    labels: Floats
    is_story: np.typing.NDArray[np.bool_]


def main(arguments: Sequence[str] | None = None) -> int:
    """Train on the project's own material and write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--out", type=Path, default=PRIOR_PATH)
    options = parser.parse_args(arguments)
    embedder = open_embedder()
    codebook = load_codebook(options.corpus / "codebook.yaml")
    material = measure(list(read_told(options.corpus)), codebook, embedder)
    arrays = train(material)
    np.savez(
        options.out,
        embedding_name=np.array(embedder.name),
        keys=np.array([theme.key for theme in codebook]),
        classifiers=arrays["classifiers"],
        known=arrays["known"],
        unknown=arrays["unknown"],
        rates=arrays["rates"],
        threshold=arrays["threshold"],
    )
    return 0


def read_told(corpus: Path) -> Iterator[Told]:
    """The texts to learn from."""
    for line in BANK.read_text(encoding="utf-8").splitlines():
        themes, text = line.split("\t")
        yield Told(text, tuple(themes.split(",")), is_story=False)
    gold_lines = (corpus / "gold" / "stories.jsonl").read_text(encoding="utf-8").splitlines()
    judged = {json.loads(line)["id"] for line in gold_lines}
    for path in sorted((corpus / "stories").glob("*.md")):
        front = yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])
        if front["id"] not in judged:
            yield Told(read_body(path), tuple(front["themes"]), is_story=True)
    development = corpus / "gold" / "development"
    for entry in read_gold(development / "gold.jsonl", development / "stories"):
        yield Told(entry.text, tuple(entry.themes or ()), is_story=True)


def measure(told: Sequence[Told], codebook: Sequence[Theme], embedder: Embedder) -> Material:
    """The signals, vectors and labels of all texts."""
    cues, vectors = CueTable(codebook), ThemeVectors(codebook, embedder)
    plain, stories = [], []
    for entry in told:
        text = normalise(entry.text)
        cut = passages(text)
        rows = embedder.embed([passage.text for passage in cut])
        near = nearness(vectors.cosines(rows))
        plain.append(signals(cues.scores(text, cut, cues.find(text)), near))
        stories.append(story_vector(rows))
    return Material(
        plain=np.stack(plain),
        vectors=np.stack(stories).astype(np.float64),
        labels=np.array([[float(theme.key in entry.themes) for theme in codebook] for entry in told]),
        is_story=np.array([entry.is_story for entry in told]),
    )


def train(material: Material) -> dict[str, Floats]:
    """The arrays of a prior."""
    folds = np.arange(len(material.labels)) % FOLDS
    everyone = np.ones(len(folds), dtype=bool)
    # The combination is fitted on what classifiers say of texts that they have not seen.
    unseen = np.zeros_like(material.labels)
    for fold in range(FOLDS):
        weights = _classifiers(material, folds != fold)
        unseen[folds == fold] = _classified(weights, material.vectors[folds == fold])
    stories = material.labels[material.is_story]
    rates = (stories.sum(axis=0) + 1) / (len(stories) + 8)
    spread = np.broadcast_to(log_odds(rates), material.labels.shape)
    known = np.concatenate([material.plain, unseen[:, :, None], spread[:, :, None]], axis=2)
    return {
        "classifiers": _classifiers(material, everyone).astype(np.float32),
        "known": _combined(known, material.labels, material.is_story),
        "unknown": _combined(material.plain, material.labels, material.is_story),
        "rates": rates,
        "threshold": np.array(_threshold(known, material)),
    }


def _classifiers(material: Material, chosen: np.typing.NDArray[np.bool_]) -> Floats:
    features = np.hstack([material.vectors[chosen] * EMBEDDING_SCALE, np.ones((int(chosen.sum()), 1))])
    precision = np.full(features.shape[1], CLASSIFIER_PRECISION)
    precision[-1] = 1e-3
    nothing, everything = np.zeros(len(features)), np.ones(len(features))
    return np.array(
        [
            fit_logistic(features, labels, precision=precision, offset=nothing, weights=everything)
            for labels in material.labels[chosen].T
        ]
    )


def _classified(weights: Floats, vectors: Floats) -> Floats:
    return np.hstack([vectors * EMBEDDING_SCALE, np.ones((len(vectors), 1))]) @ weights.T


def _combined(features: Floats, labels: Floats, chosen: np.typing.NDArray[np.bool_]) -> Floats:
    rows = features[chosen].reshape(-1, features.shape[2])
    rows = np.hstack([rows, np.ones((len(rows), 1))])
    precision = np.full(rows.shape[1], SIGNAL_PRECISION)
    precision[-1] = 1e-3
    nothing, everything = np.zeros(len(rows)), np.ones(len(rows))
    return fit_logistic(rows, labels[chosen].ravel(), precision=precision, offset=nothing, weights=everything)


def _threshold(features: Floats, material: Material) -> float:
    """The least probability worth suggesting: the best micro-F1 over stories left out of the combination."""
    stories = np.flatnonzero(material.is_story)
    chances = np.zeros((len(stories), features.shape[1]))
    for fold in range(FOLDS):
        left_out = stories[np.arange(len(stories)) % FOLDS == fold]
        weights = _combined(
            features, material.labels, np.isin(np.arange(len(features)), left_out) < material.is_story
        )
        chances[np.arange(len(stories)) % FOLDS == fold] = probability(
            features[left_out] @ weights[:-1] + weights[-1]
        )
    tried = np.arange(0.14, 0.5, 0.02)
    return float(max(tried, key=lambda least: _micro_f1(chances, material.labels[stories], least)))


def _micro_f1(chances: Floats, labels: Floats, least: float) -> float:
    ranks = np.argsort(np.argsort(-chances, axis=1), axis=1)
    given = (ranks < MOST_SUGGESTIONS) & (chances >= np.where(ranks == 0, LEAST_ALONE, least))
    return float(2 * (given * labels).sum() / (given.sum() + labels.sum()))


if __name__ == "__main__":
    raise SystemExit(main())
