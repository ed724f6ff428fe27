"""Many layouts of the same passages, and what they agree on: the consensus that makes a run come again.

UMAP (McInnes, Healy and Melville, arXiv:1802.03426) gives another layout for each seed, and topics cut from a single
one change with it. Here ten layouts stand side by side, so that the squared distance between two passages is its
mean over the seeds, and k-means cuts that. The graph of neighbours, which costs most, is made once for all.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.topics import Labels, Work
from nlp.types import Matrix

N_SEEDS = 10
N_SUBSAMPLES = 4
SUBSAMPLE_SHARE = 0.9
N_NEIGHBORS = 15
N_COMPONENTS = 5
_N_SPARE_NEIGHBORS = 10
_N_STARTS = 20
_N_MEMBER_STARTS = 3
_CHUNK = 2048

Neighbors = tuple[NDArray[np.int32], NDArray[np.float32]]


@dataclass(frozen=True, slots=True, eq=False)
class Ensemble:
    """Layouts of the same n passages, each centred and scaled to unit spread."""

    seeded: tuple[Matrix, ...]
    """N_SEEDS of shape (n, N_COMPONENTS)."""
    subsampled: tuple[Matrix, ...]
    """N_SUBSAMPLES more, each made of 90 % of the passages; the rest lie among their neighbours."""
    seed: int

    def members(self) -> tuple[Matrix, ...]:
        return self.seeded + self.subsampled


@dataclass(frozen=True, slots=True, eq=False)
class Partition:
    """One way to cut the passages into k topics, and how the members of the ensemble bear it out."""

    labels: Labels
    strengths: NDArray[np.float32]
    """Shape (n,): the share of the members in which the passage is where most of its topic is."""
    stabilities: NDArray[np.float64]
    """Shape (k,): mean over the members of the largest Jaccard index with one of their clusters.

    Source: Hennig (2007), "Cluster-wise assessment of cluster stability", CSDA 52(1), 258-271, who calls a
    cluster with a mean of 0.75 and above stable.
    """


def lay_out(embeddings: Matrix, *, seed: int, work: Work, with_subsamples: bool = True) -> Ensemble:
    """The ensemble of the passages; parts that `work.keep` holds are read from there.

    embeddings: shape (n, d), rows of unit length, n > N_NEIGHBORS.
    """
    n_members = N_SEEDS + (N_SUBSAMPLES if with_subsamples else 0)
    indices, distances = nearest_neighbors(embeddings, N_NEIGHBORS + _N_SPARE_NEIGHBORS)
    whole = (indices[:, :N_NEIGHBORS], distances[:, :N_NEIGHBORS])
    members: list[Matrix] = []
    for member in range(n_members):
        work.report("layouts", member, n_members + 1)
        # Seeds of different runs do not meet, so that runs with different seeds share no layout.
        own_seed = seed * 1000 + member
        if member < N_SEEDS:
            made = _kept(work.keep, f"layout-{member}", lambda s=own_seed: _layout(embeddings, whole, seed=s))
        else:
            made = _kept(
                work.keep,
                f"layout-{member}",
                lambda s=own_seed: _subsampled_layout(embeddings, (indices, distances), seed=s),
            )
        members.append(_scaled(made))
    return Ensemble(tuple(members[:N_SEEDS]), tuple(members[N_SEEDS:]), seed)


def draw_map(embeddings: Matrix, *, seed: int, work: Work) -> Matrix:
    """Shape (n, 2): a place for each passage in [0, 1] × [0, 1], near ones near."""
    near = nearest_neighbors(embeddings, N_NEIGHBORS)
    placed = _kept(work.keep, "map", lambda: _layout(embeddings, near, seed=seed, n_components=2, min_dist=0.15))
    low, high = np.percentile(placed, 0.5, axis=0), np.percentile(placed, 99.5, axis=0)
    return np.asarray(np.clip((placed - low) / np.maximum(high - low, 1e-9), 0, 1), dtype=np.float32)


def cut(ensemble: Ensemble, n_topics: int) -> Partition:
    """The passages in n_topics, numbered from the largest."""
    beside = np.hstack(ensemble.seeded)
    labels = by_size(_k_means(beside, n_topics, seed=ensemble.seed, n_starts=_N_STARTS))
    members = ensemble.members()
    together = np.zeros(len(labels), dtype=np.float32)
    stabilities = np.zeros(n_topics)
    for position, member in enumerate(members):
        found = _k_means(member, n_topics, seed=ensemble.seed + position, n_starts=_N_MEMBER_STARTS)
        shared = np.zeros((n_topics, n_topics))
        np.add.at(shared, (labels, found), 1)
        union = shared.sum(axis=1, keepdims=True) + shared.sum(axis=0, keepdims=True) - shared
        jaccard = shared / np.maximum(union, 1)
        stabilities += jaccard.max(axis=1)
        together += found == jaccard.argmax(axis=1)[labels]
    return Partition(labels, (together / len(members)).astype(np.float32), stabilities / len(members))


def nearest_neighbors(embeddings: Matrix, n_neighbors: int, among: Matrix | None = None) -> Neighbors:
    """(indices, cosine distances), each of shape (n, n_neighbors), nearest first; exact.

    Without `among`, of the passages themselves, each being its own nearest.
    """
    others = embeddings if among is None else among
    n_neighbors = min(n_neighbors, len(others))
    indices = np.empty((len(embeddings), n_neighbors), dtype=np.int32)
    distances = np.empty((len(embeddings), n_neighbors), dtype=np.float32)
    for start in range(0, len(embeddings), _CHUNK):
        cosines = embeddings[start : start + _CHUNK] @ others.T
        rows = np.arange(len(cosines))
        if among is None:
            # Two passages of the same vector tie with themselves; UMAP needs each to come first in its own row.
            cosines[rows, start + rows] = 2
        best = np.argpartition(-cosines, n_neighbors - 1, axis=1)[:, :n_neighbors]
        order = np.argsort(-np.take_along_axis(cosines, best, axis=1), axis=1, kind="stable")
        best = np.take_along_axis(best, order, axis=1)
        indices[start : start + _CHUNK] = best
        distances[start : start + _CHUNK] = np.clip(1 - np.take_along_axis(cosines, best, axis=1), 0, 2)
    return indices, distances


def by_size(labels: NDArray[Any]) -> Labels:
    """The labels renumbered from 0, the largest first; what is below 0 stays."""
    numbers, counts = np.unique(labels[labels >= 0], return_counts=True)
    order = numbers[np.argsort(-counts, kind="stable")]
    renumbered = np.full(len(labels), -1, dtype=np.int64)
    for new, old in enumerate(order):
        renumbered[labels == old] = new
    return renumbered


def _layout(
    embeddings: Matrix, near: Neighbors, *, seed: int, n_components: int = N_COMPONENTS, min_dist: float = 0.0
) -> Matrix:
    with warnings.catch_warnings():
        # umap says on import that its neural variant, which nobody asked for, lacks TensorFlow; and that neighbours
        # computed beforehand serve no later `transform`, which nobody calls.
        warnings.simplefilter("ignore")
        from umap import UMAP

        made = UMAP(
            n_neighbors=near[0].shape[1],
            n_components=n_components,
            min_dist=min_dist,
            metric="cosine",
            random_state=seed,
            n_jobs=1,
            precomputed_knn=near,
        ).fit_transform(embeddings)
    return np.asarray(made, dtype=np.float32)


def _subsampled_layout(embeddings: Matrix, near: Neighbors, *, seed: int) -> Matrix:
    n = len(embeddings)
    chosen = np.sort(np.random.default_rng(seed).choice(n, size=round(n * SUBSAMPLE_SHARE), replace=False))
    position = np.full(n, -1, dtype=np.int32)
    position[chosen] = np.arange(len(chosen))
    indices, distances = position[near[0]], near[1]
    # Neighbours that were left out move behind those that were not.
    order = np.argsort(indices < 0, axis=1, kind="stable")[:, :N_NEIGHBORS]
    indices, distances = np.take_along_axis(indices, order, axis=1), np.take_along_axis(distances, order, axis=1)
    # Where most neighbours were left out, the last one that was not stands for the others.
    last = np.maximum((indices >= 0).sum(axis=1) - 1, 0)
    rows = np.arange(n)
    filler = np.maximum(indices[rows, last], 0)
    is_missing = indices < 0
    indices = np.where(is_missing, filler[:, None], indices)
    distances = np.where(is_missing, distances[rows, last][:, None], distances)
    inner = _layout(embeddings[chosen], (indices[chosen], distances[chosen]), seed=seed)
    placed = inner[indices].mean(axis=1)
    placed[chosen] = inner
    return np.asarray(placed, dtype=np.float32)


def _k_means(points: Matrix, n_clusters: int, *, seed: int, n_starts: int) -> Labels:
    from sklearn.cluster import KMeans
    from threadpoolctl import threadpool_limits

    # These are many small problems: threads wait for each other longer than they work, most of all on busy cores.
    with threadpool_limits(limits=1):
        made = KMeans(n_clusters, n_init=n_starts, random_state=seed).fit(points)
    return np.asarray(made.labels_, dtype=np.int64)


def _scaled(layout: Matrix) -> Matrix:
    centred = layout - layout.mean(axis=0)
    return np.asarray(centred / max(float(np.sqrt((centred**2).sum(axis=1).mean())), 1e-9), dtype=np.float32)


def _kept(folder: Path | None, name: str, make: Any) -> Matrix:
    """What `make` gives, from the folder if an earlier fit left it there whole."""
    if folder is None:
        return np.asarray(make(), dtype=np.float32)
    path = folder / f"{name}.npy"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f"{name}.draft.npy"
        np.save(draft, make())
        draft.replace(path)
    return np.asarray(np.load(path), dtype=np.float32)
