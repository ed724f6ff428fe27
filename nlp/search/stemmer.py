"""English word stems: Porter, M. F. (1980), "An algorithm for suffix stripping", Program 14(3), 130–137.

A word is seen as [C](VC)^m[V]: the number m, its measure, says how much of a word is left before a suffix.
"""

from __future__ import annotations

import re

_VOWEL_RUNS = re.compile(r"[aeiou]+[^aeiou]+")
_Y_AFTER_CONSONANT = re.compile(r"(?<=[^aeiou])y")

_STEP_2 = (
    ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"),
    ("abli", "able"), ("alli", "al"), ("entli", "ent"), ("eli", "e"), ("ousli", "ous"), ("ization", "ize"),
    ("ation", "ate"), ("ator", "ate"), ("alism", "al"), ("iveness", "ive"), ("fulness", "ful"),
    ("ousness", "ous"), ("aliti", "al"), ("iviti", "ive"), ("biliti", "ble"),
)  # fmt: skip
_STEP_3 = (
    ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""),
    ("ness", ""),
)  # fmt: skip
_STEP_4 = (
    "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize",
    "ion", "al", "er", "ic", "ou",
)  # fmt: skip


_ENDINGS_2 = tuple(suffix for suffix, _ in _STEP_2)
_ENDINGS_3 = tuple(suffix for suffix, _ in _STEP_3)


def stem(word: str) -> str:
    """The stem of a lower-case word; words of one or two letters, or beyond a–z, come back as they are."""
    if len(word) < 3 or not (word.isascii() and word.isalpha()):
        return word
    word = _without_plural(word)
    word = _without_past_or_progressive(word)
    if word.endswith("y") and _has_vowel(word[:-1]):
        word = word[:-1] + "i"
    word = _replaced(word, _STEP_2, _ENDINGS_2)
    word = _replaced(word, _STEP_3, _ENDINGS_3)
    word = _without_derivation(word)
    return _tidied(word)


def _shape(word: str) -> str:
    """The word with each y that is a vowel there written as one."""
    return word if "y" not in word else _Y_AFTER_CONSONANT.sub("i", word)


def _measure(word: str) -> int:
    return len(_VOWEL_RUNS.findall(_shape(word)))


def _has_vowel(word: str) -> bool:
    return any(letter in "aeiou" for letter in _shape(word))


def _ends_double(word: str) -> bool:
    return len(word) > 1 and word[-1] == word[-2] and _shape(word)[-1] not in "aeiou"


def _ends_short_syllable(word: str) -> bool:
    """Whether the word ends consonant, vowel, consonant, the last not w, x or y (so -hop, but not -how)."""
    if len(word) < 3 or word[-1] in "wxy":
        return False
    first, middle, last = (letter in "aeiou" for letter in _shape(word)[-3:])
    return not first and middle and not last


def _without_plural(word: str) -> str:
    if word.endswith("sses") or word.endswith("ies"):
        return word[:-2]
    if word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


def _without_past_or_progressive(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) > 0 else word
    for suffix in ("ed", "ing"):
        if word.endswith(suffix):
            rest = word[: -len(suffix)]
            return _mended(rest) if _has_vowel(rest) else word
    return word


def _mended(word: str) -> str:
    """A verb without -ed or -ing, with the e that they replaced or without the letter that they doubled."""
    if word.endswith(("at", "bl", "iz")):
        return word + "e"
    if _ends_double(word) and word[-1] not in "lsz":
        return word[:-1]
    if _measure(word) == 1 and _ends_short_syllable(word):
        return word + "e"
    return word


def _replaced(word: str, rules: tuple[tuple[str, str], ...], endings: tuple[str, ...]) -> str:
    if not word.endswith(endings):
        return word
    for suffix, replacement in rules:
        if word.endswith(suffix):
            rest = word[: -len(suffix)]
            return rest + replacement if _measure(rest) > 0 else word
    return word


def _without_derivation(word: str) -> str:
    if not word.endswith(_STEP_4):
        return word
    for suffix in _STEP_4:
        if word.endswith(suffix):
            rest = word[: -len(suffix)]
            if suffix == "ion" and not rest.endswith(("s", "t")):
                return word
            return rest if _measure(rest) > 1 else word
    return word


def _tidied(word: str) -> str:
    if word.endswith("e"):
        rest = word[:-1]
        measure = _measure(rest)
        if measure > 1 or (measure == 1 and not _ends_short_syllable(rest)):
            word = rest
    if word.endswith("ll") and _measure(word) > 1:
        word = word[:-1]
    return word
