"""Teams and makers at other work than theirs: redeployed, took to, spent the winter at it, turned their hand to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp.components.clause import Candidate, Clause
from nlp.components.cues import cue
from nlp.components.inflections import any_form
from nlp.components.phrases import Range, noun_phrase_after
from nlp.components.targets import activity_after, particle_after, target_after
from nlp.components.verb_frames import (
    are_different_things,
    are_different_uses,
    frames,
    says_now,
    says_why_or_how_long,
    use_of,
)
from nlp.components.words import GERUND, PRONOUN

_REDEPLOYED = cue(
    rf"(?i)\b(?:{any_form('redeploy reassign divert deploy second transfer retrain reassign')}"
    rf"|{any_form('draft')}(?:\s+in)?"
    rf"|{any_form('put')}\s+to\s+work|{any_form('set')}\s+to\s+work|roped\s+in|called\s+in|brought\s+in)\b",
    verbs="redeploy reassign divert deploy second transfer retrain draft put set roped called brought",
)
_TOOK_TO = cue(
    rf"(?i)\b(?:{any_form('take')}\s+(?:up|to)|{any_form('turn')}\s+(?:(?:its|their|our|his|her|my)\s+"
    r"(?:hands?|looms?|machines?|needles?|skills?|attention|energies|ovens?|vans?|minibus(?:es)?|\w+s)\s+)?(?:over\s+)?to"
    rf"|{any_form('switch shift pivot move go retool change')}\s+(?:over\s+|across\s+)?(?:to|for)"
    rf"|{any_form('begin start')}(?:\s+to)?"
    rf"|{any_form('set')}\s+(?:about|to)|got\s+busy|got\s+down\s+to|{any_form('spend')}\s+[^,.;]{{2,40}}?(?=\s\w+ing\s)"
    rf"|{any_form('divert')}\s+to|{any_form('diversify branch expand')}\s+(?:out\s+)?into)\b",
    verbs=(
        "take turn switch shift pivot move go retool change begin start set get spend divert diversify branch expand"
    ),
)
_NO_LONGER_ABLE = re.compile(
    r"(?i)\b(?:with\s+(?:no|the|its|their|our|nothing|nobody|every)|unable|idle|having\s+(?:no|lost)|furloughed|empty|dark"
    r"|closed|shut|no\s+\w+\s+to|instead|at\s+a\s+loose\s+end|lockdown|while|when)\b"
)
_MADE_OF = cue(
    rf"(?i)\b(?:{any_form('create make carve fashion form build fit conjure hollow')}(?:\s+up)?)\b",
    verbs="create make carve fashion form build fit conjure hollow",
)
_WORK = """make sew stitch cook deliver carry ferry pack hand host screen offer sell grow dig drive ring organise
    distribute feed lend mend repair give send serve teach treat store sort produce supply bake wire build fill take
    run do collect"""
_DOES = cue(rf"(?i)\b{any_form(_WORK)}\b", verbs=_WORK)


def read_redeployments(clause: Clause) -> Iterator[Candidate]:
    """Our librarians were redeployed to the helpline; the porters' team was put to work as contact tracers."""
    for frame in frames(clause, _REDEPLOYED):
        source = frame.subject if frame.is_passive else noun_phrase_after(clause.words, frame.after)
        start = frame.after if frame.is_passive or source is None else source[1]
        arrival = particle_after(clause, start, ("as", "to", "on to", "onto", "into", "for", "on", "in"), reach=3)
        target = target_after(clause, arrival) if arrival else None
        if source and target and are_different_things(clause, source, target):
            yield Candidate("redeployed to", 0.6, (frame.first, target[1]), target, from_=source)


def read_taking_up(clause: Clause) -> Iterator[Candidate]:
    """The dance school took to delivering hot meals; the printers shifted to visors; turned its looms to bandages."""
    for frame in frames(clause, _TOOK_TO):
        target = target_after(clause, frame.after)
        if target is None or frame.subject is None or use_of(clause, target) is None:
            continue
        former = _tool_turned(clause, frame.first, frame.after)
        holder = former or frame.subject
        if clause.words[frame.subject[0]].tag == PRONOUN and former is None:
            continue
        if are_different_things(clause, holder, target):
            is_activity = clause.words[target[0]].tag == GERUND
            if not is_activity and clause.lower(frame.first) in (
                "go",
                "goes",
                "went",
                "gone",
                "going",
                "took",
                "take",
                "move",
                "moved",
                "moves",
            ):
                continue
            marks = bool(_NO_LONGER_ABLE.search(clause.sentence.text)) + is_activity + bool(former)
            yield Candidate(
                "took to", (0.35, 0.5, 0.6, 0.6)[marks], (frame.first, target[1]), target,
                subject=frame.subject, from_=former or frame.subject,
            )  # fmt: skip


def read_creations(clause: Clause) -> Iterator[Candidate]:
    """A skatepark was made out of an underpass; residents carved a reading nook out of the bin store."""
    for frame in frames(clause, _MADE_OF):
        target = frame.subject if frame.is_passive else noun_phrase_after(clause.words, frame.after)
        start = frame.after if frame.is_passive or target is None else target[1]
        arrival = particle_after(clause, start, ("out of", "from", "of"), reach=6)
        source = noun_phrase_after(clause.words, arrival) if arrival else None
        if target and source and arrival and are_different_things(clause, source, target):
            subject = None if frame.is_passive else frame.subject
            yield Candidate(
                "made out of", 0.6, (frame.first, max(source[1], target[1])), target, subject=subject, from_=source,
            )  # fmt: skip


def read_other_work(clause: Clause) -> Iterator[Candidate]:
    """With the theatre dark, the costume department made scrubs."""
    marks = bool(_NO_LONGER_ABLE.search(clause.sentence.text)) + says_why_or_how_long(clause) + 2 * says_now(clause)
    for frame in frames(clause, _DOES):
        if frame.subject is None or frame.is_passive or clause.words[frame.subject[0]].tag == PRONOUN:
            continue
        target = activity_after(clause, frame.first)
        if target and are_different_uses(clause, frame.subject, target):
            yield Candidate(
                "did other work", (0.25, 0.4, 0.45, 0.5, 0.5)[marks], (frame.first, target[1]), target,
                subject=frame.subject, from_=frame.subject,
            )  # fmt: skip


def _tool_turned(clause: Clause, first: int, after: int) -> Range | None:
    """The looms of "turned its looms to bandages"."""
    for index in range(first + 1, after - 1):
        if clause.lower(index) in ("its", "their", "our", "his", "her", "my"):
            found = noun_phrase_after(clause.words, index)
            tools = clause.lower(found[1] - 1) if found else ""
            return (
                found
                if found and tools not in ("hand", "hands", "attention", "skills", "skill", "energies")
                else None
            )
    return None
