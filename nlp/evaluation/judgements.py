"""Collections with queries and relevance judgements, read from disk: the project's own, and any in BEIR's shape."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from nlp.text import normalise

ENGLAND = "England"
OTHER_NATIONS = frozenset(("Scotland", "Wales", "Northern Ireland"))
"""Those that front matter names as a region."""


@dataclass(frozen=True, slots=True)
class JudgedStory:
    """A text that queries are judged against."""

    story_id: str
    title: str
    body: str
    organisation: str = ""
    organisation_kind: str = ""
    place: tuple[str, ...] = ()
    """Names from the nation down."""
    period: str = ""
    themes: tuple[str, ...] = ()
    """Those that its contributor gave it."""


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """A query, what kind of asking it is, and the grades of stories, above zero for relevant."""

    query_id: str
    text: str
    kind: str
    grades: dict[str, int]


@dataclass(frozen=True, slots=True)
class Judgements:
    """Stories and the queries judged against them.

    is_embedded_whole: one embedding a story, of title and text, as BEIR's published figures have it, and not
    one a passage, as the system has it.
    """

    stories: tuple[JudgedStory, ...]
    queries: tuple[JudgedQuery, ...]
    is_embedded_whole: bool = False


def read_beir(folder: Path) -> Judgements:
    """A collection in BEIR's shape: corpus.jsonl, queries.jsonl, qrels/test.tsv. Only judged queries are
    kept.

    Raises OSError if a file is missing.
    """
    stories = tuple(
        JudgedStory(row["_id"], normalise(row.get("title", "")), normalise(row["text"]))
        for row in _json_lines(folder / "corpus.jsonl")
    )
    text_by_query = {row["_id"]: row["text"] for row in _json_lines(folder / "queries.jsonl")}
    grades: dict[str, dict[str, int]] = {}
    with (folder / "qrels" / "test.tsv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows, delimiter="\t"):
            grades.setdefault(row["query-id"], {})[row["corpus-id"]] = int(row["score"])
    queries = tuple(JudgedQuery(key, text_by_query[key], "test", found) for key, found in grades.items())
    return Judgements(stories, queries, is_embedded_whole=True)


def read_stories(folder: Path, queries: Path) -> Judgements:
    """Story files with front matter, and a file of judged queries over them. Raises OSError if one is missing."""
    stories = tuple(_story(path) for path in sorted(folder.glob("*.md")))
    judged = tuple(
        JudgedQuery(row["id"], row["query"], row.get("kind", "any"), row["relevant"]) for row in _json_lines(queries)
    )
    return Judgements(stories, judged)


def _story(path: Path) -> JudgedStory:
    """A Markdown file's story; its id is the front matter's, else the file's stem."""
    text = path.read_text(encoding="utf-8")
    front: dict[str, Any] = {}
    body = text
    if text.startswith("---\n") and "\n---\n" in text:
        head, body = text.removeprefix("---\n").split("\n---\n", 1)
        front = yaml.safe_load(head) or {}
    return JudgedStory(
        story_id=str(front.get("id", path.stem)),
        title=normalise(str(front.get("title", path.stem))),
        body=normalise(body.strip()),
        organisation=str(front.get("organisation") or ""),
        organisation_kind=str(front.get("organisation_kind") or ""),
        place=_place(front),
        period=str(front.get("period") or ""),
        themes=tuple(front.get("themes") or ()),
    )


def _place(front: dict[str, Any]) -> tuple[str, ...]:
    names = [str(front[key]) for key in ("region", "local_authority", "place") if front.get(key)]
    is_english = bool(front.get("region")) and front["region"] not in OTHER_NATIONS
    return (*((ENGLAND,) if is_english else ()), *names)


def _json_lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)
