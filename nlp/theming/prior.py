"""What is known of the themes before anybody decides: `prior.npz`, written by `nlp.training.theme_prior`.

It knows the 24 themes of `corpus/codebook.yaml`. A theme that it does not know is read by its cues and its meaning.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from nlp.theming.logistic import Floats
from nlp.theming.wording import positions, word_vector
from nlp.types import Vector

PRIOR_PATH = Path(__file__).with_name("prior.npz")


@dataclass(frozen=True)
class Prior:
    """A linear score a theme, and how to weigh it against cues and meaning.

    classifiers: shape (themes, d + 1), the score of a story vector, the intercept last. terms, rarity: of
    `word_vector`. words: shape (themes, terms), its score. known, unknown: coefficients of `signals` with and without
    the score. threshold: the least probability that is suggested.
    """

    embedding_name: str
    keys: tuple[str, ...]
    classifiers: Floats
    position_by_term: Mapping[str, int]
    rarity: Floats
    words: Floats
    known: Floats
    unknown: Floats
    threshold: float

    def log_odds(self, keys: Sequence[str], text: str, plain: Floats, story: Vector, embedding: str) -> Floats:
        """The log odds of each theme, shape (len(keys),).

        plain: what `signals` gives for those themes. story: the text's vector, of the embedder named `embedding`.
        """
        found = np.asarray(self.unknown[-1] + plain @ self.unknown[:-1], dtype=np.float64)
        row_by_key = {key: row for row, key in enumerate(self.keys)}
        known = [i for i, key in enumerate(keys) if key in row_by_key]
        if known and embedding == self.embedding_name:
            scores = self.scores(text, story)[[row_by_key[keys[i]] for i in known]]
            found[known] = self.known[-1] + np.column_stack([plain[known], scores]) @ self.known[:-1]
        return found

    def scores(self, text: str, story: Vector) -> Floats:
        """How much a text's words and meaning speak for each known theme, shape (themes,), about 0 to 1."""
        worded = word_vector(text, self.position_by_term, self.rarity)
        return np.asarray(self.classifiers @ np.append(story, 1.0) + self.words @ worded, dtype=np.float64)


def signals(cues: Vector, near: Vector) -> Floats:
    """Shape (themes, 4): cues; cues as a share of the best theme's; nearness; nearness above the mean theme's."""
    share = cues / max(float(cues.max()), 0.05)
    return np.column_stack([cues, share, near, near - near.mean()]).astype(np.float64)


@cache
def load_prior(path: Path = PRIOR_PATH) -> Prior:
    """The prior that comes with the code."""
    with np.load(path, allow_pickle=False) as stored:
        return Prior(
            embedding_name=str(stored["embedding_name"]),
            keys=tuple(str(key) for key in stored["keys"]),
            classifiers=stored["classifiers"].astype(np.float64),
            position_by_term=positions(str(stored["terms"]).split("\n")),
            rarity=stored["rarity"].astype(np.float64),
            words=stored["words"].astype(np.float64),
            known=stored["known"],
            unknown=stored["unknown"],
            threshold=float(stored["threshold"]),
        )


def prior_version(path: Path = PRIOR_PATH) -> str:
    """Twelve hexadecimal digits over the file, printed with every figure that depends on it."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
