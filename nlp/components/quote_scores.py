"""How well a piece of speech stands alone, for a poster or a post: length, wholeness, and nothing left dangling."""

from __future__ import annotations

import re

_OPENS_ON_BEFORE = re.compile(
    r"(?i)(?:he|she|they|him|her|them|it|it['’]s|that|that['’]s|this|these|those|his|their|and|but|so|because|which|or|then"
    r"|also|yes|no|well)\b"
)
_SOMEBODY = re.compile(r"(?i)\b(?:he|she|they|him|them|her|his)\b")
_NAMED_BEFORE = re.compile(r"(?<=[\w,;] )[A-ZÀ-Þ][a-zà-ÿ]+|\b(?:a|the|my|our|your|one|old|every)\s+\w+", re.I)
_WHOLE_END = (".", "!", "?", "…")


def usability(said: str, *, has_speaker: bool, is_closed: bool) -> float:
    """In [0, 1]: near 1 for one to three whole sentences that need nothing before them and whose speaker is known.

    The factors were set by hand and are measured against nobody's judgement: the score orders, it does not count.
    """
    score = _for_length(len(said.split())) * _for_wholeness(said.strip(), is_closed=is_closed)
    return round(score * _for_standing_alone(said.strip()) * (1.0 if has_speaker else 0.9), 2)


def _for_length(n_words: int) -> float:
    for most, factor in ((3, 0.3), (7, 0.75), (40, 1.0), (80, 0.8)):
        if n_words <= most:
            return factor
    return 0.5


def _for_wholeness(said: str, *, is_closed: bool) -> float:
    start = 1.0 if said[:1].isupper() or not said[:1].isalpha() else 0.7
    # A comma before "she said" stands for the full stop.
    end = 1.0 if said.endswith(_WHOLE_END) else 0.95 if said.endswith(",") else 0.8
    return start * end * (1.0 if is_closed else 0.6)


def _for_standing_alone(said: str) -> float:
    if _OPENS_ON_BEFORE.match(said):
        return 0.65
    somebody = _SOMEBODY.search(said)
    if somebody and not _NAMED_BEFORE.search(said[: somebody.start()]):
        return 0.8
    return 1.0
