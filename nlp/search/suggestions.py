"""Another spelling for words that find nothing, from the words of stories that the audience may see.

The terms of an index are stems, so a near stem is looked for first, and the word to show is then read from
the text of visible stories: a word that stands only in hidden ones can never be shown.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from nlp.search.analyzer import WORD, fold, terms
from nlp.search.language import Query

_MOST_WORDS = 3
_MOST_CANDIDATES = 12
_MOST_READ = 4
"""Candidates whose written forms are looked up in stories."""
_ENDING_SLACK = 2
"""How many more edits two stems may be apart than two words: "vegtables" is cut to "vegtabl", "vegetables" to
"veget"."""
_SHORTEST_WORD = 4
_LONG_WORD = 7


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The distinct terms of an index.

    lengths, letters: shape (n,); letters has a bit for each letter of a term.
    """

    terms: tuple[str, ...]
    lengths: NDArray[np.int64]
    letters: NDArray[np.uint64]

    def near(self, term: str, distance: int) -> list[tuple[int, str]]:
        """(edits, term) for terms within `distance` edits of `term`, nearest first, itself left out."""
        # An edit changes the length by at most one, and the set of letters by at most two.
        could_be = np.abs(self.lengths - len(term)) <= distance
        could_be &= np.bitwise_count(self.letters ^ np.uint64(_letter_bits(term))) <= 2 * distance
        others = (self.terms[position] for position in np.flatnonzero(could_be))
        pairs = ((edits(term, other, limit=distance), other) for other in others)
        return sorted((n, other) for n, other in pairs if 0 < n <= distance)

    def beginning_with(self, prefixes: Iterable[str]) -> list[str]:
        """The terms that begin with any of the prefixes, in order."""
        found: set[str] = set()
        for prefix in prefixes:
            start = bisect_left(self.terms, prefix)
            end = bisect_left(self.terms, prefix + chr(0x10FFFF))
            found.update(self.terms[start:end])
        return sorted(found)


class Vocabulary(Protocol):
    """The words of an index, as one audience sees them."""

    def lexicon(self) -> Lexicon:
        """All terms of the index, hidden ones among them."""

    def document_frequency(self, term: str) -> int:
        """How many visible stories have the term."""

    def sample(self, term: str) -> Sequence[str]:
        """Texts of some visible stories with the term."""


def lexicon_of(distinct_terms: Iterable[str]) -> Lexicon:
    """A lexicon of these terms."""
    ordered = tuple(distinct_terms)
    lengths = np.fromiter(map(len, ordered), dtype=np.int64, count=len(ordered))
    letters = np.fromiter(map(_letter_bits, ordered), dtype=np.uint64, count=len(ordered))
    return Lexicon(ordered, lengths, letters)


def suggest(query: Query, vocabulary: Vocabulary) -> str | None:
    """The query with up to three words that no visible story has replaced by near ones that some have."""
    asked = {word for clause in query.clauses for word in clause.words}
    required = [clause for group in query.required for clause in group if not clause.field]
    # A word with a star or a tilde says itself that it is not whole, or not sure.
    asked |= {word for clause in required if clause.kind not in ("prefix", "fuzzy") for word in clause.words}
    text, n_tried = query.text, 0
    for match in reversed(list(WORD.finditer(query.text))):
        word = match.group()
        if (
            word not in asked
            or word in query.well_spelt
            or n_tried == _MOST_WORDS
            or not _is_unknown(word, vocabulary)
        ):
            continue
        n_tried += 1
        better = _meant(fold(word), query.respelt.get(word), vocabulary)
        if better is not None:
            text = text[: match.start()] + better + text[match.end() :]
    return text if text != query.text else None


def is_slip(typed: str, suggested: str) -> bool:
    """Whether a suggestion is surely what was meant: no word that it replaces was written like a name.

    >>> is_slip("growing vegtables", "growing vegetables"), is_slip("Brinington", "Bennington")
    (True, False)
    """
    pairs = zip(WORD.findall(typed), WORD.findall(suggested), strict=False)
    return all(not word[0].isupper() for word, better in pairs if word != better)


def edits(a: str, b: str, *, limit: int) -> int:
    """Insertions, deletions, substitutions and swaps of neighbours from a to b; limit + 1 if there are more.

    The optimal string alignment distance, after Damerau (1964).
    """
    return OSA.distance(a, b, score_cutoff=limit)


def _is_unknown(word: str, vocabulary: Vocabulary) -> bool:
    own = terms(word)
    return bool(own) and not any(vocabulary.document_frequency(term) for term in own)


def allowed_edits(word: str) -> int:
    """How many letters may differ for one word still to be taken for another."""
    return 1 if len(word) < _LONG_WORD else 2


def _meant(typed: str, english: str | None, vocabulary: Vocabulary) -> str | None:
    """The English word that was meant, if visible stories have it; where none is known, the nearest of their own."""
    if english is None:
        return _nearest_word(typed, vocabulary)
    meant = [term for term in terms(english)[:1] if vocabulary.document_frequency(term)]
    written = _written(meant[0], typed, vocabulary) if meant else None
    return written if written is not None and _is_close(typed, written) else None


def _nearest_word(typed: str, vocabulary: Vocabulary) -> str | None:
    if len(typed) < _SHORTEST_WORD or any(letter.isdigit() for letter in typed):
        return None
    allowed = allowed_edits(typed)
    near = vocabulary.lexicon().near(terms(typed)[0], allowed + _ENDING_SLACK)[:_MOST_CANDIDATES]
    rated = [(n, -vocabulary.document_frequency(term), term) for n, term in near]
    visible = sorted(entry for entry in rated if entry[1] < 0)[:_MOST_READ]
    written = [form for _, _, term in visible if (form := _written(term, typed, vocabulary)) is not None]
    close = [form for form in written if _is_close(typed, form)]
    return min(close, key=lambda form: edits(typed, form, limit=allowed), default=None)


def _is_close(typed: str, word: str) -> bool:
    """Stems of far words may be near: "bereavement" is cut to within two letters of "bread"."""
    return edits(typed, word, limit=allowed_edits(typed)) <= allowed_edits(typed)


def _written(term: str, typed: str, vocabulary: Vocabulary) -> str | None:
    """The form of the term nearest to what was typed, in the texts of visible stories."""
    forms = Counter(
        fold(match.group())
        for text in vocabulary.sample(term)
        for match in WORD.finditer(text)
        if terms(match.group()) == [term]
    )
    return min(forms, key=lambda form: (edits(typed, form, limit=len(typed)), -forms[form], form), default=None)


def _letter_bits(term: str) -> int:
    bits = 0
    for letter in term:
        bits |= 1 << (ord(letter) % 64)
    return bits
