"""Tagging charities by what they say of themselves: UK-CAT's tags and categories, and the ICNP/TSO class.

Learned from `train.jsonl` (and, for the class, `top2000_train.jsonl`), measured on `dev.jsonl`. Regularised least
squares on a sum of kernels: words, letters, the codebook's own regular expressions, and embeddings. The predictions
that leave each charity out come in closed form, and the thresholds are chosen on those.
Source: Rifkin, Yeo and Poggio, "Regularized least-squares classification" (2003); leave-one-out after Rifkin and
Lippert, "Notes on regularized least squares" (2007), section 3.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from nlp.embedding import Embedder
from nlp.evaluation.charities import Charity, Tags, read_charities, read_tags
from nlp.theming.logistic import Floats
from nlp.types import Matrix

RIDGE = 3.0
"""Chosen with the kernels' weights by leaving out one charity of `train.jsonl` at a time."""
EMBEDDING_WEIGHTS = (1.0, 0.5)
SHRINKAGE = 50
"""A tag's threshold leans on that of all tags as if so many more charities carried it."""

Kernel = np.typing.NDArray[np.float64]


class CharityKernel:
    """How alike charities are, from 0 to about 6."""

    def __init__(self, charities: list[Charity], tags: Tags, embedder: Embedder) -> None:
        """Count the words of the given charities and embed what they say."""
        self._tags, self._embedder = tags, embedder
        self._vectorizers = (
            _words(min_df=2).fit([charity.everything for charity in charities]),
            _words(min_df=2).fit([charity.named_activities for charity in charities]),
            _letters(min_df=3).fit([charity.named_activities for charity in charities]),
            _letters(min_df=2).fit([charity.name for charity in charities]),
        )
        self._rarity = np.ones(len(tags.codes))
        matched = tags.matches([charity.everything for charity in charities])
        self._rarity = np.log((1 + len(charities)) / (1 + matched.sum(axis=0)))
        self._known = self._features(charities, matched)

    def among(self) -> Kernel:
        """Shape (n, n), between the charities that were counted."""
        return self._between(self._known, self._known)

    def to(self, charities: list[Charity]) -> Kernel:
        """Shape (len(charities), n), from others to those that were counted."""
        matched = self._tags.matches([charity.everything for charity in charities])
        return self._between(self._features(charities, matched), self._known)

    def _features(self, charities: list[Charity], matched: Floats) -> tuple[csr_matrix, Matrix, Matrix]:
        every, active, letters, names = self._vectorizers
        weighted = matched * self._rarity
        weighted /= np.maximum(np.linalg.norm(weighted, axis=1, keepdims=True), 1e-9)
        acts = [charity.named_activities for charity in charities]
        sparse = hstack([
            every.transform([charity.everything for charity in charities]),
            active.transform(acts),
            letters.transform(acts),
            names.transform([charity.name for charity in charities]) * np.sqrt(0.5),
            csr_matrix(weighted),
        ]).tocsr()  # fmt: skip
        return (
            sparse,
            self._embedder.embed([charity.spoken_activities for charity in charities]),
            self._embedder.embed([charity.objects for charity in charities]),
        )

    @staticmethod
    def _between(left: tuple[csr_matrix, Matrix, Matrix], right: tuple[csr_matrix, Matrix, Matrix]) -> Kernel:
        total = np.asarray((left[0] @ right[0].T).toarray(), dtype=np.float64)
        for weight, ours, theirs in zip(EMBEDDING_WEIGHTS, left[1:], right[1:], strict=True):
            total += weight * np.exp(-2 * (1 - ours.astype(np.float64) @ theirs.T))
        return total


def evaluate_charities(folder: Path, embedder: Embedder) -> dict[str, Any]:
    """Micro-F1 of tags and of categories, and accuracy of the class, on `dev.jsonl` of a folder."""
    tags = read_tags(folder)
    train, dev = read_charities(folder / "train.jsonl"), read_charities(folder / "dev.jsonl")
    extra = folder / "top2000_train.jsonl"
    dev_ids = {charity.charity_id for charity in dev}
    seen = dev_ids | {charity.charity_id for charity in train}
    more = [c for c in (read_charities(extra) if extra.exists() else []) if c.icnptso and c.charity_id not in seen]
    kernel = CharityKernel(train + more, tags, embedder)
    among, across = kernel.among(), kernel.to(dev)
    n = len(train)
    expressed = tags.matches([charity.everything for charity in dev])
    truth = tags.labels(dev)
    found, left_out = _tagged(among[:n, :n], across[:, :n], tags.labels(train))
    categories, left_out_categories = _tagged(among[:n, :n], across[:, :n], tags.in_categories(tags.labels(train)))
    return {
        "charities": {"train": n, "class only": len(more), "dev": len(dev)},
        "tags_micro_f1": micro_f1(found, truth),
        "categories_micro_f1": micro_f1(categories, tags.in_categories(truth)),
        "icnptso_accuracy": _class_accuracy(among, across, train + more, dev),
        "regular_expressions": {
            "tags_micro_f1": micro_f1(expressed, truth),
            "categories_micro_f1": micro_f1(tags.in_categories(expressed), tags.in_categories(truth)),
        },
        "leaving_one_out_of_train": {"tags_micro_f1": left_out, "categories_micro_f1": left_out_categories},
    }


def micro_f1(found: Floats, truth: Floats) -> float:
    """2 · right / (given + due) over all labels of all charities."""
    return float(2 * (found * truth).sum() / max(found.sum() + truth.sum(), 1))


def _words(*, min_df: int) -> TfidfVectorizer:
    return TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=min_df, strip_accents="unicode")


def _letters(*, min_df: int) -> TfidfVectorizer:
    return TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=min_df)


def _tagged(among: Kernel, across: Kernel, labels: Floats) -> tuple[Floats, float]:
    """The labels given to the others, and micro-F1 on those learned from, each left out in turn."""
    scores, left_out = _least_squares(among, across, labels)
    least = _thresholds(left_out, labels)
    return (scores > least).astype(np.float64), micro_f1((left_out > least).astype(np.float64), labels)


def _least_squares(among: Kernel, across: Kernel, labels: Floats) -> tuple[Floats, Floats]:
    """Scores of the others, and of those learned from as if each had been left out."""
    inverse = np.linalg.inv(among + RIDGE * np.eye(len(among)))
    mean = labels.mean(axis=0)
    weights = inverse @ (labels - mean)
    return across @ weights + mean, labels - weights / np.diag(inverse)[:, None]


def _thresholds(scores: Floats, labels: Floats) -> Floats:
    """For each label the threshold with the best F1, leaning on that of all labels by SHRINKAGE."""
    tried = np.arange(0.06, 0.9, 0.02)
    right = np.array([((scores > least) * labels).sum(axis=0) for least in tried])
    given = np.array([(scores > least).sum(axis=0) for least in tried], dtype=np.float64)
    n_due = labels.sum()
    right += SHRINKAGE * (right.sum(axis=1) / n_due)[:, None]
    given += SHRINKAGE * (given.sum(axis=1) / n_due)[:, None]
    return np.asarray(tried[np.argmax(2 * right / (given + labels.sum(axis=0) + SHRINKAGE), axis=0)])


def _class_accuracy(among: Kernel, across: Kernel, learned: list[Charity], dev: list[Charity]) -> float:
    classes = sorted({charity.icnptso for charity in learned})
    labels = np.array([[float(charity.icnptso == name) for name in classes] for charity in learned])
    scores, _ = _least_squares(among, across, labels)
    best = [classes[int(i)] for i in scores.argmax(axis=1)]
    return sum(name == charity.icnptso for name, charity in zip(best, dev, strict=True)) / max(len(dev), 1)
