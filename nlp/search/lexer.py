"""A query cut into lexemes: words, quoted stretches, OR and the arrow, with the signs that they carry.

Nothing is refused here: a sign that belongs to nothing falls away, and what stays are words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal, NamedTuple

from nlp.search.analyzer import WORD
from nlp.search.language import FIELDS_TO_ASK, LONGEST_QUERY

_ARROW = r"[-=]+>|[→⇒➔➜]"
_LEXEME = re.compile(
    rf"""(?P<arrow>{_ARROW})
      |(?P<either>(?<!\S)OR(?!\S))
      |(?P<minus>(?<!\S)-(?=["\w]))?
       (?:(?P<field>(?<!\w)(?i:{"|".join(FIELDS_TO_ASK)})):[ ]?(?=[^\s:]))?
       (?:"(?P<quoted>[^"]*)"(?:~(?P<near>\d{{1,3}}))?
         |(?P<bare>(?:(?!{_ARROW})[^\s"])+))
    """,
    re.VERBOSE,
)
_QUOTATION_MARKS = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
_UNPRINTABLE = frozenset({"Cc", "Cs", "Cf", "Co", "Cn"})
_FUZZY = re.compile(r"~(\d?)$")


class Lexeme(NamedTuple):
    """A stretch of a query. [start, end) in the query's text.

    kind: what it is written as. written: its text without signs. words: those in it. field: what stands before
    the colon, or "". number: what stands behind a tilde, or -1.
    """

    kind: Literal["word", "phrase", "near", "prefix", "fuzzy", "anything", "or", "arrow"]
    written: str
    words: tuple[str, ...]
    start: int
    end: int
    field: str = ""
    is_excluded: bool = False
    number: int = -1


def printable(text: str) -> str:
    """The part of `text` that is used, with one space for whatever cannot be seen."""
    cut = unicodedata.normalize("NFC", text[: LONGEST_QUERY * 4])
    seen = "".join(" " if unicodedata.category(letter) in _UNPRINTABLE else letter for letter in cut)
    return " ".join(seen.split())[:LONGEST_QUERY].rstrip()


def lexemes(text: str) -> Iterator[Lexeme]:
    """The stretches of a printable text that say something, in order."""
    for match in _LEXEME.finditer(text.translate(_QUOTATION_MARKS)):
        start, end = match.span()
        if match["arrow"]:
            yield Lexeme("arrow", match["arrow"], (), start, end)
        elif match["either"]:
            yield Lexeme("or", "OR", (), start, end)
        else:
            found = _quoted(match) if match["quoted"] is not None else _bare(match)
            if found.words or found.kind == "anything":
                yield found._replace(field=(match["field"] or "").lower(), is_excluded=match["minus"] is not None)


def _quoted(match: re.Match[str]) -> Lexeme:
    written = match["quoted"]
    words = tuple(WORD.findall(written))
    kind: Literal["near", "phrase"] = "near" if match["near"] and len(words) > 1 else "phrase"
    return Lexeme(kind, written, words, *match.span(), number=int(match["near"] or -1))


def _bare(match: re.Match[str]) -> Lexeme:
    written: str = match["bare"]
    start, end = match.span()
    fuzzy = _FUZZY.search(written)
    if fuzzy:
        core = written[: fuzzy.start()]
        return Lexeme("fuzzy", core, tuple(WORD.findall(core)), start, end, number=int(fuzzy[1] or -1))
    if written == "*":
        return Lexeme("anything", "*", (), start, end)
    if written.endswith("*"):
        core = written.rstrip("*")
        return Lexeme("prefix", core, tuple(WORD.findall(core)), start, end)
    return Lexeme("word", written, tuple(WORD.findall(written)), start, end)
