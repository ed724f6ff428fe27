"""Changes of use as the network reads them: each with its slots, its categories and how likely it is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from tokenizers import Tokenizer

from nlp.change_reader.decoding import Range
from nlp.change_reader.encoder import ChangeEncoder, Weighing
from nlp.change_reader.readings import Reading, read_window
from nlp.change_reader.windows import Window, cut_pieces, windows_of
from nlp.embedding.onnx_minilm import model_folder
from nlp.types import Repurposing, Span

WINDOW_PIECES = 110
_NAMING = ("actor", "place")
BATCH_PIECES = 1_500
_ARTICLE = re.compile(r"(?i)(?:the|an?)\s+(?=\S)")
_LEADS_ON = re.compile(r"(?i)\s(?:the|an?|of|and|or)$")
_LOOSE_END = re.compile(r"(?i)\s+(?:on|in|at|for|from|with|to|by)$")
"""What a network leaves at the end of a name when it stops too early; a use may end so ("a place to sit in")."""
_NEXT_WORD = re.compile(r"[^\S\n]+[\w'’-]+")


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
                found[number].extend(read_window(self._encoder.heads, texts[number], window, rows))
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

    slots = {
        slot: _phrase(text, _named(text, offsets) if slot in _NAMING else offsets)
        for slot, offsets in reading.slots.items()
    }
    return Repurposing(
        to=_phrase(text, reading.to), sentence=_covering(text, sentences, reading),
        score=round(likelihood, 3), actor=slots.get("actor"), from_=slots.get("from"), trigger=slots.get("trigger"),
        place=slots.get("place"), when=slots.get("when"), from_category=reading.from_category,
        to_category=reading.to_category, construction="read",
    )  # fmt: skip


def _named(text: str, offsets: Range) -> Range:
    """The stretch without a preposition that it breaks off after."""
    start, end = offsets
    loose = _LOOSE_END.search(text[start:end])
    return (start, start + loose.start()) if loose else offsets


def _phrase(text: str, offsets: Range) -> Span:
    """The stretch without a leading article, unless that is all there is, and never broken off after "of the"."""
    start, end = offsets
    article = _ARTICLE.match(text, start, end)
    start = article.end() if article else start
    while _LEADS_ON.search(text, start, end) and (following := _NEXT_WORD.match(text, end)):
        end = following.end()
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
