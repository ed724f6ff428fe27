"""What a verb is said of: its subject, over whatever stands between the two."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.components.phrases import Range, noun_phrase_before
from nlp.components.words import (
    ADVERB,
    AUXILIARY,
    CONJUNCTION,
    DETERMINER,
    GERUND,
    PRONOUN,
    RELATIVE,
    VERB,
    Word,
)


def subject_before(words: Sequence[Word], verb: int) -> Range | None:
    """The noun phrase or pronoun that the verb at index `verb` is said of.

    Steps over adverbs, auxiliaries, brackets, apposition between commas and relative clauses; a verb joined by
    "and" shares the subject of the verb before it.
    """
    index = _over_adverbs(words, verb)
    if index == 0:
        return None
    before = words[index - 1]
    if before.text == ")":
        opening = next((i for i in range(index - 2, -1, -1) if words[i].text == "("), index - 1)
        return subject_before(words, opening)
    if before.tag == RELATIVE:
        return _antecedent(words, index - 1)
    if before.tag == PRONOUN:
        return index - 1, index
    if before.lower in ("and", "but", "then", "or") or (before.text == "," and _closes_clause(words, index - 1)):
        return _shared_subject(words, index - 1)
    if before.text in (",", "–", "—"):
        return _over_apposition(words, index - 1)
    phrase = noun_phrase_before(words, index)
    if phrase and phrase[0] > 0 and _is_object(words, phrase[0]):
        relative = next((i for i in range(phrase[0] - 1, 0, -1) if words[i].tag == RELATIVE), None)
        return _antecedent(words, relative) if relative else phrase
    return phrase


def _over_adverbs(words: Sequence[Word], verb: int) -> int:
    index = verb
    while index > 0 and (words[index - 1].tag in (ADVERB, AUXILIARY) or _is_these_days(words, index - 1)):
        index -= 1
    return index


def _is_these_days(words: Sequence[Word], index: int) -> bool:
    is_days = words[index].lower in ("days", "nights") and index > 0 and words[index - 1].lower == "these"
    return is_days or (words[index].lower == "these" and words[index + 1].lower in ("days", "nights"))


def _antecedent(words: Sequence[Word], relative: int) -> Range | None:
    end = relative - 1 if relative and words[relative - 1].text == "," else relative
    return noun_phrase_before(words, end)


def _closes_clause(words: Sequence[Word], comma: int) -> bool:
    """Does the comma end a clause ("we closed its doors, turned off the lights"), not an apposition?"""
    opening = next((i for i in range(comma - 1, -1, -1) if words[i].text == ","), -1)
    inside = words[opening + 1 : comma]
    if not any(word.tag in (VERB, AUXILIARY) for word in inside):
        return False
    is_clause = inside[0].tag in (PRONOUN, CONJUNCTION, VERB) or inside[0].lower in ("the", "our", "their", "its")
    return opening < 0 or is_clause


def _shared_subject(words: Sequence[Word], joint: int) -> Range | None:
    earlier = next((i for i in range(joint - 1, 0, -1) if words[i].tag in (VERB, AUXILIARY)), None)
    if earlier is None:
        return noun_phrase_before(words, joint)
    return subject_before(words, earlier)


def _over_apposition(words: Sequence[Word], comma: int) -> Range | None:
    opening = next((i for i in range(comma - 1, 0, -1) if words[i].text in (",", "–", "—")), None)
    if opening is None:
        return noun_phrase_before(words, comma)
    return noun_phrase_before(words, opening)


def _is_object(words: Sequence[Word], start: int) -> bool:
    """Does the phrase at `start` already belong to a verb before it ("that was running cinema events turned …")?"""
    index = start
    while index > 0 and words[index - 1].tag == DETERMINER:
        index -= 1
    return index > 0 and words[index - 1].tag in (VERB, GERUND)
