"""One lexeme as one condition, and why it cannot be one."""

from __future__ import annotations

import re
from collections.abc import Callable

from nlp.search.language import FIELDS_TO_ASK, STATUSES, USES_TO_ASK, Clause
from nlp.search.lexer import Lexeme

SHORTEST_PREFIX = 3
SHORTEST_FUZZY = 4
MOST_BETWEEN = 50

_YEARS = re.compile(r"(?P<first>(?:1[5-9]|20)\d\d)?(?:(?P<dots>\.\.+|…|-|–)(?P<last>(?:1[5-9]|20)\d\d)?)?")
_UNKNOWN_FIELD = re.compile(r"([a-z]+):(?=[^\W\d]|\")", re.IGNORECASE)


def condition(lexeme: Lexeme) -> Clause:
    """The condition that a lexeme without a problem is."""
    if lexeme.field == "year":
        return Clause(_years(lexeme.written) or (), "range", "year")
    if lexeme.kind == "near":
        return Clause(lexeme.words, "near", lexeme.field, distance=min(lexeme.number, MOST_BETWEEN))
    if lexeme.kind in ("prefix", "fuzzy"):
        return Clause(lexeme.words, lexeme.kind, lexeme.field, distance=max(lexeme.number, 0))
    is_one = len(lexeme.words) == 1 and lexeme.kind == "word"
    return Clause(lexeme.words, "word" if is_one else "phrase", lexeme.field)


def problem_with(lexeme: Lexeme) -> str | None:
    """What is wrong with a lexeme, and that its words are searched instead; None if nothing is."""
    if lexeme.field:
        message = FIELD_READERS.get(lexeme.field, _no_problem)(lexeme)
        if message:
            return message
    if lexeme.kind == "anything" and lexeme.field not in ("from", "to", "because"):
        return f"{lexeme.field}: needs something to look for; a star alone says nothing."
    if lexeme.kind == "prefix":
        return _problem_with_prefix(lexeme)
    if lexeme.kind == "fuzzy":
        return _problem_with_fuzzy(lexeme)
    unknown = _UNKNOWN_FIELD.match(lexeme.written) if lexeme.kind == "word" and not lexeme.field else None
    if unknown and "//" not in lexeme.written:
        fields = ", ".join(f"{name}:" for name in FIELDS_TO_ASK)
        return f"There is no field “{unknown[1]}:”, so its words are searched. The fields are {fields}."
    return None


def _no_problem(_lexeme: Lexeme) -> None:
    return None


def _problem_with_prefix(lexeme: Lexeme) -> str | None:
    if len(lexeme.words) != 1 or lexeme.written != lexeme.words[0]:
        return "A star belongs at the end of one word, such as volunt*; these are searched as they stand."
    if len(lexeme.written) < SHORTEST_PREFIX:
        return f"A star needs at least {SHORTEST_PREFIX} letters before it; this is searched as it stands."
    return None


def _problem_with_fuzzy(lexeme: Lexeme) -> str | None:
    if len(lexeme.words) != 1 or lexeme.written != lexeme.words[0]:
        return "A tilde belongs at the end of one word, such as dementia~; these are searched as they stand."
    if len(lexeme.written) < SHORTEST_FUZZY:
        return f"A word of fewer than {SHORTEST_FUZZY} letters has too many look-alikes; it is searched as it stands."
    return None


def _problem_with_year(lexeme: Lexeme) -> str | None:
    if _years(lexeme.written) is None:
        return "year: takes a year or two, such as year:2020 or year:2019..2021; this is searched as words."
    return None


def _problem_with_status(lexeme: Lexeme) -> str | None:
    if lexeme.written.lower() not in STATUSES:
        return f"status: takes {' or '.join(STATUSES)}; this is searched as words."
    return "status: cannot be left out with a minus; ask for the other one." if lexeme.is_excluded else None


def _problem_with_use(lexeme: Lexeme) -> str | None:
    if lexeme.written.lower() not in USES_TO_ASK:
        return f"use: takes one of {', '.join(USES_TO_ASK)}; this is searched as words."
    return "use: cannot be left out with a minus." if lexeme.is_excluded else None


def _problem_with_side(lexeme: Lexeme) -> str | None:
    if lexeme.kind in ("prefix", "fuzzy", "near"):
        return f"{lexeme.field}: takes words, without * or ~; they are searched anywhere instead."
    return None


def _years(written: str) -> tuple[str, str] | None:
    """First and last year of a range, "" for an open end."""
    match = _YEARS.fullmatch(written)
    if match is None or not (match["first"] or match["last"]):
        return None
    first, last = match["first"] or "", match["last"] or ""
    return (first, last) if match["dots"] else (first, first)


FIELD_READERS: dict[str, Callable[[Lexeme], str | None]] = {
    "year": _problem_with_year,
    "status": _problem_with_status,
    "use": _problem_with_use,
    "from": _problem_with_side,
    "to": _problem_with_side,
    "because": _problem_with_side,
}
"""Field → what may be wrong with its value; fields that take any words are not here."""
