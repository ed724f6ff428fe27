"""From text to the terms that are compared: folded, without stop words, in one spelling, stemmed.

Texts and queries, both engines, snippets and highlights all go through `tokens`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from nlp.search.spellings import one_spelling
from nlp.search.stemmer import stem

# Combining marks are no word characters for `re`, yet a decomposed é is one letter to whoever reads it.
_LETTER = r"[\w\u0300-\u036f]"
WORD = re.compile(rf"{_LETTER}+(?:['’ʼ‐‑-]{_LETTER}+)*")
_PARTS = re.compile(r"[^‐‑_-]+")
_POSSESSIVE = re.compile(r"'s$")
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'"})
# Letters that decomposition leaves whole.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_LONGEST_TERM = 64

STOP_WORDS: frozenset[str] = frozenset({
    "a", "about", "after", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "because",
    "been", "before", "being", "between", "both", "but", "by", "can", "could", "did", "do", "does", "doing",
    "for", "from", "had", "has", "have", "having", "he", "her", "here", "hers", "him", "his", "how", "i",
    "if", "in", "into", "is", "it", "its", "itself", "just", "me", "more", "most", "my", "no", "nor", "not",
    "of", "on", "once", "only", "or", "other", "our", "out", "over", "own", "same", "she", "should", "so",
    "some", "such", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this",
    "those", "through", "to", "too", "under", "until", "up", "very", "was", "we", "were", "what", "when",
    "where", "which", "while", "who", "whom", "why", "will", "with", "would", "you", "your",
})  # fmt: skip


class Token(NamedTuple):
    """One term where it stands.

    start, end: half-open offsets into the text. position: the word's number, stop words counted.
    is_joined: a compound written as one ("coop" for "co-op"), standing at its first part's position.
    """

    term: str
    start: int
    end: int
    position: int
    is_joined: bool


class Pattern(NamedTuple):
    """A word or phrase as it is looked for: (term, words from the first) pairs, the first at 0."""

    places: tuple[tuple[str, int], ...]


def tokens(text: str) -> list[Token]:
    """The terms of `text` in order, without stop words."""
    found: list[Token] = []
    position = 0
    for match in WORD.finditer(text):
        base = match.start()
        readings, n_parts = _readings(match.group())
        for term, start, end, nth, is_joined in readings:
            found.append(Token(term, base + start, base + end, position + nth, is_joined))
        position += n_parts
    return found


def terms(text: str) -> list[str]:
    """The terms of `text` alone."""
    return [token.term for token in tokens(text)]


def phrase_pattern(words: Iterable[str]) -> Pattern | None:
    """How these words, in order, are looked for; None if all of them are stop words.

    Stop words leave a gap of their width. A compound with a stop word in it ("drop-in") is looked for as one
    word, since what is left of it ("drop") would be another.
    """
    read = tokens(" ".join(words))
    joined = {token.position: token for token in read if token.is_joined}
    places: list[tuple[str, int]] = []
    for token in read:
        if token.is_joined:
            continue
        whole = next((j for j in joined.values() if j.start <= token.start and token.end <= j.end), None)
        if whole is not None and _has_stop_word(read, whole):
            token = whole
        if (token.term, token.position) not in places:
            places.append((token.term, token.position))
    if not places:
        return None
    first = places[0][1]
    return Pattern(tuple((term, position - first) for term, position in places))


def is_within(places_by_term: Sequence[Sequence[int]], window: int) -> bool:
    """Whether every term stands somewhere in one stretch of `window` words. places: the numbers of words."""
    marks = sorted((place, term) for term, places in enumerate(places_by_term) for place in places)
    last: dict[int, int] = {}
    for place, term in marks:
        last[term] = place
        if len(last) == len(places_by_term) and place - min(last.values()) < window:
            return True
    return False


def words_with(text: str, wanted: Set[str]) -> frozenset[str]:
    """The words, as written in `text`, that have any of the wanted terms."""
    if not wanted:
        return frozenset()
    # A plain word keeps its first letter through spelling and stemming, which spares most words a closer
    # look.
    initials = {letter for term in wanted for letter in (term[0], term[0].upper())}
    return frozenset(
        word
        for word in set(WORD.findall(text))
        if (word[0] in initials or not (word.isascii() and word.isalnum())) and not wanted.isdisjoint(_terms_of(word))
    )


def occurrences(text: str, words: Container[str], wanted: Container[str]) -> list[Token]:
    """The tokens of these words in `text` whose terms are wanted, without making any of the others."""
    found: list[Token] = []
    for match in WORD.finditer(text):
        if match.group() in words:
            base = match.start()
            for term, start, end, _nth, is_joined in _readings(match.group())[0]:
                if term in wanted:
                    found.append(Token(term, base + start, base + end, -1, is_joined))
    return found


def merged_spans(found: Iterable[Token]) -> tuple[tuple[int, int], ...]:
    """Where the tokens stand: [start, end) offsets in order, those that overlap made one."""
    merged: list[tuple[int, int]] = []
    for token in sorted(found, key=lambda t: (t.start, -t.end)):
        if merged and token.start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], token.end))
        else:
            merged.append((token.start, token.end))
    return tuple(merged)


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """A word in lower case and without accents, the same for composed and decomposed letters."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return bare.translate(_LETTERS).translate(_APOSTROPHES)


@lru_cache(maxsize=1 << 16)
def _terms_of(surface: str) -> tuple[str, ...]:
    return tuple(reading[0] for reading in _readings(surface)[0])


@lru_cache(maxsize=1 << 16)
def _readings(surface: str) -> tuple[tuple[tuple[str, int, int, int, bool], ...], int]:
    """(term, start, end, nth part, is joined) of one written word, and how many words it counts for."""
    parts = list(_PARTS.finditer(surface))
    read: list[tuple[str, int, int, int, bool]] = []
    if len(parts) > 1:
        whole = _term("".join(part.group() for part in parts))
        if whole is not None:
            read.append((whole, parts[0].start(), parts[-1].end(), 0, True))
    for nth, part in enumerate(parts):
        term = _term(part.group())
        if term is not None:
            read.append((term, part.start(), part.end(), nth, False))
    return tuple(read), len(parts)


def _term(word: str) -> str | None:
    folded = _POSSESSIVE.sub("", fold(word)).replace("'", "")
    if not folded or folded in STOP_WORDS:
        return None
    return stem(one_spelling(folded[:_LONGEST_TERM]))


def _has_stop_word(read: list[Token], whole: Token) -> bool:
    inside = [t for t in read if not t.is_joined and whole.start <= t.start and t.end <= whole.end]
    covered = {t.position for t in inside}
    return inside[-1].position - whole.position + 1 > len(covered) or inside[-1].end < whole.end
