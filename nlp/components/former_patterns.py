"""What something used to be, told beside what it is: once a bakery, a former butcher's, until 2020 a hotel."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp.components.clause import Candidate, Clause
from nlp.components.cues import cue
from nlp.components.inflections import any_form
from nlp.components.phrases import Range, noun_phrase_after, noun_phrase_before
from nlp.components.subjects import subject_before
from nlp.components.targets import activity_after, skip_adverbs, target_after, targets_after
from nlp.components.verb_frames import (
    are_different_things,
    are_different_uses,
    subject_of,
    use_of,
)
from nlp.components.words import AUXILIARY, GERUND, PRONOUN, RELATIVE, VERB

_USED_TO = cue(
    r"(?i)\b(?:used\s+to\s+(?:be|house|hold|host|sell|make|run|serve|do)|(?:was|were|had\s+been)(?:\s+(?:once|formerly|originally|for\s+(?:\w+\s+){1,3}years|until\s+\S+(?:\s+\S+)?))?"
    r"|(?:began|begun|started)(?:\s+(?:life|out|off))?\s+as|set\s+out\s+as|having\s+been)\s+(?=(?:an?|the|our|its|just|nothing\s+but)\b)",
    words="used was were had having set",
    verbs="begin start",
)
_NOW_IS = cue(
    r"(?i)\b(?:(?:is|are|['’]s|has\s+become|became|have\s+become|turned\s+into|ended\s+up(?:\s+as)?|finished\s+up\s+as"
    r"|runs\s+as|serves\s+as|operates\s+as|works\s+as|found\s+itself)(?=\s+(?:now\s+|today\s+)?(?:an?|the|our|where|home)\b)"
    r"|(?:is|are|['’]s)\s+(?:now|today|these\s+days|currently)|(?:now|today|these\s+days),?\s+(?:it|they|we|the\s+\w+)?\s*(?:is|are|['’]s)|now|today|these\s+days)\b",
    verbs="be become turn end finish run serve operate work find have now today these",
)
_FORMER = re.compile(
    r"(?i)\b(?:former|old|disused|derelict|redundant|empty|vacant|ex-\w*|closed|abandoned|erstwhile|one-time|onetime|converted|unused)\b"
)
_APPOSITION = cue(
    r"(?i)(?:[,(–—]\s*)(?:now|today|these days|currently|these\s+days)\s+(?=(?:an?|the|our|home)\b)",
    words="now today these currently",
)
_ONCE_APPOSITION = re.compile(
    r"(?i)[,(–—]\s*(?:once|formerly|previously|originally|until\s+\S+(?:\s+\d{4})?|(?=an?\s[^,()]{3,40}\suntil\b))\s*(?=\S)"
)
_SPENT = cue(
    rf"(?i)\b{any_form('spend')}\s+(?:[^,.;]{{2,60}}?\s)(?=as\s|\w+ing\s)|\b(?:has|have|had)\s+(?:since\s+)?been\s+(?=(?:an?|the|our|where)\s)|\bended\s+up\s+(?:as\s+)?|\bfound\s+itself\s+",
    verbs="spend have end find",
)
_LEADING = cue(
    r"(?i)^\W*(?:once|formerly|previously|originally|having\s+(?:once\s+)?been|built\s+as|until\s+(?:recently|\d{4}|then|last\s+\w+|the\s+\w+))\s+"
    r"(?=(?:an?|the|our|home)\s)",
    words="once formerly previously originally having built until",
)
_BETWEEN = frozenset(("now", "today", "then", "was", "soon", "is", "are", "were", "these", "days"))
_PUNCTUATION = frozenset((",", "(", ")", ";", ":", "–", "—", "."))


def read_former_now(clause: Clause) -> Iterator[Candidate]:
    """It used to be a sweet shop, it's a pharmacy now; until 2020 the Grange was a hotel; today it is a hostel."""
    for _, first, after in clause.find(_USED_TO):
        source = noun_phrase_after(clause.words, skip_adverbs(clause, after))
        if source is None:
            continue
        for _, start, arrival in clause.find(_NOW_IS):
            if start < source[1] or start - source[1] > 25:
                continue
            target = _target_at(clause, arrival)
            if target and are_different_uses(clause, source, target):
                subject = subject_before(clause.words, first)
                named = subject if subject and _is_named(clause, subject) else None
                yield Candidate(
                    "used to be, is now", 0.65, (start, target[1]), target, subject=named, from_=source,
                )  # fmt: skip
                break


def read_former_thing(clause: Clause) -> Iterator[Candidate]:
    """A former butcher's now lends tools to anyone in the street; the old cells hold tins."""
    for _, first, _ in clause.find(_FORMER):
        source = noun_phrase_after(clause.words, first)
        if source is None or use_of(clause, source) is None:
            continue
        verb = next((i for i in range(source[1], min(source[1] + 5, len(clause.words)))
                     if clause.words[i].tag in (VERB, AUXILIARY)), None)  # fmt: skip
        if verb is None or subject_before(clause.words, verb) is None or clause.words[verb].tag == AUXILIARY:
            continue
        target = activity_after(clause, verb)
        if target and are_different_uses(clause, source, target) and _is_subject(clause, source, verb):
            yield Candidate("former X does Y", 0.5, (verb, target[1]), target, from_=source)


def read_appositions(clause: Clause) -> Iterator[Candidate]:
    """The reading room, now a vets' drop-in; the pharmacy (formerly the Co-op)."""
    for _, first, after in clause.find(_APPOSITION):
        source, target = noun_phrase_before(clause.words, first), target_after(clause, after)
        if source and target and are_different_things(clause, source, target):
            yield Candidate("X, now Y", 0.65, (first, target[1]), target, from_=source)
    for _, first, after in clause.find(_ONCE_APPOSITION):
        holder = noun_phrase_before(clause.words, first)
        source = noun_phrase_after(clause.words, after)
        if holder is None or source is None:
            continue
        if are_different_uses(clause, source, holder) and clause.lower(first - 1) != "is":
            yield Candidate("Y, formerly X", 0.5, (first, source[1]), holder, from_=source)
        for _, start, arrival in clause.find(_NOW_IS):
            target = _target_at(clause, arrival) if 0 <= start - source[1] < 8 else None
            if target and are_different_uses(clause, source, target):
                yield Candidate("Y, formerly X", 0.65, (first, target[1]), target, subject=holder, from_=source)
                break


def read_leading_once(clause: Clause) -> Iterator[Candidate]:
    """Formerly a butcher's, the shop lends tools; once a bakery, number nine now hands out school uniforms."""
    for _, _, after in clause.find(_LEADING):
        source = noun_phrase_after(clause.words, after)
        comma = source[1] if source else after
        if source is None or clause.lower(comma) != ",":
            continue
        verb = next((i for i in range(comma + 2, min(comma + 9, len(clause.words)))
                     if clause.words[i].tag in (VERB, AUXILIARY)), None)  # fmt: skip
        if verb is None:
            continue
        is_copula = clause.words[verb].tag == AUXILIARY
        target = _target_at(clause, verb + 1) if is_copula else activity_after(clause, verb)
        if target and are_different_things(clause, source, target):
            subject = subject_before(clause.words, verb)
            yield Candidate("once X, now Y", 0.65, (verb, target[1]), target, subject=subject, from_=source)


def read_same_thing(clause: Clause) -> Iterator[Candidate]:
    """The minibuses that took pensioners to bingo now carry prescriptions."""
    for index, word in enumerate(clause.words[:-1]):
        if word.tag != RELATIVE or word.lower not in ("that", "which", "who", "where") or index == 0:
            continue
        old = next(
            (i for i in range(index + 1, min(index + 6, len(clause.words))) if clause.words[i].tag == VERB), None
        )
        new = _main_verb(clause, old) if old else None
        if old is None or new is None:
            continue
        source = (old, _phrase_end(clause, old, new))
        target = activity_after(clause, new)
        if target and are_different_uses(clause, source, target):
            holder = noun_phrase_before(clause.words, index - (clause.lower(index - 1) == ","))
            yield Candidate("that did X now do Y", 0.55, (new, target[1]), target, subject=holder, from_=source)


def read_spells(clause: Clause) -> Iterator[Candidate]:
    """The lighthouse has spent two years as a school; the squash courts have been a gallery since 2017."""
    for _, first, after in clause.find(_SPENT):
        subject = subject_of(clause, first)
        at = after + 1 if clause.lower(after) == "as" else after
        for target in targets_after(clause, at) if subject else ():
            if subject and are_different_things(clause, subject, target):
                yield Candidate("spent time as", 0.6, (first, target[1]), target, subject=subject)


def _main_verb(clause: Clause, old: int) -> int | None:
    """The verb of the main clause after a relative one: the next finite verb that no joint or relative governs."""
    for index in range(old + 1, len(clause.words)):
        word = clause.words[index]
        if word.tag == VERB and clause.lower(index - 1) not in ("and", "or", "to", ","):
            return index
        if word.tag in (RELATIVE,) or word.text in (";", ":"):
            return None
    return None


def _phrase_end(clause: Clause, old: int, new: int) -> int:
    end = new
    while end > old + 1 and (clause.words[end - 1].text in _PUNCTUATION or clause.lower(end - 1) in _BETWEEN):
        end -= 1
    stop = next((i for i in range(old + 1, end) if clause.lower(i) in ("for", "until", "since")), end)
    return min(stop, end)


def _target_at(clause: Clause, arrival: int) -> Range | None:
    at = skip_adverbs(clause, arrival)
    while clause.lower(at) in (
        "it",
        "they",
        "we",
        "there",
        "is",
        "are",
        "'s",
        "has",
        "houses",
        "home",
        "to",
        ",",
        "the",
    ):
        at += 1
    if at < len(clause.words) and clause.words[at].tag in (VERB, GERUND):
        return activity_after(clause, at)
    return target_after(clause, at)


def _is_named(clause: Clause, subject: Range) -> bool:
    return clause.words[subject[0]].is_capitalised and clause.words[subject[0]].tag != PRONOUN


def _is_subject(clause: Clause, source: Range, verb: int) -> bool:
    subject = subject_of(clause, verb)
    return subject is not None and subject[0] < source[1] and source[0] < subject[1]
