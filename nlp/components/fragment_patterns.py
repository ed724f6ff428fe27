"""Changes of use told without a full clause: headlines, notes and arrows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from nlp.components.clause import Candidate, Clause
from nlp.components.cues import cue
from nlp.components.phrases import Range, noun_phrase_after, noun_phrase_before
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
_LONGEST_NOTE = 24
_NOTED = r"(?P<{}>(?:an?\s+|the\s+)?[^\W\d_][^,.;:()—–]{{2,50}}?)"
_SHORT_NOTES = (
    ("out and in", re.compile(
        rf"(?i){_NOTED.format('old')}\s+out\s*[,;]\s*(?:and\s+)?{_NOTED.format('new')}\s+in\b")),
    ("was X, now Y", re.compile(
        rf"(?i)\b(?:was|were|once|formerly|previously)\s+{_NOTED.format('old')}\s*[,;]\s*(?:is\s+|it['’]s\s+)?(?:now|noo)\s+"
        rf"(?:is\s+|it['’]s\s+)?{_NOTED.format('new')}(?=$|[.,;:(])")),
    ("was X, is Y", re.compile(
        rf"(?i)^\W*(?:was|were)\s+{_NOTED.format('old')}\s*[.,;]\s*(?:now\s+|is\s+)+{_NOTED.format('new')}(?=$|[.,;:(])")),
    ("X till, Y since", re.compile(
        rf"(?i)^\W*{_NOTED.format('old')}\s+(?:till|until)\s+\w+\s*[,;]\s*{_NOTED.format('new')}\s+(?:since|now|after)\b")),
    ("ex-X, now Y", re.compile(
        rf"(?i)\bex-{_NOTED.format('old')}\s*[,;]\s*(?:now|current|currently|today)\s+{_NOTED.format('new')}(?=$|[.,;:(])")),
    ("in place of X, Y", re.compile(
        rf"(?i)^\W*(?:in\s+place\s+of|instead\s+of|for)\s+{_NOTED.format('old')}\s*,\s*{_NOTED.format('new')}(?=$|[.;:(])")),
    ("X? Y now", re.compile(
        rf"(?i)^\W*{_NOTED.format('old')}\?\s+{_NOTED.format('new')},?\s+(?:since|now|these days)\b")),
    ("X, then Y", re.compile(rf"(?i)^\W*{_NOTED.format('old')}\s*[,;]\s*then\s+{_NOTED.format('new')}(?=$|[.,;:(])")),
    ("by day, by night", re.compile(
        rf"(?i)\bby\s+day,?\s+{_NOTED.format('old')}\s*[,;]\s*(?:and\s+)?by\s+night,?\s+{_NOTED.format('new')}(?=$|[.,;:(])")),
    ("time was", re.compile(
        rf"(?i)\b(?:time\s+was|used\s+to\s+get|no|nae|gone)\s+{_NOTED.format('old')}\s*[,;]\s*(?:now|noo|these\s+days)?,?\s*"
        rf"it['’]s\s+{_NOTED.format('new')}(?=$|[.,;:(])")),
)  # fmt: skip
_DATED = re.compile(
    r"(?:(?<=^)|(?<=[.;,]\s)|(?<=\n))\W*(?:(?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Then|Before|Now|After)(?:\s+\d{4})?\s*[:,]"
    r"|(?:19|20)\d\d\s*[:,]?)\s*(?P<use>[^\W\d_][^.:;]{2,60})"
)


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


def read_short_notes(clause: Clause) -> Iterator[Candidate]:
    """Filing cabinets out, lathes in; vestry, then server room; was vape shop, now carers' lounge."""
    if len(clause.words) > _LONGEST_NOTE:
        return
    for name, pattern in _SHORT_NOTES:
        for match in pattern.finditer(clause.sentence.text):
            source, target = (_words_of_group(clause, match, group) for group in ("old", "new"))
            if source and target and are_different_uses(clause, source, target):
                yield Candidate(name, 0.55, (target[0], target[1]), target, from_=source)


def read_dated_notes(clause: Clause) -> Iterator[Candidate]:
    """January: cocktails. April: casseroles, three hundred a day. 2019 a weights room. 2023 a homework library."""
    dated = list(_DATED.finditer(clause.sentence.text))
    for left, right in pairwise(dated):
        source, target = _words_of_group(clause, left, "use"), _words_of_group(clause, right, "use")
        if source and target and are_different_uses(clause, source, target):
            yield Candidate("dated notes", 0.55, (target[0], target[1]), target, from_=source)


def _words_of_group(clause: Clause, match: re.Match[str], group: str) -> Range | None:
    """The noun phrase that begins where a group of a match does."""
    at = clause.sentence.start + match.start(group)
    index = next((i for i, word in enumerate(clause.words) if word.start >= at), None)
    return noun_phrase_after(clause.words, index, is_target=True) if index is not None else None
