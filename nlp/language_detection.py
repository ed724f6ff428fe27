"""Which language a text is in, so that a text in another one is not read as if it were English.

Sentences are told apart by py3langid, which carries its model. Case studies from Wales often say everything
twice, so a text counts as English if a fair part of it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Protocol

from nlp.types import Span

ENGLISH = "en"
LEAST_LETTERS = 40
"""A shorter text says too little about its language and is taken for English."""
LEAST_CERTAINTY = 0.9
ENGLISH_SHARE = 0.25
"""Of the letters of the sentences whose language is certain."""
NAME_BY_CODE = {
    "ar": "Arabic", "bn": "Bengali", "cy": "Welsh", "de": "German", "en": "English", "es": "Spanish", "fa": "Persian",
    "fr": "French", "ga": "Irish", "gd": "Scottish Gaelic", "gu": "Gujarati", "hi": "Hindi", "it": "Italian",
    "ja": "Japanese", "ku": "Kurdish", "nl": "Dutch", "pa": "Punjabi", "pl": "Polish", "ps": "Pashto",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "so": "Somali", "ta": "Tamil", "tr": "Turkish",
    "uk": "Ukrainian", "ur": "Urdu", "zh": "Chinese",
}  # fmt: skip


class Identifier(Protocol):
    """What is needed of py3langid."""

    def classify(self, text: str) -> tuple[str, float]:
        """The most likely language, and how likely it is, in [0, 1]."""


def language_of(text: str, sentences: Sequence[Span]) -> str:
    """ISO 639 code of the language that the text is in; "en" if that is unsure or if a quarter is English.

    >>> language_of("Trowyd y capel yn fanc bwyd yn ystod y gaeaf hir a thywyll.", ())
    'cy'
    >>> language_of("Bingo, Zumba, Pilates", ())
    'en'
    """
    if sum(letter.isalpha() for letter in text) < LEAST_LETTERS:
        return ENGLISH
    whole, certainty = _identifier().classify(text[:20_000])
    if whole == ENGLISH or certainty < LEAST_CERTAINTY:
        return ENGLISH
    letters = Counter({whole: 0})
    for sentence in sentences[:200]:
        language, certainty = _identifier().classify(sentence.text)
        if certainty >= LEAST_CERTAINTY:
            letters[language] += len(sentence.text)
    share = letters[ENGLISH] / max(sum(letters.values()), 1)
    return ENGLISH if share >= ENGLISH_SHARE else whole


def language_name(code: str) -> str:
    """What people call the language; "another language" for a rare one."""
    return NAME_BY_CODE.get(code, "another language")


@cache
def _identifier() -> Identifier:
    # Imported here: loading the model takes half a second, and most who import this package need it not.
    from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier

    identifier: Identifier = LanguageIdentifier.from_model_file(MODEL_DIR / MODEL_FILE, norm_probs=True)
    return identifier
