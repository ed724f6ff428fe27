"""Stretches of a few sentences as the encoder reads them: word pieces, their letters' shape and their use words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from nlp.components.use_categories import uses_of_word
from nlp.types import USE_CATEGORIES, Span

N_SHAPES = 8
LONGEST = 128
"""Word pieces of one window, its two marks counted; a longer sentence is read in parts."""
_CLS, _SEP = 101, 102
_WORD = re.compile(r"[^\W_]+(?:['’&][^\W_]+)*")
_COMPOUND = re.compile(r"[^\W_]+(?:[-'’&][^\W_]+)*")
_CATEGORY_INDEX = {category: index for index, category in enumerate(USE_CATEGORIES)}

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Window:
    """Word pieces of adjoining sentences, between the encoder's two marks.

    ids, shapes, sentence, goes_on, starts, ends: shape (pieces,). uses: shape (pieces, categories), 0 or 1.
    goes_on: whether the piece belongs to the same word as the one before it.
    sentence: index into the text's sentences, -1 for the marks. starts, ends: offsets into the text.
    first, last: the sentences [first, last) that are read in this window; others are context.
    """

    ids: Ints
    shapes: Ints
    uses: Floats
    sentence: Ints
    goes_on: NDArray[np.bool_]
    starts: Ints
    ends: Ints
    first: int
    last: int


@dataclass(frozen=True)
class Pieces:
    """All word pieces of a text; the arrays are those of Window, without marks."""

    ids: Ints
    shapes: Ints
    uses: Floats
    sentence: Ints
    goes_on: NDArray[np.bool_]
    starts: Ints
    ends: Ints
    bounds: tuple[tuple[int, int], ...]
    """For each sentence its pieces [first, last)."""


def cut_pieces(text: str, sentences: Sequence[Span], tokenizer: Tokenizer) -> Pieces:
    """The pieces of a text's sentences, in order; what stands outside of every sentence is left out."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    offsets = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
    ids = np.array(encoding.ids, dtype=np.int64)
    sentence = _sentence_of_each(offsets, sentences)
    kept = (sentence >= 0) & (offsets[:, 1] > offsets[:, 0])
    offsets, ids, sentence = offsets[kept], ids[kept], sentence[kept]
    shapes, uses = _features(text, offsets)
    word = _word_of_each(text, offsets)
    goes_on = np.zeros(len(word), dtype=np.bool_)
    goes_on[1:] = (word[1:] == word[:-1]) & (word[1:] >= 0)
    bounds = tuple(
        (int(np.searchsorted(sentence, index)), int(np.searchsorted(sentence, index, side="right")))
        for index in range(len(sentences))
    )
    return Pieces(ids, shapes, uses, sentence, goes_on, offsets[:, 0], offsets[:, 1], bounds)


def windows_of(pieces: Pieces, *, most: int, n_around: int = 1) -> Iterator[Window]:
    """Windows that read every sentence once, with `n_around` sentences before and after them as context.

    most: pieces of the sentences that are read in one window, unless one sentence alone has more.
    """
    first = 0
    n_sentences = len(pieces.bounds)
    while first < n_sentences:
        last = first + 1
        while last < n_sentences and pieces.bounds[last][1] - pieces.bounds[first][0] <= most:
            last += 1
        yield window(pieces, first, last, n_around=n_around)
        first = last


def window(pieces: Pieces, first: int, last: int, *, n_around: int = 0) -> Window:
    """The window that reads the sentences [first, last); context goes first where it would grow too long."""
    room = LONGEST - 2
    start, end = pieces.bounds[first][0], min(pieces.bounds[last - 1][1], pieces.bounds[first][0] + room)
    before = pieces.bounds[max(first - n_around, 0)][0]
    after = pieces.bounds[min(last - 1 + n_around, len(pieces.bounds) - 1)][1]
    spare = room - (end - start)
    n_before = min(start - before, max(spare - min(after - end, spare // 2), 0))
    start, end = start - n_before, min(after, end + spare - n_before)
    inside = slice(start, end)
    return Window(
        ids=np.concatenate([[_CLS], pieces.ids[inside], [_SEP]]),
        shapes=np.pad(pieces.shapes[inside], 1),
        uses=np.pad(pieces.uses[inside], ((1, 1), (0, 0))),
        sentence=np.pad(pieces.sentence[inside], 1, constant_values=-1),
        goes_on=np.pad(pieces.goes_on[inside], 1),
        starts=np.pad(pieces.starts[inside], 1),
        ends=np.pad(pieces.ends[inside], 1),
        first=first,
        last=last,
    )


def _sentence_of_each(offsets: Ints, sentences: Sequence[Span]) -> Ints:
    starts = np.array([sentence.start for sentence in sentences], dtype=np.int64)
    ends = np.array([sentence.end for sentence in sentences], dtype=np.int64)
    if not len(starts) or not len(offsets):
        return np.full(len(offsets), -1, dtype=np.int64)
    index = np.searchsorted(starts, offsets[:, 0], side="right") - 1
    inside = (index >= 0) & (offsets[:, 0] < ends[np.maximum(index, 0)])
    return np.where(inside, index, -1)


def _word_of_each(text: str, offsets: Ints) -> Ints:
    """The number of the word that each piece stands in, -1 for none."""
    bounds = np.array([match.span() for match in _WORD.finditer(text)], dtype=np.int64).reshape(-1, 2)
    if not len(bounds):
        return np.full(len(offsets), -1, dtype=np.int64)
    index = np.searchsorted(bounds[:, 0], offsets[:, 0], side="right") - 1
    inside = (index >= 0) & (offsets[:, 0] < bounds[np.maximum(index, 0), 1])
    return np.where(inside, index, -1)


def _features(text: str, offsets: Ints) -> tuple[Ints, Floats]:
    """Shape and uses of the word around each piece."""
    matches = list(_COMPOUND.finditer(text))
    ends = [match.end() for match in matches]
    shapes = np.zeros(len(offsets), dtype=np.int64)
    uses = np.zeros((len(offsets), len(USE_CATEGORIES)), dtype=np.float32)
    for row, (start, _) in enumerate(offsets):
        index = bisect_left(ends, start + 1)
        if index == len(matches) or matches[index].start() > start:
            shapes[row] = 1
            continue
        word = matches[index][0]
        shapes[row] = _shape(word)
        for part in {word.lower(), text[start : offsets[row][1]].lower()}:
            for category in uses_of_word(part):
                uses[row, _CATEGORY_INDEX[category]] = 1
    return shapes, uses


def _shape(word: str) -> int:
    if word[0].isdigit():
        return 2
    if word.islower():
        return 3
    if word.isupper() and len(word) > 1:
        return 4
    return 5 if word[0].isupper() else 6
