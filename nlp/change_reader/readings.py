"""What the network makes of one window: every reading of its sentences, likely or not, with what speaks for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.change_reader.decoding import Range, best_span, log_softmax, spans_of
from nlp.change_reader.heads import SLOTS, Floats, Heads
from nlp.change_reader.windows import Window
from nlp.components.use_categories import category_by_words
from nlp.types import USE_CATEGORIES

LEAST_TELLING = -2.5
"""The least logit of a sentence that is read for targets."""
LEAST_BEGIN = 0.5
"""The least share of the tag `begin` for a second target in the same sentence."""
LEAST_GAIN = {"from": -2.0, "actor": -1.0, "trigger": -0.7, "place": -0.7, "when": -0.7}
"""How much likelier than none a slot's words must be, as a logarithm; nearly every change has a former use."""
FEATURES: tuple[str, ...] = (
    "telling", "target", "begin", "is second", "from", "actor", "same use", "n others", "use", "length",
)  # fmt: skip
"""What a reading's likelihood is weighed from: the sentence's logit; how much likelier the target is than none, and
the share of its first word's tag; whether another target of the sentence is likelier; how much likelier the former
use and the actor are than none; whether both uses are of one category; how many other targets there are; how sure
the new use's category is; the target's words."""


@dataclass(frozen=True)
class Reading:
    """A target in a sentence, with its slots, as offsets into the text. features: the figures of FEATURES."""

    sentence: int
    to: Range
    slots: dict[str, Range]
    to_category: str
    from_category: str | None
    features: tuple[float, ...]


@dataclass(frozen=True)
class _View:
    """A window with its states, shape (pieces, 384)."""

    heads: Heads
    text: str
    window: Window
    states: Floats


def read_window(heads: Heads, text: str, window: Window, states: Floats) -> Iterator[Reading]:
    """What the window's sentences may tell. states: shape (pieces, 384)."""
    around = sorted({int(number) for number in window.sentence if number >= 0})
    if not around:  # Signs that the encoder has no piece for.
        return
    view = _View(heads, text, window, states)
    for number, telling in zip(around, heads.telling(states, window.sentence, around).tolist(), strict=True):
        if window.first <= number < window.last and telling >= LEAST_TELLING:
            yield from _readings(view, number, telling)


def _readings(view: _View, number: int, telling: float) -> Iterator[Reading]:
    words = _words_of(view.window, view.window.sentence == number)
    targets = view.heads.target_logits(view.states[[first for first, _ in words]])
    best, gain = best_span(targets)
    begins = np.exp(log_softmax(targets)[:, 1])
    others = [
        (first, last)
        for first, last in spans_of(targets)
        if (first >= best[1] or last <= best[0]) and begins[first] >= LEAST_BEGIN
    ]
    for first, last in (best, *others):
        evidence = {
            "telling": telling, "target": min(gain, 30.0), "begin": float(np.log(begins[first] + 1e-6)),
            "is second": float((first, last) != best),
            "n others": float(len(others)), "length": float(last - first),
        }  # fmt: skip
        yield _reading(view, number, (words[first][0], words[last - 1][1]), evidence)


def _reading(view: _View, number: int, target: Range, evidence: dict[str, float]) -> Reading:
    words = _words_of(view.window, view.window.sentence >= 0)
    logits = view.heads.slot_logits(view.states, *target)[[first for first, _ in words]]
    slots: dict[str, Range] = {}
    for column, slot in enumerate(SLOTS):
        (first, last), gain = best_span(logits[:, column])
        evidence[slot] = float(np.clip(gain, -6, 6))
        if gain > LEAST_GAIN[slot]:
            slots[slot] = (words[first][0], words[last - 1][1])
    in_context = _use_logits(view, target, is_target=True)
    source = _use_logits(view, slots["from"], is_target=False) if "from" in slots else None
    evidence["same use"] = float(source is not None and source.argmax() == in_context.argmax())
    evidence["use"] = float(np.exp(log_softmax(in_context)).max())
    return Reading(
        sentence=number,
        to=_offsets(view.window, target),
        slots={slot: _offsets(view.window, pieces) for slot, pieces in slots.items()},
        to_category=_category(view, target, in_context),
        from_category=None if source is None else _category(view, slots["from"], source),
        features=tuple(evidence[name] for name in FEATURES),
    )


def _use_logits(view: _View, pieces: Range, *, is_target: bool) -> Floats:
    inside = slice(*pieces)
    return view.heads.use_logits(view.states[inside], view.window.uses[inside], is_target=is_target)


def _category(view: _View, pieces: Range, in_context: Floats) -> str:
    """The category for which the phrase in its sentence and its words alone speak most."""
    inside = slice(*pieces)
    start, end = _offsets(view.window, pieces)
    known = category_by_words(view.text[start:end])
    by_words = view.heads.phrase_logits(view.window.ids[inside], view.window.uses[inside], known)
    return USE_CATEGORIES[int((log_softmax(in_context) + log_softmax(by_words)).argmax())]


def _words_of(window: Window, inside: NDArray[np.bool_]) -> list[Range]:
    """The pieces [first, last) of each word of the pieces that are inside."""
    words: list[Range] = []
    for piece in np.nonzero(inside)[0]:
        if words and window.goes_on[piece] and words[-1][1] == piece:
            words[-1] = (words[-1][0], int(piece) + 1)
        else:
            words.append((int(piece), int(piece) + 1))
    return words


def _offsets(window: Window, pieces: Range) -> Range:
    return int(window.starts[pieces[0]]), int(window.ends[pieces[1] - 1])
