"""Which passages topics can be discovered in, and a plain statement of why the others cannot be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from nlp.language_detection import ENGLISH, language_of
from nlp.topics import TooFewPassages, require_enough

LEAST_WORDS = 4
REASONS = {
    "too_short": f"shorter than {LEAST_WORDS} words",
    "repeated": "word for word the same as another passage",
    "other_language": "not in English",
}


def unreadable(texts: Sequence[str]) -> dict[int, str]:
    """Index → reason (a key of REASONS) of each passage that topics are not discovered in."""
    seen: set[str] = set()
    reasons: dict[int, str] = {}
    for index, text in enumerate(texts):
        words = text.split()
        plain = " ".join(words).casefold()
        if len(words) < LEAST_WORDS:
            reasons[index] = "too_short"
        elif plain in seen:
            reasons[index] = "repeated"
        elif language_of(text, ()) != ENGLISH:
            reasons[index] = "other_language"
        seen.add(plain)
    return reasons


def require_readable(texts: Sequence[str], documents: Sequence[int], reasons: dict[int, str]) -> None:
    """Raise TooFewPassages, saying what was left out and why, unless enough is left."""
    read = [index for index in range(len(texts)) if index not in reasons]
    try:
        require_enough(n_passages=len(read), n_documents=len({documents[index] for index in read}))
    except TooFewPassages as err:
        counts = Counter(reasons.values())
        if not counts:
            raise
        left_out = "; ".join(f"{n} {REASONS[reason]}" for reason, n in counts.most_common())
        raise TooFewPassages(f"{err} Left out: {left_out}.") from err
