"""Keyword in context: where words stand in a text, with what stands left and right of them.

Words are found as the search finds them: in all their forms, accents folded, British and American spelling alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nlp.search.analyzer import WORD, Pattern, fold, merged_spans, occurrences, phrase_pattern, tokens, words_with

CONTEXT = 70
"""Characters of context on either side, at most."""
N_NEIGHBOURS = 4
"""Words next to the keyword that lines are sorted by."""

_ASKED = re.compile(r'"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+)')
_QUOTATION_MARKS = str.maketrans(dict.fromkeys("“”„‟«»", '"'))


@dataclass(frozen=True, slots=True)
class Keywords:
    """What is looked for. patterns: words and phrases, by their terms. prefixes: folded beginnings of words."""

    patterns: tuple[Pattern, ...] = ()
    prefixes: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.patterns or self.prefixes)


@dataclass(frozen=True, slots=True)
class ConcordanceLine:
    """One place where a keyword stands. [start, end) in the text."""

    start: int
    end: int
    left: str
    keyword: str
    right: str

    @property
    def left_neighbours(self) -> tuple[str, ...]:
        """The folded words before the keyword, nearest first."""
        return tuple(fold(word) for word in reversed(WORD.findall(self.left)[-N_NEIGHBOURS:]))

    @property
    def right_neighbours(self) -> tuple[str, ...]:
        """The folded words after the keyword, nearest first."""
        return tuple(fold(word) for word in WORD.findall(self.right)[:N_NEIGHBOURS])


def keywords(written: str) -> Keywords:
    """What somebody wants to see in context: words, "phrases" and beginnings* of words; any of them."""
    patterns: dict[Pattern, None] = {}
    prefixes: dict[str, None] = {}
    for match in _ASKED.finditer(written.translate(_QUOTATION_MARKS)):
        word = match.group("word")
        if word and word.endswith("*") and WORD.fullmatch(word[:-1]):
            prefixes[fold(word[:-1])] = None
            continue
        pieces = [match.group("phrase")] if word is None else WORD.findall(word)
        for piece in pieces:
            pattern = phrase_pattern(WORD.findall(piece))
            if pattern is not None:
                patterns[pattern] = None
    return Keywords(tuple(patterns), tuple(prefixes))


def concordance(text: str, wanted: Keywords) -> list[ConcordanceLine]:
    """A line for each place where a keyword stands, in the order of the text."""
    return [_line(text, start, end) for start, end in _stretches(text, wanted)]


def _stretches(text: str, wanted: Keywords) -> list[tuple[int, int]]:
    single = frozenset(p.places[0][0] for p in wanted.patterns if len(p.places) == 1)
    phrases = [p for p in wanted.patterns if len(p.places) > 1]
    found: list[tuple[int, int]] = []
    if single:
        words = words_with(text, single)
        if words:
            found += merged_spans(occurrences(text, words, single))
    if phrases and _may_hold_any(text, phrases):
        found += _phrases(text, phrases)
    if wanted.prefixes:
        found += [m.span() for m in WORD.finditer(text) if fold(m.group()).startswith(wanted.prefixes)]
    return _without_overlaps(found)


def _may_hold_any(text: str, phrases: Sequence[Pattern]) -> bool:
    """Whether a phrase can stand in the text at all; much cheaper than cutting the text into terms."""
    return any(words_with(text, frozenset({p.places[0][0]})) for p in phrases)


def _phrases(text: str, phrases: Sequence[Pattern]) -> list[tuple[int, int]]:
    at = {(token.term, token.position): token for token in tokens(text)}
    found = []
    for pattern in phrases:
        first = pattern.places[0][0]
        for (term, position), token in at.items():
            if term == first:
                rest = [at.get((other, position + step)) for other, step in pattern.places]
                ends = [one.end for one in rest if one is not None]
                if len(ends) == len(rest):
                    found.append((token.start, max(ends)))
    return found


def _without_overlaps(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _line(text: str, start: int, end: int) -> ConcordanceLine:
    left = " ".join(text[max(0, start - CONTEXT) : start].split())
    right = " ".join(text[end : end + CONTEXT].split())
    if start > CONTEXT and not text[start - CONTEXT - 1].isspace() and " " in left:
        left = left.split(" ", 1)[1]
    if end + CONTEXT < len(text) and not text[end + CONTEXT].isspace() and " " in right:
        right = right.rsplit(" ", 1)[0]
    # A blank between context and keyword is kept where the text has one: "-led" follows its word at once.
    gap_left = " " if start and text[start - 1].isspace() else ""
    gap_right = " " if end < len(text) and text[end].isspace() else ""
    return ConcordanceLine(start, end, left + gap_left, text[start:end], gap_right + right)
