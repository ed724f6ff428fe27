"""Changes of use as the network reads them: each with its slots, its categories and how likely it is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from nlp.change_reader.decoding import best_span, log_softmax, spans_of
from nlp.change_reader.encoder import ChangeEncoder, Floats, Weighing
from nlp.change_reader.heads import SLOTS, Heads
from nlp.change_reader.windows import Window, cut_pieces, windows_of
from nlp.embedding.onnx_minilm import model_folder
from nlp.types import USE_CATEGORIES, Repurposing, Span

LEAST_TELLING = -2.5
"""The least logit of a sentence that is read for targets."""
LEAST_BEGIN = 0.5
"""The least share of the tag `begin` for a second target in the same sentence."""
WINDOW_PIECES = 60
BATCH_PIECES = 1_500
FEATURES: tuple[str, ...] = (
    "telling", "target", "begin", "is second", "from", "actor", "same use", "beside", "n targets", "use", "length",
)  # fmt: skip
"""What a target's likelihood is weighed from, see `_features`."""

_ARTICLE = re.compile(r"(?i)(?:the|an?)\s+(?=\S)")

Range = tuple[int, int]


@dataclass(frozen=True)
class Reading:
    """A target in a sentence, with its slots, as offsets into the text. features: the figures of FEATURES."""

    sentence: int
    to: Range
    slots: dict[str, Range]
    to_category: str
    from_category: str | None
    features: tuple[float, ...]


class ChangeReader:
    """Reads changes of use in texts; holds the encoder and its word pieces."""

    def __init__(self, *, intra_op: int | None = None) -> None:
        """Load the weights, once for all texts. intra_op: threads for one call; all cores by default."""
        self._encoder = ChangeEncoder(intra_op=intra_op)
        self._tokenizer = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()

    def read(self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]) -> list[tuple[Repurposing, ...]]:
        """For each text, with its sentences, the changes that are likely enough, in order."""
        work = [
            (number, window)
            for number, (text, cut) in enumerate(zip(texts, sentences, strict=True))
            for window in windows_of(cut_pieces(text, cut, self._tokenizer), most=WINDOW_PIECES)
        ]
        # Windows of about the same length share a batch, so that little time goes into padding.
        work.sort(key=lambda item: len(item[1].ids))
        found: dict[int, list[Reading]] = defaultdict(list)
        for batch in _batches(work):
            states = self._encoder.states([window for _, window in batch])
            for (number, window), rows in zip(batch, states, strict=True):
                found[number].extend(read_window(self._encoder.heads, window, rows))
        return [
            likely(text, cut, found[number], self._encoder.weighing)
            for number, (text, cut) in enumerate(zip(texts, sentences, strict=True))
        ]


def likely(
    text: str, sentences: Sequence[Span], found: Sequence[Reading], weighing: Weighing
) -> tuple[Repurposing, ...]:
    """The readings of a text that are likely enough, in order."""
    scored = [(reading, weighing.likelihood(reading.features)) for reading in sorted(found, key=lambda r: r.to)]
    return tuple(
        as_repurposing(text, sentences, reading, likelihood)
        for reading, likelihood in scored
        if likelihood >= weighing.least
    )


def read_window(heads: Heads, window: Window, states: Floats) -> Iterator[Reading]:
    """What the window's sentences may tell, likely or not. states: shape (pieces, 384)."""
    numbers = range(window.first, window.last)
    around = sorted({int(number) for number in window.sentence if number >= 0})
    if not around:  # Signs that the encoder has no piece for.
        return
    logits = dict(zip(around, heads.telling(states, window.sentence, around), strict=True))
    for number in numbers:
        if logits.get(number, -np.inf) < LEAST_TELLING:
            continue
        beside = max((logit for other, logit in logits.items() if abs(other - number) == 1), default=-5.0)
        words = _words_of(window, window.sentence == number)
        if not words:
            continue
        targets = heads.target_logits(states[[first for first, _ in words]])
        best, gain = best_span(targets)
        begins = np.exp(log_softmax(targets)[:, 1])
        others = [
            span for span in spans_of(targets)
            if (span[0] >= best[1] or span[1] <= best[0]) and begins[span[0]] >= LEAST_BEGIN
        ]  # fmt: skip
        for span in (best, *others):
            evidence = (
                float(logits[number]), min(gain, 30.0), float(np.log(begins[span[0]] + 1e-6)), float(span != best),
            )  # fmt: skip
            pieces = (words[span[0]][0], words[span[1] - 1][1])
            reading = _reading(heads, window, states, pieces, number, evidence)
            more = (float(np.clip(logits[number] - beside, -6, 6)), float(len(others)))
            yield replace(
                reading, features=(*reading.features[:7], *more, reading.features[7], float(span[1] - span[0]))
            )


def _reading(
    heads: Heads, window: Window, states: Floats, target: Range, number: int, evidence: tuple[float, ...]
) -> Reading:
    words = _words_of(window, window.sentence >= 0)
    logits = heads.slot_logits(states, *target)[[first for first, _ in words]]
    slots: dict[str, Range] = {}
    gains: dict[str, float] = {}
    from_category = None
    for column, slot in enumerate(SLOTS):
        (first, last), gain = best_span(logits[:, column])
        gains[slot] = float(np.clip(gain, -6, 6))
        if gain > 0:
            pieces = (words[first][0], words[last - 1][1])
            slots[slot] = _offsets(window, pieces)
            if slot == "from":
                from_category, _ = _category(heads, window, states, pieces, is_target=False)
    to_category, share = _category(heads, window, states, target, is_target=True)
    features = (*evidence, gains["from"], gains["actor"], float(from_category == to_category), share)
    return Reading(number, _offsets(window, target), slots, to_category, from_category, features)


def _category(heads: Heads, window: Window, states: Floats, span: Range, *, is_target: bool) -> tuple[str, float]:
    pieces = slice(*span)
    shares = np.exp(log_softmax(heads.use_logits(states[pieces], window.uses[pieces], is_target=is_target)))
    return USE_CATEGORIES[int(shares.argmax())], float(shares.max())


def _words_of(window: Window, inside: NDArray[np.bool_]) -> list[Range]:
    """The pieces [first, last) of each word of the pieces that are inside."""
    words: list[Range] = []
    for piece in np.nonzero(inside)[0]:
        if words and window.goes_on[piece] and words[-1][1] == piece:
            words[-1] = (words[-1][0], int(piece) + 1)
        else:
            words.append((int(piece), int(piece) + 1))
    return words


def _offsets(window: Window, span: Range) -> Range:
    return int(window.starts[span[0]]), int(window.ends[span[1] - 1])


def _batches(work: Sequence[tuple[int, Window]]) -> Iterator[list[tuple[int, Window]]]:
    batch: list[tuple[int, Window]] = []
    for item in work:
        if batch and (len(batch) + 1) * len(item[1].ids) > BATCH_PIECES:
            yield batch
            batch = []
        batch.append(item)
    if batch:
        yield batch


def as_repurposing(text: str, sentences: Sequence[Span], reading: Reading, likelihood: float) -> Repurposing:
    """The reading with its words, its sentence and how likely it is."""

    slots = {slot: _phrase(text, offsets) for slot, offsets in reading.slots.items()}
    return Repurposing(
        to=_phrase(text, reading.to), sentence=_covering(text, sentences, reading),
        score=round(likelihood, 3), actor=slots.get("actor"), from_=slots.get("from"), trigger=slots.get("trigger"),
        place=slots.get("place"), when=slots.get("when"), from_category=reading.from_category,
        to_category=reading.to_category, construction="read",
    )  # fmt: skip


def _phrase(text: str, offsets: Range) -> Span:
    """The stretch without a leading article, unless that is all there is."""
    start, end = offsets
    article = _ARTICLE.match(text, start, end)
    start = article.end() if article else start
    return Span(start, end, text[start:end])


def _covering(text: str, sentences: Sequence[Span], reading: Reading) -> Span:
    """The target's sentence, with the adjoining one where the former use stands in that."""
    first = last = reading.sentence
    if "from" in reading.slots:
        start, end = reading.slots["from"]
        if first > 0 and start < sentences[first].start:
            first -= 1
        elif last + 1 < len(sentences) and end > sentences[last].end:
            last += 1
    start, end = sentences[first].start, sentences[last].end
    return Span(start, end, text[start:end])
