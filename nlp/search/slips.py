"""Slips of the keys: which English word a word of a query was meant to be, whether or not a story has it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from nlp.components.name_lexicon import is_first_name
from nlp.search.english import KnowsWords, is_well_spelt
from nlp.search.suggestions import Lexicon, allowed_edits, lexicon_of

_SHORTEST_WORD = 5
"""Shorter words are one edit from too many others."""


class EnglishSpelling:
    """Tells slips by a list of common words, which is only read when a query has a word that may be one."""

    def __init__(self, known: object) -> None:
        """known: whoever has the list; without one, every word passes for well spelt."""
        self._known = known if isinstance(known, KnowsWords) else None

    def well_spelt(self, words: Iterable[str]) -> frozenset[str]:
        """Which of these lower-case words are surely English; none without a list."""
        known = self._known
        return frozenset(word for word in words if known is not None and is_well_spelt(word, known))

    def meant(self, word: str) -> str | None:
        """The nearest and then commonest word that begins alike; None if none is near, or the word is well spelt.

        A given name is nobody's slip: "lorry" was not meant to be "Larry".
        """
        if (
            self._known is None
            or len(word) < _SHORTEST_WORD
            or not word.isalpha()
            or is_well_spelt(word, self._known)
        ):
            return None
        near = [
            (n_edits, self._rank_by_word[other], other)
            for n_edits, other in self._lexicon.near(word, allowed_edits(word))
            if other[0] == word[0] and not is_first_name(other)
        ]
        return min(near)[2] if near else None

    @cached_property
    def _lexicon(self) -> Lexicon:
        return lexicon_of(sorted(self._rank_by_word))

    @cached_property
    def _rank_by_word(self) -> dict[str, int]:
        words = self._known.common_words() if self._known is not None else ()
        return {word: rank for rank, word in enumerate(words) if len(word) >= _SHORTEST_WORD - 1}
