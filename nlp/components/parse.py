"""What a trained pipeline says of a text's words, where there is one."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from spacy.tokens import Doc


@dataclass(frozen=True)
class Parse:
    """A parsed text. starts: each token's first character, so that a word is found by its offset."""

    doc: Doc
    starts: list[int]

    def tag_of(self, start: int, end: int) -> str:
        """The Penn tag of the last token that begins in [start, end), or "" where none does."""
        index = bisect_left(self.starts, end) - 1
        return self.doc[index].tag_ if index >= 0 and self.starts[index] >= start else ""


def parse_of(doc: Doc) -> Parse | None:
    """The parse of a text whose pipeline has a tagger and a parser, else None."""
    if not (doc.has_annotation("TAG") and doc.has_annotation("DEP")):
        return None
    return Parse(doc, [token.idx for token in doc])
