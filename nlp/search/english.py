"""Whether a word is English, so that a query for what no story tells of is not taken for a slip of the keys."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol, runtime_checkable

_ENDINGS = ("'s", "ness", "ies", "ing", "ers", "er", "ed", "es", "ly", "s", "d")
_SHORTEST_ROOT = 3
_SINGLE_CONSONANT = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")
_PARTS = re.compile(r"[-'’]")


@runtime_checkable
class KnowsWords(Protocol):
    """Whoever has a list of common words, such as an embedder with a vocabulary."""

    def has_word(self, word: str) -> bool:
        """Whether the lower-case word is on it."""

    def common_words(self) -> Sequence[str]:
        """The words on it, the commonest first."""


def is_well_spelt(word: str, known: KnowsWords) -> bool:
    """Whether a lower-case word, or all parts of a compound, or a word with one ending less, is known.

    A short root doubles its last letter before -ing, -ed and -er: "swiming" is no form of "swim".
    """
    if known.has_word(word):
        return True
    parts = [part for part in _PARTS.split(word) if len(part) > 1]
    if len(parts) > 1 and all(is_well_spelt(part, known) for part in parts):
        return True
    return any(_is_form(word, ending, known) for ending in _ENDINGS if word.endswith(ending))


def _is_form(word: str, ending: str, known: KnowsWords) -> bool:
    root = word[: -len(ending)]
    if len(root) < _SHORTEST_ROOT:
        return False
    if ending == "ies":
        return known.has_word(root + "y")
    if ending in ("ing", "ed", "er", "ers"):
        if _SINGLE_CONSONANT.fullmatch(root):
            return False
        if root[-1] == root[-2] and known.has_word(root[:-1]):
            return True
        if known.has_word(root + "e"):
            return True
    return known.has_word(root)
