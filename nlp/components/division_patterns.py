"""One thing shared out among several uses: divided between X and Y, half for X and half for Y, X upstairs, Y down."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp.components.clause import Candidate, Clause
from nlp.components.cues import cue
from nlp.components.inflections import any_form
from nlp.components.phrases import Range, noun_phrase_after
from nlp.components.targets import skip_adverbs, target_after, targets_after
from nlp.components.verb_frames import are_different_uses, frames, use_of
from nlp.components.words import ADVERB, AUXILIARY, DETERMINER, PREPOSITION, VERB

_DIVIDED = cue(
    rf"(?i)\b(?:{any_form('divide split share part carve partition')}(?:\s+(?:up|out|off))?)\b",
    verbs="divide split share part carve partition",
)
_BETWEEN = re.compile(
    r"(?i)\b(?:between|into|among|amongst|in\s+(?:two|three|half)|down\s+the\s+middle|in\s+the\s+middle)\b"
)
_LIST_OPENS = frozenset((":", "–", "—", "-"))
_LIST_JOINS = frozenset((",", ";", "and"))
_HALF = cue(
    r"(?i)\b(?:one\s+half|half|one\s+part|part|one\s+end|one\s+side|the\s+front|the\s+back|the\s+rest|a\s+corner)\b",
    words="half part end side front back rest corner",
)
_WENT_TO = frozenset(("went", "goes", "go", "is", "was", "became", "serves", "became", "turned", "given"))
_ABOVE = cue(r"(?i)\b(?:upstairs|downstairs|by\s+day|by\s+night|mornings|afternoons|weekdays|weekends)\b",
             words="upstairs downstairs by mornings afternoons weekdays weekends")  # fmt: skip


def read_divisions(clause: Clause) -> Iterator[Candidate]:
    """X was divided between Y and Z; shared out its clubhouse — Y in the bar, Z in the lounge."""
    for frame in frames(clause, _DIVIDED):
        source = frame.subject if frame.is_passive else noun_phrase_after(clause.words, frame.after)
        start = frame.after if frame.is_passive or source is None else source[1]
        for target in _shares(clause, start):
            yield Candidate(
                "divided between", 0.65, (frame.first, target[1]), target,
                subject=None if frame.is_passive else frame.subject, from_=source,
            )  # fmt: skip


def read_halves(clause: Clause) -> Iterator[Candidate]:
    """Half of the basement went to mattresses and half to tinned goods."""
    source: Range | None = None
    for _, _, after in clause.find(_HALF):
        at = after
        if clause.lower(at) == "of":
            source = noun_phrase_after(clause.words, at + 1) or source
            at = source[1] if source else at
        at = skip_adverbs(clause, at)
        if clause.lower(at) in _WENT_TO:
            at += 1
        if clause.lower(at) in ("to", "for", "as", "into", "over"):
            at += 1
        target = target_after(clause, at)
        if source and target and at > after and are_different_uses(clause, source, target):
            yield Candidate("half of X", 0.5, (after, target[1]), target, from_=source)


def read_floors(clause: Clause) -> Iterator[Candidate]:
    """Upstairs at the hotel are rooms for homeless couples, downstairs desks for the housing team."""
    source: Range | None = None
    for _, _, after in clause.find(_ABOVE):
        at = after
        if clause.lower(at) in ("at", "in", "of", "from"):
            source = noun_phrase_after(clause.words, at + 1) or source
            at = source[1] if source else at
        if clause.lower(at) in ("are", "is", "there", "it", "was", "were", "'s"):
            at += 1 + (clause.lower(at + 1) in ("is", "are", "'s", "was"))
        target = noun_phrase_after(clause.words, at, is_target=True)
        if source and target and use_of(clause, target) and use_of(clause, source) != use_of(clause, target):
            yield Candidate("upstairs and down", 0.5, (after, target[1]), target, from_=source)


def _shares(clause: Clause, start: int) -> list[Range]:
    """The parts: after "between" or "into", or listed after a colon or dash."""
    match = _BETWEEN.search(clause.text, clause.words[start].start, clause.sentence.end) if start < len(
        clause.words) else None  # fmt: skip
    if match:
        after = next((i for i in range(start, len(clause.words)) if clause.words[i].start >= match.end()), None)
        listed = targets_after(clause, after) if after else []
        if match[0].lower() in ("between", "into", "among", "amongst"):
            return listed
    opening = next((i for i in range(start, len(clause.words)) if clause.words[i].text in _LIST_OPENS), None)
    return _listed(clause, opening + 1) if opening else []


def _listed(clause: Clause, index: int) -> list[Range]:
    """Phrases between commas and "and", each up to its "in the bar" or "on Tuesdays"."""
    found: list[Range] = []
    at = index
    while at < len(clause.words) and len(found) < 5:
        if clause.words[at].tag in (PREPOSITION, DETERMINER) and clause.lower(at) in ("in", "on", "one", "the", "a"):
            at = _over_setting(clause, at)
        phrase = noun_phrase_after(clause.words, at, is_target=True)
        if phrase is None or any(clause.words[i].tag in (VERB, AUXILIARY) for i in range(*phrase)):
            break
        found.append(phrase)
        joint = next((i for i in range(phrase[1], len(clause.words)) if clause.lower(i) in _LIST_JOINS), None)
        if joint is None:
            break
        at = joint + 1
        while at < len(clause.words) and (clause.lower(at) in _LIST_JOINS or clause.words[at].tag == ADVERB):
            at += 1
    return found if len(found) > 1 else []


def _over_setting(clause: Clause, index: int) -> int:
    """Past "in one half" and "on the left", which say where a part is."""
    if clause.lower(index) not in ("in", "on"):
        return index
    place = noun_phrase_after(clause.words, index + 1)
    return place[1] if place else index + 1
