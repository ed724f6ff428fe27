"""Changes of use in a text: who turned what into what, with the sentence that says so.

The network of `nlp.change_reader` reads them sentence by sentence; what only a whole text tells is added here: whom
a pronoun stands for, and that a change told twice is one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from nlp.change_reader.reading import ChangeReader
from nlp.components.references import ORGANISATIONAL, REACH, antecedent
from nlp.types import Mention, Repurposing, Span

EARLIEST_YEAR = 1990
"""A conversion before this year is the story's background, not its subject."""
_MOST_TOLD = 20
"""Earlier events with the same target that a restatement is looked for in, the latest ones."""
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_MODIFIER = re.compile(r"\s(?:for|of|with|in|on|at|to|from|that|where|between|by)\s")


def find_repurposings(text: str, sentences: Sequence[Span], names: Sequence[Mention] = ()) -> tuple[Repurposing, ...]:
    """The changes of use that `text` says did happen, in order, each once.

    names: mentions of the same text, for pronouns.
    """
    [read] = open_reader().read([text], [sentences])
    starts = [name.start for name in names]
    told: dict[str, list[Repurposing]] = defaultdict(list)
    found: list[Repurposing] = []
    for event in read:
        earlier = told[head_of(event.to.text)]
        if not _is_recent(event) or any(_is_restatement(event, other) for other in earlier[-_MOST_TOLD:]):
            continue
        near = names[bisect_left(starts, event.sentence.start - REACH) : bisect_left(starts, event.sentence.end)]
        earlier.append(event)
        found.append(_with_named_actor(text, event, near))
    return tuple(found)


@cache
def open_reader() -> ChangeReader:
    """The one reader of this process: its weights are loaded once, at the first text."""
    return ChangeReader()


def head_of(phrase: str) -> str:
    """The head noun of a noun phrase in lower case: the last word before "for", "of", "in" …"""
    words = _MODIFIER.split(phrase.lower())[0].split()
    return words[-1].strip("'’\".,") if words else ""


def _with_named_actor(text: str, event: Repurposing, names: Sequence[Mention]) -> Repurposing:
    """The event with the name that "it", "they" or "we" stands for, if there is one."""
    if event.actor is None or event.actor.text.lower() not in ORGANISATIONAL:
        return event
    return replace(event, actor=antecedent(text, event.sentence, event.actor, names))


def _is_recent(event: Repurposing) -> bool:
    years = _YEAR.findall(event.when.text) if event.when else []
    return all(int(year) >= EARLIEST_YEAR for year in years)


def _is_restatement(event: Repurposing, earlier: Repurposing) -> bool:
    """Does `event`, of another sentence, repeat what `earlier` said in the same words?"""
    if event.sentence.end == earlier.sentence.end:
        return event.to.text.lower() == earlier.to.text.lower()
    if event.from_ is None or earlier.from_ is None:
        return event.to.text.lower() == earlier.to.text.lower()
    return head_of(event.from_.text) == head_of(earlier.from_.text)
