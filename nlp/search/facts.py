"""What a story says turned into what, as an engine keeps it (how it answers a query: nlp.search.fact_table)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from nlp.search.analyzer import terms
from nlp.types import IndexDocument, IndexRepurposing


@dataclass(frozen=True, slots=True)
class StoredFact:
    """One repurposing. from_, to, because: terms, each once, between spaces. score: how sure reading was."""

    from_: str
    to: str
    because: str
    from_category: str
    to_category: str
    trigger_kind: str
    is_confirmed: bool
    score: float


def facts_of(document: IndexDocument) -> tuple[StoredFact, ...]:
    """The document's repurposings as they are kept."""
    return tuple(
        StoredFact(
            from_=_spaced(event.from_ or event.actor),
            to=_spaced(event.to),
            because=_spaced(event.trigger),
            from_category=event.from_category,
            to_category=event.to_category,
            trigger_kind=event.trigger_kind,
            is_confirmed=event.is_confirmed,
            score=round(event.score, 3),
        )
        for event in document.repurposings
    )


def repurposed(facts: Iterable[StoredFact | IndexRepurposing]) -> tuple[str, ...]:
    """The values of the facet of that name: both categories of each fact together, each pair once."""
    return tuple(dict.fromkeys(f"{fact.from_category}>{fact.to_category}" for fact in facts))


def encoded(facts: Iterable[StoredFact]) -> list[list[Any]]:
    """Facts as JSON takes them."""
    return [list(asdict(fact).values()) for fact in facts]


def decoded(rows: Iterable[Sequence[Any]]) -> tuple[StoredFact, ...]:
    """What `encoded` gave, as facts."""
    return tuple(StoredFact(*row) for row in rows)


def _spaced(text: str) -> str:
    found = dict.fromkeys(terms(text))
    return f" {'  '.join(found)} " if found else ""
