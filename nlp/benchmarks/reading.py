"""`python -m nlp.benchmark reading`: stories read a second and the memory that it takes, beside a plain script.

The plain script does the heavy part with the same libraries and nothing else, in the same run, so that the ratio
says what the rules, the themes and the order of the work cost or gain.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language

from nlp.codebook import load_codebook
from nlp.components.registry import COMPONENTS
from nlp.embedding import Embedder, open_embedder
from nlp.evaluation.gold import read_body
from nlp.parsing import BUILTIN, parse
from nlp.pipeline import load_pipeline
from nlp.text import passages

PLAIN_BATCH = 16

_SENTENCES = (
    "The {place} opened its doors on a wet Tuesday and {n} people came in.",
    "Nobody had asked whether the {place} was warm, but it was warmer than the street.",
    "In {year} the {place} was turned into a community kitchen after the river came up.",
    "Volunteers carried {n} boxes up the stairs, and carried most of them down again.",
    '"We had never met the people next door," said Maureen, "and now I have their keys."',
    "The grant came to £{n}00 and paid for a boiler, two doors and a great deal of paint.",
    "On Thursdays the {place} belongs to the choir, who do not mind the smell of soup.",
    "There were {n} names on the list by the end of the week.",
)
_PLACES = ("library", "chapel hall", "boxing gym", "bus depot", "pavilion", "old bank", "school kitchen")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--folder", type=Path, help="Markdown stories to read; without it, stories are made up")
    parser.add_argument("--stories", type=int, default=100, help="how many stories to make up")
    parser.add_argument("--words", type=int, default=300, help="words in each of them")
    parser.add_argument("--codebook", type=Path, default=Path("corpus/codebook.yaml"))
    parser.add_argument("--pipeline", default=BUILTIN)
    parser.add_argument("--embedder", default="minilm")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Read all stories with the whole pipeline and with the plain script, and say how long each took."""
    if options.folder:
        texts = [read_body(path) for path in sorted(options.folder.glob("**/*.md"))]
    else:
        texts = [made_up_story(seed, n_words=options.words) for seed in range(options.stories)]
    began = time.perf_counter()
    embedder = open_embedder(options.embedder)
    pipeline = load_pipeline(options.pipeline, embedder=embedder, codebook=load_codebook(options.codebook))
    load_s = time.perf_counter() - began
    # A first text by each, so that nobody pays for what is made once.
    list(pipeline.analyse(texts[:1]))
    plain_s = _timed(lambda: read_plainly(pipeline.language, embedder, texts))
    reading_s = _timed(lambda: sum(1 for _ in pipeline.analyse(texts)))
    parsing_s = _timed(lambda: sum(1 for _ in parse(pipeline.language, texts)))
    n_words = sum(len(text.split()) for text in texts)
    return {
        "stories": len(texts),
        "words": n_words,
        "load_s": load_s,
        "reading_s": reading_s,
        "stories_per_s": len(texts) / reading_s,
        "plain_script_s": plain_s,
        "ratio_to_plain_script": reading_s / plain_s,
        "words_per_s_without_embeddings": n_words / parsing_s,
        # Linux counts in kilobytes.
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def read_plainly(language: Language, embedder: Embedder, texts: Sequence[str]) -> int:
    """What somebody would write first: spaCy over the texts, and MiniLM in float32 over their passages, 16 at a time.

    No rules, no themes, and no sorting of passages by length. Gives the number of passages.
    """
    n_passages = 0
    for first in range(0, len(texts), PLAIN_BATCH):
        batch = list(texts[first : first + PLAIN_BATCH])
        docs = language.pipe(batch, disable=COMPONENTS)
        cut = [passage.text for doc in docs for passage in passages(doc.text)]
        for start in range(0, len(cut), PLAIN_BATCH):
            embedder.embed(cut[start : start + PLAIN_BATCH])
        n_passages += len(cut)
    return n_passages


def _timed(work: Callable[[], int]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def made_up_story(seed: int, *, n_words: int) -> str:
    """A text of at least `n_words` words in paragraphs of four sentences; the same for the same seed."""
    chance = random.Random(seed)
    sentences: list[str] = []
    while sum(len(sentence.split()) for sentence in sentences) < n_words:
        shape = chance.choice(_SENTENCES)
        values = {"place": chance.choice(_PLACES), "n": chance.randint(2, 90), "year": chance.randint(2015, 2024)}
        sentences.append(shape.format(**values))
    return "\n\n".join(" ".join(sentences[i : i + 4]) for i in range(0, len(sentences), 4))
