"""Constructions about what somebody does: one activity stopped and another begun, or moved to another medium."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp.components.clause import Candidate, Clause
from nlp.components.cues import cue
from nlp.components.phrases import Range, noun_phrase_after, noun_phrase_before
from nlp.components.subjects import subject_before
from nlp.components.targets import activity_after, particle_after, skip_adverbs, target_after
from nlp.components.verb_frames import says_now, says_why_or_how_long, use_of
from nlp.components.words import ADVERB, AUXILIARY, DETERMINER, GERUND, OPEN, PRONOUN, VERB

_PIVOT = cue(
    r"(?i)\b(?:pivot(?:ed|s|ing)?|switch(?:ed|es|ing)|diversif(?:ied|ying)|branch(?:ed|ing)\s+out|shift(?:ed"
    r"|ing)?|moved|moving|went|gone"
    r"|turned|retooled|re-tooled)\b",
    verbs="pivot switch diversify branch shift move go turn retool re-tooled",
)
_MOVE = re.compile(
    r"(?i)\b(?:mov(?:e|es|ed|ing)|took|taken|taking|tak(?:e|es)|shift(?:ed|ing|s)|switch(?:ed|ing|es)"
    r"|transferr(?:ed|ing)|put"
    r"|brought|went|gone|go|goes|going|migrat(?:ed|ing))\b"
)
_ONTO = (
    r"(?:over\s+(?=the\s|zoom|video)|down\s+(?=the\s)|via|through\s+(?=the\s)|(?:is|are|was|were)\s+(?=an?\s)"
    r"|for\s+(?=an?\s)|on\s*to|over\s+to|across\s+to|onto|to|on|into|over|by)\s+"
    r"(?:the\s+|an?\s+|our\s+|its\s+|their\s+)?"
)
_MEDIUM = (
    r"(?:hospital\s+|weekly\s+|daily\s+|conference\s+|group\s+|video\s+|local\s+|community\s+|free\s+|live\s+"
    r"|private\s+)*"
    r"(?:telephones?|phones?(?:\s+(?:line|calls?|tree))?|zoom|whatsapp|facebook(?:\s+live)?|youtube|discord|skype"
    r"|teams|facetime"
    r"|google\s+meet|messenger|instagram|radio|airwaves|internet|web(?:site)?|screen|video(?:\s+calls?)?"
    r"|podcasts?|email|e-mail"
    r"|conference\s+calls?|phone-in|livestream|live\s+stream|streaming|phone\s+app|apps?|texts?|text\s+messages?|radios?"
    r"|laptops?|tablets?|zoom\s+(?:link|call)|chat(?:\s+(?:thread|group|room))?|group\s+chat|voice\s+notes?|wire|minecraft|twitch|slack)"
    r"(?:\s+(?:voice\s+notes?|group|groups|channel|calls?|chat|live|thread|meeting))?(?!\s+(?:line\s+)?(?:number|bill|box))"
)
_ONLINE = cue(
    rf"(?i)\b(?:(?P<bare>online|on-line|virtual|digital|remote)\b|{_ONTO}(?P<medium>{_MEDIUM})\b)",
    words="online on-line virtual digital remote on onto over across to into by via down through is are was were for",
)
_ASKS = frozenset(
    ("book", "books", "booked", "call", "ring", "find", "see", "sign", "apply", "order", "pay", "buy", "heard",
     "hear", "saw", "seen", "read", "advertise", "advertised", "announced")
)  # fmt: skip
_ONCE = cue(
    r"(?i)(?<!at\s)\b(?:once|formerly|previously|until\s+then|until\s+recently|hitherto)\b",
    words="once formerly previously until hitherto",
)
_MAKER = re.compile(r"(?i)\b(?:maker|seller|supplier|producer|brewer|manufacturer|home|purveyor|printer)s?\s+of\s+")
_WAS_NOW = cue(
    r"(?i)\b(?:what\s+(?:was|had\s+been|used\s+to\s+be)|where\s+(?:once\s+)?there\s+(?:was|were"
    r"|had\s+been))(?:\s+once)?\b",
    words="what where",
)
_WHERE_NOW = cue(
    r"(?i)\bwhere\s+[^.;]{3,80}?\s(?:(?:it|they|we|there|you)\s+(?:(?:is|are)\s+now|now)|(?:there\s+(?:is|are)|(?:now\s+)?(?:stands?|sits?|are|is)(?:\s+now)?))\b",
    words="where",
)
_IN_FORMER = cue(
    r"(?i)\bin(?:to|side)?\s+(?:the|an?|our|its|their|what\s+(?:was|had\s+been|used\s+to\s+be))\s+(?=(?:former"
    r"|old|disused|empty|derelict|redundant|vacant|closed|abandoned|ex-|unused)\b)",
    words="in into inside",
)


def read_pivots(clause: Clause) -> Iterator[Candidate]:
    """A pivoted from X to Y; A switched from X to Y."""
    for match, first, after in clause.find(_PIVOT):
        verb = match[0].lower()
        source: Range | None = None
        at = skip_adverbs(clause, after)
        if clause.lower(at) == "from":
            source = target_after(clause, at + 1)
            at = source[1] if source else at
        arrival = particle_after(clause, at, ("to", "into"), reach=4 if source else 1)
        target = target_after(clause, arrival) if arrival else None
        is_from_to = verb in ("went", "gone", "switched", "shifted", "turned") and source is not None
        is_activity = arrival is not None and target is not None and clause.words[arrival].tag == GERUND
        is_named = verb.startswith(("pivot", "retool", "re-tool", "divers", "branch"))
        is_meant = is_activity or verb.startswith("pivot") or (source is not None and (is_named or is_from_to))
        if target and is_meant:
            yield Candidate(
                "switched to", 0.7 if source else 0.55, (first, target[1]), target,
                subject=subject_before(clause.words, first), from_=source,
                needs_known_use=is_from_to and not is_activity,
            )  # fmt: skip


def read_media(clause: Clause) -> Iterator[Candidate]:
    """A moved X online, on to the telephone, onto Zoom; X went online."""
    for match, first, _ in clause.find(_ONLINE):
        verb = next((i for i in range(first - 1, max(first - 12, -1), -1) if _MOVE.fullmatch(clause.lower(i))), None)
        if verb is None or (clause.lower(verb) in ("put", "brought") and not match["bare"]):
            yield from _held_on_medium(clause, match, first)
            continue
        group = "bare" if match["bare"] else "medium"
        target = _words_between(clause, match.start(group), match.end(group))
        at = skip_adverbs(clause, verb + 1)
        source = noun_phrase_after(clause.words, at) if at < first else None
        subject = subject_before(clause.words, verb)
        if source is None:
            source, subject = subject, None
            if source is None or clause.words[source[0]].tag == PRONOUN:
                continue
        yield Candidate("moved online", 0.75, (verb, target[1]), target, subject=subject, from_=source)


def _held_on_medium(clause: Clause, match: re.Match[str], first: int) -> Iterator[Candidate]:
    """Sunday school happens on a laptop now; we've been doing the quiz by text: an activity, whatever its verb."""
    group = "bare" if match["bare"] else "medium"
    target = _words_between(clause, match.start(group), match.end(group))
    verb = next((i for i in range(first, max(first - 10, -1), -1) if _is_verb(clause, i)), None)
    if verb is None or clause.words[verb].lower in _ASKS or any(clause.lower(i) in _ASKS for i in range(verb, first)):
        return
    thing = noun_phrase_after(clause.words, skip_adverbs(clause, verb + 1)) if verb + 1 < first else None
    subject = subject_before(clause.words, verb)
    source, actor = (thing, subject) if thing and thing[1] <= first and use_of(clause, thing) else (subject, None)
    if source and use_of(clause, source) not in (None, "digital-online") and target[0] >= source[1]:
        marks = says_now(clause) + says_why_or_how_long(clause)
        yield Candidate(
            "held on a medium", (0.4, 0.5, 0.5)[marks], (verb, target[1]), target, subject=actor, from_=source,
        )  # fmt: skip


def _is_verb(clause: Clause, index: int) -> bool:
    """Is it a verb: not the "-ing" of a noun phrase, but that of "been doing the quiz"?"""
    tag = clause.words[index].tag
    return tag in (VERB, AUXILIARY) or (tag == GERUND and clause.words[index - 1].tag in (AUXILIARY, ADVERB))


def read_former_selves(clause: Clause) -> Iterator[Candidate]:
    """What was X is now Y; A, once a maker of X, spent the winter making Y; once X, now Y."""
    for _, first, after in clause.find(_WAS_NOW):
        source = noun_phrase_after(clause.words, after) if _opens_noun_phrase(clause, after) else None
        arrival = _now_after(clause, source[1]) if source else None
        target = target_after(clause, arrival) if arrival else None
        if source and target:
            yield Candidate("what was X is now Y", 0.85, (first, target[1]), target, from_=source)
    for _, first, after in clause.find(_ONCE):
        yield from _read_once(clause, first, after)


def read_where_now(clause: Clause) -> Iterator[Candidate]:
    """Where it sold X it now does Y."""
    for _, first, after in clause.find(_WHERE_NOW):
        verb = next((i for i in range(first, after) if clause.words[i].tag in (VERB, AUXILIARY)), None)
        source = noun_phrase_after(clause.words, verb + 1) if verb else None
        target = activity_after(clause, after)
        if source and target and source[1] < after:
            yield Candidate("where X, now Y", 0.65, (first, target[1]), target, from_=source)


def read_in_former(clause: Clause) -> Iterator[Candidate]:
    """A opened Y in the former X."""
    for _, first, after in clause.find(_IN_FORMER):
        source = noun_phrase_after(clause.words, after)
        verb = next((i for i in range(first - 1, max(first - 12, -1), -1) if _OPENS.fullmatch(clause.lower(i))), None)
        if source is None or verb is None:
            continue
        target = target_after(clause, verb + 1 + (clause.lower(verb + 1) in ("up", "out")))
        if target and target[1] <= first:
            yield Candidate(
                "in the former X", 0.6, (verb, source[1]), target, subject=subject_before(clause.words, verb),
                from_=source, needs_known_use=True,
            )  # fmt: skip


_OPENS = re.compile(
    r"opened|opens|runs|ran|set|sets|launched|started|created|established|hosts|hosted|built|installed|housed"
)


def _opens_noun_phrase(clause: Clause, index: int) -> bool:
    return index < len(clause.words) and clause.words[index].tag in (DETERMINER, OPEN)


def _now_after(clause: Clause, index: int) -> int | None:
    for at in range(index, min(index + 10, len(clause.words))):
        if clause.words[at].tag == AUXILIARY and clause.lower(at + 1) in ("now", "become"):
            return at + 2
        if clause.lower(at) == "became":
            return at + 1
        if clause.lower(at) == "now":
            return at + 1 + (clause.lower(at + 1) in ("houses", "has", "there", "is"))
    return None


def _read_once(clause: Clause, first: int, after: int) -> Iterator[Candidate]:
    maker = _MAKER.search(
        clause.text, clause.words[first].end, min(clause.words[first].end + 24, clause.sentence.end)
    )
    start = _words_between(clause, maker.start(), maker.end())[1] if maker else after
    source = noun_phrase_after(clause.words, start)
    closing = source[1] if source else after
    if source and first == 0 and clause.lower(closing) == ",":
        arrival = _now_after(clause, closing + 1)
        opening = target_after(clause, arrival) if arrival else None
        if opening:
            yield Candidate("once X, now Y", 0.75, (first, opening[1]), opening, from_=source, needs_known_use=True)
    if source is None or clause.lower(closing) != "," or clause.lower(first - 1) != ",":
        return
    subject = noun_phrase_before(clause.words, first - 1)
    gerund = next(
        (i for i in range(closing + 1, min(closing + 8, len(clause.words))) if clause.words[i].tag == GERUND), None
    )
    arrival = _now_after(clause, closing + 1)
    if maker and gerund is not None:
        target = noun_phrase_after(clause.words, gerund + 1, is_target=True)
    else:
        target = target_after(clause, arrival) if arrival else None
    if subject and target:
        yield Candidate(
            "once X, now Y", 0.65, (first, target[1]), target, subject=subject, from_=source,
            needs_known_use=maker is None,
        )  # fmt: skip


def _words_between(clause: Clause, start: int, end: int) -> Range:
    inside = [i for i, word in enumerate(clause.words) if word.start < end and word.end > start]
    return inside[0], inside[-1] + 1
