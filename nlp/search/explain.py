"""What was understood of a query, said in plain words, so that a person can see why they get what they get."""

from __future__ import annotations

from nlp.search.language import Query, Understood
from nlp.search.query import lexemes


def explain(query: Query) -> tuple[Understood, ...]:
    """What each stretch of the query's text was read as, in the order in which it stands."""
    return tuple(
        Understood(lexeme.start, lexeme.end, _meaning(lexeme.text, lexeme.is_phrase, lexeme.is_excluded))
        for lexeme in lexemes(query.text)
    )


def _meaning(text: str, is_phrase: bool, is_excluded: bool) -> str:
    if is_excluded:
        return f"without “{text}”"
    return f"with “{text}”, word for word" if is_phrase else f"about “{text}”"
