"""Text as it is stored: normalised once, cut into sentences and passages, with offsets that stay true.

Offsets are Unicode code points, half-open `[start, end)`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher

from nlp.types import Passage, Span

PASSAGE_WORDS = 120
"""A paragraph longer than this is split at sentences."""
MERGED_WORDS = 150
"""Joining a short passage to its neighbour never makes one longer than this; MiniLM reads about 190 words."""
SHORT_PASSAGE_WORDS = 25
"""A passage shorter than this says too little by itself and is joined to the next."""
SENTENCE_CHARACTERS = 1_000
"""Text without any full stop is cut here, so that all that follows stays linear in time."""

_LINE_BREAK = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
# Joiners spell emoji families and words of some scripts; anywhere else they only hide words from a search.
_STRAY_JOINER = re.compile(r"[\u200c\u200d]+(?![\u0590-\u1dbf\u2190-\U0010ffff])")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_TRAILING_SPACE = re.compile(r"(?<![^\S\n])[^\S\n]++(?=\n|\Z)")

_BULLET = re.compile(r"[^\S\n]*(?:[•●◦▪‣·*–—>+-]+|#{1,6}|\(?\d{1,3}[.)]|[a-z]\))[^\S\n]+")
_SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*(?=\s)")
_ABBREVIATED = re.compile(r"(?:^|[\s(\[\"'“‘])((?:[^\W\d_]\.)*[^\W\d_]+)$")
_NEVER_LAST = re.compile(r"mr|mrs|ms|mx|dr|st|ste|revd?|prof|hon|sgt|capt|col|lt|gov|cllr|e\.g|i\.e|cf|vs|viz")
_LAST_BEFORE_CAPITAL = re.compile(
    r"etc|ltd|co|inc|plc|a\.m|p\.m|approx|dept|est|rd|ave|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
)
_BEFORE_NUMBER = re.compile(r"nos?|pp?|fig|vol|ch|sec|art|tel|ext")
_WORD = re.compile(r"\w+|[^\w\s]")


def normalise(text: str) -> str:
    """The form in which a text is stored: NFC, "\\n" line ends, nothing invisible, no blanks at line ends.

    Applying it again changes nothing. Blank lines at either end of the text go; indentation and blank lines
    inside it stay. Lone surrogates become U+FFFD.
    """
    text = _LINE_BREAK.sub("\n", text)
    text = _STRAY_JOINER.sub("", _INVISIBLE.sub("", _SURROGATE.sub("\ufffd", text)))
    text = _TRAILING_SPACE.sub("", unicodedata.normalize("NFC", text))
    return text.strip("\n")


def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of a text, in order, not overlapping, without surrounding blanks and bullets.

    A line break ends a sentence unless the next line goes on in lower case. At most SENTENCE_CHARACTERS each.
    """
    found: list[Span] = []
    for start, end in _blocks(text):
        for first, last in _split_block(text, start, end):
            found.extend(_spans_within_limit(text, first, last))
    return tuple(found)


def passages(text: str) -> tuple[Passage, ...]:
    """Paragraphs, long ones split at sentences and short ones joined to the next.

    In order, not overlapping; together they hold every character that is not a blank.
    """
    pieces = [piece for start, end in _paragraphs(text) for piece in _split_paragraph(text, start, end)]
    joined: list[tuple[int, int]] = []
    for start, end in pieces:
        if joined and _may_join(text, joined[-1], (start, end), is_last=(start, end) == pieces[-1]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(Passage(start, end, text[start:end]) for start, end in joined)


def carry_span(old: str, new: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the stretch `old[start:end]` stands in the edited text `new`, or None if it is gone.

    The same words in the same order, nearest to where the stretch would have moved; blanks between them may
    differ. Words that the edit left elsewhere are somebody else's and do not count.
    Raises ValueError if the stretch lies outside `old`.
    """
    if not 0 <= start <= end <= len(old):
        raise ValueError(f"Stretch [{start}, {end}) lies outside the text, which has {len(old)} characters.")
    old_words = list(_WORD.finditer(old))
    new_words = list(_WORD.finditer(new))
    wanted = [i for i, word in enumerate(old_words) if word.start() < end and word.end() > start]
    if not wanted:
        return None
    first, size = wanted[0], len(wanted)
    origins = _origins([word[0] for word in old_words], [word[0] for word in new_words])
    stretch = [word[0] for word in old_words[first : first + size]]
    ours = [
        i
        for i in range(len(new_words) - size + 1)
        if new_words[i][0] == stretch[0]
        and origins[i] in (None, first)
        and [word[0] for word in new_words[i : i + size]] == stretch
    ]
    if not ours:
        return None
    expected = _expected_position(origins, first)
    best = min(ours, key=lambda i: (origins[i] != first, abs(i - expected)))
    # A stretch may begin or end inside a word; the same letters of that word are kept.
    lead = start - old_words[first].start()
    tail = old_words[first + size - 1].end() - end
    return new_words[best].start() + max(lead, 0), new_words[best + size - 1].end() - max(tail, 0)


def utf16_to_code_points(text: str, offset: int) -> int:
    """The code point offset of a browser's UTF-16 offset into `text`.

    An offset inside a surrogate pair counts as before it. Raises ValueError outside the text.
    """
    units = 0
    for index, character in enumerate(text):
        width = 2 if ord(character) > 0xFFFF else 1
        if 0 <= offset < units + width:
            return index
        units += width
    if offset != units:
        raise ValueError(f"UTF-16 offset {offset} lies outside the text, which has {units} units.")
    return len(text)


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Runs of lines that one sentence may go through, without their bullets."""
    start = end = 0
    for line in re.finditer(r"[^\n]+", text):
        bullet = _BULLET.match(text, line.start(), line.end())
        first = bullet.end() if bullet else line.start()
        is_wrapped = end > start and not bullet and line.start() == end + 1 and _goes_on(text, end, first)
        if not is_wrapped:
            if end > start:
                yield start, end
            start = first
        end = line.end()
    if end > start:
        yield start, end


def _goes_on(text: str, line_end: int, next_start: int) -> bool:
    return text[next_start].islower() and text[line_end - 1] not in ".!?:;…"


def _split_block(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    first = start
    for match in _SENTENCE_END.finditer(text, start, end):
        if _is_sentence_end(text, match, end):
            yield first, match.end()
            first = match.end()
    yield first, end


def _is_sentence_end(text: str, match: re.Match[str], end: int) -> bool:
    rest = text[match.end() : min(match.end() + 12, end)].lstrip()
    follower = rest.lstrip("\"'“‘«([•*-–— ")[:1]
    if follower.islower():
        return False
    if match[0] != ".":
        return True
    before = _ABBREVIATED.search(text, max(match.start() - 24, 0), match.start())
    word = before[1] if before else ""
    if len(word) == 1 and word.isupper() and word != "I":
        return not follower.isupper()  # an initial: "J. Smith"
    word = word.lower()
    if follower.isdigit() and _BEFORE_NUMBER.fullmatch(word):
        return False
    if _NEVER_LAST.fullmatch(word):
        return False
    return follower.isupper() or not _LAST_BEFORE_CAPITAL.fullmatch(word)


def _spans_within_limit(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end:
        stop = min(start + SENTENCE_CHARACTERS, end)
        if stop < end:
            space = text.rfind(" ", start + SENTENCE_CHARACTERS // 2, stop)
            stop = space if space > 0 else stop
        first, last = _trimmed(text, start, stop)
        if first < last:
            yield Span(first, last, text[first:last])
        start = stop


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    stretch = text[start:end]
    return start + len(stretch) - len(stretch.lstrip()), end - len(stretch) + len(stretch.rstrip())


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for blank in re.finditer(r"\n[^\S\n]*\n\s*|\Z", text):
        first, last = _trimmed(text, start, blank.start())
        if first < last:
            yield first, last
        start = blank.end()


def _split_paragraph(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A paragraph in pieces of about equal length, each of whole sentences where these are not too long."""
    n_words = _length_in_words(text[start:end])
    if n_words <= PASSAGE_WORDS:
        return [(start, end)]
    aim = n_words / -(-n_words // PASSAGE_WORDS)
    bounds, piece_words = [start], 0
    for sentence in sentences(text[start:end]):
        length = _length_in_words(sentence.text)
        # A new piece begins where stopping short of the aim is nearer to it than going past it.
        if piece_words and piece_words + length / 2 > aim:
            bounds.append(start + sentence.start)
            piece_words = 0
        piece_words += length
    pieces = zip(bounds, [*bounds[1:], end], strict=True)
    return [_trimmed(text, first, last) for first, last in pieces]


def _may_join(text: str, left: tuple[int, int], right: tuple[int, int], *, is_last: bool) -> bool:
    n_left, n_right = (_length_in_words(text[start:end]) for start, end in (left, right))
    is_short = n_left < SHORT_PASSAGE_WORDS or (is_last and n_right < SHORT_PASSAGE_WORDS)
    return is_short and n_left + n_right <= MERGED_WORDS


def _length_in_words(text: str) -> int:
    # Some scripts put no blanks between words; six characters then count as one.
    return max(len(text.split()), len(text) // 8)


def _origins(old: list[str], new: list[str]) -> list[int | None]:
    """For each word of `new`, the index of the word of `old` that it was, or None if it is new."""
    lead = _shared_prefix(old, new)
    tail = _shared_prefix(old[lead:][::-1], new[lead:][::-1])
    origins: list[int | None] = [None] * len(new)
    origins[:lead] = range(lead)
    origins[len(new) - tail :] = range(len(old) - tail, len(old))
    matcher = SequenceMatcher(None, old[lead : len(old) - tail], new[lead : len(new) - tail])
    for block in matcher.get_matching_blocks():
        origins[lead + block.b : lead + block.b + block.size] = range(lead + block.a, lead + block.a + block.size)
    return origins


def _shared_prefix(left: list[str], right: list[str]) -> int:
    pairs = enumerate(zip(left, right, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(left), len(right)))


def _expected_position(origins: list[int | None], first: int) -> int:
    """Where the word after the last surviving word before `first` stands."""
    before = [(origin, i) for i, origin in enumerate(origins) if origin is not None and origin <= first]
    if not before:
        return 0
    origin, index = max(before)
    return index + first - origin
