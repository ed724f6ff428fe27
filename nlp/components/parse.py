"""What a trained pipeline says of a text's words, where there is one: parts of speech and who does what."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from spacy.tokens import Doc, Token

_SUBJECTS = ("nsubj", "nsubjpass", "nsubj:pass", "csubj")
_SAME_SUBJECT = ("conj", "xcomp", "aux", "auxpass", "aux:pass", "cop")


@dataclass(frozen=True)
class Parse:
    """A parsed text. starts: each token's first character, so that a word is found by its offset."""

    doc: Doc
    starts: list[int]

    def tag_of(self, start: int, end: int) -> str:
        """The Penn tag of the last token that begins in [start, end), or "" where none does."""
        index = bisect_left(self.starts, end) - 1
        return self.doc[index].tag_ if index >= 0 and self.starts[index] >= start else ""

    def token_at(self, start: int) -> Token | None:
        """The token that begins at `start`."""
        index = bisect_left(self.starts, start)
        return self.doc[index] if index < len(self.starts) and self.starts[index] == start else None

    def subject_of(self, start: int) -> tuple[int, int] | None:
        """First and last character of the subject of the verb that begins at `start`; None if it has none.

        A verb joined to another, or governed by one, shares its subject.
        """
        verb = self.token_at(start)
        for _ in range(4):
            if verb is None:
                return None
            subject = next((child for child in verb.children if child.dep_ in _SUBJECTS), None)
            if subject is not None:
                return subject.idx, subject.idx + len(subject)
            verb = verb.head if verb.dep_ in _SAME_SUBJECT and verb.head is not verb else None
        return None


def parse_of(doc: Doc) -> Parse | None:
    """The parse of a text whose pipeline has a tagger and a parser, else None."""
    if not (doc.has_annotation("TAG") and doc.has_annotation("DEP")):
        return None
    return Parse(doc, [token.idx for token in doc])
