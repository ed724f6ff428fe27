"""When, where and why a sentence says that something happened."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from nlp.components.words import (
    AUXILIARY,
    GERUND,
    OPEN,
    VERB,
    Word,
    words_of,
)
from nlp.types import Span

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
)
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_YEAR = r"(?:1[5-9]|20)\d\d"
_SEASON = r"(?:spring|summer|autumn|winter)"
_FESTIVAL = r"(?:Christmas|Easter|Ramadan|Eid|Diwali|New\s+Year|half[- ]term|Lent)"
_ORDINAL = r"(?:first|second|third|last|next|following|same|early|late|mid-?)"

# In order of preference: the fuller expression comes first.
_TIMES = (
    rf"(?:\d{{1,2}}\s*(?:to|and|-|–)\s*)?\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}(?:\s+{_YEAR})?",
    rf"{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,\s+{_YEAR}",
    rf"(?:(?:early|late|mid)[- ])?{_MONTH}\s+(?:of\s+)?{_YEAR}",
    rf"{_SEASON}\s+(?:of\s+)?{_YEAR}",
    rf"(?:all\s+)?(?:that|this|last|the\s+(?:following|same|next))\s+(?:{_SEASON}|{_DAY}|{_MONTH}|week(?:end)?"
    r"|month|year|night|morning|afternoon|evening|day)",
    rf"(?:all|the\s+whole|that\s+whole)\s+(?:that\s+)?(?:{_SEASON}|week|year|night)",
    r"(?:the\s+)?(?:length|start|end|middle|height|beginning|rest|duration|whole)\s+of\s+(?:the\s+)?"
    r"(?:[a-z-]+\s+){0,2}?(?:lockdowns?|pandemic|outage|strike|winter|summer|spring|autumn|war|week|month|year"
    r"|storm|flood|closure|emergency|crisis|covid(?:-19)?|" + _YEAR + ")"
    r"|(?:night|week|fortnight|day|weekend|morning|year|month)\s+of\s+the\s+(?:[a-z-]+\s+)?[a-z-]+",
    r"(?:the\s+)?(?:(?:first|second|third|last|whole|national|covid(?:-19)?|long)\s+)*"
    r"(?:lockdowns?|pandemic|covid(?:-19)?\s+(?:crisis|pandemic)|covid(?:-19)?)",
    r"(?:the\s+)?new\s+year",
    rf"(?:(?:early|late|mid)[- ]){_YEAR}",
    rf"(?:(?<=since\s)|(?<=from\s)|(?<=until\s)|(?<=by\s)){_MONTH}|(?:{_MONTH}|{_SEASON})(?=\s*(?:[,.;:]|$|the\b|we\b|our\b|a\b|it\b|they\b))",
    r"(?:the\s+)?(?:(?:first|second|third|coldest|worst|same|following|" + _ORDINAL[3:-1] + r")\s+)*"
    rf"(?:{_SEASON}|{_FESTIVAL}|weekend)",
    rf"{_YEAR}",
    rf"(?<=\bon\s){_DAY}s?|(?<=\bby\s){_DAY}|(?<=\bthe\s){_DAY}(?=,|\s+(?:the|we|our|its)\b)",
    r"overnight|within\s+(?:\w+\s+){1,2}(?:hours|days|weeks|months)",
    r"(?:\w+\s+){1,2}(?:hours|days|weeks|months|years|winters|summers|weekends)\s+(?:later|ago)",
)
_NEEDS_PREPOSITION = frozenset((7, 11))
_NOT_A_SEASON = r"(?!\s+(?:gardens?|fair|f[eê]te|school|concerts?|clothes|coats?|term|clubs?|onions?|water))"

_REASON = re.compile(
    r"(?i)\b(?P<cue>because\s+of|because|cos|coz|bc|seeing\s+as|owing\s+to|due\s+to|thanks\s+to|on\s+account\s+of|in\s+response\s+to"
    r"|for\s+want\s+of"
    r"|for\s+lack\s+of|following|as\s+a\s+result\s+of|prompted\s+by|triggered\s+by|driven\s+by|forced\s+by"
    r"|in\s+the\s+wake\s+of"
    r"|now\s+that|given\s+that|seeing\s+that|after|when|once|since|as|the\s+(?:day|week|month|night|year)(?:\s+that)?"
    r"|so\s+that|with)\s+"
)
_STRONG_CUE = re.compile(
    r"(?i)because|cos$|coz|bc|owing|due|thanks|account|response|want|lack|prompted|triggered|driven|forced|wake|given|seeing"
    r"|now that"
    r"|following|result"
)
_TIME_AFTER_CUE = re.compile(
    rf"(?i)(?:the\s+|a\s+|an\s+|that\s+)?(?:\w+\s+){{0,2}}?(?:{_YEAR}|{_MONTH}|{_SEASON}|hours?|days?|weeks?"
    rf"|months?|years?|while"
    r"|dark|then|lunch|school|work|hours|midnight|tea|dinner|closing)\b(?!\s+\w*(?:ed|came|went|had|was|were"
    r"|closed|shut)\b)"
)
_PLACE_CUES = frozenset(
    ("in", "at", "on", "near", "outside", "behind", "beside", "opposite", "above", "under", "across")
)
_NOT_A_PLACE = frozenset(
    [
        "covid",
        "covid-19",
        "zoom",
        "facebook",
        "whatsapp",
        "discord",
        "teams",
        "youtube",
        "skype",
        "instagram",
        "twitter",
        "tiktok",
        "messenger\n",
        "",
        "",
        "",
        "english",
        "welsh",
        "gaelic",
        "british",
        "government",
        "nhs",
        "god",
        "i",
        "teams",
        "google",
        "eid",
        "ramadan",
        "christmas",
        "easter",
    ]
)


def find_when(text: str, start: int, end: int, *, outside: Sequence[Span] = ()) -> Span | None:
    """The time expression in `text[start:end]`, without its preposition and article; the fullest one wins.

    One that overlaps a span of `outside` is part of something else, like the Monday of "Monday meetings".
    """
    for rank, pattern in enumerate(_time_patterns()):
        for match in pattern.finditer(text, start, end):
            if rank in _NEEDS_PREPOSITION and not _follows_preposition(text, match.start()):
                continue
            first = match.start() + len(_leading_article(match[0]))
            span = Span(first, match.end(), text[first : match.end()])
            if not _overlaps(span, outside):
                return span
    return None


def find_dates(text: str) -> Iterator[Span]:
    """The calendar dates in a text, in order: days, months, seasons and years, not "that Monday"."""
    end = 0
    for match in _calendar().finditer(text):
        if match.start() >= end:
            end = match.end()
            yield Span(match.start(), end, match[0])


def find_place(words: Sequence[Word], text: str, *, outside: Sequence[Span]) -> Span | None:
    """The first named place after "in", "at", "on" …, not overlapping any of the spans in `outside`."""
    for index, word in enumerate(words[:-1]):
        if word.lower not in _PLACE_CUES:
            continue
        first = index + 1
        while first < len(words) - 1 and words[first].lower in ("the", "our", "a", "north", "south", "east", "west"):
            first += 1
        last = _name_end(words, first)
        if last == first:
            continue
        span = Span(words[first].start, words[last - 1].end, text[words[first].start : words[last - 1].end])
        if not any(span.start < other.end and other.start < span.end for other in outside):
            return span
    return None


def find_trigger(words: Sequence[Word], text: str, start: int, end: int, *, outside: Sequence[Span]) -> Span | None:
    """The stated reason in `text[start:end]`, without its "because", "after" or "when"."""
    found = [span for span in _reasons(text, start, end) if not _overlaps(span, outside)]
    if found:
        return found[0]
    span = _absolute_clause(words, text, end)
    return span if span and not _overlaps(span, outside) else None


def _reasons(text: str, start: int, end: int) -> Iterator[Span]:
    """Reasons, those with an unmistakable cue first."""
    matches = sorted(_REASON.finditer(text, start, end), key=lambda m: (not _STRONG_CUE.match(m["cue"]), m.start()))
    for match in matches:
        cue = " ".join(match["cue"].lower().split())
        stop = _clause_end(text, match.end(), end, is_leading=text[start : match.start()].strip() == "")
        stretch = text[match.end() : stop]
        if not stretch.strip() or not _gives_reason(cue, stretch):
            continue
        first = match.end() + len(_leading_article(stretch))
        yield Span(first, stop, text[first:stop])


def _gives_reason(cue: str, stretch: str) -> bool:
    if _STRONG_CUE.match(cue):
        return True
    if cue in ("after", "when", "once", "since") and _TIME_AFTER_CUE.match(stretch):
        return False
    if cue == "after":
        return True
    stretch = stretch.split(",")[0]
    # "As", "with", "when" and the rest need a clause with its own verb to be a reason.
    return _has_verb(stretch) and not (
        cue == "with" and not re.search(r"(?i)\b(?:gone|closed|shut|off|\w+ing)\b", stretch)
    )


def _has_verb(stretch: str) -> bool:
    words = words_of(Span(0, len(stretch), stretch))
    subject = next((i for i, word in enumerate(words) if word.tag in (AUXILIARY, VERB)), None)
    return subject is not None and subject > 0


def _absolute_clause(words: Sequence[Word], text: str, end: int) -> Span | None:
    """ ", there being nowhere else" and ", the library having stopped calling" at the end of a sentence."""
    for index in range(len(words) - 1, 0, -1):
        if words[index].lower not in ("having", "being"):
            continue
        comma = next((i for i in range(index - 1, -1, -1) if words[i].text in ",;–—"), None)
        if comma is None or index - comma > 14 or comma + 1 == index:
            return None
        first = index + 1 if words[comma + 1].lower == "there" else comma + 1
        stop = _clause_end(text, words[index].end, end, is_leading=False)
        start = words[first].start + len(_leading_article(text[words[first].start : stop]))
        return Span(start, stop, text[start:stop])
    return None


def _clause_end(text: str, start: int, end: int, *, is_leading: bool) -> int:
    """Where a reason ends: at a comma if it opens the sentence, else at a stronger mark or a new clause."""
    pattern = (
        r"[,;:]" if is_leading else r"[;:–—(]|,\s+(?:and|but|so|which|we|it|they|the|with|where)\b|,(?=\s+\w+ing\b)"
    )
    boundary = re.compile(pattern).search(text, start, end)
    stop = boundary.start() if boundary else end
    return start + len(text[start:stop].rstrip(" .!?,;:\"'”’\n"))


def _name_end(words: Sequence[Word], first: int) -> int:
    last = first
    while last < len(words):
        word = words[last]
        joins = last > first and word.lower in ("of", "upon", "and", "the", "on", "in", "le", "y", "under", "&")
        if (
            joins
            and last + 1 < len(words)
            and _is_place_word(words[last + 1])
            and word.lower not in ("in", "on", "and")
        ):
            last += 1
            continue
        if not _is_place_word(word):
            break
        last += 1
    return last


def _is_place_word(word: Word) -> bool:
    is_name = word.is_capitalised and word.tag in (OPEN, GERUND, VERB)
    return is_name and word.lower.removesuffix("'s") not in _NOT_A_PLACE


def _overlaps(span: Span, others: Sequence[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)


def _follows_preposition(text: str, start: int) -> bool:
    return bool(
        re.search(
            r"(?i)\b(?:in|during|by|since|from|until|before|after|over|throughout|at|through|for)\s+(?:the\s+)?$",
            text[max(start - 24, 0) : start],
        )
    )


def _leading_article(stretch: str) -> str:
    match = re.match(r"(?i)(?:the|a|an|our|its|their|that\s+(?=there)|of\s+the|of)\s+", stretch)
    return match[0] if match else ""


@cache
def _calendar() -> re.Pattern[str]:
    alternatives = "|".join((*_TIMES[:4], _YEAR, rf"{_MONTH}(?=\s+(?:the|we|our|a|it|they)\b|[,.;])"))
    return re.compile(rf"\b(?:{alternatives})\b")


@cache
def _time_patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"(?i)\b(?:{pattern})\b{_NOT_A_SEASON}") for pattern in _TIMES)
