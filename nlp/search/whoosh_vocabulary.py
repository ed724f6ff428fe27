"""The words of an index on disk as one audience sees them."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from nlp.search.bm25f import Mask
from nlp.search.columns import StoredTexts
from nlp.search.fields import SHOWN_FIELDS
from nlp.search.suggestions import Lexicon
from nlp.search.whoosh_views import View
from nlp.search.whoosh_words import WordReader

_N_SAMPLES = 5


class TextReader(Protocol):
    """Whoever gives the texts of a row."""

    def texts(self, number: int) -> StoredTexts | None:
        """What is shown of a row; None if it has just gone."""


class VisibleWords:
    """The words of an index as one audience sees them (nlp.search.suggestions.Vocabulary)."""

    def __init__(self, texts: TextReader, view: View, reader: WordReader, visible: Mask) -> None:
        self._texts = texts
        self._view = view
        self._reader = reader
        self._visible = visible

    def lexicon(self) -> Lexicon:
        """All terms of the index."""
        return self._view.lexicon(self._reader)

    def document_frequency(self, term: str) -> int:
        """How many visible stories have the term."""
        return int(np.count_nonzero(self._holders(term)))

    def sample(self, term: str) -> list[str]:
        """Texts of the first visible stories with the term."""
        numbers = self._view.snapshot.numbers[self._holders(term)][:_N_SAMPLES]
        stored = [self._texts.texts(int(number)) for number in numbers]
        return [" ".join(getattr(texts, field) for field in SHOWN_FIELDS) for texts in stored if texts is not None]

    def _holders(self, term: str) -> Mask:
        return self._reader.having_any([term], SHOWN_FIELDS) & self._visible
