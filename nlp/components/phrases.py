"""Noun phrases and activities around a place in a sentence, by the tags of `nlp.components.words`.

Phrases are minimal: no leading article, possessive or preposition. Ranges are of word indices, half-open.
"""

from __future__ import annotations

from collections.abc import Sequence

from nlp.components.use_categories import is_use_word
from nlp.components.words import (
    ADVERB,
    AUXILIARY,
    CONJUNCTION,
    DETERMINER,
    GERUND,
    NUMBER,
    OPEN,
    PREPOSITION,
    PRONOUN,
    PUNCTUATION,
    RELATIVE,
    TIME,
    VERB,
    YEAR,
    Word,
)

Range = tuple[int, int]

_LOCATIVE = frozenset(
    [
        "in",
        "on",
        "at",
        "near",
        "outside",
        "inside",
        "across",
        "behind",
        "under",
        "above",
        "opposite",
        "along",
        "beside",
        "around",
        "throughout",
    ]
)
_PLACE_OR_TIME = _LOCATIVE | frozenset(
    [
        "during",
        "until",
        "till",
        "since",
        "before",
        "after",
        "over",
        "through",
        "from",
        "by",
        "within",
        "because",
        "as",
        "instead",
        "via",
        "than",
    ]
)

_NAMING = frozenset(("the", "our", "its", "their", "a"))


def noun_phrase_before(words: Sequence[Word], end: int) -> Range | None:
    """The noun phrase that ends just before word `end`, with its "of …" but without "on Barrow Island"."""
    start = _run_start(words, end)
    if start == end:
        return None
    while True:
        before = start - 1
        while before >= 0 and words[before].tag in (DETERMINER, NUMBER) and words[before].lower != "half":
            before -= 1
        if before < 1 or words[before].tag != PREPOSITION or words[before].lower in ("as", "than", "because"):
            break
        head_start = _run_start(words, before)
        if head_start == before or not _attaches(words, before):
            break
        if words[before].lower in _LOCATIVE and words[before + 1 : end] and _is_name(words, before + 1, end):
            end = before
        start = head_start
    return _without_edges(words, start, end)


def noun_phrase_after(words: Sequence[Word], start: int, *, is_target: bool = False) -> Range | None:
    """The noun phrase that begins at word `start`.

    is_target: also take what it is for: "emergency accommodation for women sleeping rough".
    """
    first = start
    while first < len(words) and (words[first].tag == DETERMINER or words[first].lower in ("about", "just")):
        first += 1
    end = _run_end(words, first)
    if end == first:
        return None
    while end < len(words) - 1:
        joint = words[end].lower
        if joint in ("of", "called") or (joint == "and" and _is_compound(words, first, end)):
            longer = noun_phrase_after(words, end + 1)
        elif joint == "for" and is_target and not _is_duration(words, end + 1):
            longer = (end, purpose_end(words, end + 1))
        elif joint == "with" and is_target and words[end + 1].tag in (OPEN, DETERMINER):
            break
        else:
            break
        if longer is None or longer[1] <= end + 1:
            break
        end = longer[1]
        if joint == "for":
            break
    return _without_edges(words, first, end)


def purpose_end(words: Sequence[Word], start: int) -> int:
    """Where "for women sleeping rough" or "cooked for the wards" ends: before place, time, reason or a mark."""
    index = start
    while index < len(words):
        word = words[index]
        if word.tag in (CONJUNCTION, RELATIVE, YEAR, AUXILIARY) and word.lower not in ("and", "or"):
            break
        if word.tag == PUNCTUATION and word.text not in "'’\"&/-":
            break
        if word.lower in _PLACE_OR_TIME and index > start and not _is_of_purpose(words, index):
            break
        if word.lower in ("and", "or") and _begins_clause(words, index + 1):
            break
        if word.tag == TIME or (word.tag == DETERMINER and _is_time_ahead(words, index)):
            break
        if word.tag == VERB and index > start:
            break
        index += 1
    return index


def _run_start(words: Sequence[Word], end: int) -> int:
    start = end
    while start > 0:
        word = words[start - 1]
        is_named_time = (
            word.tag == TIME and 1 < start < end and words[start - 2].lower in _NAMING and words[start].tag == OPEN
        )
        is_part = (
            is_named_time
            or word.tag == OPEN
            or (word.tag == NUMBER and start < end)
            or _joins_a_name(words, start - 1, end)
        )
        is_part = (
            is_part
            or (
                word.tag == GERUND
                and not _is_verbal(words, start - 1)
                and (start < end or _is_noun(words, start - 1))
            )
            or (word.tag == VERB and _is_modifier(words, start - 1))
        )
        if not is_part:
            break
        start -= 1
    return start


def _run_end(words: Sequence[Word], start: int) -> int:
    end = start
    while end < len(words):
        word = words[end]
        is_part = word.tag in (OPEN, NUMBER) or (word.tag == GERUND and end + 1 < len(words))
        is_part = is_part or (word.tag == VERB and end == start) or (word.text == "&" and end > start)
        is_part = is_part or (word.tag == TIME and end + 1 < len(words) and words[end + 1].tag == OPEN)
        if word.tag == GERUND and end > start and _takes_object(words, end) and not is_use_word(word.lower):
            break
        if not is_part:
            break
        end += 1
    return end


def _takes_object(words: Sequence[Word], gerund: int) -> bool:
    """Is this "-ing" a verb of its own ("men coming out"), not part of a name ("a boxing gym")?"""
    return gerund + 1 >= len(words) or words[gerund + 1].tag not in (OPEN, GERUND)


def _joins_a_name(words: Sequence[Word], index: int, end: int) -> bool:
    """Is this small word inside a name, as in "Friends of the Baths" or "Saints Peter and Paul"?"""
    if not 0 < index < end - 1:
        return False
    before, word, after = words[index - 1 : index + 2]
    if word.lower == "the":
        return before.lower == "of" and after.is_capitalised and index > 1 and words[index - 2].is_capitalised
    is_named = before.tag == OPEN and before.is_capitalised
    return word.lower in ("and", "of", "&") and is_named and (after.is_capitalised or after.lower == "the")


def _is_noun(words: Sequence[Word], gerund: int) -> bool:
    """Is it "the knitting" or "life drawing", and not "men sleeping"?"""
    if gerund == 0:
        return is_use_word(words[gerund].lower)
    return words[gerund - 1].tag == DETERMINER or (words[gerund - 1].tag == OPEN and is_use_word(words[gerund].lower))


def _is_verbal(words: Sequence[Word], gerund: int) -> bool:
    """Is it "was running events", and not "the running club"?"""
    return gerund > 0 and words[gerund - 1].tag == AUXILIARY


def _is_modifier(words: Sequence[Word], index: int) -> bool:
    """Is this participle an adjective, as in "the disused shed"?"""
    return index > 0 and words[index - 1].tag == DETERMINER and words[index + 1].tag == OPEN


def _attaches(words: Sequence[Word], preposition: int) -> bool:
    return words[preposition].lower in _LOCATIVE | {"of", "for", "from", "next"}


def _is_name(words: Sequence[Word], start: int, end: int) -> bool:
    first = start
    while first < end and words[first].tag == DETERMINER:
        first += 1
    return first < end and words[first].is_capitalised


def _without_edges(words: Sequence[Word], start: int, end: int) -> Range | None:
    while start < end and words[start].tag in (DETERMINER, ADVERB, PREPOSITION, PUNCTUATION):
        start += 1
    while end > start and words[end - 1].tag in (ADVERB, PREPOSITION, CONJUNCTION, PUNCTUATION, DETERMINER):
        end -= 1
    return (start, end) if start < end else None


def _is_compound(words: Sequence[Word], first: int, joint: int) -> bool:
    """Is "and" inside one phrase ("arts and crafts room") instead of between two?"""
    return (
        joint - first == 1
        and joint + 2 < len(words)
        and words[joint + 1].tag == OPEN
        and words[joint + 2].tag == OPEN
    )


def _is_of_purpose(words: Sequence[Word], index: int) -> bool:
    """ "Men coming out of prison", "people in need": in, on and over that stay with what they follow."""
    word = words[index]
    if index + 1 >= len(words) or word.lower not in ("in", "on", "over", "from", "at", "by", "through", "under"):
        return False
    following = words[index + 1]
    return (following.tag == OPEN and not following.is_capitalised) or (
        following.tag == NUMBER and word.lower == "over"
    )


def _is_duration(words: Sequence[Word], index: int) -> bool:
    """Is what follows "for" a time ("most of February", "a month", "good") and not a purpose?"""
    if words[index].lower in ("most", "much", "good", "now", "free", "ever", "over", "nearly", "about", "over"):
        return True
    return any(word.tag in (TIME, YEAR) for word in words[index : index + 3])


def _begins_clause(words: Sequence[Word], index: int) -> bool:
    return index < len(words) and words[index].tag in (VERB, AUXILIARY, PRONOUN, ADVERB, DETERMINER)


def _is_time_ahead(words: Sequence[Word], index: int) -> bool:
    return any(word.tag == TIME for word in words[index : index + 3])
