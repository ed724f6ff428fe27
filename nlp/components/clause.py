"""One sentence under the eyes of the rules, and what a rule finds in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from nlp.components.cues import Cue
from nlp.components.parse import Parse
from nlp.components.phrases import Range
from nlp.components.words import Word, index_at, words_of
from nlp.types import Span

MOST_MATCHES = 10
"""Matches of one pattern that a sentence is read for: nobody writes more, and an attacker might."""


@dataclass(frozen=True)
class Clause:
    """A sentence with its words. text: the whole story, which all offsets point into."""

    text: str
    sentence: Span
    words: Sequence[Word]
    parse: Parse | None = None
    previous: Span | None = None
    """The sentence before, where a pronoun may point."""

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The sentence's words in lower case."""
        return frozenset(word.lower for word in self.words)

    def find(self, sought: Cue | re.Pattern[str]) -> Iterator[tuple[re.Match[str], int, int]]:
        """Each match in the sentence with the indices of its first word and of the first word after it."""
        if isinstance(sought, Cue):
            if sought.words.isdisjoint(self.vocabulary):
                return
            pattern = sought.pattern
        else:
            pattern = sought
        matches = pattern.finditer(self.text, self.sentence.start, self.sentence.end)
        for match in islice(matches, MOST_MATCHES):
            first, after = index_at(self.words, match.start()), index_at(self.words, match.end())
            if first < after:
                yield match, first, after

    def span(self, words: Range) -> Span:
        """The stretch of the story that a range of words covers."""
        start, end = self.words[words[0]].start, self.words[words[1] - 1].end
        return Span(start, end, self.text[start:end])

    def lower(self, index: int) -> str:
        """The word at `index` in lower case, or "" outside the sentence."""
        return self.words[index].lower if 0 <= index < len(self.words) else ""


@dataclass(frozen=True)
class Candidate:
    """What a rule read, before anybody asked whether it happened or makes sense.

    subject: who or what the verb is said of; whether that is the actor or the thing changed depends on
    whether `from_` is filled and whether it is a name.
    """

    construction: str
    score: float
    verb: Range
    """From the first word of the construction to the last; what stands before it decides the modality."""
    to: Range
    subject: Range | None = None
    from_: Range | None = None
    agent: Range | None = None
    """The "by the Friends" of a passive."""
    needs_known_use: bool = False
    """Does the construction mean a change of use only if the target is clearly a use?"""
    needs_circumstance: bool = False
    """Is it a change only if the sentence says when or why it was so?"""
    is_reflexive: bool = False
    others: tuple[Range, ...] = field(default=())
    """Further targets of the same change."""


def clause_of(text: str, sentence: Span, parse: Parse | None = None, previous: Span | None = None) -> Clause:
    """The clause for one sentence of `text`, with the parts of speech of a tagger where there is one."""
    return Clause(text, sentence, words_of(sentence, parse.tag_of if parse else None), parse, previous)
