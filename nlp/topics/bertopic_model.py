"""Plain BERTopic with its own settings: what the consensus is measured against.

Grootendorst, "BERTopic: Neural topic modeling with a class-based TF-IDF procedure", arXiv:2203.05794.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import numpy as np

from nlp.topics import DiscoveredTopic, Topics, Work, representatives, require_fit_input
from nlp.topics.wording import N_WORDS, STOP_WORDS, WORD_PATTERN, heading
from nlp.types import Matrix

_UMAP = {"n_neighbors": 15, "n_components": 5, "min_dist": 0.0, "metric": "cosine"}
_MIN_CLUSTER_SIZE = 10
_DISTRIBUTIONS = ("bertopic", "umap-learn", "hdbscan", "scikit-learn", "numba", "numpy")


@dataclass(frozen=True, slots=True)
class BERTopicModel:
    """See `nlp.topics.TopicModel`. It knows no stability, no map, and no stories."""

    name: str = "bertopic"

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
        """See `nlp.topics.TopicModel.fit`. n_topics: BERTopic merges down to as many, and may find fewer."""
        require_fit_input(texts, embeddings)
        # BERTopic counts the topic of the outliers among them.
        model = _new_model(seed=seed, n_topics=n_topics + 1 if n_topics else None)
        labels = np.asarray(model.fit_transform(list(texts), embeddings=embeddings)[0], dtype=np.int64)
        return Topics(
            labels=labels,
            topics=tuple(_topic(model, number, embeddings, labels) for number in range(int(labels.max()) + 1)),
            manifest={
                "model": self.name,
                "seed": seed,
                "parameters": {"umap": _UMAP, "hdbscan": {"min_cluster_size": _MIN_CLUSTER_SIZE}},
                "versions": {name: version(name) for name in _DISTRIBUTIONS},
            },
        )


def _new_model(*, seed: int, n_topics: int | None) -> Any:
    with warnings.catch_warnings():
        # umap says on import that its neural variant, which nobody asked for, lacks TensorFlow. The block also
        # undoes what BERTopic's import does to everybody: it ignores all FutureWarnings and UserWarnings.
        warnings.filterwarnings("ignore", message="Tensorflow not installed", category=ImportWarning)
        from bertopic import BERTopic
        from hdbscan import HDBSCAN
        from sklearn.feature_extraction.text import CountVectorizer
        from umap import UMAP

    return BERTopic(
        # Without a model BERTopic embeds nothing and fetches nothing, for the embeddings are given. "english" would
        # strip every letter beyond a–z from the texts, and half of "café" with it.
        embedding_model=None,
        language="multilingual",
        nr_topics=n_topics,
        # One thread each: with more, UMAP is not the same twice and HDBSCAN starts processes.
        umap_model=UMAP(**_UMAP, random_state=seed, n_jobs=1),
        hdbscan_model=HDBSCAN(min_cluster_size=_MIN_CLUSTER_SIZE, core_dist_n_jobs=1),
        vectorizer_model=CountVectorizer(token_pattern=WORD_PATTERN, stop_words=sorted(STOP_WORDS)),
    )


def _topic(model: Any, number: int, embeddings: Matrix, labels: Any) -> DiscoveredTopic:
    words = tuple(word for word, _ in (model.get_topic(number) or []) if word)[:N_WORDS]
    members = np.flatnonzero(labels == number)
    found = representatives(embeddings, members) if len(members) else ()
    return DiscoveredTopic(number, words, heading(words, number=number), found)
