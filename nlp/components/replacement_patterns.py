"""One thing in the place of another: gave way to, replaced, swapped, out with the old and in with the new."""

from __future__ import annotations

from collections.abc import Iterator

from nlp.components.clause import Candidate, Clause
from nlp.components.cues import cue
from nlp.components.inflections import any_form
from nlp.components.phrases import noun_phrase_after, noun_phrase_before
from nlp.components.subjects import subject_before
from nlp.components.targets import particle_after, target_after, targets_after
from nlp.components.verb_frames import are_different_things, clause_end, frames, is_passive, object_of, use_of

_WAY = cue(
    rf"(?i)\b(?:{any_form('give make')}\s+(?:up\s+)?(?:way|room|space|ground)\s+(?:(?:in|by|last"
    rf"|this)\s+\w+\s+)?(?:to|for)"
    rf"|{any_form('yield')}\s+(?:\w+ly\s+)?to"
    rf"|{any_form('be')}(?:\s+(?:since|now|later|then|soon|eventually|temporarily|being|been))*\s+"
    r"(?:replaced|superseded|supplanted|displaced|ousted|succeeded|swapped\s+out)\s+(?:by|with|for))\b",
    verbs="give make be yield",
)
_REPLACES = cue(
    rf"(?i)\b(?:{any_form('replace displace oust supplant supersede')}|{any_form('take')}\s+(?:the\s+place\s+of"
    rf"|over\s+from)|{any_form('stand')}\s+in\s+for)\b",
    verbs="replace displace oust supplant supersede take stand",
)
_SWAP = cue(
    rf"(?i)\b{any_form('swap trade exchange substitute replace')}\b", verbs="swap trade exchange substitute replace"
)
_OUT_IN = cue(r"(?i)\bout\s+(?:went|go|goes|came|with)\s+", words="out")
_IN_CAME = cue(r"(?i)\bin\s+(?:came|come|comes|went|with)\s+", words="in")
_WENT = cue(
    r"(?i)\b(?:(?:went|goes|gone)\s+(?:into\s+(?:storage|store|the\s+\w+)|to\s+the\s+(?:tip|dump|cellar)|out|away)"
    r"|came\s+(?:out|down|up)|(?:was|were|are|is)\s+(?:taken\s+out|cleared|packed\s+away|put\s+away|stacked|"
    r"moved\s+out|gone|out|ripped\s+out|torn\s+out|removed|sold|carried\s+out|stripped\s+out|dismantled|unscrewed))\b",
    verbs="go come be",
)
_CAME = cue(
    r"(?i)\b(?:(?:came|come|comes|went|go|goes|are|is|were|was)\s+(?:in|up|installed|moved\s+in|put\s+in|brought\s+in"
    r"|wheeled\s+in|laid\s+out|set\s+up)|moved\s+in|arrived|took\s+their\s+place)\b",
    verbs="come go be move arrive take",
)


def read_ways(clause: Clause) -> Iterator[Candidate]:
    """X gave way to Y; X was replaced by Y."""
    for frame in frames(clause, _WAY):
        for target in targets_after(clause, frame.after):
            yield Candidate("gave way to", 0.7, (frame.first, target[1]), target, from_=frame.subject)


def read_replacements(clause: Clause) -> Iterator[Candidate]:
    """Y replaced X; Y took the place of X."""
    for frame in frames(clause, _REPLACES):
        source = object_of(clause, frame)
        if frame.is_passive or source is None or frame.subject is None:
            continue
        has_with = particle_after(clause, source[1], ("with",), reach=8)
        if has_with is None and are_different_things(clause, source, frame.subject):
            yield Candidate("replaced", 0.65, (frame.first, source[1]), frame.subject, from_=source)


def read_swaps(clause: Clause) -> Iterator[Candidate]:
    """A swapped X for Y; A replaced X with Y."""
    for match, first, after in clause.find(_SWAP):
        particles = ("with", "by") if match[0].lower().startswith("replac") else ("for", "with", "against")
        arrival = particle_after(clause, after, particles, reach=14)
        target = target_after(clause, arrival) if arrival else None
        if is_passive(clause, first) and target:
            source = subject_before(clause.words, first)
            yield Candidate("swapped for", 0.65, (first, target[1]), target, from_=source, needs_known_use=True)
            continue
        source = target_after(clause, after)
        if source and target and arrival and source[0] < arrival - 1:
            source = (source[0], min(source[1], arrival - 1))
            yield Candidate(
                "swapped for", 0.7, (first, target[1]), target, from_=source,
                subject=subject_before(clause.words, first), needs_known_use=use_of(clause, source) is None,
            )  # fmt: skip


def read_out_and_in(clause: Clause) -> Iterator[Candidate]:
    """Out went the snooker tables, in came the sewing machines; the tables went into storage and machines came in."""
    for _, first, after in clause.find(_OUT_IN):
        source = noun_phrase_after(clause.words, after)
        for _, _, arrival in clause.find(_IN_CAME):
            target = target_after(clause, arrival)
            if source and target and target[0] > source[1]:
                yield Candidate("out and in", 0.75, (first, target[1]), target, from_=source)
    for _, first, after in clause.find(_WENT):
        source = subject_before(clause.words, first)
        for _, came, _ in clause.find(_CAME):
            target = noun_phrase_before(clause.words, came)
            if source and target and came > after and target[0] >= after and _is_next_clause(clause, first, came):
                yield Candidate(
                    "out and in", 0.6, (first, came + 1), target, from_=source,
                    needs_known_use=use_of(clause, source) is None,
                )  # fmt: skip
                break


def _is_next_clause(clause: Clause, first: int, second: int) -> bool:
    return second - clause_end(clause, first) < 12
