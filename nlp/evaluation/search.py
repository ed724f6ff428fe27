"""How well search finds what people judged relevant: by words, by meaning, and by all that is known, fused.

Without arguments it measures on the project's own corpus and queries, `--stories` and `--queries` take others of
that form; there, "fused" is what the site gives: every story read by the pipeline, every query by the query reader.
`--beir` takes any collection in BEIR's shape, which is measured as BEIR does it (linear gain) and without reading.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from nlp.codebook import load_codebook
from nlp.embedding import Embedder, open_embedder
from nlp.evaluation.judgements import JudgedQuery, JudgedStory, Judgements, read_beir, read_stories
from nlp.metrics import Gain, mean_over_queries, ndcg_at_k, recall_at_k, reciprocal_rank
from nlp.parsing import BUILTIN
from nlp.pipeline import load_pipeline
from nlp.search import SearchEngine, open_engine
from nlp.search.documents import Told, document_of
from nlp.search.needs import text_to_embed
from nlp.search.query import parse
from nlp.search.reader import QueryReader
from nlp.search.suggestions import is_slip
from nlp.text import passages
from nlp.types import Audience, IndexDocument, IndexPassage, Matrix, Passage, Theme

Run = dict[str, list[str]]
Scores = dict[str, float]

_EVERYBODY = Audience(frozenset({"research"}), date.min)
_DEPTH = 100
_CORPUS = Path(__file__).resolve().parents[2] / "corpus"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `python -m nlp.evaluate search` may be told."""
    parser.add_argument("--beir", type=Path, metavar="DIR", help="a collection in BEIR's shape to measure on")
    parser.add_argument("--stories", type=Path, metavar="DIR", default=_CORPUS / "stories", help="story files")
    parser.add_argument("--queries", type=Path, metavar="FILE", default=_CORPUS / "queries.jsonl", help="JSON lines")
    parser.add_argument("--codebook", type=Path, metavar="FILE", default=_CORPUS / "codebook.yaml")
    parser.add_argument("--embedder", default="minilm", help="minilm (the default), or hashing to try it quickly")


def run(args: argparse.Namespace) -> dict[str, object]:
    """Measures by ranking ("words", "meaning", "fused"); on the project's own corpus also by kind of query.

    Raises OSError if the collection cannot be read.
    """
    embedder = open_embedder(args.embedder)
    if args.beir is not None:
        judged = read_beir(args.beir)
        return {name: _beir_scores(found, judged.queries) for name, found in _runs(judged, embedder).items()}
    judged = read_stories(args.stories, args.queries)
    runs = _runs(judged, embedder) | {"fused": site_run(judged, embedder, load_codebook(args.codebook))}
    return {
        f"{name}: {kind}": scores
        for name, found in runs.items()
        for kind, scores in _scores_by_kind(found, judged.queries).items()
    }


def site_run(judged: Judgements, embedder: Embedder, codebook: Sequence[Theme]) -> Run:
    """Query id → story ids as the site would list them to a reader, before anybody has reviewed anything."""
    pipeline = load_pipeline(BUILTIN, embedder=embedder, codebook=codebook)
    names = {theme.key: theme.name for theme in codebook}
    documents = [
        document_of(_told(story), analysis, embedder=embedder, theme_names=names, uses={"research": None})
        for story, analysis in zip(judged.stories, pipeline.analyse(s.body for s in judged.stories), strict=True)
    ]
    reader = QueryReader(embedder, codebook)
    with TemporaryDirectory() as folder, closing(open_engine(f"whoosh://{Path(folder).resolve()}")) as engine:
        engine.rebuild(documents)
        return {query.query_id: _found_as_meant(engine, reader, query.text) for query in judged.queries}


def _found_as_meant(engine: SearchEngine, reader: QueryReader, text: str) -> list[str]:
    """Story ids, a slip of the keys mended as the site mends it."""
    page = engine.search(reader.read(text), audience=_EVERYBODY, limit=_DEPTH)
    if page.suggestion is not None and is_slip(text, page.suggestion):
        page = engine.search(reader.read(page.suggestion), audience=_EVERYBODY, limit=_DEPTH)
    return [hit.story_id for hit in page.hits]


def _told(story: JudgedStory) -> Told:
    return Told(
        story_id=story.story_id,
        title=story.title,
        organisation=story.organisation,
        organisation_kind=story.organisation_kind,
        place=story.place,
        years=tuple(dict.fromkeys(re.findall(r"\b(?:19|20)\d\d\b", story.period))),
        themes=story.themes,
    )


def _runs(judged: Judgements, embedder: Embedder) -> dict[str, Run]:
    """For each ranking, query id → story ids, best first."""
    documents = _documents(judged, embedder)
    embeddings = embedder.embed([text_to_embed(parse(query.text)) for query in judged.queries])
    with TemporaryDirectory() as folder, closing(open_engine(f"whoosh://{Path(folder).resolve()}")) as engine:
        engine.rebuild(documents)
        return {
            "words": _engine_run(engine, judged.queries, None),
            "meaning": _meaning_run(documents, judged.queries, embeddings),
            "fused": _engine_run(engine, judged.queries, embeddings),
        }


def _documents(judged: Judgements, embedder: Embedder) -> list[IndexDocument]:
    """The stories as they are indexed, each passage embedded."""
    cut = [_cut(story, is_whole=judged.is_embedded_whole) for story in judged.stories]
    rows = iter(embedder.embed([text for found in cut for _, text in found]))
    return [
        IndexDocument(
            story_id=story.story_id,
            revision=1,
            title=story.title,
            body=story.body,
            uses={"research": None},
            organisation=story.organisation,
            place=" ".join(story.place),
            passages=tuple(IndexPassage(p.start, p.end, p.text, next(rows)) for p, _ in found),
        )
        for story, found in zip(judged.stories, cut, strict=True)
    ]


def _cut(story: JudgedStory, *, is_whole: bool) -> list[tuple[Passage, str]]:
    """The story's passages, and the text that the embedding of each is made from."""
    if is_whole:
        text = f"{story.title}. {story.body}" if story.title else story.body
        return [(Passage(0, len(story.body), story.body), text)]
    return [(passage, passage.text) for passage in passages(story.body)]


def _engine_run(engine: SearchEngine, queries: Sequence[JudgedQuery], embeddings: Matrix | None) -> Run:
    found: Run = {}
    for position, query in enumerate(queries):
        embedding = embeddings[position] if embeddings is not None else None
        asked = replace(parse(query.text), embedding=embedding)
        page = engine.search(asked, audience=_EVERYBODY, limit=_DEPTH)
        found[query.query_id] = [hit.story_id for hit in page.hits]
    return found


def _meaning_run(documents: Sequence[IndexDocument], queries: Sequence[JudgedQuery], embeddings: Matrix) -> Run:
    """Stories by the cosine of their best passage: what the engine fuses with words, without its floor."""
    starts = np.cumsum([0, *(len(document.passages) for document in documents)])
    rows = [p.embedding for document in documents for p in document.passages if p.embedding is not None]
    cosines = embeddings @ np.stack(rows).T
    best = np.full((len(queries), len(documents)), -np.inf)
    for position, (start, end) in enumerate(pairwise(starts)):
        if end > start:
            best[:, position] = cosines[:, start:end].max(axis=1)
    order = np.argsort(-best, axis=1, kind="stable")[:, :_DEPTH]
    return {
        query.query_id: [documents[position].story_id for position in ranked]
        for query, ranked in zip(queries, order, strict=True)
    }


def _beir_scores(found: Run, queries: Sequence[JudgedQuery]) -> Scores:
    qrels = {query.query_id: query.grades for query in queries}
    return {
        "ndcg@10": mean_over_queries(partial(ndcg_at_k, k=10, gain="linear"), found, qrels),
        "recall@100": mean_over_queries(partial(recall_at_k, k=100), found, qrels),
    }


def _scores_by_kind(found: Run, queries: Sequence[JudgedQuery]) -> dict[str, Scores]:
    kinds = {"all": list(queries)}
    for query in queries:
        kinds.setdefault(query.kind, []).append(query)
    return {kind: _scores(found, asked) for kind, asked in kinds.items()}


def _scores(found: Run, queries: Sequence[JudgedQuery], gain: Gain = "exponential") -> Scores:
    qrels = {query.query_id: query.grades for query in queries}
    return {
        "queries": float(len(queries)),
        "ndcg@10": mean_over_queries(partial(ndcg_at_k, k=10, gain=gain), found, qrels),
        "mrr": mean_over_queries(reciprocal_rank, found, qrels),
        "recall@20": mean_over_queries(partial(recall_at_k, k=20), found, qrels),
    }
