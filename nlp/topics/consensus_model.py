"""Topics by consensus: BERTopic's recipe (UMAP, clusters, c-TF-IDF) over many seeds instead of one.

Grootendorst, "BERTopic: Neural topic modeling with a class-based TF-IDF procedure", arXiv:2203.05794; what makes it
come again is in `nlp.topics.ensemble`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version

import numpy as np
from numpy.typing import NDArray

from nlp.topics import OUTLIER, Labels, Topics, Work, require_fit_input
from nlp.topics import ensemble as ensembles
from nlp.topics.wording import discovered_topics
from nlp.types import Matrix

# Above this, the consensus is made on a sample and the others follow their neighbours in it.
SAMPLE = 6_000
STABLE = (0.85, 0.75)
"""Hennig's bounds for highly stable and for stable clusters."""
LEAST_STRENGTH = 0.5
_CANDIDATES = (4, 6, 8, 11, 15, 20, 27, 36, 48, 64)
_PASSAGES_A_TOPIC = 15
_SMALLEST_TOPIC = 4
_N_VOTERS = 10
_DISTRIBUTIONS = ("umap-learn", "scikit-learn", "numba", "numpy")


@dataclass(frozen=True, slots=True)
class ConsensusModel:
    """See `nlp.topics.TopicModel`. The first fit of a process takes some 20 s longer: numba compiles UMAP."""

    name: str = "consensus"

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
        """See `nlp.topics.TopicModel.fit`."""
        require_fit_input(texts, embeddings)
        work = work or Work()
        sample = _sample(len(texts), seed)
        inside = embeddings[sample]
        ensemble = ensembles.lay_out(inside, seed=seed, work=work)
        partition = ensembles.cut(ensemble, n_topics) if n_topics else choose(ensemble)
        places = ensembles.draw_map(inside, seed=seed, work=work)
        labels, strengths, coordinates = _spread(embeddings, sample, partition, places)
        kept = _kept_labels(labels, strengths, documents)
        final = ensembles.by_size(kept)
        # Topics were renumbered by size: each one's stability follows it by any of its passages.
        stability = {int(final[i]): float(partition.stabilities[labels[i]]) for i in np.flatnonzero(final >= 0)}
        work.report("layouts", 1, 1)
        return Topics(
            labels=final,
            topics=discovered_topics(texts, embeddings, final, stability=stability, lemma_by_form=lemma_by_form),
            manifest=_manifest(self.name, seed, n_sampled=len(sample), n_topics=len(partition.stabilities)),
            strengths=strengths,
            coordinates=coordinates,
        )


def choose(ensemble: ensembles.Ensemble) -> ensembles.Partition:
    """The finest cut whose topics are highly stable on the whole, else stable; if none is, the most stable cut."""
    n_passages = len(ensemble.seeded[0])
    numbers = [n for n in _CANDIDATES if n <= max(n_passages / _PASSAGES_A_TOPIC, _CANDIDATES[0])]
    cuts = [ensembles.cut(ensemble, n_topics) for n_topics in numbers]
    for bound in STABLE:
        stable = [made for made in cuts if _mean_stability(made) >= bound]
        if stable:
            return stable[-1]
    return max(cuts, key=_mean_stability)


def _mean_stability(partition: ensembles.Partition) -> float:
    """Over the passages, so that a topic counts by its size."""
    return float(partition.stabilities[partition.labels].mean())


def _sample(n: int, seed: int) -> NDArray[np.intp]:
    if n <= SAMPLE:
        return np.arange(n)
    return np.sort(np.random.default_rng(seed).choice(n, size=SAMPLE, replace=False))


def _spread(
    embeddings: Matrix, sample: NDArray[np.intp], partition: ensembles.Partition, places: Matrix
) -> tuple[Labels, NDArray[np.float32], Matrix]:
    """Labels, strengths and places of all passages; those outside the sample follow their neighbours in it."""
    if len(sample) == len(embeddings):
        return partition.labels, partition.strengths, places
    others = np.setdiff1d(np.arange(len(embeddings)), sample)
    voters, _ = ensembles.nearest_neighbors(embeddings[others], _N_VOTERS, among=embeddings[sample])
    votes = np.zeros((len(others), len(partition.stabilities)), dtype=np.float32)
    np.add.at(votes, (np.arange(len(others))[:, None], partition.labels[voters]), partition.strengths[voters])
    labels = np.empty(len(embeddings), dtype=np.int64)
    strengths = np.empty(len(embeddings), dtype=np.float32)
    coordinates = np.empty((len(embeddings), 2), dtype=np.float32)
    labels[sample], strengths[sample], coordinates[sample] = partition.labels, partition.strengths, places
    labels[others], strengths[others] = votes.argmax(axis=1), votes.max(axis=1) / voters.shape[1]
    # The median keeps a passage between two topics out of the empty space between them.
    coordinates[others] = np.median(places[voters], axis=1)
    return labels, strengths, coordinates


def _kept_labels(labels: Labels, strengths: NDArray[np.float32], documents: Sequence[int] | None) -> Labels:
    """Without passages that few members bear out, and without topics of one story or of hardly any passage."""
    kept = np.where(strengths >= LEAST_STRENGTH, labels, OUTLIER)
    stories = np.arange(len(labels)) if documents is None else np.asarray(documents)
    for number in np.unique(kept[kept >= 0]):
        members = kept == number
        if members.sum() < _SMALLEST_TOPIC or len(np.unique(stories[members])) < 2:
            kept[members] = OUTLIER
    return np.asarray(kept, dtype=np.int64)


def _manifest(name: str, seed: int, *, n_sampled: int, n_topics: int) -> dict[str, object]:
    return {
        "model": name,
        "seed": seed,
        "parameters": {
            "n_seeds": ensembles.N_SEEDS,
            "n_subsamples": ensembles.N_SUBSAMPLES,
            "subsample_share": ensembles.SUBSAMPLE_SHARE,
            "umap": {"n_neighbors": ensembles.N_NEIGHBORS, "n_components": ensembles.N_COMPONENTS, "min_dist": 0.0},
            "n_topics": n_topics,
            "n_sampled": n_sampled,
            "least_strength": LEAST_STRENGTH,
        },
        "versions": {distribution: version(distribution) for distribution in _DISTRIBUTIONS},
    }
