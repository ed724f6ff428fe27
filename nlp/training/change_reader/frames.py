"""Sentences made from frames with gaps and phrases of known use: what the reader learns first of all."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from nlp.text import sentences
from nlp.training.change_reader.gold import Change, Example

FOLDER = Path(__file__).parent
_GAP = re.compile(r"<(\w+)(?::(\w+))?>")
_OPTION = re.compile(r"\s?\[([^\]]*)\]")
_BEFORE_REASON = (" because ", " after ", " when ", " since ", ", because ", " once ", " as ", " now that ", " - ")
_ARTICLE = re.compile(r"(?:the|our|an?) ")
_VOWEL = re.compile(r"(?i)(?!uni|use|eu)[aeiou]")
P_SAME_USE, P_TAIL, P_HEAD = 0.04, 0.12, 0.12

Span = tuple[int, int]


@dataclass(frozen=True)
class Frame:
    """One line of `frames.txt`. to: the words that are the target where no gap is."""

    kind: str
    is_change: bool
    text: str
    to: str | None = None


@dataclass
class Filling:
    """A frame's text as it grows, with the slots, uses and phrases that were put into it."""

    chance: random.Random
    text: str = ""
    spans: dict[str, Span] = field(default_factory=dict)
    uses: dict[str, str] = field(default_factory=dict)
    phrases: dict[str, str] = field(default_factory=dict)

    def put(self, words: str, slot: str | None = None) -> None:
        """Add words, as a slot's if that has none yet."""
        if slot and slot not in self.spans:
            self.spans[slot] = (len(self.text), len(self.text) + len(words))
        self.text += words

    def one_of(self, gap: str) -> str:
        """Any of what fills a kind of gap."""
        return self.chance.choice(load_gaps()[gap])

    def phrase(self, role: str, kinds: str) -> tuple[str, str]:
        """A phrase for F, T or U and its kind, hardly ever of a category that another role has."""
        for _ in range(20):
            kind = self.chance.choice(kinds)
            phrase, category = self.chance.choice(load_phrases()[kind])
            if category not in self.uses.values() or self.chance.random() < P_SAME_USE:
                break
        self.uses[role] = category
        self.phrases.setdefault(role, phrase)
        return phrase, kind


def make_examples(n: int, seed: int) -> Iterator[Example]:
    """`n` examples, half of them changes on the mean, each frame as often as another of its side."""
    chance = random.Random(seed)
    frames = {side: [frame for frame in load_frames() if frame.is_change == side] for side in (True, False)}
    for number in range(n):
        yield make_example(chance.choice(frames[chance.random() < 0.5]), chance, f"made-{number}")


def make_example(frame: Frame, chance: random.Random, key: str) -> Example:
    """The frame with its gaps filled, now and then with a sentence before or after it."""
    filling = Filling(chance)
    shown = _OPTION.sub(lambda match: " " + match[1] if chance.random() < 0.5 else "", frame.text)
    at = 0
    for match in _GAP.finditer(shown):
        filling.put(shown[at : match.start()])
        _fill(filling, match[1], match[2])
        at = match.end()
    filling.put(shown[at:])
    if frame.to:
        start = filling.text.index(frame.to)
        filling.spans["T"] = (start, start + len(frame.to))
        filling.uses["T"] = "digital-online"
    text = filling.text[0].upper() + filling.text[1:]
    changes = _changes(filling) if frame.is_change else []
    if chance.random() < P_TAIL:
        text = f"{text} {filling.one_of('tails')}"
    if chance.random() < P_HEAD:
        head = f"{filling.one_of('heads')} "
        text, changes = head + text, [change.shifted(len(head)) for change in changes]
    return Example(key, text, sentences(text), tuple(changes), key)


@cache
def load_frames() -> tuple[Frame, ...]:
    """The frames of `frames.txt`."""
    frames = []
    for line in (FOLDER / "frames.txt").read_text(encoding="utf-8").splitlines():
        if line[:2] in ("+ ", "- "):
            kind, text = line[2:].split(": ", 1)
            text, _, to = text.partition(" || T=")
            frames.append(Frame(kind, line[0] == "+", text, to or None))
    return tuple(frames)


@cache
def load_phrases() -> dict[str, list[tuple[str, str]]]:
    """Kind of phrase (n, g, m) → pairs of a phrase and its category."""
    phrases: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for line in (FOLDER / "use_phrases.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            head, listed = line.split(": ", 1)
            category, kind = head.split()
            phrases[kind].extend((phrase.strip(), category) for phrase in listed.split(";"))
    return phrases


@cache
def load_gaps() -> dict[str, list[str]]:
    """Kind of gap → what may fill it."""
    lines = (FOLDER / "gaps.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split(": ", 1) for line in lines if line and not line.startswith("#")]
    return {kind: listed.split(" | ") for kind, listed in pairs}


def _changes(filling: Filling) -> list[Change]:
    slots: dict[str, Span] = {
        slot: filling.spans[slot] for slot in ("actor", "trigger", "place", "when") if slot in filling.spans
    }
    if "F" in filling.spans:
        slots["from"] = filling.spans["F"]
    return [
        Change(filling.spans[role], slots, filling.uses[role], filling.uses.get("F"))
        for role in ("T", "U")
        if role in filling.spans
    ]


def _fill(filling: Filling, gap: str, variant: str | None) -> None:
    fill = _FILLS.get(gap)
    if fill is not None:
        fill(filling, variant)
    elif gap.startswith("the"):
        phrase, _ = filling.phrase(gap[3], gap[4:])
        filling.put(f"{filling.one_of('determiners')} ")
        filling.put(phrase, gap[3])
    elif variant == "name":
        filling.put(filling.one_of("names"))
    elif variant == "same" and gap[0] in filling.phrases:
        filling.put(_with_article(filling.phrases[gap[0]]))
    else:
        phrase, kind = filling.phrase(gap[0], gap[1:].replace("x", "nnm"))
        if gap[1:] == "x" and kind == "n":
            filling.put(_with_article(phrase).removesuffix(phrase))
        filling.put(phrase, gap[0])


def _fill_when(filling: Filling, variant: str | None) -> None:
    if variant == "bare":
        filling.put(filling.one_of("bare whens"), "when")
        return
    before, words = filling.one_of("whens").rstrip("]").split("[")
    filling.put(before)
    filling.put(words, "when")


def _fill_place(filling: Filling, variant: str | None) -> None:
    name = filling.one_of("towns" if filling.chance.random() < 0.6 else "parts")
    if variant != "bare":
        filling.put("on " if " " in name and filling.chance.random() < 0.7 else filling.chance.choice(("in ", "at ")))
    filling.put("the " if name.startswith("the ") else "")
    filling.put(name.removeprefix("the "), "place")


def _fill_reason(filling: Filling, variant: str | None) -> None:
    if variant is None:
        filling.text = filling.text.removesuffix(" ")
        filling.put(filling.chance.choice(_BEFORE_REASON))
    filling.put(filling.one_of("reasons"), "trigger")


def _fill_actor(filling: Filling, _variant: str | None) -> None:
    draw = filling.chance.random()
    if draw < 0.4:
        filling.put("the " if filling.chance.random() < 0.4 else "")
        filling.put(f"{filling.one_of('towns')} {filling.one_of('kinds')}", "actor")
    elif draw < 0.85:
        name = filling.one_of("groups")
        article = _ARTICLE.match(name)
        filling.put(article[0] if article else "")
        filling.put(name[article.end() :] if article else name, "actor")
    else:
        filling.put(filling.chance.choice(("we", "they", "she", "he")), "actor")


def _with_article(phrase: str) -> str:
    return f"{'an' if _VOWEL.match(phrase) else 'a'} {phrase}"


_FILLS: dict[str, Callable[[Filling, str | None], None]] = {
    "W": _fill_when, "P": _fill_place, "R": _fill_reason, "A": _fill_actor,
}  # fmt: skip
