"""What somebody typed, understood: words, "phrases", -exclusions. Nothing that is typed is ever an error.

The text is cut into lexemes first and each lexeme then finds its place in the Query, so that a further kind
of lexeme (a field, an arrow between two things) is a further alternative of the pattern and a further branch.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from nlp.search.analyzer import WORD, Pattern, phrase_pattern, terms
from nlp.search.language import Clause, Query

LONGEST_QUERY = 500
"""Characters that are read; the rest is left out, and `Query.text` shows what was used."""

_LEXEME = re.compile(
    r"""(?P<arrow>[-=]+>|[→⇒➔➜])
      |(?P<minus>(?<!\S)-(?=["\w]))?(?:"(?P<phrase>[^"]*)"|(?P<word>(?:(?![-=]+>|[→⇒➔➜])[^\s"])+))
    """,
    re.VERBOSE,
)
_QUOTATION_MARKS = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
_UNPRINTABLE = frozenset({"Cc", "Cs", "Cf", "Co", "Cn"})


class Lexeme(NamedTuple):
    """A stretch of a query with its words. [start, end) in the query's text."""

    words: tuple[str, ...]
    is_phrase: bool
    is_excluded: bool
    text: str
    start: int
    end: int


class Wanted(NamedTuple):
    """A query in the terms of the index.

    terms: any of these, without repeats. required, excluded: patterns that a story must and must not hold.
    whole: all of the query's words in order, if there are two or more, for knowing an exact match.
    title: the terms of a title that would be the query itself.
    """

    terms: tuple[str, ...]
    required: tuple[Pattern, ...]
    excluded: tuple[Pattern, ...]
    whole: Pattern | None
    title: tuple[str, ...]


def parse(text: str) -> Query:
    """The query that `text` means.

    Words are any-of, "phrases" are required, -words and -"phrases" are excluded, OR between words changes
    nothing. Whatever cannot be read as that (an open quotation mark, a lone minus, other signs) is read as
    its words.
    """
    used = _printable(text)
    clauses: dict[Clause, None] = {}
    required: dict[Clause, None] = {}
    excluded: dict[Clause, None] = {}
    for lexeme in lexemes(used):
        if lexeme.is_excluded:
            excluded[Clause(lexeme.words, is_phrase=len(lexeme.words) > 1)] = None
        elif lexeme.is_phrase:
            required[Clause(lexeme.words, is_phrase=True)] = None
        else:
            clauses.update((Clause((word,)), None) for word in lexeme.words)
    return Query(used, clauses=tuple(clauses), required=tuple(required), excluded=tuple(excluded))


def text_to_embed(query: Query) -> str:
    """What of the query's text its embedding is made from: all but exclusions and signs."""
    return " ".join(lexeme.text for lexeme in lexemes(query.text) if not lexeme.is_excluded)


def is_listing(query: Query) -> bool:
    """Whether the query asks for no words at all, so that everything is listed, newest first."""
    return not (query.clauses or query.required) and (bool(query.excluded) or not query.text.strip())


def understand(query: Query) -> Wanted:
    """The query in the terms of the index."""
    asked = [word for clause in (*query.clauses, *query.required) for word in clause.words]
    spoken = [word for lexeme in lexemes(query.text) if not lexeme.is_excluded for word in lexeme.words]
    whole = phrase_pattern(spoken)
    return Wanted(
        terms=tuple(dict.fromkeys(terms(" ".join(asked)))),
        required=_patterns(query.required),
        excluded=_patterns(query.excluded),
        whole=whole if whole is not None and len(whole.places) > 1 else None,
        title=tuple(terms(" ".join(spoken))),
    )


def _patterns(clauses: tuple[Clause, ...]) -> tuple[Pattern, ...]:
    patterns = (phrase_pattern(clause.words) for clause in clauses)
    return tuple(pattern for pattern in patterns if pattern is not None)


def _printable(text: str) -> str:
    """The part of `text` that is used, with one space for whatever cannot be seen."""
    cut = unicodedata.normalize("NFC", text[: LONGEST_QUERY * 4])
    seen = "".join(" " if unicodedata.category(letter) in _UNPRINTABLE else letter for letter in cut)
    return " ".join(seen.split())[:LONGEST_QUERY].rstrip()


def lexemes(text: str) -> Iterator[Lexeme]:
    """The stretches of a query's text that have words."""
    for match in _LEXEME.finditer(text.translate(_QUOTATION_MARKS)):
        phrase, word = match.group("phrase"), match.group("word")
        written = phrase if phrase is not None else word
        if written is None or (word == "OR" and not match.group("minus")):
            continue
        words = tuple(WORD.findall(written))
        if words:
            yield Lexeme(words, phrase is not None, match.group("minus") is not None, written, *match.span())
