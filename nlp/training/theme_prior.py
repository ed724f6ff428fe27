"""`python -m nlp.training.theme_prior`: train `nlp/theming/prior.npz`, which themes are read by before people decide.

Learned from the short stories of `nlp/training/themes` and of `corpus/gold/training/themes-*.jsonl`, from the stories
of `corpus/stories` that have no gold, and from `corpus/gold/training` and `development`. Nothing that a figure is
reported on takes part. The same input gives the same file.

Scores are regularised least squares on vectors and words side by side.
Source: Rifkin, Yeo and Poggio, "Regularized least-squares classification" (2003).
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
from nlp.theming.logistic import Floats, fit_logistic, probability
from nlp.theming.meaning import ThemeVectors, nearness, story_vector
from nlp.theming.prior import PRIOR_PATH, signals
from nlp.theming.wording import count_terms, positions, word_vector
from nlp.types import Theme

FOLDS = 8
BANK = Path(__file__).parent / "themes" / "stories.tsv"
RIDGE = 1.0
SIGNAL_PRECISION = 0.1

_Chosen = np.typing.NDArray[np.bool_]


@dataclass(frozen=True)
class Told:
    """A text and the themes that its writer gave it. is_whole: it says as much as a story that will be read."""

    text: str
    themes: tuple[str, ...]
    is_whole: bool


@dataclass(frozen=True)
class Material:
    """All texts as numbers.

    plain: (n, themes, 4); vectors: (n, d); words: (n, terms); labels: (n, themes); is_whole: (n,). rarity: by term.
    """

    plain: Floats
    vectors: Floats
    words: Floats
    labels: Floats
    is_whole: _Chosen
    rarity: dict[str, float]


def main(arguments: Sequence[str] | None = None) -> int:
    """Train on the project's own material and write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--out", type=Path, default=PRIOR_PATH)
    options = parser.parse_args(arguments)
    embedder = open_embedder()
    codebook = load_codebook(options.corpus / "codebook.yaml")
    material = measure(list(read_told(options.corpus)), codebook, embedder)
    write(options.out, train(material), material, codebook, embedder.name)
    return 0


def write(
    path: Path, arrays: dict[str, Floats], material: Material, codebook: Sequence[Theme], embedding_name: str
) -> None:
    """Store a prior as `load_prior` reads it."""
    np.savez_compressed(
        path,
        embedding_name=np.array(embedding_name),
        keys=np.array([theme.key for theme in codebook]),
        terms=np.array("\n".join(material.rarity)),
        rarity=np.array(list(material.rarity.values()), dtype=np.float32),
        classifiers=arrays["classifiers"].astype(np.float32),
        words=arrays["words"].astype(np.float16),
        known=arrays["known"],
        unknown=arrays["unknown"],
        threshold=arrays["threshold"],
    )


def read_told(corpus: Path) -> Iterator[Told]:
    """The texts to learn from."""
    for line in BANK.read_text(encoding="utf-8").splitlines():
        themes, text = line.split("\t")
        yield Told(text, tuple(themes.split(",")), is_whole=False)
    for path in sorted((corpus / "gold" / "training").glob("themes-*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            yield Told(entry["text"], tuple(entry["themes"]), is_whole=True)
    gold_lines = (corpus / "gold" / "stories.jsonl").read_text(encoding="utf-8").splitlines()
    judged = {json.loads(line)["id"] for line in gold_lines}
    for path in sorted((corpus / "stories").glob("*.md")):
        front = yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])
        if front["id"] not in judged:
            yield Told(read_body(path), tuple(front["themes"]), is_whole=True)
    for folder in (corpus / "gold" / "development", corpus / "gold" / "training"):
        for entry in read_gold(folder / "gold.jsonl", folder / "stories"):
            yield Told(entry.text, tuple(entry.themes or ()), is_whole=True)


def measure(told: Sequence[Told], codebook: Sequence[Theme], embedder: Embedder) -> Material:
    """The signals, vectors, words and labels of all texts."""
    cues, vectors = CueTable(codebook), ThemeVectors(codebook, embedder)
    texts = [normalise(entry.text) for entry in told]
    rarity = count_terms(texts)
    rarities, position_by_term = np.array(list(rarity.values())), positions(list(rarity))
    plain, stories = [], []
    for text in texts:
        cut = passages(text)
        rows = embedder.embed([passage.text for passage in cut])
        plain.append(signals(cues.scores(text, cut, cues.find(text)), nearness(vectors.cosines(rows))))
        stories.append(story_vector(rows))
    return Material(
        plain=np.stack(plain),
        vectors=np.stack(stories).astype(np.float64),
        words=np.stack([word_vector(text, position_by_term, rarities) for text in texts]),
        labels=np.array([[float(theme.key in entry.themes) for theme in codebook] for entry in told]),
        is_whole=np.array([entry.is_whole for entry in told]),
        rarity=rarity,
    )


def train(material: Material) -> dict[str, Floats]:
    """The arrays of a prior."""
    folds = np.arange(len(material.labels)) % FOLDS
    # The combination is fitted on the scores of texts that had no part in them.
    unseen = np.zeros_like(material.labels)
    for fold in range(FOLDS):
        left_out = folds == fold
        classifiers, words = _classifiers(material, ~left_out)
        unseen[left_out] = _with_one(material.vectors[left_out]) @ classifiers.T + material.words[left_out] @ words.T
    known = np.concatenate([material.plain, unseen[:, :, None]], axis=2)
    classifiers, words = _classifiers(material, np.ones(len(folds), dtype=bool))
    return {
        "classifiers": classifiers,
        "words": words,
        "known": _combined(known, material.labels, material.is_whole),
        "unknown": _combined(material.plain, material.labels, material.is_whole),
        "threshold": np.array(_threshold(known, material)),
    }


def _classifiers(material: Material, chosen: _Chosen) -> tuple[Floats, Floats]:
    """Coefficients of the vectors, the intercept last, and of the words; solved between texts, of which are fewer."""
    vectors, words, labels = material.vectors[chosen], material.words[chosen], material.labels[chosen]
    centre, rates = vectors.mean(axis=0), labels.mean(axis=0)
    kernel = (vectors - centre) @ (vectors - centre).T + words @ words.T
    weights = np.linalg.solve(kernel + RIDGE * np.eye(len(kernel)), labels - rates)
    of_vectors = weights.T @ (vectors - centre)
    return np.column_stack([of_vectors, rates - of_vectors @ centre]), weights.T @ words


def _with_one(vectors: Floats) -> Floats:
    return np.hstack([vectors, np.ones((len(vectors), 1))])


def _combined(features: Floats, labels: Floats, chosen: np.typing.NDArray[np.bool_]) -> Floats:
    rows = features[chosen].reshape(-1, features.shape[2])
    rows = np.hstack([rows, np.ones((len(rows), 1))])
    precision = np.full(rows.shape[1], SIGNAL_PRECISION)
    precision[-1] = 1e-3
    nothing, everything = np.zeros(len(rows)), np.ones(len(rows))
    return fit_logistic(rows, labels[chosen].ravel(), precision=precision, offset=nothing, weights=everything)


def _threshold(features: Floats, material: Material) -> float:
    """The least probability worth suggesting: the best micro-F1 over texts left out of the combination."""
    whole = np.flatnonzero(material.is_whole)
    chances = np.zeros((len(whole), features.shape[1]))
    for fold in range(FOLDS):
        left_out = whole[np.arange(len(whole)) % FOLDS == fold]
        weights = _combined(
            features, material.labels, np.isin(np.arange(len(features)), left_out) < material.is_whole
        )
        chances[np.arange(len(whole)) % FOLDS == fold] = probability(features[left_out] @ weights[:-1] + weights[-1])
    tried = np.arange(0.14, 0.5, 0.02)
    return float(max(tried, key=lambda least: _micro_f1(chances, material.labels[whole], least)))


def _micro_f1(chances: Floats, labels: Floats, least: float) -> float:
    ranks = np.argsort(np.argsort(-chances, axis=1), axis=1)
    given = (ranks < MOST_SUGGESTIONS) & (chances >= np.where(ranks == 0, LEAST_ALONE, least))
    return float(2 * (given * labels).sum() / (given.sum() + labels.sum()))


if __name__ == "__main__":
    raise SystemExit(main())
