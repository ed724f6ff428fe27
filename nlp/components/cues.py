"""Patterns that are tried only where one of their words stands: most sentences hold few of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp.components.inflections import forms


@dataclass(frozen=True)
class Cue:
    """A pattern, and words of which every match begins with or holds one."""

    pattern: re.Pattern[str]
    words: frozenset[str]


def cue(pattern: str, *, words: str = "", verbs: str = "") -> Cue:
    """A cue for a regular expression. words: blank-separated; verbs: base forms, each standing for all its forms."""
    found = {form for verb in verbs.split() for form in forms(verb)} | set(words.split())
    return Cue(re.compile(pattern), frozenset(found))
