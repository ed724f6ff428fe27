"""Topics by BERTopic: UMAP, HDBSCAN and c-TF-IDF over embeddings that exist already.

Grootendorst, "BERTopic: Neural topic modeling with a class-based TF-IDF procedure", arXiv:2203.05794.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.topics import OUTLIER, DiscoveredTopic, Topics, require_enough
from nlp.topics.wording import WORD_PATTERN, heading, telling_words, topic_vocabulary
from nlp.types import Matrix

# Chosen on the project's own stories (137, 205 and 398 passages) and on 300 and 600 BBC news (MiniLM, five seeds
# each). Left alone, HDBSCAN gave for up to all five seeds two or three topics that share out everything; so nothing
# larger than a third of the passages is a topic. The adjusted Rand index between seeds is then 0.39, 0.39 and 0.48
# on the stories (without the limit 0.24, 0.39, and 0.51 for having next to no topics) and 0.94 and 0.85 on the news
# (0.83 and 0.56). Selecting leaves instead gave 0.70 and 0.63 there, and of the known subjects 0.35 and 0.29 against
# 0.66 and 0.42.
# On stories that is low: a run is one reading of them, not the truth about them.
_UMAP = {"n_neighbors": 10, "n_components": 5, "min_dist": 0.0, "metric": "cosine"}
_MIN_SAMPLES = 5
_LARGEST_SHARE = 1 / 3
_SMALLEST_TOPIC = 6
_N_REPRESENTATIVES = 3
_DISTRIBUTIONS = ("bertopic", "umap-learn", "hdbscan", "scikit-learn", "numba", "numpy")


@dataclass(frozen=True, slots=True)
class BERTopicModel:
    """See `nlp.topics.TopicModel`. The first fit of a process takes some 20 s longer: numba compiles UMAP."""

    name: str = "bertopic"

    def fit(self, texts: Sequence[str], embeddings: Matrix, *, seed: int) -> Topics:
        """See `nlp.topics.TopicModel.fit`."""
        if len(texts) != len(embeddings):
            raise ValueError(f"There are {len(texts)} texts and {len(embeddings)} embeddings. Give one row a text.")
        require_enough(n_passages=len(texts))
        parameters = _parameters(len(texts))
        model = _new_model(texts, parameters, seed=seed)
        labels = np.asarray(model.fit_transform(list(texts), embeddings=embeddings)[0], dtype=np.int64)
        return Topics(
            labels=labels,
            topics=tuple(_topics(model, texts, embeddings, labels)),
            manifest={
                "model": self.name,
                "seed": seed,
                "parameters": parameters,
                "versions": {name: version(name) for name in _DISTRIBUTIONS},
            },
        )


def _parameters(n_passages: int) -> dict[str, dict[str, Any]]:
    # Topics grow in size and in number alike, as the square root: 6 of 137 passages, 10 of 398, 50 of 10,000.
    smallest = max(_SMALLEST_TOPIC, round(n_passages**0.5 / 2))
    return {
        "umap": dict(_UMAP),
        "hdbscan": {
            "min_samples": _MIN_SAMPLES,
            "min_cluster_size": smallest,
            "max_cluster_size": int(n_passages * _LARGEST_SHARE),
        },
    }


def _new_model(texts: Sequence[str], parameters: Mapping[str, Mapping[str, Any]], *, seed: int) -> Any:
    with warnings.catch_warnings():
        # umap says on import that its neural variant, which nobody asked for, lacks TensorFlow. The block also
        # undoes what BERTopic's import does to everybody: it ignores all FutureWarnings and UserWarnings.
        warnings.filterwarnings("ignore", message="Tensorflow not installed", category=ImportWarning)
        from bertopic import BERTopic
        from hdbscan import HDBSCAN
        from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, CountVectorizer
        from umap import UMAP

    return BERTopic(
        # Without a model BERTopic embeds nothing and fetches nothing, for the embeddings are given. "english" would
        # strip every letter beyond a–z from the texts, and half of "café" with it.
        embedding_model=None,
        language="multilingual",
        # One thread each: with more, UMAP is not the same twice and HDBSCAN starts processes.
        umap_model=UMAP(**parameters["umap"], random_state=seed, n_jobs=1),
        hdbscan_model=HDBSCAN(**parameters["hdbscan"], core_dist_n_jobs=1),
        vectorizer_model=CountVectorizer(
            token_pattern=WORD_PATTERN, vocabulary=topic_vocabulary(texts, stop_words=ENGLISH_STOP_WORDS)
        ),
    )


def _topics(model: Any, texts: Sequence[str], embeddings: Matrix, labels: NDArray[np.int64]) -> list[DiscoveredTopic]:
    vocabulary = model.vectorizer_model.get_feature_names_out()
    holds = model.vectorizer_model.transform(texts) > 0
    # The outliers, where there are any, are the first row of c-TF-IDF.
    first_row = int(OUTLIER in labels)
    topics = []
    for number in range(int(labels.max()) + 1):
        members = np.flatnonzero(labels == number)
        words = telling_words(
            vocabulary,
            model.c_tf_idf_[first_row + number].toarray().ravel(),
            np.asarray(holds[members].sum(axis=0), dtype=np.int64).ravel(),
        )
        label = heading(words, number=number)
        topics.append(DiscoveredTopic(number, words, label, _representatives(embeddings, members)))
    return topics


def _representatives(embeddings: Matrix, members: NDArray[np.int64]) -> tuple[int, ...]:
    similarities = embeddings[members] @ embeddings[members].mean(axis=0)
    nearest = np.argsort(-similarities, kind="stable")[:_N_REPRESENTATIVES]
    return tuple(int(index) for index in members[nearest])
