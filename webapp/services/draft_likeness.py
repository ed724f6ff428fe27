"""How far two texts say the same in the same words, and where they differ."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from nlp.text import sentences

MIN_CLOSENESS = 0.45
"""Stories further apart in meaning are not offered as like one another; see nlp.search.meaning for the measure."""
_RUN = 5
"""Words in a row that two texts hardly share by chance (Broder, 1997, calls them shingles)."""
LIKELY_DUPLICATE = 0.3
"""From this part of the shared runs on, two texts are taken for tellings of the same story."""
_QUERY_WORDS = 60


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch of two texts. kind: 'same', 'changed', 'here' (only in the first) or 'there' (only in the second)."""

    kind: str
    here: str
    there: str


def shared_part(text: str, other: str) -> float:
    """The part of the runs of five words, of the text that has fewer of them, that both have; 0 to 1."""
    runs, other_runs = _runs(text), _runs(other)
    if not runs or not other_runs:
        return 0.0
    return len(runs & other_runs) / min(len(runs), len(other_runs))


def differences(text: str, other: str) -> list[Difference]:
    """Both texts sentence by sentence, what they share once, what differs beside one another."""
    ours, theirs = _sentences(text), _sentences(other)
    matcher = SequenceMatcher(None, [_plain(one) for one in ours], [_plain(one) for one in theirs], autojunk=False)
    kinds = {"equal": "same", "replace": "changed", "delete": "here", "insert": "there"}
    return [
        Difference(kinds[tag], " ".join(ours[i:j]), " ".join(theirs[k:m]))
        for tag, i, j, k, m in matcher.get_opcodes()
    ]


def query_of(title: str, text: str) -> str:
    """A query of plain words for stories like this one: nothing in it is a sign of the search language."""
    words = re.findall(r"[^\W_]+", f"{title} {text}")
    return " ".join(word.lower() for word in words[:_QUERY_WORDS])[:480]


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[^\W_]+", text.casefold())
    return {tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}


def _sentences(text: str) -> list[str]:
    return [" ".join(span.text.split()) for span in sentences(text) if span.text.strip()]


def _plain(sentence: str) -> str:
    return " ".join(_words(sentence))


def _words(sentence: str) -> Iterator[str]:
    return iter(re.findall(r"[^\W_]+", sentence.casefold()))
