"""Topics: what passages speak of, discovered without a codebook. `open_topic_model` chooses a way by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from nlp.types import Matrix

OUTLIER = -1

# Measured on samples of the project's own stories: with fewer than some 25 of them (about 120 passages) topics were
# single stories by another name, and less than half of them came again with another seed.
MIN_PASSAGES = 100
MIN_DOCUMENTS = 25

Labels = NDArray[np.int64]
OnProgress = Callable[[str, int, int], None]


class TooFewPassages(ValueError):  # noqa: N818 - says what is the matter, as a person would
    """There is too little to read for topics that would mean anything."""


@dataclass(frozen=True, slots=True)
class TopicWord:
    """A word that tells a topic. forms: as it is written in the passages, in lower case."""

    word: str
    forms: tuple[str, ...]
    weight: float
    """How rare the word is elsewhere: log(1 + A / f) of c-TF-IDF."""


@dataclass(frozen=True, slots=True)
class DiscoveredTopic:
    """One topic of a fit."""

    number: int
    """Counted from 0, the largest topic."""
    words: tuple[str, ...]
    """At most ten, most telling first; in a topic whose passages share no word, none."""
    label: str
    """Two or three of the words, as a heading."""
    representatives: tuple[int, ...]
    """Indices of the passages nearest to the topic's middle, nearest first."""
    stability: float = float("nan")
    """How much of it other seeds and 90 % subsamples find again, in [0, 1]; nan where that was not measured."""
    candidates: tuple[TopicWord, ...] = ()
    """The words and those next to them in rank, from which the words are chosen again when passages go."""


@dataclass(frozen=True, slots=True)
class Work:
    """How a long fit is done. keep: a folder for its finished parts, so that a killed fit goes on from them."""

    keep: Path | None = None
    on_progress: OnProgress | None = None

    def report(self, what: str, n_done: int, n_total: int) -> None:
        if self.on_progress is not None:
            self.on_progress(what, n_done, n_total)


@dataclass(frozen=True, slots=True, eq=False)
class Topics:
    """What one fit gives."""

    labels: Labels
    """Shape (n,): each passage's topic number, or OUTLIER."""
    topics: tuple[DiscoveredTopic, ...]
    """By number; none if nothing in the passages stands together."""
    manifest: Mapping[str, Any]
    """Seed, parameters and versions: what it takes to do it again. Only what JSON can hold."""
    strengths: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, dtype=np.float32))
    """Shape (n,): how often a passage was with its topic, in [0, 1]; empty where that was not measured."""
    coordinates: NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 2), dtype=np.float32))
    """Shape (n, 2): places on a map, in [0, 1]; empty if no map was drawn."""


class TopicModel(Protocol):
    """A way to discover topics in passages that are embedded already."""

    @property
    def name(self) -> str:
        """What `open_topic_model` knows it by."""

    def fit(
        self,
        texts: Sequence[str],
        embeddings: Matrix,
        *,
        seed: int,
        n_topics: int | None = None,
        documents: Sequence[int] | None = None,
        lemma_by_form: Mapping[str, str] | None = None,
        work: Work | None = None,
    ) -> Topics:
        """The topics of the passages; the same for the same passages, seed and versions.

        embeddings: shape (len(texts), d), rows of unit length. n_topics: as many as the model finds by default.
        documents: which story each passage is from. lemma_by_form: a word as written → its dictionary form.
        Raises TooFewPassages below MIN_PASSAGES, and ValueError if texts and rows differ in number.
        """


def open_topic_model(name: str = "consensus") -> TopicModel:
    """The topic model of that name; its libraries are imported when it first fits. Raises ValueError if unknown."""
    if name == "consensus":
        from nlp.topics.consensus_model import ConsensusModel

        return ConsensusModel()
    if name == "bertopic":
        from nlp.topics.bertopic_model import BERTopicModel

        return BERTopicModel()
    if name == "nmf":
        from nlp.topics.nmf_model import NMFModel

        return NMFModel()
    raise ValueError(f"There is no topic model {name!r}. Use 'consensus', 'bertopic' or 'nmf'.")


def require_enough(*, n_passages: int, n_documents: int | None = None) -> None:
    """Raise TooFewPassages, saying how many there are and how many it takes, unless there are enough."""
    enough_documents = n_documents is None or n_documents >= MIN_DOCUMENTS
    if n_passages >= MIN_PASSAGES and enough_documents:
        return
    source = "" if n_documents is None else f" from {_counted(n_documents, 'story', 'stories')}"
    raise TooFewPassages(
        f"There are {_counted(n_passages, 'passage', 'passages')}{source}, too few to discover topics in: "
        f"it takes at least {MIN_PASSAGES} passages from at least {MIN_DOCUMENTS} stories. Try again with more."
    )


def require_fit_input(texts: Sequence[str], embeddings: Matrix) -> None:
    """What every model asks before it fits: raise ValueError unless there is one embedding a text, all of them
    numbers, and TooFewPassages unless there are enough.
    """
    if len(texts) != len(embeddings):
        raise ValueError(f"There are {len(texts)} texts and {len(embeddings)} embeddings. Give one row a text.")
    if not np.isfinite(embeddings).all():
        raise ValueError("Some embeddings hold what is no number. Embed those passages again.")
    require_enough(n_passages=len(texts))


def representatives(embeddings: Matrix, members: NDArray[np.intp], *, n: int = 3) -> tuple[int, ...]:
    """The members nearest to their own middle, nearest first."""
    similarities = embeddings[members] @ embeddings[members].mean(axis=0)
    return tuple(int(index) for index in members[np.argsort(-similarities, kind="stable")[:n]])


def _counted(n: int, one: str, many: str) -> str:
    return f"{n} {one if n == 1 else many}"
