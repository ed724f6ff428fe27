"""The words of a sentence, each with the little grammar that the rules need: no tagger is assumed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

from nlp.components.inflections import forms
from nlp.types import Span

_TOKEN = re.compile(
    r"[^\W_]+(?:[-'’.&/@:][^\W_]+)*['’]?(?<![^s]['’])"  # words, with what holds them together; "members'"
    r"|[£$€]?\d[\d.,]*"
    r"|\.\.\.|[^\w\s]|_"
)
_LONG_WORD = re.compile(r"[^\W\d_]+")
_SMALL_WORDS = frozenset(("the", "and", "for", "with", "into", "from", "but", "not"))
"""Words that stay small in a headline."""
_COPULA = re.compile(r"(?i)^(.+)(['’]s)$")
_AFTER_COPULA = frozenset(("a", "an", "the", "now", "been", "become", "our", "their", "already", "just"))
_PRONOUN_IS = re.compile(r"(?i)^(?:he|she|it|that|there|who|what|here|where)['’]s$")
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
        online noo perhaps maybe simply indeed pre-crisis pre-pandemic literally duly since""",
    TIME: """january february march april may june july august september october november december monday
        tuesday wednesday thursday friday saturday sunday spring summer autumn winter christmas easter mondays
        tuesdays wednesdays thursdays fridays saturdays sundays weekend weekends weekdays lockdown morning
        evening afternoon night nights mornings evenings afternoons hour hours minutes week weeks
        month months year years day days tonight yesterday tomorrow""",
}  # fmt: skip

_SURE_VERBS = """earn run hold give take begin sell keep make build bring meet go come get eat drink write speak drive
    ride grow know see say tell think find leave lose pay send spend teach win wear become sit
    sleep sweep throw break choose draw feed fall feel fight hang lend ring rise sing shut steal
    stick swim tear understand wake hear hide lead mean buy catch serve operate host provide
    need want learn ask hope swap quit cease live belong stay remain carry deliver sew dig bake
    mend spin ferry lodge occupy contain accommodate welcome distribute collect sort rip switch
    pivot convert adapt transform repurpose reopen relaunch morph evolve redeploy retool
    organise hand offer treat"""
_EITHER = """use work act function double house open close turn stand feed cook pack stop start store shelter fill
    move need look put set let cut cost lay read lit stage stream screen film man crew staff plan help shift"""
"""Verbs whose present forms are nouns as well: what stands around them decides."""
_NOUN_FORMS = """building meeting wins rings runs keep run hosts buys sleep drink drive ride fall fight fights
    falls rise break breaks drives rides tears lives swim sweep spin ring lead leads leaves
    drinks swaps swap switch pivot ferry ferries offer offers hand hands lodge convert converts
    needs treat treats host sort sorts catch meet sing win throw mend rip thought left felt
    found cost"""
_PAST_ONLY = """ran held gave took began sold kept made built brought met went came got put set let cut ate
    drank wrote spoke drove rode grew knew saw said told found left lost paid sent spent taught
    won wore became stood sat slept swept threw broke chose drew fed fell fought hung lent lit
    rang rose sang shook shot shut stole stuck swam tore understood woke heard hid led meant
    read bought caught quit dug spun laid"""


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
    text = sentence.text.lower() if is_headline(sentence.text) else sentence.text
    matches = list(_TOKEN.finditer(text))
    for match, following in zip_longest(matches, matches[1:]):
        next_word = following[0].lower() if following else ""
        pieces.extend(_split_contraction(sentence.start + match.start(), match[0], next_word))
    words: list[Word] = []
    for index, (start, text) in enumerate(pieces):
        lower = text.lower().replace("’", "'")
        following = pieces[index + 1][1] if index + 1 < len(pieces) else ""
        tag = _tag(lower, text, words, following)
        words.append(Word(start, start + len(text), text, lower, tag))
    return words


def is_headline(text: str) -> bool:
    """Is it Set Like This, or in capitals, so that a capital letter tells no name? Never where lower-casing moves
    offsets.
    """
    words = [word for word in _LONG_WORD.findall(text) if len(word) > 2 and word.lower() not in _SMALL_WORDS]
    n_big = sum(word[0].isupper() for word in words)
    return len(words) >= 4 and n_big >= 0.9 * len(words) and len(text.lower()) == len(text)


def _split_contraction(start: int, text: str, following: str) -> list[tuple[int, str]]:
    before, turned, after = text.partition("-turned-")
    if turned:  # "a bingo-hall-turned-foodbank"
        middle = start + len(before) + 1
        return [(start, before), (middle, "turned"), (middle + len("turned-"), after)]
    contraction = _CONTRACTION.match(text)
    # "The laundry room's a prayer space" is "is"; "the travel agent's window" is not.
    if contraction is None and (following in _AFTER_COPULA or _PRONOUN_IS.match(text)):
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
    if text in ("IT", "US") and (previous is not None or following.islower()):
        return OPEN
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
    if lower in _finite_verbs() and not after_modifier and _may_be_verb(lower, previous, following):
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


def _may_be_verb(lower: str, previous: Word | None, following: str) -> bool:
    """A form that can only be a verb; or one that may be a noun, between what verbs stand between."""
    sure, either = (
        _finite_verbs()[lower],
        previous is not None and previous.tag in (PRONOUN, RELATIVE, ADVERB, AUXILIARY),
    )
    if sure or either:
        return True
    if previous is None or previous.tag != OPEN:
        return False
    after = _closed_tags().get(following)
    return after in (DETERMINER, PREPOSITION, ADVERB, PRONOUN) and following not in ("of", "and")


@cache
def _finite_verbs() -> dict[str, bool]:
    """Finite form → whether it is never a noun."""
    nouns = frozenset(_NOUN_FORMS.split())
    found = {form: form not in nouns for lemma in _SURE_VERBS.split() for form in forms(lemma)
             if not form.endswith("ing")}  # fmt: skip
    found |= {form: False for lemma in _EITHER.split() for form in forms(lemma) if not form.endswith("ing")}
    return found | dict.fromkeys(_PAST_ONLY.split(), True)
