"""The words of a sentence, each with the little grammar that the rules need: no tagger is assumed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

from nlp.types import Span

_TOKEN = re.compile(
    r"[^\W_]+(?:[-'’.&/@:][^\W_]+)*['’]?(?<![^s]['’])"  # words, with what holds them together; "members'"
    r"|[£$€]?\d[\d.,]*"
    r"|\.\.\.|[^\w\s]|_"
)
_COPULA = re.compile(r"(?i)^(.+)(['’]s)$")
_AFTER_COPULA = frozenset(("a", "an", "the", "now", "been", "become", "our", "their", "already", "just"))
_CONTRACTION = re.compile(r"(?i)^(.+?)(n['’]t|['’](?:ve|re|ll|d|m))$")

DETERMINER, PRONOUN, PREPOSITION, CONJUNCTION = "determiner", "pronoun", "preposition", "conjunction"
AUXILIARY, VERB, GERUND, ADVERB = "auxiliary", "verb", "gerund", "adverb"
TIME, YEAR, NUMBER, PUNCTUATION, OPEN, RELATIVE = (
    "time", "year", "number", "punctuation", "open", "relative",
)  # fmt: skip

_CLOSED = {
    DETERMINER: """a an the this that these those its our their his her my your some any each every no another
        both all several many few what which whose whatever""",
    PRONOUN: """i we you he she it they us him them me itself themselves ourselves himself herself myself there
        who whom everyone everybody someone somebody nobody anyone anybody nothing something everything one
        mine ours theirs yours here""",
    PREPOSITION: """of in at on to into onto for from by with without between among amongst through during
        outside inside near behind beside under above below across over around opposite against along until
        till since before after off upon within via despite except like about towards toward beyond past
        throughout per plus than because as onto unto next""",
    CONJUNCTION: "and or but nor so yet if unless while whilst although though because when whenever where whether",
    RELATIVE: "that which who whom whose where",
    AUXILIARY: """is are was were be been being am has have had having do does did done will would shall should
        can could may might must isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't
        wouldn't can't couldn't cannot 's 've 're 'd 'll 'm got""",
    ADVERB: """now then also still just already again soon never not always once twice often sometimes meanwhile
        instead today nowadays currently up down out back away together too very quite almost nearly even ever
        only first later formerly previously recently temporarily permanently quickly instantly overnight
        eventually simply suddenly essentially effectively largely mainly mostly therefore however instead
        perhaps maybe simply indeed pre-crisis pre-pandemic literally duly since""",
    TIME: """january february march april may june july august september october november december monday
        tuesday wednesday thursday friday saturday sunday spring summer autumn winter christmas easter mondays
        tuesdays wednesdays thursdays fridays saturdays sundays weekend weekends weekdays lockdown morning
        evening afternoon night nights mornings evenings afternoons hour hours minutes week weeks
        month months year years day days tonight yesterday tomorrow""",
}  # fmt: skip

_FINITE = """ran held gave took began sold kept made built brought met went came got put set let cut ate drank wrote
    spoke drove rode grew knew saw said told thought found left lost paid sent spent taught won wore became stood
    sat slept swept threw broke chose drew fed fell felt fought hung lent lit rang rose sang shook shot shut stole
    stuck swam tore understood woke heard heart hid led meant read bought caught started runs serves operates works
    acts functions doubles hosts houses holds offers provides gives makes sells keeps opens closes becomes turns
    uses needs wants has stands sits feeds reads lost learnt learned cost costs lay says asked hopes plans thinks
    swapped gave quit ceased comes goes takes lives meets means knows gets puts belongs stays remains looks"""


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a mark. tag: one of this module's constants; OPEN for nouns, adjectives and names."""

    start: int
    end: int
    text: str
    lower: str
    tag: str

    @property
    def is_capitalised(self) -> bool:
        """Does it begin with a capital letter, as a name does?"""
        return self.text[:1].isupper()


def words_of(sentence: Span) -> list[Word]:
    """The words and marks of a sentence, in order; offsets are those of the story, as the sentence's are."""
    pieces: list[tuple[int, str]] = []
    matches = list(_TOKEN.finditer(sentence.text))
    for match, following in zip_longest(matches, matches[1:]):
        next_word = following[0].lower() if following else ""
        pieces.extend(_split_contraction(sentence.start + match.start(), match[0], next_word))
    words: list[Word] = []
    for index, (start, text) in enumerate(pieces):
        lower = text.lower().replace("’", "'")
        following = pieces[index + 1][1] if index + 1 < len(pieces) else ""
        words.append(Word(start, start + len(text), text, lower, _tag(lower, text, words, following)))
    return words


def span_of(words: Sequence[Word], first: int, last: int, text: str) -> Span:
    """The stretch of `text` from word `first` up to but not including word `last`."""
    start, end = words[first].start, words[last - 1].end
    return Span(start, end, text[start:end])


def index_at(words: Sequence[Word], offset: int) -> int:
    """The index of the first word that ends after `offset`; len(words) if none does."""
    return next((i for i, word in enumerate(words) if word.end > offset), len(words))


def _split_contraction(start: int, text: str, following: str) -> list[tuple[int, str]]:
    before, turned, after = text.partition("-turned-")
    if turned:  # "a bingo-hall-turned-foodbank"
        middle = start + len(before) + 1
        return [(start, before), (middle, "turned"), (middle + len("turned-"), after)]
    contraction = _CONTRACTION.match(text)
    # "The laundry room's a prayer space" is "is"; "the travel agent's window" is not.
    if contraction is None and following in _AFTER_COPULA:
        contraction = _COPULA.match(text)
    if contraction is None:
        return [(start, text)]
    cut = contraction.end(1)
    return [(start, text[:cut]), (start + cut, text[cut:])]


def _tag(lower: str, text: str, before: Sequence[Word], following: str) -> str:
    closed = _closed_tags().get(lower)
    previous = before[-1] if before else None
    if text[0].isupper() and previous and previous.is_capitalised and following[:1].isupper() and lower != "i":
        return OPEN  # a small word inside a name: "Women Who Weld"
    following = following.lower()
    if lower in ("n't",) or (lower.startswith("'") and len(lower) > 1):
        return AUXILIARY
    if lower == "that" or lower in ("which", "who", "whose"):
        return _tag_of_that(lower, previous, following)
    if lower == "may" and text[0].isupper() and previous:
        return TIME
    if closed == ADVERB and previous and previous.tag == DETERMINER and following.isalpha():
        return OPEN  # "our back room", "the once"
    if closed:
        return closed
    if not text[0].isalnum():
        return NUMBER if text[0] in "£$€" else PUNCTUATION
    if text[0].isdigit():
        return YEAR if re.fullmatch(r"(1[5-9]|20)\d\d", text) else NUMBER
    return _tag_of_open(lower, text, previous, following)


def _tag_of_that(lower: str, previous: Word | None, following: str) -> str:
    if previous is None or previous.tag in (PREPOSITION, VERB, CONJUNCTION):
        return DETERMINER if lower != "who" else PRONOUN
    if lower == "that" and _closed_tags().get(following) == TIME:
        return DETERMINER
    return RELATIVE


def _tag_of_open(lower: str, text: str, previous: Word | None, following: str) -> str:
    after_modifier = previous is not None and previous.tag in (DETERMINER, NUMBER, PREPOSITION)
    if text[0].isupper() and previous is not None:
        return OPEN
    if lower in _finite_verbs() and not after_modifier:
        return VERB
    if lower.endswith("ed") and len(lower) > 4 and not after_modifier and not lower.endswith(("eed", "bed")):
        is_adjective = _closed_tags().get(following) is None and following.isalpha() and previous is None
        return OPEN if is_adjective else VERB
    if lower.endswith("ing") and len(lower) > 5:
        return GERUND
    if lower.endswith("ly") and len(lower) > 4 and lower not in ("family", "assembly", "daily", "weekly", "monthly"):
        return ADVERB
    return OPEN


@cache
def _closed_tags() -> dict[str, str]:
    # The first tag of a word counts; later lists repeat a few of them.
    tags: dict[str, str] = {}
    for tag, listed in _CLOSED.items():
        for word in listed.split():
            tags.setdefault(word, tag)
    return tags


@cache
def _finite_verbs() -> frozenset[str]:
    return frozenset(_FINITE.split())
