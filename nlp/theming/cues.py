"""The codebook's cues in a text: words and phrases, found whatever their inflection, case and accents."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from nlp.types import Passage, Theme, Vector

_WORD = re.compile(r"\w+")
_INFLECTION = re.compile(r"^(?P<root>\w{2,}?[^\Ws])(?P<ending>ies|ied|ing|ed|(?<=sh|ch|ss)es|(?<=x)es|s)$")
_SATURATION = 1.5

_Cue = tuple[tuple[str, ...], int, int, float]
"""Stems, theme, number of the cue, weight."""


@dataclass(frozen=True)
class CueHit:
    """A cue found in a story. weight: how much one such hit says for its theme."""

    theme: int
    cue: int
    start: int
    end: int
    weight: float


class CueTable:
    """The cues of one codebook, looked up by their first word."""

    def __init__(self, codebook: Sequence[Theme]) -> None:
        """Keep the stems of every cue."""
        self._n_themes = len(codebook)
        self._cues = _cue_table(codebook)

    def find(self, text: str) -> list[CueHit]:
        """Every cue in the text, in order; a cue of several words needs them one after the other."""
        words = [(folded_stem(match[0]), match.start(), match.end()) for match in _WORD.finditer(text)]
        found: list[CueHit] = []
        for index, (first, start, _) in enumerate(words):
            for stems, theme, cue, weight in self._cues.get(first, ()):
                stretch = words[index : index + len(stems)]
                if tuple(word for word, _, _ in stretch) == stems:
                    found.append(CueHit(theme, cue, start, stretch[-1][2], weight))
        return found

    def scores(self, text: str, passages: Sequence[Passage], hits: Sequence[CueHit]) -> Vector:
        """How much the words of a text speak for each theme, shape (themes,), in [0, 1).

        1 - exp(-W / (SATURATION · √(words / 100))), where W sums over the theme's cues the cue's weight times
        1 + ln(hits), times the share √(passages hit / passages).
        """
        counts: dict[tuple[int, int], list[float]] = defaultdict(list)
        passages_hit: dict[int, set[int]] = defaultdict(set)
        starts = np.array([passage.start for passage in passages])
        for hit in hits:
            counts[hit.theme, hit.cue].append(hit.weight)
            passages_hit[hit.theme].add(int(np.searchsorted(starts, hit.start, side="right")))
        totals = np.zeros(self._n_themes, dtype=np.float32)
        for (theme, _), weights in counts.items():
            totals[theme] += weights[0] * (1 + math.log(len(weights)))
        spread = np.array([math.sqrt(len(passages_hit[i]) / len(passages)) for i in range(self._n_themes)])
        length = math.sqrt(max(len(text.split()), 50) / 100)
        return np.asarray(1 - np.exp(-totals * spread / (_SATURATION * length)), dtype=np.float32)


def _cue_table(codebook: Sequence[Theme]) -> Mapping[str, Sequence[_Cue]]:
    """First stem → cues. A cue of several words says more; one in several themes, less."""
    owners: dict[tuple[str, ...], set[int]] = defaultdict(set)
    listed = [
        (tuple(folded_stem(word) for word in _WORD.findall(cue)), theme, cue_index)
        for theme, entry in enumerate(codebook)
        for cue_index, cue in enumerate(entry.cues)
    ]
    for stems, theme, _ in listed:
        owners[stems].add(theme)
    table: dict[str, list[_Cue]] = defaultdict(list)
    for stems, theme, cue_index in listed:
        if stems:
            weight = (1.5 if len(stems) > 1 else 1.0) / len(owners[stems])
            table[stems[0]].append((stems, theme, cue_index, weight))
    return dict(table)


@lru_cache(maxsize=50_000)
def folded_stem(word: str) -> str:
    """The word without case, accents and inflection. Porter's stems would make "house" a cue for housing."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return _INFLECTION.sub(_uninflected, "".join(c for c in decomposed if not unicodedata.combining(c)))


def _uninflected(match: re.Match[str]) -> str:
    root, ending = match["root"], match["ending"]
    if ending in ("ies", "ied"):
        return root + "y"
    is_doubled = ending in ("ing", "ed") and len(root) > 3 and root[-1] == root[-2] and root[-1] not in "ls"
    return root[:-1] if is_doubled else root
