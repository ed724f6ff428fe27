"""Topics: what passages speak of, discovered without a codebook. `open_topic_model` chooses a way by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from nlp.types import Matrix

OUTLIER = -1

# Measured on random samples of the project's own stories (MiniLM, three seeds each): below some 90 passages most
# fits with BERTopic's own settings found no topic at all, or two that share out everything; from some 120 on, none
# was empty. Fewer texts than these speak of what their authors happened to share.
MIN_PASSAGES = 100
MIN_DOCUMENTS = 15


class TooFewPassages(ValueError):  # noqa: N818 - says what is the matter, as a person would
    """There is too little to read for topics that would mean anything."""


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


@dataclass(frozen=True, slots=True, eq=False)
class Topics:
    """What one fit gives."""

    labels: NDArray[np.int64]
    """Shape (n,): each passage's topic number, or OUTLIER."""
    topics: tuple[DiscoveredTopic, ...]
    """By number; none if nothing in the passages stands together."""
    manifest: Mapping[str, Any]
    """Seed, parameters and versions: what it takes to do it again. Only what JSON can hold."""


class TopicModel(Protocol):
    """A way to discover topics in passages that are embedded already."""

    @property
    def name(self) -> str:
        """What `open_topic_model` knows it by."""

    def fit(self, texts: Sequence[str], embeddings: Matrix, *, seed: int) -> Topics:
        """The topics of the passages; the same for the same passages, seed and versions.

        embeddings: shape (len(texts), d), rows of unit length.
        Raises TooFewPassages below MIN_PASSAGES, and ValueError if texts and rows differ in number.
        """


def open_topic_model(name: str = "bertopic") -> TopicModel:
    """The topic model of that name; its libraries are imported when it first fits. Raises ValueError if unknown."""
    if name == "bertopic":
        from nlp.topics.bertopic_model import BERTopicModel

        return BERTopicModel()
    raise ValueError(f"There is no topic model {name!r}. Use 'bertopic'.")


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


def _counted(n: int, one: str, many: str) -> str:
    return f"{n} {one if n == 1 else many}"
