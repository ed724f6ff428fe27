"""The words of a topic, and a heading made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from nlp.search.stemmer import stem

# Words of three letters and more without digits. Of a possessive, the noun; of a contraction nothing, because
# "don" and "ve" are no words.
WORD_PATTERN = r"(?<![\w'’])[^\W\d_]{3,}(?!\w|['’](?!s\b)\w)"
_WORD = re.compile(WORD_PATTERN)

# What people do in any story, whatever it is about, and when: on the project's own stories these words led half of
# the topics.
_STORYTELLING = (
    "ask asked asking asks bring brought called came come comes coming day days did does doing done get "
    "gets getting given gives giving gone good got gave give going goes just kept kind knew know known "
    "knows let like long look looked looking looks lot make makes making man men mrs need needed new old one "
    "open opened people person place put really right said saw say saying says see seen sort sure take "
    "taken takes tell tells thing things think thought time times today told took turn turned turns two "
    "use used using want wanted wants way week weeks well went woman women work worked working year years "
    "yes monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun january "
    "february march april may june july august september october november december jan feb mar apr jun "
    "jul aug sep sept oct nov dec four five six seven eight nine ten eleven twelve twenty thirty forty "
    "fifty sixty seventy eighty ninety hundred "
)

N_WORDS = 10
_MIN_PASSAGES_OF_A_WORD = 2


def topic_vocabulary(texts: Iterable[str], *, stop_words: Iterable[str]) -> list[str]:
    """The words of the texts that a topic may be told by, in lower case and in order.

    A word that is never written small is a name, and a topic says what stories speak of, not who is in them; who
    asked not to be named must not be met in a heading.
    """
    written_small = {word for text in texts for word in _WORD.findall(text) if word == word.lower()}
    return sorted(written_small.difference(stop_words, _STORYTELLING.split()))


def telling_words(
    vocabulary: Sequence[str], c_tf_idf: NDArray[np.float64], n_passages_with: NDArray[np.int64]
) -> tuple[str, ...]:
    """The words that tell a topic from the others, best first, at most N_WORDS.

    c_tf_idf, n_passages_with: shape (len(vocabulary),), of this topic alone.
    A word counts by its c-TF-IDF times the passages that hold it, so that one passage's many repetitions do not
    speak for a topic; a word of a single passage never does.
    """
    scores = np.where(n_passages_with >= _MIN_PASSAGES_OF_A_WORD, c_tf_idf * n_passages_with, 0.0)
    best = np.argsort(-scores, kind="stable")
    return tuple(_without_variants(vocabulary[i] for i in best if scores[i] > 0))


def heading(words: Sequence[str], *, number: int) -> str:
    """Two or three words as people would write them above a list: "Kitchen, meals and volunteers"."""
    first = words[:3]
    if not first:
        return f"Topic {number + 1}"
    joined = " and ".join([", ".join(first[:-1]), first[-1]]) if len(first) > 1 else first[0]
    return joined[0].upper() + joined[1:]


def _without_variants(words: Iterable[str]) -> list[str]:
    word_by_stem: dict[str, str] = {}
    for word in words:
        word_by_stem.setdefault(stem(word), word)
        if len(word_by_stem) == N_WORDS:
            break
    return list(word_by_stem.values())
