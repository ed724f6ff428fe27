"""Keyword in context: where words stand in a text, with what stands left and right of them.

Words are found as the search finds them: in all their forms, accents folded, British and American spelling alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from nlp.search.analyzer import (
    WORD,
    Pattern,
    fold,
    merged_spans,
    occurrences,
    phrase_pattern,
    terms,
    tokens,
    words_with,
)
from nlp.search.language import Clause, Query
from nlp.search.needs import understand
from nlp.search.query import parse
from nlp.search.suggestions import edits

CONTEXT = 70
"""Characters of context on either side, at most."""
N_NEIGHBOURS = 4
"""Words next to the keyword that lines are sorted by."""

_FIELDS_WITHOUT_WORDS = ("region", "theme", "year")


@dataclass(frozen=True, slots=True)
class Keywords:
    """What is looked for. patterns: words and phrases, by their terms. prefixes: beginnings of words.

    like: terms, and how many letters of a word's term may differ from them. clauses: the same, as a query holds it.
    """

    patterns: tuple[Pattern, ...] = ()
    prefixes: tuple[str, ...] = ()
    like: tuple[tuple[str, int], ...] = ()
    clauses: tuple[Clause, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.patterns or self.prefixes or self.like)


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
    """What somebody wants to see in context, in the language of the search box; any of it."""
    return keywords_of(parse(written))


def keywords_of(query: Query) -> Keywords:
    """All words that a query looks for, whatever sign or field they carry, and those of what turned into what."""
    clauses = tuple(dict.fromkeys(_searched(query)))
    needs = understand(replace(query, required=tuple((clause,) for clause in clauses))).expansions
    spoken = [clause.words for clause in clauses if clause.kind in ("word", "phrase")]
    # Of words near each other, each is shown where it stands.
    spoken += [(word,) for clause in clauses if clause.kind == "near" for word in clause.words]
    patterns = (phrase_pattern(words) for words in spoken)
    return Keywords(
        patterns=tuple(dict.fromkeys(pattern for pattern in patterns if pattern is not None)),
        prefixes=tuple(prefix for need in needs for prefix in need.prefixes),
        like=tuple((need.like, need.distance) for need in needs if need.like),
        clauses=clauses,
    )


def _searched(query: Query) -> list[Clause]:
    asked = [*query.clauses, *(clause for group in query.required for clause in group)]
    found = [replace(clause, field="") for clause in asked if clause.field not in _FIELDS_WITHOUT_WORDS]
    facts = [fact for fact in (query.turn, query.fact) if fact is not None]
    sides = [side for fact in facts for side in (fact.from_, fact.to, fact.because) if side is not None]
    return found + [Clause(words, "phrase") for side in sides for words in side.phrases]


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
    if wanted.prefixes or wanted.like:
        found += [m.span() for m in WORD.finditer(text) if _is_meant(m.group(), wanted.prefixes, wanted.like)]
    return _without_overlaps(found)


@lru_cache(maxsize=1 << 16)
def _is_meant(word: str, prefixes: tuple[str, ...], like: tuple[tuple[str, int], ...]) -> bool:
    """Whether a word is one that a beginning or a fuzzy word stands for, as the index has it."""
    own = terms(word)
    if prefixes and (fold(word).startswith(prefixes) or any(term.startswith(prefixes) for term in own)):
        return True
    return any(edits(wanted, term, limit=most) <= most for wanted, most in like for term in own)


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
