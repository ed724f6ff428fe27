"""One thing under the roof of another: the ballroom houses a clinic, the court sits in the cinema."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp.components.clause import Candidate, Clause
from nlp.components.cues import cue
from nlp.components.inflections import any_form
from nlp.components.phrases import Range, noun_phrase_after
from nlp.components.plausibility import is_person
from nlp.components.targets import particle_after, target_after, targets_after
from nlp.components.verb_frames import (
    Frame,
    after_preposition,
    are_different_uses,
    clause_end,
    frames,
    object_of,
    says_now,
    says_why_or_how_long,
    use_of,
)
from nlp.components.words import PRONOUN

_HOUSES = cue(
    rf"(?i)\b(?:{any_form('house host hold contain shelter accommodate store')}"
    rf"|{any_form('be')}\s+(?:(?:now|also|currently|today)\s+)?(?:home\s+to|host\s+to|full\s+of|filled\s+with|(?:fitted|kitted|stocked|equipped)(?:\s+(?:out|up))?\s+with|under|given\s+over\s+to"
    r"|let\s+to|packed\s+with|lined\s+with|stacked\s+with|set\s+aside\s+for|devoted\s+to|dedicated\s+to)"
    rf"|{any_form('fill')}\s+(?:up\s+)?with|{any_form('gain')}|belong(?:s|ed)?\s+to|{any_form('make')}\s+(?:room|space)\s+for|{any_form('welcome')}|{any_form('take')}\s+in)\b",
    verbs="house host hold contain shelter accommodate store be make welcome take fill gain belong",
)
_FILLED = re.compile(r"(?i)fitted|kitted|stocked|equipped|filled|given\s+over|set\s+aside|home\s+to|lined|packed")
_FILLS = cue(
    rf"(?i)\b(?:{any_form('fill occupy')}|{any_form('take')}\s+over|{any_form('move')}\s+in(?:to)?"
    rf"|{any_form('set')}\s+up\s+(?:shop\s+|home\s+)?in)\b",
    verbs="fill occupy take move set",
)
_GATHERS = (
    "meet sit gather run operate work trade hold base house teach grow store "
    "sort serve give see cook pack put wheel install move set practise meet carry"
)
_TAKES_PLACE = cue(
    rf"(?i)\b{any_form(_GATHERS)}\b"
    rf"|\b{any_form('take')}\s+place\b|\bset\s+up\b",
    verbs=f"{_GATHERS} take set",
)
_DOES = (
    "run hold host teach store sort keep grow sew pack cook serve "
    "stage operate open install stack treat see wheel move lay put carry"
)
_RUNS = cue(
    rf"(?i)\b{any_form(_DOES)}\b"
    rf"|\b{any_form('set')}\s+up\b|\b{any_form('put')}\s+(?:in|up|on)\b|\b{any_form('hand')}\s+out\b",
    verbs=f"{_DOES} set put hand",
)
_LENDS = cue(
    rf"(?i)\b(?:{any_form('lend loan let give hand offer donate clear empty')}(?:\s+(?:over|out))?"
    rf"|{any_form('turn')}\s+over)\b",
    verbs="lend loan let give hand offer donate clear empty turn",
)
_INSIDE = frozenset(("in", "inside", "into", "from", "out of", "on", "at", "under", "around", "between"))
_MODIFIED = re.compile(
    r"(?i)\b(?:old|former|disused|empty|derelict|redundant|vacant|closed|abandoned|ex-|unused|erstwhile)"
)


def read_houses(clause: Clause) -> Iterator[Candidate]:
    """The ballroom houses a clinic; the drill hall is home to a trampoline club."""
    for frame in frames(clause, _HOUSES):
        target = target_after(clause, frame.after)
        if target is None or frame.subject is None or not are_different_uses(clause, frame.subject, target):
            continue
        is_filled = bool(
            _FILLED.search(clause.text, clause.words[frame.first].start, clause.words[frame.after - 1].end)
        )
        score = 0.65 if says_now(clause) else 0.45 if is_filled or _is_marked(clause, frame.subject) else 0.3
        for found in targets_after(clause, frame.after):
            yield Candidate(
                "houses", score, (frame.first, found[1]), found, from_=_thing(clause, frame.subject),
            )  # fmt: skip


def read_fills(clause: Clause) -> Iterator[Candidate]:
    """A roller rink now fills the old baths; a food bank has taken over the betting shop."""
    for frame in frames(clause, _FILLS):
        source = noun_phrase_after(clause.words, frame.after)
        if source is None or frame.subject is None or not are_different_uses(clause, source, frame.subject):
            continue
        if is_person(clause.span(frame.subject).text):
            continue
        score = 0.6 if says_now(clause) or _is_marked(clause, source) else 0.4
        yield Candidate("fills", score, (frame.first, source[1]), frame.subject, from_=source)


def read_takes_place(clause: Clause) -> Iterator[Candidate]:
    """The magistrates sit in the cinema now; lessons were held in the mosque while the school dried out."""
    for frame in frames(clause, _TAKES_PLACE):
        if frame.subject is None or clause.words[frame.subject[0]].tag == PRONOUN:
            continue
        for source in _rooms_after(clause, frame, frame.after):
            if are_different_uses(clause, frame.subject, source) and use_of(clause, source) != "digital-online":
                yield _in_a_room(clause, "takes place in", frame, frame.subject, source)
                break


def read_runs(clause: Clause) -> Iterator[Candidate]:
    """We ran the crèche out of a narrowboat; we sort medicines on the pool table."""
    for frame in frames(clause, _RUNS):
        target = object_of(clause, frame)
        if target is None or frame.is_passive:
            continue
        for source in _rooms_after(clause, frame, target[1]):
            if are_different_uses(clause, target, source):
                yield _in_a_room(clause, "runs in", frame, target, source)
                break


def read_loans(clause: Clause) -> Iterator[Candidate]:
    """The Rotary handed its hall over to the blood service; the bar has been given over to homework."""
    for frame in frames(clause, _LENDS):
        source = frame.subject if frame.is_passive else object_of(clause, frame)
        start = frame.after if frame.is_passive or source is None else source[1]
        arrival = particle_after(clause, start, ("over to", "over for", "to", "for", "out to", "out for"), reach=6)
        target = target_after(clause, arrival) if arrival else None
        if source and target and use_of(clause, target):
            sure = are_different_uses(clause, source, target)
            yield Candidate(
                "handed over to", 0.5 if sure else 0.35, (frame.first, target[1]), target,
                subject=None if frame.is_passive else frame.subject, from_=source, needs_known_use=True,
            )  # fmt: skip


def _in_a_room(clause: Clause, name: str, frame: Frame, target: Range, source: Range) -> Candidate:
    marks = says_now(clause) + says_why_or_how_long(clause) + bool(_MODIFIED.search(clause.span(source).text))
    marks += clause.lower(source[0] - 2) == "of" and clause.lower(source[0] - 3) == "out"
    score = (0.25, 0.45, 0.55, 0.6, 0.6)[marks]
    subject = frame.subject if name == "runs in" else None
    return Candidate(name, score, (frame.first, max(target[1], source[1])), target, subject=subject, from_=source)


def _rooms_after(clause: Clause, frame: Frame, start: int) -> Iterator[Range]:
    end = clause_end(clause, frame.first)
    for _, at in after_preposition(clause, start, end, _INSIDE):
        room = noun_phrase_after(clause.words, at)
        if room:
            yield room


def _is_marked(clause: Clause, source: Range) -> bool:
    before = clause.text[max(clause.words[source[0]].start - 12, 0) : clause.words[source[1] - 1].end]
    return says_why_or_how_long(clause) or bool(_MODIFIED.search(before))


def _thing(clause: Clause, subject: Range) -> Range | None:
    return None if clause.words[subject[0]].tag == PRONOUN else subject
