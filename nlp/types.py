"""The values that cross a border in `nlp`: frozen, without behaviour, importing nothing but numpy.

Offsets are Unicode code points into the normalised text of one story (`nlp.text.normalise`), half-open
`[start, end)`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]
"""One embedding, shape (d,), unit length."""

Matrix = NDArray[np.float32]
"""Embeddings, shape (n, d), rows of unit length."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a story's text, with the words themselves so that nobody has to slice."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, or a few sentences of a long one: the unit that is embedded and found by meaning."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Theme:
    """An entry of the codebook, as the reader needs it."""

    key: str
    name: str
    definition: str
    cues: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ThemeSuggestion:
    """A theme that the machine proposes, with the stretches that carry it, strongest first."""

    key: str
    score: float
    """In [0, 1]."""
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Repurposing:
    """Who turned what into what, why, where and when, and the sentence that proves it."""

    to: Span
    sentence: Span
    score: float
    """In [0, 1]."""
    actor: Span | None = None
    from_: Span | None = None
    trigger: Span | None = None
    place: Span | None = None
    when: Span | None = None
    from_category: str | None = None
    to_category: str | None = None
    construction: str = ""
    """The name of the rule that found it, so that people can ask why."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text. label: PERSON, ORG, PLACE or DATE."""

    label: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class PersonalDatum:
    """Something that could identify a private person.

    kind: person, child, phone, email, postcode, address, health, date_of_birth, nhs_no or ni_no.
    """

    kind: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Direct speech without its quotation marks. speaker: as the text names them, if it does."""

    start: int
    end: int
    text: str
    speaker: str | None = None
    score: float | None = None
    """How well it stands alone, in [0, 1]."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that one pipeline version reads in one text."""

    text: str
    """The normalised text that every offset here points into."""
    pipeline_version: str
    embedding_name: str
    sentences: tuple[Span, ...]
    passages: tuple[Passage, ...]
    embeddings: Matrix = field(compare=False)
    """Shape (len(passages), d)."""
    themes: tuple[ThemeSuggestion, ...] = ()
    repurposings: tuple[Repurposing, ...] = ()
    mentions: tuple[Mention, ...] = ()
    personal_data: tuple[PersonalDatum, ...] = ()
    quotes: tuple[Quote, ...] = ()
    language: str = "en"
    """ISO 639 code. Of a text in another language than English only patterns of personal data are read."""


@dataclass(frozen=True, slots=True)
class Audience:
    """What somebody may see: a document is visible if it is agreed for any of `uses` on `day`."""

    uses: frozenset[str]
    day: date


@dataclass(frozen=True, slots=True)
class IndexPassage:
    """A passage as an engine stores it."""

    start: int
    end: int
    text: str
    embedding: Vector | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class IndexRepurposing:
    """A repurposing as an engine stores it."""

    text: str
    """The whole of it in one plain sentence, such as 'sports hub became community kitchen'."""
    to: str
    from_: str = ""
    actor: str = ""
    trigger: str = ""
    is_confirmed: bool = False
    from_category: str = ""
    to_category: str = ""
    trigger_kind: str = ""
    score: float = 0.0
    """How sure the machine was, in [0, 1]."""
    embedding: Vector | None = field(default=None, compare=False)
    """Of `text`."""


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """A published story as an engine stores it."""

    story_id: str
    """The story's external id."""
    revision: int
    """Grows by at least one whenever anything in this document changes."""
    title: str
    body: str
    uses: Mapping[str, date | None]
    """Use → the first day on which it is no longer agreed, or None for without end. Absent: not agreed."""
    summary: str = ""
    organisation: str = ""
    place: str = ""
    """Every name of the place, from the nation down to the neighbourhood, in one string."""
    published: date | None = None
    passages: tuple[IndexPassage, ...] = ()
    repurposings: tuple[IndexRepurposing, ...] = ()
    quotes: tuple[str, ...] = ()
    """What people say in it, without quotation marks."""
    themes: str = ""
    """The names of its themes in one string."""
    theme_scores: Mapping[str, float] = field(default_factory=dict)
    """Codebook key → how sure it is that the story is about it, in [0, 1]."""
    content_warnings: tuple[str, ...] = ()
    """What a reader is to be told before any of it is shown."""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Facet name (one of FACETS) → the document's values."""


FACETS: tuple[str, ...] = (
    "theme",
    "place",
    "organisation_kind",
    "year",
    "repurposed_from",
    "repurposed_to",
    "trigger",
    "repurposed",
)
"""theme: codebook keys. place: 'Nation', 'Nation / Region' and so on down to the neighbourhood, alike.
organisation_kind: as the story says. year: '2020'. repurposed_from and _to: use categories. trigger: the
trigger's kind (see nlp.components.triggers). repurposed: 'sport>food', both categories of one and the same
repurposing, empty where it is not known; an engine makes it from the document's repurposings."""

Sort = Literal["relevance", "newest", "evidence"]
"""relevance: best first. newest: last published first. evidence: stories with facts that people confirmed first,
then those with more facts and quotes. Equals stand by relevance."""

SORTS: tuple[Sort, ...] = get_args(Sort)


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of a document around what was found. highlights: [start, end) within `text`."""

    text: str
    highlights: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One story that was found, best first in its page."""

    story_id: str
    title: str
    score: float
    snippets: tuple[Snippet, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page of hits, and what holds for all that was found.

    facets: name → (value, count) pairs, most frequent first; each facet's counts leave its own filter out.
    suggestion: another spelling that would find something, or None.
    """

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    suggestion: str | None = None


USE_CATEGORIES: tuple[str, ...] = (
    "sport", "food", "arts", "faith", "retail", "hospitality", "school-education", "library", "health-care",
    "childcare-play", "advice-support", "logistics-delivery", "digital-online", "garden-outdoors",
    "making-manufacturing", "transport", "housing-shelter", "office-work", "heritage-museum", "community-hub",
    "emergency-response", "other",
)  # fmt: skip
"""What a thing may be used for, before and after."""
