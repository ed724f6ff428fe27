"""Lemmas of words that the treebanks know, and capitals where the tag says that a word is a name.

A lemmatizer that learned how endings change still takes "fingered" to "fingere" and "Whitmore" to "whitmore". What
the treebanks say of a word under its tag goes before it. Applied after the trained lemmatizer, where the pipeline's
folder holds such a table.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from spacy.tokens import Doc, Token

TABLE_FILE = "lemma_table.json"
_NAMES = frozenset(("NNP", "NNPS"))


class LemmaTable:
    """Sets the lemmas of a Doc whose tags are known."""

    def __init__(self, table: Mapping[str, Mapping[str, str]]) -> None:
        """table: tag → form in lower case → lemma."""
        self._table = table

    @classmethod
    def from_file(cls, path: Path) -> LemmaTable:
        """The table that training wrote."""
        return cls(json.loads(path.read_text(encoding="utf-8")))

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc."""
        for token in doc:
            known = self._table.get(token.tag_, {}).get(token.lower_)
            token.lemma_ = known if known is not None else cased(token)
        return doc


def cased(token: Token) -> str:
    """The lemma that was told; with the word's first capital if it is a name."""
    lemma = token.lemma_
    if token.tag_ in _NAMES and lemma.islower() and not token.text.isupper():
        return token.text[0] + lemma[1:]
    return lemma
