"""What a thing does duty as, in whatever words: works nights as, earns its keep as, passes for, is where you …"""

from __future__ import annotations

from collections.abc import Iterator

from nlp.components.clause import Candidate, Clause
from nlp.components.cues import cue
from nlp.components.phrases import Range, noun_phrase_after, noun_phrase_before
from nlp.components.plausibility import is_person
from nlp.components.subjects import subject_before
from nlp.components.targets import activity_after, skip_adverbs, target_after
from nlp.components.verb_frames import are_different_uses, use_of
from nlp.components.words import AUXILIARY, GERUND, NUMBER, PRONOUN, VERB

_AS = cue(
    r"(?i)(?<!well\s)(?<!such\s)(?<!same\s)(?<!known\s)(?<!just\s)\bas\s+(?!(?:well|soon|long|much|many|usual|if|though"
    r"|part|of|the\s+(?:day|year)s?|an?\s+(?:result|rule|treat|team|thank|matter|way|consequence|whole|group|child|boy"
    r"|girl|family|couple|friend|volunteer))\b)",
    words="as",
)
_FOR = cue(r"(?i)\b(?:does|do|did|passes|pass|passed|answers|answered)\s+(?:for|to\s+the\s+name\s+of)\b",
           words="does do did passes pass passed answers answered")  # fmt: skip
_IS_WHERE = cue(r"(?i)(?:\b(?:is|are|was|were|been)|['’]s)\s+(?:now\s+|also\s+)*(?:where|a\s+place\s+(?:to|where))\b",
                words="where place")  # fmt: skip
_MADE_A = cue(r"(?i)\bmade\s+(?=(?:an?|our|the)\s)", words="made")
_DOERS = ("to", "we", "you", "they")
_FARTHEST = 11


def read_as(clause: Clause) -> Iterator[Candidate]:
    """The playbus went out each lunchtime as a soup van; the snooker room earns its keep as a dispensary."""
    for _, first, after in clause.find(_AS):
        target = target_after(clause, after)
        if target is None:
            continue
        for holder, verb, actor in _holders(clause, first):
            if is_person(clause.span(holder).text) or not _may_differ(clause, holder, target):
                continue
            score = 0.55 if are_different_uses(clause, holder, target) else 0.4 if use_of(clause, target) else 0.35
            yield Candidate("as a Y", score, (verb, target[1]), target, subject=actor, from_=holder)
            break


def read_standing_for(clause: Clause) -> Iterator[Candidate]:
    """The back room does for a classroom; the reading room passes for a crèche."""
    for _, first, after in clause.find(_FOR):
        subject, target = subject_before(clause.words, first), target_after(clause, after)
        if target and are_different_uses(clause, subject, target):
            yield Candidate("serves as", 0.5, (first, target[1]), target, from_=subject)


def read_is_where(clause: Clause) -> Iterator[Candidate]:
    """The chippy's where you go for your teeth now; the boardroom is a place to sleep."""
    for _, first, after in clause.find(_IS_WHERE):
        subject = subject_before(clause.words, first)
        verb = next((i for i in range(after, min(after + 6, len(clause.words)))
                     if clause.words[i].tag == VERB or clause.lower(i - 1) in _DOERS), None)  # fmt: skip
        target = activity_after(clause, verb) if verb is not None else None
        if target and are_different_uses(clause, subject, target):
            yield Candidate("is where", 0.5, (first, target[1]), target, from_=subject)


def read_made_a(clause: Clause) -> Iterator[Candidate]:
    """The gymnasium was made a ward overnight."""
    for _, first, after in clause.find(_MADE_A):
        if clause.words[max(first - 1, 0)].tag != AUXILIARY or clause.lower(first - 1) in ("had", "has", "have"):
            continue
        subject, target = subject_before(clause.words, first), target_after(clause, after)
        if target and are_different_uses(clause, subject, target):
            yield Candidate("made X a Y", 0.55, (first, target[1]), target, from_=subject)


def _holders(clause: Clause, first: int) -> Iterator[tuple[Range, int, Range | None]]:
    """What is done duty by: the phrase right before "as" (an object, with its actor), else the verb's subject."""
    verb = next((i for i in range(first - 1, max(first - _FARTHEST, -1), -1)
                 if clause.words[i].tag in (VERB, GERUND) and not _inside_phrase(clause, i)), None)  # fmt: skip
    if verb is None:  # "was done up as": the word lists take "done" for a helping verb
        verb = next((i for i in range(first - 1, max(first - 4, -1), -1) if clause.words[i].tag == AUXILIARY), None)
    if verb is None or any(clause.words[i].text in ";:" for i in range(verb, first)):
        return
    subject = subject_before(clause.words, verb)
    thing = noun_phrase_after(clause.words, skip_adverbs(clause, verb + 1))
    if thing and thing[1] <= first and use_of(clause, thing):
        yield thing, verb, subject
    if subject and clause.words[subject[0]].tag != PRONOUN:
        yield subject, verb, None
    before = noun_phrase_before(clause.words, first)
    if before and before[0] > verb and use_of(clause, before):
        yield before, verb, subject


def _inside_phrase(clause: Clause, index: int) -> bool:
    """Is this "-ing" part of a noun phrase, as in "a swimming bath"?"""
    return clause.words[index].tag == GERUND and index > 0 and clause.words[index - 1].tag not in (AUXILIARY, PRONOUN)


def _may_differ(clause: Clause, holder: Range, target: Range) -> bool:
    if clause.words[holder[0]].tag in (PRONOUN, NUMBER):
        return False
    uses = use_of(clause, holder), use_of(clause, target)
    if uses[1] is None:  # What a launderette does duty as is another use, whatever its name.
        return uses[0] not in (None, "community-hub", "advice-support", "office-work")
    return uses[0] != uses[1]
