"""Taking personal data out of a text: replacements applied at once, and where everything else then stands.

>>> redacted = redact("Ring Ann on 01632 960 154 today.", [Replacement(5, 8, "Bel"), Replacement(12, 25, "[phone]")])
>>> redacted.text
'Ring Bel on [phone] today.'
>>> redacted.offsets.span(26, 31)
(20, 25)
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

PLACEHOLDERS: dict[str, str] = {
    "person": "[name]",
    "child": "[child's name]",
    "phone": "[phone number]",
    "email": "[e-mail address]",
    "postcode": "[postcode]",
    "address": "[address]",
    "health": "[health]",
    "date_of_birth": "[date of birth]",
    "nhs_no": "[NHS number]",
    "ni_no": "[National Insurance number]",
}
"""What stands in the place of what was taken out, by kind of finding."""

_PSEUDONYMS = (
    "Alex", "Robin", "Sam", "Jo", "Chris", "Pat", "Lee", "Kim", "Ashley", "Charlie", "Frankie", "Jamie", "Morgan",
    "Nicky", "Rowan", "Sandy", "Terry", "Viv", "Ash", "Billie", "Casey", "Dana", "Eden", "Harley", "Indy", "Jules",
    "Kit", "Lou", "Marley", "Noor",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Replacement:
    """Words to stand in the place of `text[start:end]`."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Where each offset of a text stands after replacements: never falling, and given for every offset."""

    _before: tuple[tuple[int, int], ...]
    """The replaced stretches in the old text, in order."""
    _after: tuple[tuple[int, int], ...]
    """The same stretches in the new text."""

    def offset(self, before: int, *, is_end: bool = False) -> int:
        """The new offset; inside a replaced stretch the start of the replacement, or with is_end its end.

        Raises ValueError for a negative offset.
        """
        if before < 0:
            raise ValueError(f"{before} is not an offset: offsets begin at 0.")
        index = bisect_right(self._before, before, key=lambda stretch: stretch[0]) - 1
        if index < 0:
            return before
        (start, end), (new_start, new_end) = self._before[index], self._after[index]
        if before >= end:
            return new_end + before - end
        return new_end if is_end and before > start else new_start

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where [start, end) stands now. A stretch cut by a replacement takes in the whole of it."""
        if start > end:
            raise ValueError(f"[{start}, {end}) is not a span: it ends before it begins.")
        return self.offset(start), self.offset(end, is_end=True)

    @property
    def stretches(self) -> list[tuple[int, int, int, int]]:
        """(start, end, new start, new end) of what was replaced, in order."""
        return [(*before, *after) for before, after in zip(self._before, self._after, strict=True)]

    @classmethod
    def of(cls, stretches: Iterable[Sequence[int]]) -> OffsetMap:
        """The map of stretches as `stretches` gives them; between them both texts are alike."""
        ordered = sorted(tuple(stretch) for stretch in stretches)
        return cls(tuple((s[0], s[1]) for s in ordered), tuple((s[2], s[3]) for s in ordered))

    def then_instead(self, other: OffsetMap) -> OffsetMap:
        """From the text that this map leads to, to the one that another map leads to from the same text.

        What either of them replaced counts as replaced; stretches that overlap are taken together.
        """
        joined: list[tuple[int, int]] = []
        for start, end in sorted((*self._before, *other._before)):
            if joined and start < joined[-1][1]:
                joined[-1] = (joined[-1][0], max(joined[-1][1], end))
            else:
                joined.append((start, end))
        return OffsetMap(tuple(self.span(*s) for s in joined), tuple(other.span(*s) for s in joined))


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text after replacements, and the way from old offsets to new ones."""

    text: str
    offsets: OffsetMap


def redact(text: str, replacements: Iterable[Replacement]) -> Redacted:
    """Apply all replacements at once, in whatever order they are given.

    Raises ValueError, naming it, for one that is empty, lies outside the text, or overlaps another.
    """
    ordered = sorted(replacements, key=lambda replacement: replacement.start)
    _check(text, ordered)
    pieces: list[str] = []
    after: list[tuple[int, int]] = []
    length = done = 0
    for replacement in ordered:
        kept = text[done : replacement.start]
        pieces += [kept, replacement.words]
        after.append((length + len(kept), length + len(kept) + len(replacement.words)))
        length, done = after[-1][1], replacement.end
    pieces.append(text[done:])
    before = tuple((replacement.start, replacement.end) for replacement in ordered)
    return Redacted("".join(pieces), OffsetMap(before, tuple(after)))


def find_words(text: str, words: Mapping[str, str]) -> list[Replacement]:
    """Where the text has any of the words, whole, and what is to stand there; the longest ones first.

    words: original → replacement. Blanks, line breaks and the shape of an apostrophe make no difference. A single
    word is found as written and in capitals, for "Will" is a name and "will" is none; all else in any case.

    >>> [(r.start, r.end, r.words) for r in find_words("WILL and Will will.", {"Will": "Sam"})]
    [(0, 4, 'SAM'), (9, 13, 'Sam')]
    """
    if not words:
        return []
    # Of two spellings of one word, the one in capitals gives way: its replacement is in capitals, too.
    spellings = sorted(words.items(), key=lambda spelling: not spelling[0].isupper())
    replacement = {spelled_alike(original): found for original, found in spellings}
    patterns = [_pattern(original) for original in sorted(words, key=lambda original: (-len(original), original))]
    found = re.finditer(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", text)
    return [Replacement(m.start(), m.end(), _in_its_case(replacement[spelled_alike(m[0])], m[0])) for m in found]


def spelled_alike(words: str) -> str:
    """The one form of words that differ only in blanks, case or the shape of an apostrophe."""
    return " ".join(words.replace("’", "'").split()).casefold()


def _pattern(original: str) -> str:
    parts = ["['’]".join(map(re.escape, re.split("['’]", part))) for part in original.split()]
    pattern = r"\s+".join(parts)
    if original.isalpha():
        return f"(?:{pattern}|{re.escape(original.upper())})"
    return f"(?i:{pattern})"


def _in_its_case(replacement: str, written: str) -> str:
    is_shouted = written.isupper() and len(written) > 1 and written.isalpha()
    return replacement.upper() if is_shouted else replacement


def suggest_pseudonyms(names: Sequence[str], *, text: str) -> dict[str, str]:
    """Name → a name that nobody in the text bears; whoever shares a word of a name gets the same one.

    >>> suggest_pseudonyms(["Farida Patel", "Innes", "Farida"], text="Farida Patel, Innes and Sam.")
    {'Farida Patel': 'Alex', 'Innes': 'Robin', 'Farida': 'Alex'}
    """
    borne = {word.strip(".,;:!?()'\"“”‘’").lower() for word in text.split()}
    free = (name for name in _PSEUDONYMS if name.lower() not in borne)
    by_word: dict[str, str] = {}
    given: dict[str, str] = {}
    # Whole names first, so that "Farida" alone finds hers.
    for name in sorted(dict.fromkeys(names), key=lambda name: (-len(name.split()), names.index(name))):
        words = name.lower().split()
        known = next((by_word[word] for word in words if word in by_word), None)
        pseudonym = known or next(free, f"Person {len(set(by_word.values())) + 1}")
        for word in words:
            by_word.setdefault(word, pseudonym)
        given[name] = pseudonym
    return {name: given[name] for name in dict.fromkeys(names)}


def _check(text: str, ordered: Sequence[Replacement]) -> None:
    for replacement in ordered:
        if not 0 <= replacement.start < replacement.end <= len(text):
            raise ValueError(
                f"[{replacement.start}, {replacement.end}) holds no words: the text has {len(text)} characters."
            )
    for left, right in pairwise(ordered):
        if right.start < left.end:
            raise ValueError(
                f"[{left.start}, {left.end}) and [{right.start}, {right.end}) overlap: replace one of them."
            )
