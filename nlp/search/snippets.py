"""Why a story was found: its passages that say so, as plain text, and where the asked words are in them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from nlp.search.analyzer import WORD, merged_spans, occurrences, words_with
from nlp.types import Snippet

LONGEST_SNIPPET = 320
"""Characters; a longer passage is cut between words around its highlights."""

N_SNIPPETS = 2

_PARAGRAPH = re.compile(r"[^\n]+")
Highlights = tuple[tuple[int, int], ...]


def snippets_by_words(passages: Sequence[str], weight_by_term: Mapping[str, float]) -> tuple[Snippet, ...]:
    """At most N_SNIPPETS passages with the heaviest of the wanted terms, best first.

    A second one is shown only if it has a term that the first lacks. Empty if no passage has any.
    """
    # Most passages of a story hold none of the words: those are told apart without cutting them into tokens.
    words = words_with("\n".join(passages), weight_by_term.keys())
    found = [
        occurrences(text, words, weight_by_term) if any(word in text for word in words) else [] for text in passages
    ]
    overlaps = [frozenset(token.term for token in tokens) for tokens in found]
    shown: list[Snippet] = []
    seen: frozenset[str] = frozenset()
    for _ in range(N_SNIPPETS):
        gains = [sum(weight_by_term[term] for term in sorted(overlap - seen)) for overlap in overlaps]
        best = max(range(len(gains)), key=lambda position: (gains[position], -position), default=None)
        if best is None or gains[best] <= 0:
            break
        seen |= overlaps[best]
        shown.append(_snippet(passages[best], merged_spans(found[best])))
    return tuple(shown)


def plain_snippet(passage: str) -> Snippet:
    """The passage, or the beginning of a long one, without highlights."""
    return _snippet(passage, ())


def paragraphs(text: str) -> list[str]:
    """The lines of a text that have words: what stands in for passages where there are none."""
    return [match.group().strip() for match in _PARAGRAPH.finditer(text) if WORD.search(match.group())]


def _snippet(passage: str, marked: Highlights) -> Snippet:
    """The passage, or the stretch of a long one with most highlights, and the highlights in it."""
    if len(passage) <= LONGEST_SNIPPET:
        return Snippet(passage, marked)
    start, end = _window(passage, marked)
    inside = tuple((s - start, e - start) for s, e in marked if start <= s and e <= end)
    return Snippet(passage[start:end], inside)


def _window(passage: str, marked: Highlights) -> tuple[int, int]:
    """A stretch of at most LONGEST_SNIPPET characters from word to word, with as many highlights as fit."""
    starts = [max(0, mark[0] - LONGEST_SNIPPET // 4) for mark in marked] or [0]
    best = max(starts, key=lambda start: (_n_inside(marked, start), -start))
    best = min(best, len(passage) - LONGEST_SNIPPET)
    return _word_start(passage, best), _word_end(passage, best + LONGEST_SNIPPET)


def _word_start(passage: str, start: int) -> int:
    """The first beginning of a word from `start` on, or `start` if there is none near."""
    if start == 0:
        return 0
    space = passage.find(" ", start - 1, start + LONGEST_SNIPPET // 4)
    return space + 1 if space >= 0 else start


def _word_end(passage: str, end: int) -> int:
    """The last end of a word up to `end`, or `end` if there is none near."""
    if end >= len(passage):
        return len(passage)
    space = passage.rfind(" ", end - LONGEST_SNIPPET // 4, end + 1)
    return space if space >= 0 else end


def _n_inside(marked: Highlights, start: int) -> int:
    return sum(start <= s and e <= start + LONGEST_SNIPPET for s, e in marked)
