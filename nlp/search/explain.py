"""What was understood of a query, said in plain words, so that a person can see why they get what they get."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from nlp.search.arrow import Sides
from nlp.search.conditions import MOST_BETWEEN
from nlp.search.frame import frame_of
from nlp.search.language import Query, Side, Understood
from nlp.search.lexer import Lexeme
from nlp.search.query import read

_FIELD_MEANINGS = {
    "title": "in the title",
    "quote": "in what somebody says",
    "org": "in the organisation's name",
    "place": "in the names of its place",
    "region": "as the nation or region",
    "theme": "as a theme",
}
_FACT_MEANINGS = {
    "from": "something that was {}",
    "to": "something that became {}",
    "because": "a change because of {}",
}


def explain(query: Query) -> tuple[Understood, ...]:
    """What each stretch of the query's text was read as, in the order in which it stands."""
    reading = read(query.text)
    said = [_arrow(reading.turn)] if reading.turn else []
    said += [_frame(query.text, *span) for span in reading.frame.spans]
    inside = (reading.turn.start, reading.turn.end) if reading.turn else (0, 0)
    faulty = {problem.start for problem in query.problems}
    for is_plain, group in groupby(reading.parts, key=lambda part: _is_plain(part, faulty)):
        parts = list(group)
        if is_plain:
            lexemes = [lexeme for part in parts for lexeme in part]
            # Inside an arrow, the arrow says it; the words are looked for as well, which needs no saying.
            lexemes = [lexeme for lexeme in lexemes if not inside[0] <= lexeme.start < inside[1]]
            said.extend(_plain(lexemes))
        else:
            said.extend(_signed(part) for part in parts)
    return tuple(sorted(said, key=lambda understood: understood.start))


def _is_plain(part: tuple[Lexeme, ...], faulty: set[int]) -> bool:
    first = part[0]
    is_faulty = any(lexeme.start in faulty for lexeme in part)
    return is_faulty or (len(part) == 1 and first.kind == "word" and not first.field and not first.is_excluded)


def _plain(lexemes: list[Lexeme]) -> Iterator[Understood]:
    if lexemes:
        words = " ".join(lexeme.written for lexeme in lexemes)
        yield Understood(lexemes[0].start, lexemes[-1].end, f"about “{words}”, the more of it the better")


def _signed(part: tuple[Lexeme, ...]) -> Understood:
    """A condition, or several joined by OR."""
    without = "without" if part[0].is_excluded else "with"
    return Understood(part[0].start, part[-1].end, f"{without} {' or '.join(map(_meaning, part))}")


def _meaning(lexeme: Lexeme) -> str:
    value = f"“{lexeme.written}”" if lexeme.words else "anything"
    if lexeme.field in _FACT_MEANINGS:
        return _FACT_MEANINGS[lexeme.field].format(value)
    if lexeme.field == "status":
        return (
            "a change that a person confirmed"
            if lexeme.written.lower() == "confirmed"
            else "a change read by machine"
        )
    if lexeme.field == "use":
        return f"consent for use in: {lexeme.written.lower()}"
    if lexeme.field == "year":
        return f"the year {lexeme.written}"
    return f"{_words_meant(lexeme, value)} {_FIELD_MEANINGS.get(lexeme.field, '')}".rstrip()


def _words_meant(lexeme: Lexeme, value: str) -> str:
    if lexeme.kind == "near":
        return f"{value} near each other, at most {min(lexeme.number, MOST_BETWEEN)} other words between"
    if lexeme.kind == "prefix":
        return f"words that begin with {value}"
    if lexeme.kind == "fuzzy":
        return f"words written like {value}"
    return f"{value}, word for word" if lexeme.kind == "phrase" and not lexeme.field else value


def _frame(text: str, start: int, end: int) -> Understood:
    """What asks for a kind of story, without the blanks and commas around it."""
    start += len(text[start:end]) - len(text[start:end].lstrip(" ,"))
    end -= len(text[start:end]) - len(text[start:end].rstrip(" ,"))
    is_quote = frame_of(text[start:end]).with_quote
    return Understood(start, end, "stories with a quote first" if is_quote else "a way of asking, not looked for")


def _arrow(sides: Sides) -> Understood:
    from_, to = _named(sides.from_), _named(sides.to)
    return Understood(sides.start, sides.end, f"first of all stories in which {from_} became {to}")


def _named(asked: Side | None) -> str:
    return " or ".join(f"“{' '.join(words)}”" for words in asked.phrases) if asked else "something"
