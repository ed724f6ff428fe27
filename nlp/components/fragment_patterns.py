"""Changes of use told without a full clause: headlines, notes and arrows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp.components.clause import Candidate, Clause
from nlp.components.cues import cue
from nlp.components.phrases import noun_phrase_after, noun_phrase_before
from nlp.components.targets import particle_after, target_after, targets_after
from nlp.components.verb_frames import are_different_uses
from nlp.components.words import AUXILIARY, VERB

_CONVERSION = cue(
    r"(?i)\b(?:conversion|transformation|adaptation|repurposing|transition|change\s+of\s+use|reinvention|makeover"
    r"|journey|metamorphosis|move|switch|shift)\s+(?:of|from)\b",
    words=(
        "conversion transformation adaptation repurposing transition change reinvention makeover journey "
        "metamorphosis move switch shift"
    ),
)
_POSSESSED = cue(
    r"(?i)['’]s?\s+(?:\w+\s+)?(?:conversion|transformation|reinvention|adaptation|rebirth)\s+(?:in)?(?:to|as)\b",
    words="conversion transformation reinvention adaptation rebirth",
)
_TURNED_COMPOUND = cue(
    r"(?i)(?<=-)turned(?=-\w)|\bturned\b(?=\s(?!into|out|up|to|over|down|on|off|in\b)\w)", words="turned"
)
_ARROW = re.compile(r"(?:→|->|=>|➡|⇒|»)")
_EQUALS = re.compile(r"\s=\s")
_FROM = cue(r"(?i)\bfrom\s+(?!(?:\w+\s+)?to\s)", words="from")


def read_conversions(clause: Clause) -> Iterator[Candidate]:
    """The conversion of X into Y; X's conversion to Y; an X-turned-Y."""
    for _, first, after in clause.find(_CONVERSION):
        arrival = particle_after(clause, after, ("into", "to"), reach=14)
        source = noun_phrase_after(clause.words, after)
        for target in targets_after(clause, arrival) if arrival and source else ():
            yield Candidate("conversion of", 0.75, (first, target[1]), target, from_=source, needs_known_use=True)
    for _, first, after in clause.find(_POSSESSED):
        source = noun_phrase_before(clause.words, first + 1)
        for target in targets_after(clause, after) if source else ():
            yield Candidate("conversion of", 0.7, (first, target[1]), target, from_=source, needs_known_use=True)
    for match, first, after in clause.find(_TURNED_COMPOUND):
        became, before = target_after(clause, after), noun_phrase_before(clause.words, first)
        is_compound = clause.text[match.start() - 1] == "-"
        if before and became and (is_compound or are_different_uses(clause, before, became)):
            yield Candidate("X-turned-Y", 0.7, (first, became[1]), became, from_=before, needs_known_use=True)


def read_notes(clause: Clause) -> Iterator[Candidate]:
    """Bowling alley → night shelter; hall = vaccine centre; bowling alley to night shelter in nine days."""
    for pattern, score in ((_ARROW, 0.65), (_EQUALS, 0.55)):
        for _, first, after in clause.find(pattern):
            source, target = noun_phrase_before(clause.words, first), target_after(clause, after)
            if source and target and are_different_uses(clause, source, target):
                yield Candidate("X → Y", score, (first, target[1]), target, from_=source)


def read_from_to(clause: Clause) -> Iterator[Candidate]:
    """From bowling alley to night shelter in nine days; a headline "Bowling alley to night shelter"."""
    for _, first, after in clause.find(_FROM):
        source = target_after(clause, after)
        arrival = particle_after(clause, source[1], ("to", "into"), reach=6) if source else None
        target = target_after(clause, arrival) if arrival else None
        if source and target and are_different_uses(clause, source, target):
            score = 0.5 if first == 0 else 0.4
            yield Candidate("from X to Y", score, (first, target[1]), target, from_=source)
    if any(word.tag in (VERB, AUXILIARY) for word in clause.words) or len(clause.words) > 14:
        return
    joint = next((i for i, word in enumerate(clause.words) if word.lower in ("to", "into") and i), None)
    source = noun_phrase_before(clause.words, joint) if joint else None
    target = target_after(clause, joint + 1) if joint else None
    if source and target and source[0] <= 1 and are_different_uses(clause, source, target):
        yield Candidate("from X to Y", 0.4, (joint or 0, target[1]), target, from_=source)
