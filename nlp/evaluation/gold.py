"""Judged stories and sentences, as they are kept in JSON lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SLOTS: tuple[str, ...] = ("actor", "from", "to", "trigger", "place", "when")
Event = dict[str, Any]

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?\n---[ \t]*\n+", re.DOTALL)


@dataclass(frozen=True)
class Judged:
    """One text with what is to be found in it. A sentence alone has events only."""

    key: str
    text: str
    events: list[Event]
    themes: list[str] | None = None
    personal_data: list[dict[str, Any]] = field(default_factory=list)
    is_screened: bool = True
    """Whether its judges looked for personal data; for sentences that tell of changes they did not."""
    quotes: list[str] = field(default_factory=list)
    quote_spans: list[dict[str, Any]] = field(default_factory=list)
    """The same with their offsets, and with their speakers where those were judged."""
    hard_negatives: list[dict[str, Any]] = field(default_factory=list)
    optional: list[dict[str, Any]] = field(default_factory=list)
    construction: str | None = None
    """How a sentence alone says it, where the judges noted it."""
    negative: str | None = None
    """Why a sentence alone is none, where the judges noted it: plan, reversal, metaphor …"""


def read_gold(path: Path, stories: Path) -> Iterator[Judged]:
    """The judged texts of a file. Stories are read from `stories`/<id>.md, sentences from the file itself.

    Raises ValueError, naming file and line, for a line that is not a JSON object with an `id`.
    """
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            key = entry["id"]
        except (json.JSONDecodeError, KeyError, TypeError) as err:
            raise ValueError(f"{path}, line {number}: not a JSON object with an `id`.") from err
        yield _judged(entry, key, stories)


def read_body(path: Path) -> str:
    """A story file's text after its front matter."""
    return _FRONT_MATTER.sub("", path.read_text(encoding="utf-8")).lstrip("\n")


def stories_near(gold: Path) -> Path:
    """The folder of the stories that a gold file judges: beside it, or beside its folder."""
    beside = gold.parent / "stories"
    return beside if beside.is_dir() else gold.parent.parent / "stories"


def _actual(entry: dict[str, Any]) -> list[Event]:
    """The events that did happen; a file may call them `repurposings` or `gold`."""
    listed = entry.get("repurposings") if entry.get("repurposings") is not None else entry.get("gold")
    return [e for e in listed or [] if e and e.get("to") and e.get("modality", "actual") == "actual"]


def _judged(entry: dict[str, Any], key: str, stories: Path) -> Judged:
    if "text" in entry:
        kinds = entry.get("construction"), entry.get("negative") or entry.get("note")
        return Judged(
            key,
            entry["text"],
            _actual(entry),
            themes=entry.get("themes"),
            personal_data=entry.get("personal_data", []),
            is_screened="personal_data" in entry,
            construction=kinds[0],
            negative=kinds[1],
        )
    return Judged(
        key=key,
        text=read_body(stories / f"{key}.md"),
        events=_actual(entry),
        themes=entry.get("themes", []),
        personal_data=entry.get("personal_data", []),
        quotes=[quote["text"] for quote in entry.get("quotes", [])],
        quote_spans=entry.get("quotes", []),
        hard_negatives=entry.get("hard_negatives", []),
        optional=entry.get("optional", []),
    )
