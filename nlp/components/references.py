"""Whom "it", "they" and "we" stand for: the nearest earlier name that could act."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlp.types import Mention, Span

REACH = 600
"""Characters before a sentence in which the name is looked for."""
_ACTOR = re.compile(
    r"(?i)\b(?:the|our|a|an)\s+((?:[\w'’-]+\s+){0,3}?(?:club|society|group|trust|church|chapel|mosque|centre|charity|team|band|choir|school"
    r"|company|café|cafe|pub|shop|theatre|library|hub|association|committee|project|brewery|hotel|restaurant|firm|cooperative"
    r"|co-operative|council|league|troupe|orchestra|scouts|cinema|gym|farm|museum|temple|gurdwara|parish|congregation|stall"
    r"|factory|bakery|studio|nursery|collective|forum|network|branch))\b(?!\s+(?:hall|room|roof|door|van|kitchen))"
)
ORGANISATIONAL = frozenset(("it", "they", "we", "itself", "themselves", "ourselves"))


def antecedent(text: str, sentence: Span, pronoun: Span, names: Sequence[Mention]) -> Span:
    """The nearest earlier organisation for "it", "they" or "we", else the pronoun itself.

    "We" stands for a named organisation only, since "the club" before it may well be another one.
    """
    lower = pronoun.text.lower()
    if lower not in ORGANISATIONAL:
        return pronoun
    start = max(sentence.start - REACH, 0)
    known = [
        Span(name.start, name.end, name.text)
        for name in names
        if name.label == "ORG" and start <= name.start and name.end <= pronoun.start
    ]
    if lower in ("it", "they", "itself", "themselves"):
        known += [Span(*match.span(1), match[1]) for match in _ACTOR.finditer(text, start, pronoun.start)]
    return max(known, key=lambda span: span.start, default=pronoun)
