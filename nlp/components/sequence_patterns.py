"""One activity ended and another begun, within a sentence or in two adjoining ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp.components.clause import Candidate, Clause
from nlp.components.cues import cue
from nlp.components.inflections import any_form
from nlp.components.phrases import Range, noun_phrase_after, purpose_end
from nlp.components.subjects import subject_before
from nlp.components.targets import activity_after, skip_adverbs, target_after
from nlp.components.verb_frames import Frame, are_different_uses, frames, use_of
from nlp.components.words import AUXILIARY, GERUND, PRONOUN, VERB

_STOP = cue(
    rf"(?i)\b(?:{any_form('stop cease quit drop suspend abandon pause shelve cancel mothball scrap ditch axe halt')}"
    rf"|{any_form('give')}\s+up(?:\s+on)?|{any_form('get')}\s+rid\s+of|{any_form('do')}\s+away\s+with"
    rf"|{any_form('put lay set')}\s+(?:aside|away|down|by)|{any_form('pack')}\s+(?:away|in|up)"
    rf"|{any_form('take rip tear strip pull')}\s+(?:out|down|up)"
    rf"|{any_form('clear')}(?:\s+(?:away|out))?|{any_form('shut close')}(?:\s+(?:down|up))?"
    rf"|{any_form('wind')}\s+up|wound\s+up"
    rf"|{any_form('switch')}\s+off|{any_form('roll push fold stack')}\s+(?:up|back|away)|{any_form('remove empty')}"
    rf"|{any_form('hang')}\s+up|hung\s+up|{any_form('call')}\s+off|{any_form('sell')}\s+off|{any_form('lose')}|lost)\b",
    verbs=(
        "stop cease quit drop suspend abandon pause shelve cancel mothball scrap ditch axe halt give get do "
        "put lay set pack take rip tear strip pull clear shut close wind switch roll push fold stack remove "
        "empty hang call sell lose wound hung lost"
    ),
)
_STOPPED = cue(
    r"(?i)\b(?:closed|shut|stopped|ended|finished|folded|ceased|was\s+(?:dropped|cancelled|scrapped|suspended"
    r"|mothballed|abandoned)|were\s+(?:dropped|cancelled|scrapped|suspended|mothballed|abandoned)"
    r"|is\s+no\s+more|went\s+quiet|dried\s+up|came\s+to\s+an\s+end|was\s+off|were\s+off|had\s+to\s+(?:stop|close))\b",
    words="closed shut stopped ended finished folded ceased was were is went dried came had",
)
_STEAD = re.compile(
    r"(?i)\b(?:in\s+(?:its|their|that)\s+(?:place|stead|slot|room|rooms|space)|in\s+place\s+of\s+(?:it|them)"
    r"|where\s+(?:it|they)\s+(?:was|were|stood|had\s+been)|its\s+(?:rooms|space|place|slot)|(?:in|from)\s+the\s+same"
    r"\s+(?:room|rooms|building|place|space|slot|shop|hall|premises|kitchen|courts?)|the\s+same\s+\w+|instead)\b"
)
_CLOSES = re.compile(r"clos|shut|clear|los|remov|empt|tak|took|cancel|call|sold|sell")
"""What is closed or taken away is a use only if it is known for one."""
_PLAIN = frozenset(
    ("sell", "run", "make", "serve", "host", "hold", "teach", "show", "do", "offer", "play", "carry", "print", "keep")
)
_NEXT = frozenset(("and", "then", "to", "but", "so"))
_START = re.compile(r"(?i)(?:start|began|begun|begin|open|launch|set|took|take|went|turn|put|brought|install)\w*")


def read_stops(clause: Clause) -> Iterator[Candidate]:
    """A stopped X and started Y; ripped out the bar and put in a kitchen; A put away its suits and cut masks."""
    for frame in frames(clause, _STOP):
        source = target_after(clause, frame.after)
        if source is None or clause.words[min(frame.after, len(clause.words) - 1)].tag == PRONOUN:
            continue
        source = _up_to_joint(clause, source)
        verb = _next_verb(clause, source[1])
        target = activity_after(clause, verb) if verb is not None else None
        if verb is None or target is None or target[0] >= target[1]:
            continue
        known = _uses_of_activity(clause, target)
        source_use = use_of(clause, source)
        if known is None and source_use is None:
            continue
        if source_use is None and clause.words[source[0]].tag != GERUND and _CLOSES.match(clause.lower(frame.first)):
            continue
        score = 0.65 if known and known != source_use else 0.4
        yield Candidate(
            "stopped and started", score, (frame.first, target[1]), target,
            subject=frame.subject, from_=source,
        )  # fmt: skip


def read_endings(clause: Clause) -> Iterator[Candidate]:
    """The gallery closed, and its rooms are a hostel."""
    for frame in frames(clause, _STOPPED):
        if frame.subject is None or use_of(clause, frame.subject) is None:
            continue
        for _, _, after in clause.find(_STEAD):
            target = _begun_near(clause, frame, after)
            if target and are_different_uses(clause, frame.subject, target):
                yield Candidate(
                    "ended, and in its place", 0.6, (frame.first, target[1]), target, from_=frame.subject,
                )  # fmt: skip
                break


def _begun_near(clause: Clause, frame: Frame, stead: int) -> Range | None:
    """The new use after "in its place": the object of the next verb, or what "is" says."""
    if stead <= frame.after:
        return None
    for index in range(stead, min(stead + 8, len(clause.words))):
        word = clause.words[index]
        if word.tag in (VERB, AUXILIARY) and index + 1 < len(clause.words):
            if clause.words[index + 1].tag in (VERB, GERUND, AUXILIARY):
                continue
            found = noun_phrase_after(clause.words, skip_adverbs(clause, index + 1), is_target=True)
            if found:
                return found
    return noun_phrase_after(clause.words, stead)


def _next_verb(clause: Clause, index: int) -> int | None:
    """The verb of the next clause: after "and" or a comma, over a repeated pronoun and adverbs."""
    for at in range(index, min(index + 14, len(clause.words))):
        if clause.lower(at) not in _NEXT and clause.words[at].text not in (",", ";", "–", "—"):
            continue
        start = at + 1
        while clause.lower(start) in (
            *_NEXT,
            "we",
            "they",
            "it",
            "he",
            "she",
            "i",
            ",",
            "instead",
            "set",
            "have",
            "has",
        ):
            start += 1
        start = skip_adverbs(clause, start)
        if start < len(clause.words) and (
            clause.words[start].tag in (VERB, GERUND) or _START.fullmatch(clause.lower(start))
        ):
            return start
    return None


def _uses_of_activity(clause: Clause, target: Range) -> str | None:
    return use_of(clause, target)


def _up_to_joint(clause: Clause, source: Range) -> Range:
    joint = next((i for i in range(*source) if clause.lower(i) in ("and", "to")), source[1])
    return (source[0], joint) if joint > source[0] else source


_MOVED_IN = cue(
    r"(?i)\b(?:moved|came|went|marched)\s+in\b(?!\s+(?:to|with|the|a)\b)|\btook\s+it\s+over\b|\btook\s+over\b(?=[.,;]|\s+(?:in|when|after)\b)",
    words="moved came went marched took",
)
_EMPTIED = cue(
    rf"(?i)\b(?:{any_form('close shut')}(?:\s+down)?|{any_form('stand')}\s+(?:empty|idle|dark|unused)"
    rf"|lay\s+(?:empty|idle)|fell\s+(?:empty|silent)"
    r"|was\s+(?:empty|closed|deconsecrated)|moved\s+out|left)\b",
    verbs="close shut stand lay fell was moved left",
)


def read_moving_in(clause: Clause) -> Iterator[Candidate]:
    """The church stood empty until a climbing club moved in."""
    for _, first, after in clause.find(_MOVED_IN):
        target = subject_before(clause.words, first)
        for frame in frames(clause, _EMPTIED):
            if target and frame.subject and are_different_uses(clause, frame.subject, target):
                yield Candidate("moved in", 0.55, (first, after), target, from_=frame.subject)
                return


_NO_LONGER = cue(
    r"(?i)\b(?:no\s+longer|used\s+to|never\s+again)\b|\b(?:had|has|have)\s+to\s+(?:stop|cancel|close|give\s+up)\b",
    words="no used never had has have",
)


def read_no_longer(clause: Clause) -> Iterator[Candidate]:
    """The coach firm no longer runs day trips; it repairs laptops. It used to sell bedding; it mends bikes now."""
    for _, first, after in clause.find(_NO_LONGER):
        old = next((i for i in range(after, min(after + 3, len(clause.words))) if clause.words[i].tag == VERB
                    or clause.lower(i) in _PLAIN), None)  # fmt: skip
        source = (old, purpose_end(clause.words, old)) if old is not None else None
        if source is None or old is None:
            continue
        verb = next((i for i in range(source[1] + 1, len(clause.words)) if clause.words[i].tag == VERB), None)
        target = activity_after(clause, verb) if verb is not None else None
        if verb is None or target is None or verb - source[1] > 8:
            continue
        if are_different_uses(clause, source, target):
            thing = source if source[1] - source[0] > 1 else (source[0], source[1])
            yield Candidate(
                "no longer X, but Y", 0.55, (verb, target[1]), target,
                subject=subject_before(clause.words, first), from_=thing,
            )  # fmt: skip
