"""Noise as case studies have it: lower case, capitals, missing stops, bullets, curly quotation marks, chat.

The noise changes forms, never the analysis: a word that is dropped is a final stop, which nothing hangs on.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

from nlp.training.treebank import Sentence, Word

_CHAT = {
    "you": "u", "are": "r", "your": "ur", "because": "bc", "please": "pls", "thanks": "thx", "people": "ppl",
    "through": "thru", "tomorrow": "tmrw", "with": "w", "before": "b4", "about": "abt", "and": "n", "to": "2",
}  # fmt: skip
_CURLY = str.maketrans({"'": "\u2019", "`": "\u2018"})
_FINAL_MARKS = (".", "!", "?", ";", ":")


def noisy(run: Sequence[Sentence], chance: random.Random) -> list[Sentence]:
    """The same sentences with one to three kinds of noise, chosen by `chance`."""
    kinds = chance.sample(KINDS, k=chance.choice((1, 1, 2, 3)))
    sentences = list(run)
    for kind in kinds:
        sentences = [kind(sentence, chance) for sentence in sentences]
    return sentences


def with_curly_marks(sentence: Sentence, chance: random.Random) -> Sentence:
    """Straight quotation marks and apostrophes as word processors write them."""
    words: list[Word] = []
    is_open = False
    for word in sentence.words:
        form = word.form.translate(_CURLY)
        if word.form in ('"', "``", "''"):
            form = "\u201d" if is_open else "\u201c"
            is_open = not is_open
        words.append(replace(word, form=form))
    return replace(sentence, words=tuple(words))


def _in_lower_case(sentence: Sentence, _chance: random.Random) -> Sentence:
    return _with_forms(sentence, [word.form.lower() for word in sentence.words])


def _in_capitals(sentence: Sentence, chance: random.Random) -> Sentence:
    if chance.random() < 0.7:
        return sentence
    return _with_forms(sentence, [word.form.upper() for word in sentence.words])


def _without_final_mark(sentence: Sentence, _chance: random.Random) -> Sentence:
    last = len(sentence.words) - 1
    is_loose = all(word.head != last for word in sentence.words[:-1])
    if last < 2 or sentence.words[-1].form not in _FINAL_MARKS or not is_loose:
        return sentence
    before = replace(sentence.words[-2], has_space=True)
    return replace(sentence, words=(*sentence.words[:-2], before))


def _as_bullet(sentence: Sentence, chance: random.Random) -> Sentence:
    mark = chance.choice(("-", "*", "\u2022", "\u2013", "o"))
    root = next(index for index, word in enumerate(sentence.words) if word.dep == "ROOT")
    bullet = Word(mark, mark, "PUNCT", ":", "", root + 1, "punct")
    moved = [replace(word, head=word.head + 1) for word in sentence.words]
    return replace(sentence, words=(bullet, *moved), begins_paragraph=True)


def _in_chat(sentence: Sentence, chance: random.Random) -> Sentence:
    forms = [
        _CHAT.get(word.form.lower(), word.form) if chance.random() < 0.6 else word.form for word in sentence.words
    ]
    forms = [form.replace("'", "") if len(form) > 1 else form for form in forms]
    return _with_forms(sentence, [form.lower() for form in forms])


def _with_forms(sentence: Sentence, forms: Sequence[str]) -> Sentence:
    words = tuple(replace(word, form=form) for word, form in zip(sentence.words, forms, strict=True))
    return replace(sentence, words=words)


KINDS: tuple[Callable[[Sentence, random.Random], Sentence], ...] = (
    _in_lower_case, _in_capitals, _without_final_mark, _as_bullet, _in_chat, with_curly_marks,
)  # fmt: skip
"""Each kind of noise takes a sentence and chance, and gives the sentence with that noise."""
