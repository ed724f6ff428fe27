"""Somebody gets hold of a place that had one use and does another thing in it."""

from __future__ import annotations

from collections.abc import Iterator

from nlp.components.clause import Candidate, Clause
from nlp.components.cues import cue
from nlp.components.inflections import any_form
from nlp.components.phrases import Range, noun_phrase_after, purpose_end
from nlp.components.subjects import subject_before
from nlp.components.targets import activity_after, skip_adverbs
from nlp.components.verb_frames import are_different_uses, use_of
from nlp.components.words import GERUND, PRONOUN, VERB

_GETS = cue(
    rf"(?i)\b(?:{any_form('take')}\s+(?:over|on|(?:the\s+lease|possession|charge|hold)\s+(?:on|of))|{any_form('move')}\s+in(?:to)?"
    rf"|{any_form('get')}\s+(?:the\s+keys?\s+(?:of|to|for)|hold\s+of)|(?:has|have|had)\s+(?:got|had)"
    rf"|{any_form('lease rent borrow buy occupy squat acquire')}"
    rf"|{any_form('open')}\s+up|{any_form('set')}\s+up\s+in)\b",
    words="has have had",
    verbs="take move get lease rent borrow buy occupy squat acquire open set",
)
_JOINTS = frozenset(("and", ",", ";", "to", "where", "which"))
_WITHIN = 12


def read_gets(clause: Clause) -> Iterator[Candidate]:
    """The Guides have got the old abattoir and teach knots in it."""
    for _, first, after in clause.find(_GETS):
        source = noun_phrase_after(clause.words, after)
        if source is None or use_of(clause, source) is None or clause.words[source[0]].tag == PRONOUN:
            continue
        target = _done_there(clause, source)
        if target:
            yield Candidate(
                "took over and does", 0.5, (first, target[1]), target, subject=subject_before(clause.words, first),
                from_=source,
            )  # fmt: skip


def _done_there(clause: Clause, source: Range) -> Range | None:
    """The activity after a joint: "and teach knots in it", "and by July it was a toy library"."""
    end = min(source[1] + _WITHIN, len(clause.words))
    joint = next((i for i in range(source[1], end) if clause.lower(i) in _JOINTS), None)
    if joint is None:
        return None
    for index in range(joint + 1, min(joint + _WITHIN, len(clause.words))):
        is_verb = clause.words[index].tag in (VERB, GERUND) or clause.lower(index) in ("was", "is", "run", "open")
        if not is_verb:
            continue
        at = skip_adverbs(clause, index + 1)
        found = noun_phrase_after(clause.words, at, is_target=True) if clause.lower(index) in ("was", "is") else None
        target = found or activity_after(clause, index) or (index, purpose_end(clause.words, index))
        if are_different_uses(clause, source, target):
            return target
    return None
