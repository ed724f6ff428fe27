"""How good and how steady the topics are, beside plain BERTopic and NMF on the same vectors.

c_npmi is gensim's, with its sliding window of ten words (Röder, Both and Hinneburg, WSDM 2015); diversity is the
share of distinct words among the top words of all topics (Dieng, Ruiz and Blei, TACL 2020). Both over ten words a
topic. Stability is the adjusted Rand index between runs with different seeds (Hubert and Arabie, 1985).
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from nlp.embedding import open_embedder
from nlp.topics import OUTLIER, Labels, Topics, Work, open_topic_model
from nlp.topics.ensemble import cut, lay_out
from nlp.topics.wording import N_WORDS, topic_candidates
from nlp.types import Matrix

Words = list[tuple[str, ...]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `python -m nlp.evaluate topics` may be told."""
    parser.add_argument("--octis", type=Path, required=True, metavar="DIR", help="a data set in OCTIS's shape")
    parser.add_argument("--topics", default="10,20,30,40,50", metavar="K,…", help="numbers of topics to average over")
    parser.add_argument("--seeds", default="1,2,3", metavar="S,…")
    parser.add_argument("--embedder", default="minilm", help="minilm (the default), or hashing to try it quickly")
    parser.add_argument("--models", default="consensus,bertopic,nmf", metavar="NAME,…", help="which to measure")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep embeddings and layouts here between runs")


def run(args: argparse.Namespace) -> dict[str, object]:
    """c_npmi, diversity, steadiness and outliers of the consensus, plain BERTopic and NMF.

    Raises OSError if the data set cannot be read.
    """
    texts = [line.split("\t")[0] for line in (args.octis / "corpus.tsv").read_text("utf-8").splitlines()]
    embeddings = _embeddings(texts, args)
    numbers, seeds = ([int(part) for part in given.split(",")] for given in (args.topics, args.seeds))
    found = {
        name: _consensus(texts, embeddings, numbers, seeds, args.keep)
        if name == "consensus"
        else _fits(name, texts, embeddings, numbers, seeds)
        for name in args.models.split(",")
    }
    coherence = _Coherence(texts)
    return {
        "documents": len(texts),
        "mean_over": f"k = {args.topics}; seeds {args.seeds}",
        **{name: _scores(runs, numbers, seeds, coherence) for name, runs in found.items()},
        **{f"ari_{name}": _ari_by_number(runs, numbers, seeds) for name, runs in found.items()},
    }


Runs = dict[tuple[int, int], tuple[Labels, Words]]
"""(number of topics, seed) → labels and words."""


def _embeddings(texts: list[str], args: argparse.Namespace) -> Matrix:
    path = args.keep / "embeddings.npy" if args.keep else None
    if path is not None and path.exists():
        return np.asarray(np.load(path), dtype=np.float32)
    made = open_embedder(args.embedder).embed(texts)
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        np.save(path, made)
    return made


def _consensus(
    texts: list[str], embeddings: Matrix, numbers: Sequence[int], seeds: Sequence[int], keep: Path | None
) -> Runs:
    """The layouts do not depend on the number of topics, so they are made once a seed."""
    runs: Runs = {}
    for seed in seeds:
        work = Work(keep=keep / f"seed-{seed}" if keep else None)
        ensemble = lay_out(embeddings, seed=seed, work=work, with_subsamples=False)
        for n_topics in numbers:
            labels = cut(ensemble, n_topics).labels
            candidates = topic_candidates(texts, labels)
            runs[n_topics, seed] = labels, [tuple(c.word for c in ranked[:N_WORDS]) for ranked in candidates]
    return runs


def _fits(name: str, texts: list[str], embeddings: Matrix, numbers: Sequence[int], seeds: Sequence[int]) -> Runs:
    runs: Runs = {}
    for seed in seeds:
        for n_topics in numbers:
            topics: Topics = open_topic_model(name).fit(texts, embeddings, seed=seed, n_topics=n_topics)
            runs[n_topics, seed] = topics.labels, [topic.words for topic in topics.topics]
    return runs


class _Coherence:
    """gensim's c_npmi of topics over one collection of texts."""

    def __init__(self, texts: Sequence[str]) -> None:
        from gensim.corpora import Dictionary

        self._texts = [text.split() for text in texts]
        self._dictionary = Dictionary(self._texts)

    def __call__(self, topics: list[list[str]]) -> list[float]:
        """One value a topic, in [-1, 1]."""
        from gensim.models.coherencemodel import CoherenceModel

        model: Any = CoherenceModel(
            topics=topics, texts=self._texts, dictionary=self._dictionary, coherence="c_npmi", topn=N_WORDS,
            processes=1,
        )  # fmt: skip
        return [float(value) for value in model.get_coherence_per_topic()]


def _scores(runs: Runs, numbers: Sequence[int], seeds: Sequence[int], coherence: _Coherence) -> dict[str, float]:
    told = {key: [list(words) for words in topics if len(words) == N_WORDS] for key, (_, topics) in runs.items()}
    # gensim slides its window over the texts once for each call, so that all topics are given in one.
    values = iter(coherence([words for topics in told.values() for words in topics]))
    by_run = {key: [next(values) for _ in topics] for key, topics in told.items()}
    diversity = [len({w for t in topics for w in t}) / (N_WORDS * len(topics)) for topics in told.values() if topics]
    return {
        "c_npmi": float(np.mean([np.mean(found) for found in by_run.values() if found])),
        "diversity": float(np.mean(diversity)),
        "ari": float(np.mean(list(_ari_by_number(runs, numbers, seeds).values()))),
        "outliers": float(np.mean([(labels == OUTLIER).mean() for labels, _ in runs.values()])),
        "topics_found": float(np.mean([len(topics) for _, topics in runs.values()])),
    }


def _ari_by_number(runs: Runs, numbers: Sequence[int], seeds: Sequence[int]) -> dict[str, float]:
    """Mean over the pairs of seeds; outliers count as a topic of their own."""
    from nlp.topics.agreement import adjusted_rand_index

    return {
        str(n_topics): float(
            np.mean(
                [adjusted_rand_index(runs[n_topics, a][0], runs[n_topics, b][0]) for a, b in combinations(seeds, 2)]
            )
        )
        for n_topics in numbers
        if len(seeds) > 1
    }
