"""The constructions in which English says that something was put to another use.

Each rule reads one clause and gives candidates; `nlp.components.repurposing` asks whether they happened and
make sense. The score is a rough confidence in the construction itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from nlp.components.clause import Candidate, Clause
from nlp.components.cues import cue
from nlp.components.phrases import Range, noun_phrase_after, noun_phrase_before
from nlp.components.subjects import subject_before
from nlp.components.targets import particle_after, skip_adverbs, target_after, targets_after
from nlp.components.use_categories import category_by_words
from nlp.components.verb_frames import are_different_uses, says_now, says_why_or_how_long, use_of
from nlp.components.words import ADVERB, DETERMINER

Rule = Callable[[Clause], Iterator[Candidate]]

_OBJECT_REACH = 16
_MADE = cue(r"(?i)\b(?:made|make|makes|making)\b(?!\s+(?:into|over|way|up|out|from|of)\b)", verbs="make")
_GAP = cue(r"(?i)\binto\b", words="into")
_INTO_BEFORE = re.compile(r"(?i)\b(?:turn|convert|transform|made|chang|adapt)\w*\b.*\binto\b")
_BASE = re.compile(r"turn|convert|transform|adapt|re-?purpose|make|change|put|set|let")
_TO_USE = ("as", "for", "to run", "to host", "to house")
_REFLEXIVE = ("itself", "themselves", "ourselves", "myself")


@dataclass(frozen=True)
class Change:
    """A verb of change and the particles that lead to what came of it."""

    verb: str
    particles: tuple[str, ...]
    score: float
    needs_known_use: bool = False
    needs_object: bool = False
    """"Opened as a cinema" is how a cinema begins; "opened its hall as a shelter" is a change."""


CHANGES = (
    Change(r"turn(?:s|ed|ing)?", ("into", "over to"), 0.85),
    Change(r"(?:convert|transform)(?:s|ed|ing)?", ("into", "to", "for use as"), 0.9),
    Change(r"adapt(?:s|ed|ing)?", ("into", "for use as", "as", "to serve as", "to be",
           "to house", "to host", "for", "to carry", "to make", "to take", "to hold"), 0.8, True),
    Change(r"(?:repurpos|re-purpos)(?:e|es|ed|ing)", ("into", "as", "for", "to serve as", "to"), 0.9),
    Change(r"(?:made|makes|making|make|remade)(?:\s+over)?", ("into", "over into", "over as"), 0.8),
    Change(r"(?:remade|made\s+over|(?:come|came|brought)\s+back\s+to\s+life)", ("as", "into"), 0.8),
    Change(r"(?:re)?open(?:s|ed|ing)?(?:\s+up)?", ("as",), 0.65, True, True),
    Change(r"chang(?:e|es|ed|ing)", ("into",), 0.7, True),
    Change(r"(?:refit|kit|fit|rig|deck)(?:s|ted|ting)?(?:\s+(?:out|up))?", ("as", "into"), 0.75, True),
    Change(r"(?:remodel|reconfigur|redesign|rebuil|refashion|rearrang|reorganis|refurbish|renovat|rework)\w+",
           ("as", "into"), 0.75, True),
    Change(r"(?:pressed|pressing|brought|put|called|pushed)",
           ("into service as", "into service , as", "into use as", "back into use as",
            "to use as", "to work as", "on the road as"), 0.9),
    Change(r"(?:given|gave|giving|handed|handing|made)(?:\s+over)", ("to", "for"), 0.7, True),
    Change(r"(?:set|setting)\s+(?:aside|up)", ("as", "for"), 0.7, True),
    Change(r"(?:commandeered|requisitioned|borrowed|loaned|lent|let|hired|taken)(?:\s+(?:out|over))?",
           ("as", "for use as", "for"), 0.75, True),
    Change(r"(?:taken|took|taking)(?:\s+(?:on|over))", ("as", "for use as"), 0.7, True),
    Change(r"(?:reborn|reopened|re-opened|relaunched|re-launched|reopens|reopening|reinvent(?:ed|s|ing)|re-?emerged|recast|reclaim(?:ed|ing)|re-?imagin(?:ed|ing)|rebrand(?:ed|ing)|resurrected|revived)",
           ("as",), 0.85),
    Change(r"(?:found|finds|began|begun|started|took on|enjoys|enjoying)\s+(?:a\s+)?"
           r"(?:new|second|another)\s+(?:life|lease of life|use|role|purpose)",
           ("as",), 0.8),
)  # fmt: skip

_DUTY = cue(
    r"(?i)\b(?:serv(?:e|es|ed|ing)|operat(?:e|es|ed|ing)|runs?|ran|running|doubl(?:e|es|ed|ing)(?:\s+up)?"
    r"|work(?:s|ed|ing)?"
    r"|act(?:s|ed|ing)|function(?:s|ed|ing)?|(?:does|did|do|done|doing)\s+(?:double\s+)?(?:duty|service)"
    r"|stood\s+in|stands\s+in"
    r"|moonlight(?:s|ed|ing)?|trad(?:es|ed|ing)|(?:is|are|was|been)\s+in\s+use)(?:,[^,]{1,30},)?\s+as\b",
    words="is are was been",
    verbs="serve operate run double work act function do stand moonlight trade",
)
_BECAME = cue(r"(?i)\b(?:became|become|becomes|becoming)\b", verbs="become")
_IS_NOW = cue(
    r"(?i)(?:\b(?:is|are)|['’]s)\s+(?:now|today|these days)\b|\b(?:now|today)\s+(?:is|are)\b",
    words="is are 's now today",
)
_SHORT_IS = cue(r"(?i)['’]s\s+(?=an?\s[^.!?]{3,60}\bnow\b)", words="'s")
_NOW_HOUSES = cue(
    r"(?i)\b(?:now|today|has\s+since)\s+(?:hous|hosts?|hold|contain|shelter|hosted|is\s+home\s+to"
    r"|are\s+home\s+to)(?:es|e|ed|s)?\b",
    words="now today has",
)
_TAKE_OVER = cue(
    r"(?i)\b(?:took\s+over|taken\s+over|taking\s+over|took\s+on|taken\s+on|moved\s+into|leased|rented|borrowed"
    r"|bought|occupied|squatted|opened\s+up)\b",
    verbs="take move lease rent borrow buy occupy squat open",
)
_SPELL = cue(
    r"(?i)\b(?:was|were|has\s+been|have\s+been|is|are)\s+(?=(?:an?|the|our|where)\s)",
    words="was were has have is are",
)
_DURATION = re.compile(
    r"(?i)\bfor\s+(?:\w+\s+){1,3}(?:days|weeks|months|nights|winters)\b|\bsince\b|\bby\s+(?:noon|midnight|morning"
    r"|night|\w+day|one"
    r"|two|three|four|five|six|seven|eight|nine|ten)\b|\bbecause\b"
)
_USED_PASSIVE = cue(r"(?i)(?<=\s)used\s+(?:as|for)\b", words="used")
_USED = cue(r"(?i)\b(?:used|using|uses|use)\b", verbs="use")


def read_changes(clause: Clause) -> Iterator[Candidate]:
    """X turned Y into Z; Y was converted into Z; Y reopened as Z; X turned itself into Z."""
    for change, pattern in _change_patterns():
        for _, first, after in clause.find(pattern):
            yield from _read_change(clause, change, first, after)


def read_duties(clause: Clause) -> Iterator[Candidate]:
    """X now serves as Y, doubles as Y, does duty as Y."""
    for match, first, after in clause.find(_DUTY):
        is_marked = clause.lower(first - 1) in ("now", "since") or match[0].lower()[0] == "d"
        for target in targets_after(clause, after):
            yield Candidate(
                "serves as", 0.8 if is_marked else 0.55, (first, target[1]), target,
                subject=subject_before(clause.words, first), needs_known_use=not is_marked,
            )  # fmt: skip


def read_becoming(clause: Clause) -> Iterator[Candidate]:
    """X became Y; X is now Y; the laundry room's a prayer space now; the hall now houses Y."""
    patterns = (
        ("became", _BECAME, 0.65),
        ("is now", _IS_NOW, 0.65),
        ("is now", _SHORT_IS, 0.6),
        ("now houses", _NOW_HOUSES, 0.6),
    )
    for name, pattern, score in patterns:
        for _, first, after in clause.find(pattern):
            for target in targets_after(clause, after):
                # "Became overgrown" names no use; "became a ghostly thing" might.
                if clause.words[target[0] - 1].tag != DETERMINER and use_of(clause, target) is None:
                    continue
                subject = subject_before(clause.words, first)
                yield Candidate(name, score, (first, target[1]), target, subject=subject, needs_known_use=True)


def read_spells(clause: Clause) -> Iterator[Candidate]:
    """X was a Y for nine weeks; X was being used as Y, since Z: a use for a while, told with its time or cause."""
    for _, first, after in clause.find(_USED_PASSIVE):
        subject = subject_before(clause.words, first)
        is_passive = clause.lower(first - 1) in ("was", "were", "been", "being", "is", "are", "now", "also")
        for target in targets_after(clause, after) if is_passive and subject else ():
            is_told = (
                bool(subject and are_different_uses(clause, subject, target)) or clause.lower(first - 1) == "now"
            )
            yield Candidate(
                "was used as", 0.55, (first, target[1]), target, subject=subject, needs_known_use=True,
                needs_circumstance=not is_told,
            )  # fmt: skip
    if not (_DURATION.search(clause.sentence.text) or says_why_or_how_long(clause) or says_now(clause)):
        return
    for _, first, after in clause.find(_SPELL):
        before, spell = subject_before(clause.words, first), target_after(clause, after)
        if before and spell and (_differ(clause, before, spell) or _became_lately(clause, before, spell)):
            yield Candidate(
                "was for a while", 0.5, (first, spell[1]), spell, subject=before, needs_known_use=True,
            )  # fmt: skip


def _became_lately(clause: Clause, subject: Range, target: Range) -> bool:
    """A thing of unknown use that is a known one "now" or "since 2018"."""
    is_dated = says_now(clause) and use_of(clause, subject) is None and use_of(clause, target) is not None
    words = clause.words[subject[0] : subject[1]]
    return is_dated and clause.words[subject[0] - 1].tag == DETERMINER and not any(w.is_capitalised for w in words)


def _differ(clause: Clause, subject: Range, target: Range) -> bool:
    """Are both known for a use, and for different ones? Anything "was" something; few things were two."""
    uses = category_by_words(clause.span(subject).text), category_by_words(clause.span(target).text)
    return None not in uses and uses[0] != uses[1]


def read_takeovers(clause: Clause) -> Iterator[Candidate]:
    """A took over the former X to run Y; A used X as Y."""
    for pattern, name, particles, score in (
        (_TAKE_OVER, "took over", (*_TO_USE, "to open", "and opened", "and set up", "and ran"), 0.7),
        (_USED, "used as", (*_TO_USE, "to store"), 0.6),
    ):  # fmt: skip
        for _, first, after in clause.find(pattern):
            source = noun_phrase_after(clause.words, after)
            arrival = particle_after(clause, source[1], particles, reach=8) if source else None
            target = target_after(clause, arrival) if arrival else None
            if source and target:
                yield Candidate(
                    name, score, (first, target[1]), target, subject=subject_before(clause.words, first),
                    from_=source, needs_known_use=True,
                )  # fmt: skip


def _read_change(clause: Clause, change: Change, first: int, after: int) -> Iterator[Candidate]:
    if _is_bare(clause, first):
        return
    at = skip_adverbs(clause, after)
    arrival = _particle_at(clause, at, change.particles)
    subject = subject_before(clause.words, first)
    source: Range | None = None
    name, is_reflexive = "was turned into", clause.lower(at) in _REFLEXIVE
    if arrival is None:
        source = None if is_reflexive else noun_phrase_after(clause.words, at)
        start = source[1] if source else at
        arrival = particle_after(clause, start, change.particles, reach=_OBJECT_REACH)
        name = "turned itself into" if is_reflexive else "turned into"
    targets = targets_after(clause, arrival) if arrival else []
    if targets and change.needs_object and source is None and not are_different_uses(clause, subject, targets[0]):
        return
    if targets and clause.lower(targets[0][1]) == "as":
        # "Made over to the climbing club as an indoor wall": what follows is the use, and the club its user.
        targets = targets_after(clause, targets[0][1] + 1) or targets
    for target in targets[:1]:
        yield Candidate(
            name, change.score, (first, target[1]), target, subject=subject, from_=source,
            agent=_agent_after(clause, after, target), needs_known_use=change.needs_known_use,
            is_reflexive=is_reflexive, others=tuple(targets[1:]),
        )  # fmt: skip


def _is_bare(clause: Clause, verb: int) -> bool:
    """Is it a base form that nobody is said to have done, as in a heading "Make it into a museum"?"""
    before = clause.lower(verb - 1)
    is_base = bool(_BASE.fullmatch(clause.lower(verb)))
    return (
        is_base
        and before not in ("we", "they", "i", "you", "to", "did", "do", "who", "that")
        and not before.endswith("s")
    )


def _particle_at(clause: Clause, index: int, particles: Sequence[str]) -> int | None:
    """The index after a particle that stands at `index`, or after a "by the Friends", "in May" before it."""
    return particle_after(clause, index, tuple(particles), reach=1) or _particle_past_phrase(
        clause, index, tuple(particles)
    )


def _particle_past_phrase(clause: Clause, index: int, particles: tuple[str, ...]) -> int | None:
    if clause.lower(index) not in ("by", "in", "on", "for", "at", "from", "over", "during", "within"):
        return None
    return particle_after(clause, index + 1, particles, reach=10)


def _agent_after(clause: Clause, verb_end: int, target: Range) -> Range | None:
    """The "by the Friends" of a passive, before the target or just after it."""
    for start, end in ((verb_end, target[0]), (target[1], target[1] + 1)):
        for index in range(start, min(end, len(clause.words))):
            if clause.lower(index) == "by":
                return noun_phrase_after(clause.words, index + 1)
    return None


@cache
def _change_patterns() -> tuple[tuple[Change, re.Pattern[str]], ...]:
    return tuple((change, re.compile(rf"(?i)\b(?:{change.verb})\b")) for change in CHANGES)


def read_made_it(clause: Clause) -> Iterator[Candidate]:
    """We made the committee room a prayer room: two noun phrases after "made"."""
    for _, first, after in clause.find(_MADE):
        source = noun_phrase_after(clause.words, after)
        if source is None or clause.lower(source[1]) not in ("a", "an", "our", "the"):
            continue
        target = target_after(clause, source[1])
        if target and are_different_uses(clause, source, target):
            yield Candidate(
                "made X a Y", 0.65, (first, target[1]), target, subject=subject_before(clause.words, first),
                from_=source,
            )  # fmt: skip


def read_gapped(clause: Clause) -> Iterator[Candidate]:
    """The court turned into a crèche, the cells into a wine bar: the verb of the first is that of the second too."""
    for match, first, _ in clause.find(_GAP):
        target = target_after(clause, first + 1)
        source = noun_phrase_before(clause.words, first)
        earlier = clause.sentence.text[: match.start() - clause.sentence.start]
        if source is None or target is None or not _INTO_BEFORE.search(earlier):
            continue
        joint = source[0] - 1
        while joint > 0 and clause.words[joint].tag in (DETERMINER, ADVERB):
            joint -= 1
        if clause.lower(joint) in ("and", ",") and are_different_uses(clause, source, target):
            yield Candidate("turned into", 0.65, (source[0], target[1]), target, from_=source)
