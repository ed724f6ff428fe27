"""What every engine ranks by: the fields of a story, their weights, and the constants of the formulas."""

from __future__ import annotations

from nlp.types import IndexDocument

FIELD_WEIGHTS: dict[str, float] = {
    "title": 2.0,
    "summary": 1.5,
    "body": 1.0,
    "organisation": 1.5,
    "place": 1.5,
    "themes": 1.0,
    "quotes": 0.0,
}
"""How much one occurrence of a word counts, by field. A title is chosen to say what a story is about; themes are
named by reading, where no word of the story may say so. Quotes are counted in the body already."""

FIELDS: tuple[str, ...] = tuple(FIELD_WEIGHTS)

SHOWN_FIELDS: tuple[str, ...] = ("title", "summary", "body", "organisation", "place")
"""What a story itself says: where a word without a field is looked for, and what is kept to be shown."""

K1 = 1.2
"""How quickly further occurrences of a word stop mattering (BM25)."""

B = 0.75
"""How far a long field is held against its words (BM25), 0 for not at all, 1 for fully."""

MEANING_FLOOR = 0.30
"""The cosine from which a story counts as found by meaning alone.

Measured with MiniLM on SciFact's test queries: 94 % of the pairs judged relevant lie above it, and 5 % of
all pairs.
"""

MEANING_LIMIT = 200
"""At most so many stories are found by meaning alone, so that a total stays a number that means something."""


def field_texts(document: IndexDocument) -> dict[str, str]:
    """The text of each of FIELDS in `document`."""
    texts = {field: getattr(document, field) for field in SHOWN_FIELDS}
    return {**texts, "themes": document.themes, "quotes": "\n".join(document.quotes)}
