"""Theme suggestions: which entries of the codebook a story is about, by its words, its meaning and what was learned.

>>> from nlp.embedding import open_embedder
>>> from nlp.types import Theme
>>> reader = ThemeReader([Theme("food", "Food", "Meals.", cues=("soup",))], open_embedder("hashing"))
>>> reader.learned
{}
"""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from nlp.embedding import Embedder
from nlp.theming.classifier import LearnedTheme, corrected
from nlp.theming.cues import CueHit, CueTable
from nlp.theming.logistic import Floats, probability
from nlp.theming.meaning import ThemeVectors, nearness, story_vector
from nlp.theming.prior import Prior, load_prior, signals
from nlp.types import Matrix, Passage, Span, Theme, ThemeSuggestion, Vector

MOST_SUGGESTIONS = 4
"""People give three themes on average; a fifth suggestion is wrong far more often than right."""
MOST_EVIDENCE = 3
LEAST_ALONE = 0.1
"""The best theme is suggested from this probability on, even below the threshold for further ones."""


class ThemeReader:
    """Suggests themes of one codebook; the themes' own vectors are computed once, here."""

    def __init__(self, codebook: Sequence[Theme], embedder: Embedder, *, prior: Prior | None = None) -> None:
        """Keep the codebook's cues and the embeddings of its definitions and examples.

        prior: what is known of the themes beforehand; by default what comes with the code.
        """
        self.codebook = tuple(codebook)
        self.keys = tuple(theme.key for theme in codebook)
        self.embedding_name = embedder.name
        self.learned: Mapping[str, LearnedTheme] = {}
        self._cues = CueTable(self.codebook)
        self._vectors = ThemeVectors(self.codebook, embedder)
        self._prior = prior or load_prior()

    def with_learned(self, learned: Mapping[str, LearnedTheme]) -> ThemeReader:
        """The same reader, corrected by what people's decisions taught."""
        reader = copy.copy(self)
        reader.learned = dict(learned)
        return reader

    def odds(self, text: str, passages: Sequence[Passage], embeddings: Matrix) -> tuple[Vector, Floats]:
        """The story's vector, shape (d,), and each theme's log odds before learning, shape (themes,)."""
        cues = self._cues.scores(text, passages, self._cues.find(text))
        near = nearness(self._vectors.cosines(embeddings))
        story = story_vector(embeddings)
        return story, self._prior.log_odds(self.keys, text, signals(cues, near), story, self.embedding_name)

    def probabilities(self, story: Vector, odds: Floats) -> Floats:
        """The probability of each theme, shape (themes,), given what `odds` gave."""
        result = odds.copy()
        for i, key in enumerate(self.keys):
            if key in self.learned:
                result[i] = corrected(self.learned[key], story[None, :], odds[i : i + 1])[0]
        return probability(result)

    def chosen(self, chances: Floats) -> list[int]:
        """The themes to suggest, by position, best first: those above the threshold, MOST_SUGGESTIONS at most."""
        ranked = np.argsort(-chances, kind="stable")[:MOST_SUGGESTIONS]
        least = [LEAST_ALONE] + [self._prior.threshold] * (MOST_SUGGESTIONS - 1)
        return [int(i) for i, floor in zip(ranked, least, strict=False) if chances[i] >= floor]

    def suggest(
        self, text: str, sentences: Sequence[Span], passages: Sequence[Passage], embeddings: Matrix
    ) -> tuple[ThemeSuggestion, ...]:
        """At most MOST_SUGGESTIONS themes, best first, each with its probability and its strongest evidence.

        embeddings: shape (len(passages), d), of the embedder that this reader was made with.
        """
        if not self.codebook or not passages:
            return ()
        chances = self.probabilities(*self.odds(text, passages, embeddings))
        hits = self._cues.find(text)
        cosines = self._vectors.cosines(embeddings)
        return tuple(
            ThemeSuggestion(
                self.keys[i],
                round(float(chances[i]), 3),
                _evidence([hit for hit in hits if hit.theme == i], sentences, passages, cosines[:, i]),
            )
            for i in self.chosen(chances)
        )


def _evidence(
    hits: Sequence[CueHit], sentences: Sequence[Span], passages: Sequence[Passage], cosines: Vector
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
