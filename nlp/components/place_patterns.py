"""What stands where something else stood: where the looms were there is a garden, a physio where the shop was."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp.components.clause import Candidate, Clause
from nlp.components.cues import cue
from nlp.components.inflections import any_form
from nlp.components.phrases import Range, noun_phrase_after, noun_phrase_before
from nlp.components.targets import activity_after, skip_adverbs, target_after
from nlp.components.verb_frames import are_different_things, are_different_uses, use_of
from nlp.components.words import AUXILIARY, GERUND, PRONOUN, VERB

_WHERE = cue(r"(?i)\bwhere\b(?!\s+(?:possible|needed|necessary|appropriate)\b)", words="where")
_STANDING = """was were stood sat hung lay once used had lived ran lifted sold paid kept bought made played danced
    drank prayed slept queued worked taught held met stored parked banked"""
_ONCE_STOOD = frozenset(_STANDING.split())
_NOW_THERE = re.compile(
    r"(?i)\b(?:there\s+(?:is|are|['’]s)(?:\s+now)?|(?:you(?:['’]ll)?|we|they|it)\s+(?:now\s+)?(?:find|have|keep|is|see)"
    r"|(?:is|are)\s+now|now\s+(?:is|are|stands?|sits?)|stands?|sits?|now)\b"
)
_HAS = re.compile(rf"(?i)\b{any_form('have')}\b(?!\s+(?:been|had|become)\b)")
_KEPT_NAME = re.compile(
    r"(?i)\b(?:in|into|at)\s+what\s+(?:\w+\s+){0,3}?(?:still\s+)?(?:call|calls|called|know\s+as|remember\s+as|had\s+been"
    r"|was|were|used\s+to\s+be)\s+(?:once\s+|until\s+\w+\s+)?"
)


def read_where(clause: Clause) -> Iterator[Candidate]:
    """Where the looms stood there is now a winter garden; there's a physio where the paper shop was."""
    for _, first, after in clause.find(_WHERE):
        verb = next((i for i in range(after, min(after + 9, len(clause.words)))
                     if clause.words[i].tag in (VERB, AUXILIARY)), None)  # fmt: skip
        if verb is None or not any(_is_past(clause.lower(i)) for i in range(after, verb + 1)):
            continue
        source = _what_stood(clause, after, verb)
        if source is None:
            continue
        target = _after_where(clause, max(verb + 1, source[1])) if first < 3 else None
        target = target or _before_where(clause, first)
        if target and target[0] != source[0] and are_different_things(clause, source, target):
            yield Candidate("where X was, Y", 0.55, (target[0], target[1]), target, from_=source)


def read_kept_names(clause: Clause) -> Iterator[Candidate]:
    """You'll find the multi-faith room in what the staff still call the buffet."""
    for match in _KEPT_NAME.finditer(clause.sentence.text):
        at = clause.sentence.start + match.end()
        after = next((i for i, word in enumerate(clause.words) if word.start >= at), None)
        source = noun_phrase_after(clause.words, after) if after else None
        joint = next(i for i, word in enumerate(clause.words) if word.end > clause.sentence.start + match.start())
        target = noun_phrase_before(clause.words, joint)
        if target is None and clause.words[joint - 1].tag in (VERB, AUXILIARY):
            target = noun_phrase_before(clause.words, joint - 2)
        if target is None:
            verb = next((i for i in range(joint - 1, 0, -1) if clause.words[i].tag in (VERB, AUXILIARY)), None)
            target = (
                noun_phrase_before(clause.words, verb - (clause.words[verb - 1].tag == AUXILIARY)) if verb else None
            )
        if source and target and are_different_things(clause, source, target):
            yield Candidate("in what was X", 0.55, (target[0], target[1]), target, from_=source)


def read_has(clause: Clause) -> Iterator[Candidate]:
    """The arcade has baby classes every morning; the counter where you paid your rates has puppets on it."""
    for match in _HAS.finditer(clause.sentence.text):
        at = clause.sentence.start + match.start()
        verb = next((i for i, word in enumerate(clause.words) if word.end > at), 0)
        source = noun_phrase_before(clause.words, verb)
        target = noun_phrase_after(clause.words, skip_adverbs(clause, verb + 1), is_target=True)
        if source and target and are_different_uses(clause, source, target):
            yield Candidate("X has Y in it", 0.3, (verb, target[1]), target, from_=source)


def _is_past(word: str) -> bool:
    return word in _ONCE_STOOD or (word.endswith("ed") and len(word) > 4)


def _what_stood(clause: Clause, after: int, verb: int) -> Range | None:
    """The looms of "where the looms stood", or the activity of "where lads once lifted weights"."""
    subject = noun_phrase_after(clause.words, after)
    if clause.words[verb].tag == VERB and clause.lower(verb) not in ("stood", "sat", "hung", "lay", "used"):
        thing = noun_phrase_after(clause.words, verb + 1)
        if thing and (subject is None or use_of(clause, thing)):
            return verb, thing[1]
    if subject and clause.words[subject[0]].tag != PRONOUN:
        return subject
    return noun_phrase_after(clause.words, verb + 1)


def _after_where(clause: Clause, start: int) -> Range | None:
    match = _NOW_THERE.search(clause.text, clause.words[start].start, clause.sentence.end) if start < len(
        clause.words) else None  # fmt: skip
    if match:
        after = next((i for i in range(start, len(clause.words)) if clause.words[i].start >= match.end()), None)
        if after is None:
            return None
        after = skip_adverbs(clause, after)
        is_activity = after < len(clause.words) and clause.words[after].tag in (VERB, GERUND)
        return activity_after(clause, after) if is_activity else target_after(clause, after)
    verb = next((i for i in range(start + 1, len(clause.words)) if clause.words[i].tag == VERB), None)
    return activity_after(clause, verb) if verb else None


def _before_where(clause: Clause, first: int) -> Range | None:
    """The thing in the main clause before "where": after "there is", "we have had", or right before it."""
    for index in range(first - 1, -1, -1):
        if clause.words[index].tag in (VERB, AUXILIARY):
            return target_after(clause, index + 1)
    return noun_phrase_before(clause.words, first)
