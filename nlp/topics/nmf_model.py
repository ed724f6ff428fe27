"""Topics by non-negative matrix factorisation of TF-IDF: the baseline that knows words alone.

Lee and Seung (1999), "Learning the parts of objects by non-negative matrix factorization", Nature 401, 788-791.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version

import numpy as np

from nlp.topics import DiscoveredTopic, Topics, Work, representatives, require_fit_input
from nlp.topics.ensemble import by_size
from nlp.topics.wording import N_WORDS, STOP_WORDS, WORD_PATTERN, heading
from nlp.types import Matrix

_N_TOPICS = 20


@dataclass(frozen=True, slots=True)
class NMFModel:
    """See `nlp.topics.TopicModel`."""

    name: str = "nmf"

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
        """See `nlp.topics.TopicModel.fit`; the embeddings serve only to choose representatives."""
        from sklearn.decomposition import NMF
        from sklearn.feature_extraction.text import TfidfVectorizer

        require_fit_input(texts, embeddings)
        vectorizer = TfidfVectorizer(token_pattern=WORD_PATTERN, stop_words=sorted(STOP_WORDS), min_df=2)
        rows = vectorizer.fit_transform(texts)
        model = NMF(n_topics or _N_TOPICS, random_state=seed, init="nndsvda", max_iter=400, tol=1e-3)
        weights = model.fit_transform(rows)
        # A component that is nobody's first is no topic.
        found = np.where(weights.max(axis=1) > 0, weights.argmax(axis=1), -1)
        labels = by_size(found)
        vocabulary = vectorizer.get_feature_names_out()
        topics = []
        for number in range(int(labels.max(initial=-1)) + 1):
            members = np.flatnonzero(labels == number)
            best = np.argsort(-model.components_[found[members[0]]], kind="stable")[:N_WORDS]
            words = tuple(str(vocabulary[i]) for i in best)
            topics.append(
                DiscoveredTopic(number, words, heading(words, number=number), representatives(embeddings, members))
            )
        versions = {name: version(name) for name in ("scikit-learn", "numpy")}
        manifest = {"model": self.name, "seed": seed, "parameters": {"n_topics": model.n_components}}
        return Topics(labels=labels, topics=tuple(topics), manifest=manifest | {"versions": versions})
