"""`python -m nlp.benchmark reading`: stories read a second, and the memory that it takes."""

from __future__ import annotations

import argparse
import random
import resource
import time
from pathlib import Path
from typing import Any

from nlp.codebook import load_codebook
from nlp.embedding import open_embedder
from nlp.evaluation.gold import read_body
from nlp.parsing import BUILTIN
from nlp.pipeline import load_pipeline

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
    """Load the pipeline, read all stories once and say how long each took."""
    if options.folder:
        texts = [read_body(path) for path in sorted(options.folder.glob("**/*.md"))]
    else:
        texts = [made_up_story(seed, n_words=options.words) for seed in range(options.stories)]
    began = time.perf_counter()
    pipeline = load_pipeline(
        options.pipeline, embedder=open_embedder(options.embedder), codebook=load_codebook(options.codebook)
    )
    loaded = time.perf_counter()
    n_read = sum(1 for _ in pipeline.analyse(texts))
    reading_s = time.perf_counter() - loaded
    return {
        "stories": n_read,
        "words": sum(len(text.split()) for text in texts),
        "load_s": loaded - began,
        "reading_s": reading_s,
        "stories_per_s": n_read / reading_s if reading_s else 0.0,
        # Linux counts in kilobytes.
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def made_up_story(seed: int, *, n_words: int) -> str:
    """A text of at least `n_words` words in paragraphs of four sentences; the same for the same seed."""
    chance = random.Random(seed)
    sentences: list[str] = []
    while sum(len(sentence.split()) for sentence in sentences) < n_words:
        shape = chance.choice(_SENTENCES)
        values = {"place": chance.choice(_PLACES), "n": chance.randint(2, 90), "year": chance.randint(2015, 2024)}
        sentences.append(shape.format(**values))
    return "\n\n".join(" ".join(sentences[i : i + 4]) for i in range(0, len(sentences), 4))
