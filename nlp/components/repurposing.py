"""Changes of use in a text: who turned what into what, with the sentence that says so."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from nlp.components.circumstances import find_place, find_trigger, find_when
from nlp.components.clause import Candidate, Clause, clause_of
from nlp.components.constructions import PAIR_RULES, RULES
from nlp.components.modality import is_actual
from nlp.components.parse import Parse
from nlp.components.phrases import Range
from nlp.components.plausibility import head_of, is_abstract, is_change_of_use, is_person
from nlp.components.references import ORGANISATIONAL, REACH, antecedent, thing_meant
from nlp.components.repurposing_patterns import Rule
from nlp.components.use_categories import category_by_words
from nlp.components.words import PRONOUN, is_headline
from nlp.types import Mention, Repurposing, Span

LEAST_SCORE = 0.4
"""Events that are less sure than this are not told, unless somebody else weighs them."""
CANDIDATE_SCORE = 0.36
"""The least that is worth weighing."""
_LOOSE = re.compile(r"(?i)turn|chang|ma[dk]")
"""Verbs that turn anything into anything, so that a word of use is asked for."""
_MOST_TOLD = 20
"""Earlier events with the same target that a restatement is looked for in, the latest ones."""
_THINGS = frozenset(("it", "this", "that", "them"))
_ASIDE = re.compile(r",\s+(?:which|who|whose|where)\b[^,]*,")
"""What a clause between commas dates is not when the change was."""
_LONGEST_PAIR = 500
"""Characters of two adjoining sentences that are read as one."""
_WAS = re.compile(
    r"(?i)\b(?:used\s+to|was|were|had|closed|shut|stopped|ended|dropped|no\s+longer|no\s+more|any\s+more|anymore|gone"
    r"|(?:19|20)\d\d|before|until|formerly|once)\b|n['’]t\b|^\W*\w+:"
)
_IS = re.compile(
    r"(?i)\b(?:now|noo|today|these\s+days|instead|place|stead|same|(?:19|20)\d\d|is|are|has|since"
    r"|moved\s+in|from)\b|['’]s\b|^\W*\w+:"
)
EARLIEST_YEAR = 1990
"""A conversion before this year is the story's background, not its subject."""


def find_repurposings(
    text: str,
    sentences: Sequence[Span],
    names: Sequence[Mention] = (),
    parse: Parse | None = None,
    *,
    least_score: float = LEAST_SCORE,
) -> tuple[Repurposing, ...]:
    """The changes of use that `text` says did happen, in order, each once.

    names: mentions of the same text, for pronouns and persons. least_score: events that are less sure are left
    out. Categories are set where words tell them and None elsewhere.
    """
    found: list[Repurposing] = []
    told: dict[str, list[Repurposing]] = defaultdict(list)
    starts = [name.start for name in names]
    previous: Span | None = None
    for sentence in sentences:
        near = names[bisect_left(starts, sentence.start - REACH) : bisect_left(starts, sentence.end)]
        here = _surest(_read(clause_of(text, sentence, parse, previous), near, RULES), told, least_score)
        if previous and not here and not (found and found[-1].sentence == previous):
            both = _joined(text, previous, sentence)
            pairs = _read(clause_of(text, both, parse), near, PAIR_RULES) if both else ()
            here = _surest((event for event in pairs if event.to.end > sentence.start), told, least_score)
        for event in here:
            told[head_of(event.to.text)].append(event)
        found.extend(here)
        previous = sentence
    return tuple(sorted(found, key=lambda event: (event.sentence.start, event.to.start)))


def _surest(
    events: Iterable[Repurposing], told: Mapping[str, list[Repurposing]], least_score: float
) -> list[Repurposing]:
    """The events of a sentence that no surer one of it reads otherwise and no earlier sentence told, if sure."""
    kept: list[Repurposing] = []
    for event in sorted(events, key=lambda event: -event.score):
        earlier = [*kept, *told.get(head_of(event.to.text), [])[-_MOST_TOLD:]]
        if not any(_is_restatement(event, other) for other in earlier):
            kept.append(event)
    return [event for event in kept if event.score >= least_score]


def _joined(text: str, left: Span, right: Span) -> Span | None:
    """Two adjoining sentences as one stretch, if the first tells what was and the second what is."""
    is_near = right.start - left.end <= 3 and right.end - left.start <= _LONGEST_PAIR
    if not (is_near and _WAS.search(left.text) and _IS.search(right.text)):
        return None
    return Span(left.start, right.end, text[left.start : right.end])


def _read(clause: Clause, names: Sequence[Mention], rules: Sequence[Rule]) -> Iterator[Repurposing]:
    for rule in rules:
        for candidate in rule(clause):
            for target in (candidate.to, *candidate.others):
                event = _event(clause, replace(candidate, to=target), names)
                if event is not None:
                    yield event


def _event(clause: Clause, candidate: Candidate, names: Sequence[Mention]) -> Repurposing | None:
    base = clause.sentence.start
    verb = clause.span(candidate.verb)
    if not is_actual(clause.sentence.text, verb.start - base, verb.end - base):
        return None
    actor, source = _roles(clause, candidate, names)
    target = clause.span(candidate.to)
    source_text = source.text if source else None
    if actor and is_abstract(actor.text):
        return None
    needs_known_use = candidate.needs_known_use
    named = target.text.lower() if is_headline(clause.sentence.text) else target.text
    if not is_change_of_use(source_text, named, verb.text, needs_known_use=needs_known_use):
        return None
    if _LOOSE.match(verb.text) and not _tells_a_use(source_text or "", target.text):
        return None
    if candidate.from_ is None and _is_somebody(clause, candidate.subject, actor, names):
        return None
    event = Repurposing(
        to=target, sentence=_reaching(clause, source), score=candidate.score, actor=actor, from_=source,
        from_category=category_by_words(source.text) if source else None,
        to_category=category_by_words(target.text), construction=candidate.construction,
    )  # fmt: skip
    event = _with_circumstances(clause, event, names)
    if candidate.needs_circumstance and not (event.when or event.trigger):
        return None
    return event if _is_recent(event) else None


def _reaching(clause: Clause, source: Span | None) -> Span:
    """The sentence, with the one before where the source stands in that one."""
    if source is None or source.start >= clause.sentence.start:
        return clause.sentence
    start, end = (clause.previous or clause.sentence).start, clause.sentence.end
    return Span(start, end, clause.text[start:end])


def _tells_a_use(source: str, target: str) -> bool:
    """Does either word list know one of the two? "He turned the queue into a parliament" tells no use."""
    return category_by_words(source) is not None or category_by_words(target) is not None


def _roles(clause: Clause, candidate: Candidate, names: Sequence[Mention]) -> tuple[Span | None, Span | None]:
    """Actor and source. A named place that itself changes is the actor; any other thing that does, the source."""
    source = clause.span(candidate.from_) if candidate.from_ else None
    subject = clause.span(candidate.subject) if candidate.subject else None
    actor = clause.span(candidate.agent) if candidate.agent else None
    if subject and candidate.subject:
        if clause.words[candidate.subject[0]].tag == PRONOUN:
            actor = actor or antecedent(clause.text, clause.sentence, subject, names)
        elif candidate.is_reflexive:
            actor, source = subject, subject
        elif (
            source is not None
            or candidate.construction == "switched to"
            or _is_proper_name(clause, candidate.subject)
        ):
            actor = actor or subject
        else:
            source = subject
    pronoun = source or (subject if subject and candidate.from_ is None and not candidate.is_reflexive else None)
    if pronoun and pronoun.text.lower() in _THINGS:
        meant = thing_meant(clause.text, clause.sentence, pronoun, clause.previous)
        if meant and source is None:
            actor = None  # "It became our living room": nobody is said to have done it.
        source = meant
    if source and source.text.lower() in ORGANISATIONAL | {"them", "this", "that", "which", "there"}:
        source = None
    return actor, source


def _is_proper_name(clause: Clause, words: Range) -> bool:
    inside = clause.words[slice(*words)]
    starts_sentence = words[0] == 0
    capitalised = [word.is_capitalised for word in inside if len(word.text) > 3]
    return bool(capitalised) and all(capitalised) and (len(capitalised) > 1 or not starts_sentence)


def _is_somebody(clause: Clause, subject: Range | None, actor: Span | None, names: Sequence[Mention]) -> bool:
    """Is what changed a person, who may take a new job without anything being put to another use?"""
    if subject is None:
        return False
    span = clause.span(subject)
    if span.text.lower() in ("i", "he", "she", "you", "everyone", "everybody", "nobody", "who", "there"):
        return True
    people = [name for name in names if name.label == "PERSON"]
    named = any(name.start < span.end and span.start < name.end for name in people)
    # "Castle Primary" looks like a person's name to whoever does not know what a primary is.
    return (named and category_by_words(span.text) is None) or is_person(span.text)


def _with_circumstances(clause: Clause, event: Repurposing, names: Sequence[Mention]) -> Repurposing:
    """The event with when, where and why."""
    start, end = clause.sentence.start, clause.sentence.end
    slots = [span for span in (event.from_, event.to, event.actor) if span]
    asides = [Span(*match.span(), match[0]) for match in _ASIDE.finditer(clause.text, start, end)]
    when = find_when(clause.text, start, end, outside=[*slots, *asides])
    trigger = find_trigger(clause.words, clause.text, start, end, outside=slots)
    if when and trigger and when.start < trigger.end and trigger.start < when.end:
        when = None
    place = find_place(clause.words, clause.text, outside=slots)
    place = place or next(
        (Span(name.start, name.end, name.text) for name in names if name.label == "PLACE" and start <= name.start
         and name.end <= end and not any(_touch(Span(name.start, name.end, ""), slot) for slot in slots)), None,
    )  # fmt: skip
    n_slots = sum(slot is not None for slot in (event.from_, event.actor, when, trigger, place))
    known = event.to_category is not None
    score = min(event.score + 0.02 * n_slots + (0.03 if known else -0.1), 0.98)
    return replace(event, when=when, trigger=trigger, place=place, score=round(score, 3))


def _is_recent(event: Repurposing) -> bool:
    years = [word for word in event.when.text.split() if len(word) == 4 and word.isdigit()] if event.when else []
    return all(int(year) >= EARLIEST_YEAR for year in years)


def _is_restatement(event: Repurposing, earlier: Repurposing) -> bool:
    """Does `event` repeat what `earlier` said, in the same words or of the same stretch?"""
    if _touch(event.sentence, earlier.sentence) and (
        _touch(event.to, earlier.to) or _is_other_reading(event, earlier)
    ):
        return True
    if event.sentence.end == earlier.sentence.end:
        return False
    if head_of(event.to.text) != head_of(earlier.to.text):
        return False
    if event.from_ is None or earlier.from_ is None:
        return event.to.text.lower() == earlier.to.text.lower()
    return head_of(event.from_.text) == head_of(earlier.from_.text)


def _is_other_reading(event: Repurposing, surer: Repurposing) -> bool:
    """Do two constructions read the same words differently? What one has as the former use is no other's new one."""
    if event.construction == surer.construction:
        return False
    return any(
        _touch(left, right)
        for left, right in ((event.from_, surer.from_), (event.to, surer.from_), (event.from_, surer.to))
    )


def _touch(left: Span | None, right: Span | None) -> bool:
    return left is not None and right is not None and left.start < right.end and right.start < left.end
