"""The arrow: which words of a query say what something was, and which say what it became."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from nlp.components.use_categories import category_by_words
from nlp.search.analyzer import WORD
from nlp.search.language import Side
from nlp.search.lexer import Lexeme

_OPEN = frozenset({
    "", "*", "anything", "something", "something else", "anything else", "somewhere", "what", "whatever", "other",
    "a new use", "new use", "another use", "other uses",
})  # fmt: skip
_ALTERNATIVES = re.compile(r"\s*(?:,|/|\bor\b)\s*", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:(?:an?|the|any|some|old|former|disused|empty)\s+)+", re.IGNORECASE)
_TURNED = re.compile(
    r"\s+(?:(?:was|were|is|are|being|been|has|have|had)\s+)*"
    r"(?:(?:turned|turning|converted|converting|transformed|changed|made|repurposed)\s+(?:\w+\s+)?(?:in)?to"
    r"|became|becoming|(?:re)?used\s+as|repurposed\s+as|doubled\s+as)\s+",
    re.IGNORECASE,
)
_FROM_TO = re.compile(r"^(?P<is_said>from\s+)?(?P<from>.+?)\s+to\s+(?P<to>.+)$", re.IGNORECASE)
_MOST_WORDS = 12
_UNCHANGED = re.compile(
    r"\b(?:not|never|n't|refus\w*|resist\w*|oppos\w+|against|fight\w*|fought|campaign\w*|protest\w*|object(?:ed|ing)"
    r"|prevent\w*|threat\w*|plan(?:s|ned|ning)?|propos\w+|nearly|almost|might|could|instead\s+of|rather\s+than)\b",
    re.IGNORECASE,
)
"""What says before "turned into" that nothing was: whoever asks so looks for what stayed."""
_NO_TURN = re.compile(
    r"\b(?:lend(?:s|ing)?|lent|giv(?:es?|ing)|gave|given|send(?:s|ing)?|sent|tak(?:es?|ing|en)|took|bring(?:s|ing)?"
    r"|brought|deliver\w*|cycl(?:e|ing)|walk(?:s|ing)?|travel(?:ling)?|how|who)\b"
    r"|\b(?:close|closer|next|near|nearer|due|open|opened|back|access|up|down|according|able|unable|right|prior|thanks"
    r"|used|going|want(?:s|ed|ing)?|need(?:s|ed|ing)?|ways?|listening|talking|speaking|help(?:s|ed|ing)?|welcome|new"
    r"|related|subject|left|response|approach|visits?|trips?|journeys?|what|where|when|nothing|something|somewhere"
    r"|someone|people|time)$",
    re.IGNORECASE,
)
"""What before "to" makes of it a way, a purpose or a receiver, and no change."""


class Sides(NamedTuple):
    """What an arrow joins; None for a side that may be anything. next_arrow: where to look for a second one.

    [start, end): the part of the query's text that says it.
    """

    from_: Side | None
    to: Side | None
    next_arrow: int
    start: int
    end: int


def arrow_in(found: Sequence[Lexeme]) -> Sides | None:
    """What the first arrow among the lexemes joins: the words next to it, up to a sign or a field."""
    nth = next((nth for nth, lexeme in enumerate(found) if lexeme.kind == "arrow"), None)
    if nth is None:
        return None
    first = nth
    while first and _is_plain(found[first - 1]):
        first -= 1
    last = nth + 1
    while last < len(found) and _is_plain(found[last]):
        last += 1
    from_ = side(" ".join(lexeme.written for lexeme in found[first:nth]))
    to = side(" ".join(lexeme.written for lexeme in found[nth + 1 : last]))
    if from_ is None and to is None:
        return None
    return Sides(from_, to, last, found[first].start, found[last - 1].end)


def sides_in_plain_words(text: str) -> Sides | None:
    """What "X turned into Y" joins, or "X to Y"; None where it says something else.

    X and one of the things in Y have to be words for uses, since "X to Y" alone may be a way or a purpose ("getting
    prescriptions to people").
    """
    if len(text.split()) > _MOST_WORDS:
        return None
    turned = _TURNED.search(f" {text} ")
    if turned and _UNCHANGED.search(text[: turned.start()]):
        return None
    if turned:
        from_, to = side(text[: max(turned.start() - 1, 0)]), side(text[turned.end() - 1 :])
        return Sides(from_, to, 0, 0, len(text)) if to else None
    match = _FROM_TO.match(text)
    if match is None or " to " in match["to"].lower() or _NO_TURN.search(match["from"]):
        return None
    from_, to = side(match["from"]), side(match["to"])
    if from_ is None or to is None or not (_uses(from_, all) and _uses(to, any)):
        return None
    return Sides(from_, to, 0, 0, len(text))


def side(text: str) -> Side | None:
    """The phrases of one side; None if it may be anything."""
    phrases = []
    for part in _ALTERNATIVES.split(text):
        bare = _ARTICLE.sub("", part.strip())
        words = tuple(WORD.findall(bare))
        if words and bare.casefold() not in _OPEN:
            phrases.append(words)
    return Side(tuple(dict.fromkeys(phrases))) if phrases else None


def _is_plain(lexeme: Lexeme) -> bool:
    is_words = lexeme.kind in ("word", "phrase", "anything", "or")
    return is_words and not lexeme.field and not lexeme.is_excluded


def _uses(asked: Side, enough: Callable[[Iterable[bool]], bool]) -> bool:
    """Whether all, or any, of a side's phrases are words for uses."""
    return enough(category_by_words(" ".join(words)) is not None for words in asked.phrases)
