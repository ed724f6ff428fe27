"""Verbs of a sentence with what stands around them: the material that constructions are read from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nlp.components.clause import Clause
from nlp.components.cues import Cue
from nlp.components.phrases import Range, noun_phrase_after
from nlp.components.plausibility import head_of
from nlp.components.subjects import subject_before
from nlp.components.targets import skip_adverbs
from nlp.components.use_categories import category_by_words
from nlp.components.words import AUXILIARY, CONJUNCTION, PRONOUN, RELATIVE, VERB

_BE = frozenset(("is", "are", "was", "were", "been", "being", "be", "'s", "'re", "get", "got", "gets", "getting"))
_CLOSING = frozenset((";", ":", "–", "—", "(", ")"))
_NOW = re.compile(
    r"(?i)\b(?:now|today|nowadays|these days|currently|at present|at the moment|since|until further notice|as of|"
    r"on (?:week|mon|tues|wednes|thurs|fri|satur|sun)\w*(?:\s+\w+)?|by (?:day|night)|every \w+day|"
    r"(?:each|most) (?:\w+day|week|morning|evening|night)s?|at weekends|twice a week|\w+ (?:days|nights|evenings|"
    r"mornings|afternoons) a week)\b"
)
_FOR_A_WHILE = re.compile(
    r"(?i)\bfor\s+(?:the\s+|a\s+|most\s+of\s+|nearly\s+|about\s+)*(?:\w+[\s-]){0,4}(?:days?|weeks?|months?|nights?"
    r"|winters?|summers?|terms?|years?|lockdown|pandemic|outage|duration|strike|while)\b|\bthroughout\b|\bduring\b"
    r"|\bwhile\b|\bwhen\b|\bafter\b|\bbecause\b|\bas\s+(?:the|our)\b|\buntil\b|\ball (?:that|through|winter|summer)\b"
    r"|\bthat (?:spring|summer|autumn|winter|year|week|night)\b|\bwith (?:no|the)\b|\bin (?:19|20)\d\d\b"
)


@dataclass(frozen=True)
class Frame:
    """A verb group and its neighbours, all as word indices. after: the first word after verb and particle."""

    first: int
    after: int
    subject: Range | None
    is_passive: bool


def frames(clause: Clause, pattern: Cue) -> Iterator[Frame]:
    """Each match of a pattern for verbs, read as the verb of its clause."""
    for _, first, after in clause.find(pattern):
        subject = subject_of(clause, first)
        yield Frame(first, skip_adverbs(clause, after), subject, is_passive(clause, first))


def subject_of(clause: Clause, verb: int) -> Range | None:
    """What the verb is said of: by the parse, where there is one that knows it, or by what stands before."""
    return subject_before(clause.words, verb)


def is_passive(clause: Clause, verb: int) -> bool:
    """Does a form of "be" or "get" stand before the verb, over adverbs?"""
    index = verb - 1
    while index >= 0 and clause.words[index].tag not in (AUXILIARY, VERB) and verb - index < 4:
        index -= 1
    return index >= 0 and clause.lower(index) in _BE


def clause_end(clause: Clause, index: int) -> int:
    """Where the clause that holds word `index` ends: at a stop, a relative, or a joint before a new subject."""
    for at in range(index + 1, len(clause.words)):
        word = clause.words[at]
        if word.text in _CLOSING or word.tag == RELATIVE:
            return at
        if word.tag == CONJUNCTION and word.lower not in ("and", "or", "but"):
            return at
        if word.text == "," and _opens_clause(clause, at + 1):
            return at
    return len(clause.words)


def object_of(clause: Clause, frame: Frame) -> Range | None:
    """The noun phrase right after the verb."""
    return noun_phrase_after(clause.words, frame.after)


def after_preposition(
    clause: Clause, start: int, end: int, prepositions: frozenset[str]
) -> Iterator[tuple[str, int]]:
    """Each of the prepositions in [start, end) with the index after it; "out of" is one."""
    at = start
    while at < min(end, len(clause.words)):
        two = f"{clause.lower(at)} {clause.lower(at + 1)}"
        if two in prepositions:
            yield two, at + 2
            at += 2
            continue
        if clause.lower(at) in prepositions:
            yield clause.lower(at), at + 1
        at += 1


def use_of(clause: Clause, words: Range | None) -> str | None:
    """The use that a phrase's words tell, None for no phrase."""
    return category_by_words(clause.span(words).text) if words else None


def are_different_uses(clause: Clause, left: Range | None, right: Range | None) -> bool:
    """Are both phrases known for a use, and for different ones? Anything "was" something; few things were two."""
    uses = use_of(clause, left), use_of(clause, right)
    return None not in uses and uses[0] != uses[1]


def are_different_things(clause: Clause, left: Range | None, right: Range | None) -> bool:
    """Is at least one phrase known for a use, and do they name different things? For constructions that say so."""
    if left is None or right is None or not (use_of(clause, left) or use_of(clause, right)):
        return False
    texts = clause.span(left).text.lower(), clause.span(right).text.lower()
    return head_of(texts[0]) != head_of(texts[1]) or are_different_uses(clause, left, right)


def says_now(clause: Clause) -> bool:
    """Does the sentence say that things are so now, or on some days, as if they had not been?"""
    return bool(_NOW.search(clause.sentence.text))


def says_why_or_how_long(clause: Clause) -> bool:
    """Does the sentence tell for how long, since when or why it was so?"""
    return bool(_FOR_A_WHILE.search(clause.sentence.text))


def _opens_clause(clause: Clause, index: int) -> bool:
    """Do a subject and its verb begin here? A verb within six words, after a pronoun, article or name."""
    if clause.lower(index) in ("and", "but", "so", "then"):
        index += 1
    if index >= len(clause.words):
        return False
    if clause.words[index].tag == PRONOUN:
        return True
    ahead = clause.words[index + 1 : index + 6]
    return any(word.tag in (VERB, AUXILIARY) for word in ahead) and not any(word.text in ",;" for word in ahead[:2])
