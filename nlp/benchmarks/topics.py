"""How long topics take and what they are like, from 15 stories to 10,000, beside plain BERTopic."""

from __future__ import annotations

import argparse
import random
import resource
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

from nlp.benchmarks.stories import read_texts
from nlp.embedding import open_embedder
from nlp.text import normalise
from nlp.topics import OUTLIER, TooFewPassages, Topics, Work, open_topic_model
from nlp.topics.readable import require_readable, unreadable
from nlp.types import Matrix

_PASSAGES_A_STORY = 5
_WORDS_A_PASSAGE = 90
_LEAST_WORDS = 25
_NOISE = 0.35
_MOST_TO_CHECK = 20_000
_COLUMNS = {
    "passages": "passages",
    "topics": "topics",
    "in a topic": "stories_in_a_topic",
    "smallest": "smallest_topic_stories",
    "in none": "outliers",
    "stability": "stability",
    "seconds": "seconds",
    "cpu seconds": "cpu_seconds",
    "memory MB": "memory_mb",
}
"""What a row of the table is headed by → what it is called in JSON."""
_CORPUS = Path(__file__).resolve().parents[2] / "corpus"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `python -m nlp.benchmark topics` may be told."""
    parser.add_argument("--sizes", default="15,40,60,200,1000", metavar="N,…", help="numbers of stories")
    parser.add_argument(
        "--texts", type=Path, metavar="FILE", help="JSON lines with text and title to make stories of"
    )
    parser.add_argument(
        "--real", type=int, default=4000, metavar="N", help="texts to embed; more passages reuse them"
    )
    parser.add_argument("--vectors", type=Path, metavar="FILE", help="keep the embeddings here between runs")
    parser.add_argument("--beside", default="bertopic", help="another model to time on the same vectors, or 'none'")
    parser.add_argument("--seed", type=int, default=1)


def run(args: argparse.Namespace) -> dict[str, object]:
    """By number of stories: seconds, topics, shares and memory of the consensus, and seconds of the other model.

    Each row is told on standard error as soon as it is measured, for the largest take many minutes. Memory is the
    process's highest so far, so sizes are best given in ascending order.
    """
    texts, embeddings = _real_passages(args)
    measured: dict[str, object] = {
        "vectors": f"MiniLM of {len(texts)} real texts; beyond those, the same again with noise of {_NOISE}"
    }
    _tell(f"{'stories':>7} {'model':<10} " + " ".join(f"{name:>12}" for name in _COLUMNS))
    for size in map(int, args.sizes.split(",")):
        passages = _passages(texts, embeddings, size, args.seed)
        row = measured[str(size)] = _measured("consensus", *passages, args)
        _tell_row(size, "consensus", row)
        if args.beside != "none" and isinstance(row, dict):
            beside = row[args.beside] = _measured(args.beside, *passages, args)
            _tell_row(size, args.beside, beside)
    return measured


def _measured(
    model: str, texts: list[str], embeddings: Matrix, documents: list[int], args: argparse.Namespace
) -> dict[str, object] | str:
    """What a fit took and gave, or why there was none."""
    try:
        # At the largest sizes this would take as long as the fit; there is nothing unreadable in them.
        require_readable(texts, documents, unreadable(texts) if len(texts) < _MOST_TO_CHECK else {})
    except TooFewPassages as err:
        return str(err)
    started, worked = perf_counter(), process_time()
    topics = open_topic_model(model).fit(texts, embeddings, seed=args.seed, documents=documents, work=Work())
    return {
        "passages": float(len(texts)),
        "seconds": perf_counter() - started,
        "cpu_seconds": process_time() - worked,
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        **_shape(topics, documents),
    }


def _tell_row(size: int, model: str, row: dict[str, object] | str) -> None:
    values = row if isinstance(row, str) else " ".join(f"{row[name]:>12.2f}" for name in _COLUMNS.values())
    _tell(f"{size:>7} {model:<10} {values}")


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _shape(topics: Topics, documents: list[int]) -> dict[str, float]:
    stories = np.asarray(documents)
    is_in = topics.labels != OUTLIER
    of_topic = [len(set(stories[topics.labels == topic.number])) for topic in topics.topics]
    return {
        "topics": float(len(topics.topics)),
        "stories_in_a_topic": len(set(stories[is_in])) / len(set(documents)),
        "smallest_topic_stories": float(min(of_topic, default=0)),
        "outliers": float((~is_in).mean()),
        "stability": float(np.mean([topics.topics[label].stability for label in topics.labels[is_in]])),
    }


def _real_passages(args: argparse.Namespace) -> tuple[list[str], Matrix]:
    texts = [" ".join(normalise(text).split()[:_WORDS_A_PASSAGE]) for _, text in read_texts(args.texts, _CORPUS)]
    random.Random(1).shuffle(texts)
    texts = [text for text in dict.fromkeys(texts) if len(text.split()) >= _LEAST_WORDS][: args.real]
    if args.vectors is not None and args.vectors.exists():
        embeddings = np.asarray(np.load(args.vectors), dtype=np.float32)
        if len(embeddings) == len(texts):
            return texts, embeddings
    embeddings = open_embedder("minilm").embed(texts)
    if args.vectors is not None:
        np.save(args.vectors, embeddings)
    return texts, embeddings


def _passages(texts: list[str], embeddings: Matrix, n_stories: int, seed: int) -> tuple[list[str], Matrix, list[int]]:
    """Stories of five passages whose subjects lie near each other, as those of a real one do."""
    draw, noise = random.Random(seed), np.random.default_rng(seed)
    rows: list[int] = []
    documents: list[int] = []
    for story, first in enumerate(_firsts(len(texts), n_stories, draw)):
        near = np.argpartition(-(embeddings @ embeddings[first]), 20)[:20].tolist()
        rows += [first, *draw.sample([row for row in near if row != first], _PASSAGES_A_STORY - 1)]
        documents += [story] * _PASSAGES_A_STORY
    made = embeddings[rows]
    firsts = {row: position for position, row in reversed(list(enumerate(rows)))}
    is_again = np.asarray([firsts[row] != position for position, row in enumerate(rows)])
    made[is_again] += (
        _NOISE
        * noise.standard_normal((int(is_again.sum()), made.shape[1])).astype(np.float32)
        / (made.shape[1] ** 0.5)
    )
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    # A text that comes again gets a word of its own, for passages that repeat another are not read.
    written = [
        f"{texts[row]} {_word(i)}" if again else texts[row]
        for i, (row, again) in enumerate(zip(rows, is_again, strict=True))
    ]
    return written, made, documents


def _firsts(n_texts: int, n_stories: int, draw: random.Random) -> Iterator[int]:
    order = list(range(n_texts))
    for story in range(n_stories):
        if story % n_texts == 0:
            draw.shuffle(order)
        yield order[story % n_texts]


def _word(number: int) -> str:
    """A word that no other number has."""
    return "q" + "".join(chr(ord("a") + int(digit)) for digit in str(number))
