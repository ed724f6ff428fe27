"""Theme suggestions: which entries of the codebook a story is about, by its words and by its meaning."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from nlp.embedding import Embedder
from nlp.types import Matrix, Passage, Span, Theme, ThemeSuggestion

MOST_SUGGESTIONS = 5
MOST_EVIDENCE = 3
LEAST_SCORE = 0.2
LEAST_SHARE = 0.5
"""A theme whose score is below this share of the best one is mentioned, not what the story is about."""
CUE_SHARE = 0.5
"""How much of the score the cues give; the rest is meaning."""

_WORD = re.compile(r"\w+")
_INFLECTION = re.compile(r"^(?P<root>\w{2,}?[^\Ws])(?P<ending>ies|ied|ing|ed|(?<=sh|ch|ss)es|(?<=x)es|s)$")
_SATURATION = 1.5
_LOWEST_COSINE, _HIGHEST_COSINE = 0.2, 0.6


@dataclass(frozen=True)
class CueHit:
    """A cue found in a story. weight: how much one such hit says for its theme."""

    theme: int
    cue: int
    start: int
    end: int
    weight: float


class ThemeReader:
    """Suggests themes of one codebook; the themes' own vectors are computed once, here."""

    def __init__(self, codebook: Sequence[Theme], embedder: Embedder) -> None:
        """Keep the codebook's cues and the embeddings of its definitions and examples."""
        self.codebook = tuple(codebook)
        self._cues = _cue_table(self.codebook)
        texts = [(i, text) for i, theme in enumerate(codebook) for text in (_description(theme), *theme.examples)]
        self._owners = np.array([owner for owner, _ in texts], dtype=np.intp)
        self._vectors = embedder.embed([text for _, text in texts])

    def suggest(
        self, text: str, sentences: Sequence[Span], passages: Sequence[Passage], embeddings: Matrix
    ) -> tuple[ThemeSuggestion, ...]:
        """At most MOST_SUGGESTIONS themes, best first, each with its strongest evidence.

        score = CUE_SHARE · cues + (1 - CUE_SHARE) · meaning, both in [0, 1].
        cues = 1 - exp(-W / (SATURATION · √(words / 100))), where W sums over the theme's cues the cue's weight
        times 1 + ln(hits), times the share √(passages hit / passages). meaning = the mean cosine of the two
        nearest passages to the theme's definition or an example, scaled from [0.2, 0.6] to [0, 1].
        embeddings: shape (len(passages), d).
        """
        if not self.codebook or not passages:
            return ()
        hits = self._find_cues(text)
        cosines = self._cosines(embeddings)
        by_words = self._cue_scores(text, passages, hits)
        by_meaning = _scaled(np.sort(cosines, axis=0)[-2:].mean(axis=0))
        scores = CUE_SHARE * by_words + (1 - CUE_SHARE) * by_meaning
        floor = max(LEAST_SCORE, LEAST_SHARE * float(scores.max()))
        best = [int(i) for i in np.argsort(-scores, kind="stable")[:MOST_SUGGESTIONS] if scores[i] >= floor]
        return tuple(
            ThemeSuggestion(
                self.codebook[i].key,
                round(float(scores[i]), 3),
                _evidence([hit for hit in hits if hit.theme == i], sentences, passages, cosines[:, i]),
            )
            for i in best
        )

    def _find_cues(self, text: str) -> list[CueHit]:
        words = [(_folded_stem(match[0]), match.start(), match.end()) for match in _WORD.finditer(text)]
        found: list[CueHit] = []
        for index, (first, start, _) in enumerate(words):
            for stems, theme, cue, weight in self._cues.get(first, ()):
                stretch = words[index : index + len(stems)]
                if tuple(word for word, _, _ in stretch) == stems:
                    found.append(CueHit(theme, cue, start, stretch[-1][2], weight))
        return found

    def _cue_scores(self, text: str, passages: Sequence[Passage], hits: Sequence[CueHit]) -> Matrix:
        counts: dict[tuple[int, int], list[float]] = defaultdict(list)
        passages_hit: dict[int, set[int]] = defaultdict(set)
        starts = np.array([passage.start for passage in passages])
        for hit in hits:
            counts[hit.theme, hit.cue].append(hit.weight)
            passages_hit[hit.theme].add(int(np.searchsorted(starts, hit.start, side="right")))
        totals = np.zeros(len(self.codebook), dtype=np.float32)
        for (theme, _), weights in counts.items():
            totals[theme] += weights[0] * (1 + math.log(len(weights)))
        spread = np.array([math.sqrt(len(passages_hit[i]) / len(passages)) for i in range(len(self.codebook))])
        length = math.sqrt(max(len(text.split()), 50) / 100)
        return np.asarray(1 - np.exp(-totals * spread / (_SATURATION * length)), dtype=np.float32)

    def _cosines(self, embeddings: Matrix) -> Matrix:
        """Shape (passages, themes): each passage's cosine to what of the theme is nearest to it."""
        every = embeddings @ self._vectors.T
        nearest = np.full((len(embeddings), len(self.codebook)), -1.0, dtype=np.float32)
        for column, owner in enumerate(self._owners):
            np.maximum(nearest[:, owner], every[:, column], out=nearest[:, owner])
        return nearest


def _description(theme: Theme) -> str:
    return f"{theme.name}. {theme.definition}"


def _scaled(cosines: Matrix) -> Matrix:
    shares = (cosines - _LOWEST_COSINE) / (_HIGHEST_COSINE - _LOWEST_COSINE)
    return np.asarray(np.clip(shares, 0.0, 1.0), dtype=np.float32)


def _cue_table(
    codebook: Sequence[Theme],
) -> Mapping[str, Sequence[tuple[tuple[str, ...], int, int, float]]]:
    """First stem → (stems, theme, cue, weight). A cue of several words says more; one in several themes, less."""
    owners: dict[tuple[str, ...], set[int]] = defaultdict(set)
    listed = [
        (tuple(_folded_stem(word) for word in _WORD.findall(cue)), theme, cue_index)
        for theme, entry in enumerate(codebook)
        for cue_index, cue in enumerate(entry.cues)
    ]
    for stems, theme, _ in listed:
        owners[stems].add(theme)
    table: dict[str, list[tuple[tuple[str, ...], int, int, float]]] = defaultdict(list)
    for stems, theme, cue_index in listed:
        if stems:
            weight = (1.5 if len(stems) > 1 else 1.0) / len(owners[stems])
            table[stems[0]].append((stems, theme, cue_index, weight))
    return dict(table)


@lru_cache(maxsize=50_000)
def _folded_stem(word: str) -> str:
    """The word without case, accents and inflection. Porter's stems would make "house" a cue for housing."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return _INFLECTION.sub(_uninflected, "".join(c for c in decomposed if not unicodedata.combining(c)))


def _uninflected(match: re.Match[str]) -> str:
    root, ending = match["root"], match["ending"]
    if ending in ("ies", "ied"):
        return root + "y"
    is_doubled = ending in ("ing", "ed") and len(root) > 3 and root[-1] == root[-2] and root[-1] not in "ls"
    return root[:-1] if is_doubled else root


def _evidence(
    hits: Sequence[CueHit], sentences: Sequence[Span], passages: Sequence[Passage], cosines: Matrix
) -> tuple[Span, ...]:
    """The sentences with most cues, or the nearest passage if no cue stands in the text."""
    weight_by_sentence: dict[Span, float] = defaultdict(float)
    ends = np.array([sentence.end for sentence in sentences])
    for hit in hits:
        index = int(np.searchsorted(ends, hit.start, side="right"))
        if index < len(sentences):
            weight_by_sentence[sentences[index]] += hit.weight
    if not weight_by_sentence:
        nearest = passages[int(np.argmax(cosines))]
        return (Span(nearest.start, nearest.end, nearest.text),)
    ranked = sorted(weight_by_sentence, key=lambda span: (-weight_by_sentence[span], span.start))
    return tuple(ranked[:MOST_EVIDENCE])
