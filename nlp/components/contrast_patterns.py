"""One thing set against another: not books but laptops; X rather than Y; no more beer; instead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp.components.clause import Candidate, Clause
from nlp.components.cues import cue
from nlp.components.phrases import Range, noun_phrase_after, purpose_end
from nlp.components.subjects import subject_before
from nlp.components.targets import activity_after, target_after
from nlp.components.verb_frames import are_different_things, are_different_uses, use_of
from nlp.components.words import AUXILIARY, GERUND, PRONOUN, VERB

_INSTEAD = cue(
    r"(?i)\b(?:instead|in\s+place|in\s+lieu)\s+of\b|\brather\s+than\b|(?<=,)\s*not\b|\band\s+not\b",
    words="instead in rather not and",
)
_NOT_NO_MORE = re.compile(
    r"(?i)^\W*(?:no\s+more|goodbye|farewell|gone\s+(?:is|are|was|were)|out\s+with|forget|there\s+(?:is|are|was|were)\s+no\s+(?:longer|more)(?:\s+an?|\s+any)?)\s+"
)
_NOT_BUT = cue(r"(?i)\b(?:not|no\s+longer)\s+(?=[^,.;]{2,40}\bbut\b)", words="not no")
_NO_MORE = cue(
    r"(?i)^\W*(?:no\s+more|goodbye|farewell|gone\s+(?:is|are|was|were)|out\s+with|forget|there\s+(?:is|are|was|were)\s+no\s+(?:longer|more)(?:\s+an?|\s+any)?)\s+",
    words="no goodbye farewell gone out forget there",
)
_ALONE = cue(r"(?i)\binstead\b(?!\s+of\b)", words="instead")
_NEGATIVE = re.compile(r"(?i)\b(?:nothing|no|not|never|without|unable|couldn['’]t|can['’]t|n['’]t)\b")


def read_instead(clause: Clause) -> Iterator[Candidate]:
    """Instead of X, A did Y; A did Y instead of X; A did Y, not X."""
    for _, first, after in clause.find(_INSTEAD):
        source = target_after(clause, after)
        if source is None:
            continue
        if first == 0 or (first == 1 and clause.lower(0) in ("so", "and", "but")):
            yield from _after_leading_instead(clause, source)
            continue
        found = _activity_before(clause, first)
        if found is None:
            continue
        verb, target = found
        if (
            clause.words[source[0]].tag != GERUND
            and use_of(clause, source) is None
            and use_of(clause, target) is None
        ):
            continue
        subject = subject_before(clause.words, verb)
        yield Candidate("instead of", 0.55, (verb, target[1]), target, subject=subject, from_=source)


def read_no_more(clause: Clause) -> Iterator[Candidate]:
    """No more beer: the tanks held sanitiser. Gone is the tea dance; we run a falls class."""
    for _, _, after in clause.find(_NO_MORE):
        source = noun_phrase_after(clause.words, after)
        if source is None:
            continue
        mark = next((i for i in range(source[1], min(source[1] + 5, len(clause.words)))
                     if clause.words[i].text in ":;,–—."), None)  # fmt: skip
        if mark is None:
            continue
        verb = next((i for i in range(mark + 1, len(clause.words)) if clause.words[i].tag == VERB), None)
        target = noun_phrase_after(clause.words, verb + 1, is_target=True) if verb else None
        if target is None or clause.lower(target[1] - 1) in ("slot", "place", "stead"):
            target = noun_phrase_after(clause.words, mark + 1, is_target=True)
        if target and are_different_things(clause, source, target):
            subject = subject_before(clause.words, verb) if verb else None
            yield Candidate("no more X", 0.55, (target[0], target[1]), target, subject=subject, from_=source)


def read_not_but(clause: Clause) -> Iterator[Candidate]:
    """Not books but laptops go out in the library van now."""
    for _, _, after in clause.find(_NOT_BUT):
        source = noun_phrase_after(clause.words, after)
        joint = next((i for i in range(after, min(after + 8, len(clause.words))) if clause.lower(i) == "but"), None)
        target = target_after(clause, joint + 1) if joint else None
        if source and target and are_different_uses(clause, source, target):
            yield Candidate("not X but Y", 0.5, (target[0], target[1]), target, from_=source)


def _activity_before(clause: Clause, end: int) -> tuple[int, Range] | None:
    """The verb before "instead of" and what it was done to, from the verb on."""
    limit = end
    while limit > 0 and clause.words[limit - 1].text in (",", "–", "—", "("):
        limit -= 1
    verb = next((i for i in range(limit - 1, -1, -1) if clause.words[i].tag == VERB
                 or _is_progressive(clause, i)), None)  # fmt: skip
    if verb is None:
        return None
    stop = min(purpose_end(clause.words, verb), limit)
    return (verb, (verb, stop)) if stop > verb + 1 or verb + 1 == limit else None


def _is_progressive(clause: Clause, index: int) -> bool:
    """Is it the verb of "is doing hot dinners"?"""
    return index > 0 and clause.words[index].tag == GERUND and clause.words[index - 1].tag in (AUXILIARY, PRONOUN)


def _after_leading_instead(clause: Clause, source: Range) -> Iterator[Candidate]:
    comma = next((i for i in range(source[1], len(clause.words)) if clause.words[i].text == ","), None)
    if comma is None:
        return
    verb = next((i for i in range(comma + 1, len(clause.words)) if clause.words[i].tag == VERB), None)
    if verb is None:
        return
    target = activity_after(clause, verb)
    subject = subject_before(clause.words, verb)
    if target and subject and subject[0] > comma:
        yield Candidate("instead of", 0.65, (verb, target[1]), target, subject=subject, from_=source)


def read_instead_alone(clause: Clause) -> Iterator[Candidate]:
    """The cinema screened nothing and dried carpets instead: a subject known for one use at another, "instead"."""
    for _, first, _ in clause.find(_ALONE):
        found = _activity_before(clause, first)
        if found is None or not _NEGATIVE.search(clause.sentence.text):
            continue
        verb, target = found
        subject = subject_before(clause.words, verb)
        if subject and clause.words[subject[0]].tag != PRONOUN and use_of(clause, target):
            yield Candidate("instead", 0.45, (verb, target[1]), target, subject=subject, from_=subject)
