"""The language of the search box: what somebody typed, understood. Nothing that is typed is ever an error.

Plain words are wishes: any of them is enough, and more rank higher. Whatever carries a sign is a condition: a
"phrase", "words near each other"~5, a prefix*, a fuzzy~ word, this OR that, a field:value. A minus turns a
condition into what must not be. An arrow between two things ranks stories that tell of that change first. What
cannot be read so is searched as its words, and a Problem says at which character and why.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from nlp.search.arrow import Sides, arrow_in, sides_in_plain_words
from nlp.search.conditions import condition, problem_with
from nlp.search.frame import NO_FRAME, Frame, frame_of
from nlp.search.language import FACT_FIELDS, Clause, Fact, Knowledge, Problem, Query, Side
from nlp.search.lexer import Lexeme, lexemes, printable

_CHANGE = re.compile(
    r"\b(?:began|begun|beginning|start(?:ed|ing)|stopped|became|become|becoming|turned|turning|convert(?:ed|ing)"
    r"|chang(?:ed|ing)|switched|swapped|pivoted|repurposed|reopened|used\s+to\s+be|instead\s+of|now)\b",
    re.IGNORECASE,
)
"""Verbs by which a query says that it asks for a change."""

MOST_EXPANSIONS = 4
"""Prefixes and fuzzy words in one query; each stands for many words and costs as much as they."""


@dataclass
class Reading:
    """A query on its way from lexemes to conditions. parts: which lexemes were read together, and as what."""

    text: str
    clauses: dict[Clause, None] = field(default_factory=dict)
    required: dict[tuple[Clause, ...], None] = field(default_factory=dict)
    excluded: dict[Clause, None] = field(default_factory=dict)
    fact: Fact | None = None
    excluded_facts: list[Fact] = field(default_factory=list)
    turn: Sides | None = None
    uses: frozenset[str] | None = None
    problems: list[Problem] = field(default_factory=list)
    parts: list[tuple[Lexeme, ...]] = field(default_factory=list)
    frame: Frame = NO_FRAME
    n_expansions: int = 0


def parse(text: str) -> Query:
    """The query that `text` means, before anybody has looked at what its words mean."""
    reading = read(printable(text))
    sides = reading.turn
    return Query(
        text=reading.text,
        clauses=tuple(reading.clauses),
        required=tuple(reading.required),
        excluded=tuple(reading.excluded),
        turn=Fact(from_=sides.from_, to=sides.to) if sides else None,
        fact=reading.fact,
        excluded_facts=tuple(reading.excluded_facts),
        uses=reading.uses,
        said=_said(reading),
        knowledge=Knowledge(with_quote=reading.frame.with_quote, tells_change=bool(_CHANGE.search(reading.text))),
        problems=tuple(sorted(reading.problems, key=lambda problem: problem.start)),
    )


def read(text: str) -> Reading:
    """What each part of a printable text was read as."""
    reading = Reading(text)
    found = list(lexemes(text))
    reading.problems.extend(_stray_signs(text))
    reading.turn = arrow_in(found)
    if reading.turn is None and all(lexeme.kind == "word" and not lexeme.field for lexeme in found):
        reading.turn = sides_in_plain_words(text)
    for lexeme in found[reading.turn.next_arrow :] if reading.turn and reading.turn.next_arrow else ():
        if lexeme.kind == "arrow":
            message = "Only the first arrow is read as one; search once for each change."
            reading.problems.append(Problem(lexeme.start, lexeme.end, message))
    if reading.turn is None:
        reading.frame = frame_of(text)
        found = [lexeme for lexeme in found if not _is_frame(lexeme, reading.frame)]
    for group in _joined_by_or(found, reading):
        reading.parts.append(group)
        _take_in(group, reading)
    return reading


def _said(reading: Reading) -> tuple[str, ...]:
    """The words that are looked for anywhere, in their order."""
    lexemes = sorted((lexeme for part in reading.parts for lexeme in part), key=lambda lexeme: lexeme.start)
    return tuple(lexeme.written for lexeme in lexemes if not lexeme.field and not lexeme.is_excluded)


def _stray_signs(text: str) -> list[Problem]:
    """Quotation marks that nothing closes."""
    marks = [position for position, letter in enumerate(text) if letter in '"“”„‟«»']
    if len(marks) % 2:
        message = "This quotation mark has no other half, so the words behind it are searched one by one."
        return [Problem(marks[-1], marks[-1] + 1, message)]
    return []


def _is_frame(lexeme: Lexeme, frame: Frame) -> bool:
    is_plain = lexeme.kind == "word" and not lexeme.field and not lexeme.is_excluded
    return is_plain and frame.holds(lexeme.start, lexeme.end)


def _joined_by_or(found: Sequence[Lexeme], reading: Reading) -> list[tuple[Lexeme, ...]]:
    """The lexemes, those joined by OR together; arrows and what they join are words like others here."""
    groups: list[list[Lexeme]] = []
    is_open = False
    for position, lexeme in enumerate(found):
        if lexeme.kind in ("arrow", "anything") and not lexeme.field:
            is_open = False
        elif lexeme.kind != "or":
            if is_open and _may_join(groups[-1][-1], lexeme):
                groups[-1].append(lexeme)
            else:
                groups.append([lexeme])
            is_open = False
        elif groups and position + 1 < len(found) and found[position + 1].kind != "or":
            is_open = True
        else:
            message = "OR joins what stands before it and behind it; here one side is missing."
            reading.problems.append(Problem(lexeme.start, lexeme.end, message))
    return [tuple(group) for group in groups]


def _may_join(first: Lexeme, second: Lexeme) -> bool:
    if first.is_excluded or second.is_excluded:
        return False
    is_fact = first.field in FACT_FIELDS or second.field in FACT_FIELDS
    return first.field == second.field if is_fact else "use" not in (first.field, second.field)


def _take_in(group: tuple[Lexeme, ...], reading: Reading) -> None:
    """Put one lexeme, or several joined by OR, where it belongs."""
    problems = [problem for lexeme in group if (problem := _problem(lexeme, reading)) is not None]
    if problems:
        reading.problems.extend(problems)
        for lexeme in group:
            reading.clauses.update((Clause((word,)), None) for word in lexeme.words)
    elif group[0].field == "use":
        chosen = frozenset(lexeme.written.lower() for lexeme in group)
        reading.uses = chosen if reading.uses is None else reading.uses & chosen
    elif group[0].field in FACT_FIELDS:
        _take_in_fact(group, reading)
    elif group[0].is_excluded:
        reading.excluded[condition(group[0])] = None
    elif len(group) == 1 and group[0].kind == "word" and not group[0].field:
        reading.clauses.update((Clause((word,)), None) for word in group[0].words)
    else:
        reading.required[tuple(dict.fromkeys(condition(lexeme) for lexeme in group))] = None


def _problem(lexeme: Lexeme, reading: Reading) -> Problem | None:
    message = problem_with(lexeme)
    if message is None and lexeme.kind in ("prefix", "fuzzy"):
        reading.n_expansions += 1
        if reading.n_expansions > MOST_EXPANSIONS:
            message = f"At most {MOST_EXPANSIONS} words may carry * or ~; this one is searched as it stands."
    return Problem(lexeme.start, lexeme.end, message) if message else None


def _take_in_fact(group: tuple[Lexeme, ...], reading: Reading) -> None:
    """from:, to:, because: and status: ask for one repurposing together; each with a minus for one alone."""
    is_excluded = group[0].is_excluded
    fact = _with(Fact() if is_excluded else reading.fact or Fact(), group)
    if is_excluded:
        reading.excluded_facts.append(fact)
    else:
        reading.fact = fact


def _with(fact: Fact, group: tuple[Lexeme, ...]) -> Fact:
    if group[0].field == "status":
        return replace(fact, status=group[0].written.lower())
    phrases = tuple(dict.fromkeys(lexeme.words for lexeme in group if lexeme.words))
    asked = Side(phrases, is_literal=any(lexeme.kind == "phrase" for lexeme in group))
    if group[0].field == "because":
        return replace(fact, because=asked)
    return replace(fact, from_=asked) if group[0].field == "from" else replace(fact, to=asked)
