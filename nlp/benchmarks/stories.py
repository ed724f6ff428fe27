"""Made-up stories of the length of real ones, for measuring speed: texts joined, facets and embeddings drawn."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from nlp.embedding import Embedder
from nlp.search.analyzer import STOP_WORDS, WORD, fold
from nlp.text import normalise, passages
from nlp.types import USE_CATEGORIES, IndexDocument, IndexPassage, IndexRepurposing, Matrix

WIDTH = 384
_WORDS = (300, 450)
_THEMES = 26
_REGIONS, _AUTHORITIES, _NEIGHBOURHOODS = 12, 30, 20


def read_texts(path: Path | None, corpus: Path) -> list[tuple[str, str]]:
    """(title, text) pairs from a file of JSON lines; without one, the paragraphs of the project's own corpus.

    Raises ValueError if there is no text at all.
    """
    if path is not None:
        rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
        texts = [(row["title"], row["text"]) for row in rows]
    else:
        stories = [file.read_text(encoding="utf-8") for file in sorted((corpus / "stories").glob("*.md"))]
        paragraphs = [part for text in stories for part in text.split("\n\n")[1:]]
        texts = [(" ".join(part.split()[:6]), part) for part in paragraphs]
    if not texts:
        raise ValueError(f"There is no text in {path or corpus}; name a file of JSON lines with --texts.")
    return texts


def made_stories(
    texts: Sequence[tuple[str, str]], n_stories: int, *, seed: int, embedder: Embedder | None
) -> Iterator[IndexDocument]:
    """So many stories of 300–450 words, the same for the same seed.

    Without an embedder, passages have random unit vectors: they cost what real ones cost, and mean nothing.
    """
    draw = random.Random(seed)
    vectors = np.random.default_rng(seed)
    for number in range(n_stories):
        title = normalise(draw.choice(texts)[0])
        body = normalise(_joined(texts, draw))
        cut = passages(body)
        facets = _facets(draw)
        said = _became(facets)
        written = [*(p.text for p in cut), said.text]
        *rows, last = embedder.embed(written) if embedder else _unit_rows(vectors, len(written))
        yield IndexDocument(
            story_id=f"story-{number}",
            revision=1,
            title=title,
            body=body,
            summary=" ".join(body.split()[:30]),
            organisation=title,
            place=_place(draw)[-1],
            uses={"research": None} if draw.random() < 0.9 else {"internal": None},
            published=date.fromordinal(date(2020, 1, 1).toordinal() + draw.randrange(1500)),
            passages=tuple(IndexPassage(p.start, p.end, p.text, row) for p, row in zip(cut, rows, strict=True)),
            repurposings=(replace(said, embedding=last),),
            facets=facets,
        )


def asked_words(texts: Sequence[tuple[str, str]]) -> tuple[list[str], list[float]]:
    """The words that queries may ask for, and how often each is asked for beside the others."""
    counts = Counter(fold(word) for _, text in texts for word in WORD.findall(text))
    words = [word for word in counts if len(word) > 2 and word.isalpha() and word not in STOP_WORDS]
    # The square root takes the edge off Zipf's law: people ask for rarer words than texts are made of.
    return words, [counts[word] ** 0.5 for word in words]


def _joined(texts: Sequence[tuple[str, str]], draw: random.Random) -> str:
    wanted = draw.randint(*_WORDS)
    parts: list[str] = []
    n_words = 0
    while n_words < wanted:
        words = draw.choice(texts)[1].split(" ")[: wanted - n_words]
        parts.append(" ".join(words))
        n_words += len(words)
    return "\n\n".join(parts)


def _became(facets: Mapping[str, tuple[str, ...]]) -> IndexRepurposing:
    """The repurposing that a made-up story's facets tell of."""
    (before,), (after,) = facets["repurposed_from"], facets["repurposed_to"]
    return IndexRepurposing(
        text=f"{before} place became {after} place",
        from_=f"{before} place",
        to=f"{after} place",
        from_category=before,
        to_category=after,
    )


def _unit_rows(vectors: np.random.Generator, n_rows: int) -> Matrix:
    rows = vectors.standard_normal((n_rows, WIDTH)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def _place(draw: random.Random) -> tuple[str, ...]:
    region = f"Region {draw.randrange(_REGIONS)}"
    authority = f"{region} / Authority {draw.randrange(_AUTHORITIES)}"
    return region, authority, f"{authority} / Neighbourhood {draw.randrange(_NEIGHBOURHOODS)}"


def _facets(draw: random.Random) -> dict[str, tuple[str, ...]]:
    return {
        "theme": tuple(f"theme-{n}" for n in draw.sample(range(_THEMES), k=draw.randint(1, 4))),
        "place": _place(draw),
        "organisation_kind": (draw.choice(("charity", "business", "council", "faith group")),),
        "year": (str(draw.randint(2018, 2024)),),
        "repurposed_from": (draw.choice(USE_CATEGORIES),),
        "repurposed_to": (draw.choice(USE_CATEGORIES),),
        "trigger": (draw.choice(("pandemic", "closure", "cost", "demand")),),
    }
