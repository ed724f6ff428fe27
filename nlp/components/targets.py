"""What something was turned into: one phrase or several, as nouns or as an activity."""

from __future__ import annotations

import re

from nlp.components.clause import Clause
from nlp.components.phrases import Range, noun_phrase_after, purpose_end
from nlp.components.words import ADVERB, AUXILIARY, DETERMINER, GERUND, PREPOSITION, TIME, VERB

_ARTICLES = ("a", "an", "the")
_ACTIVITY = re.compile(
    r"(?:mak|cook|deliver|sew|stitch|pack|brew|bak|distribut|provid|offer|sell|serv|teach|mend|repair|runn|produc"
    r"|supply|grow|feed|host|ring|call|phon)ing"
)


def targets_after(clause: Clause, index: int) -> list[Range]:
    """The uses named from word `index` on: "a café, a shop and a library" gives three.

    A second phrase counts only with an article of its own, or both parts of "between a café and a shop".
    """
    first = target_after(clause, index)
    if first is None:
        return []
    found = [first]
    while len(found) < 6:
        joint = found[-1][1]
        following = joint + 1
        if clause.lower(joint) == "," and clause.lower(following) == "and":
            following += 1
        is_listed = clause.lower(joint) in (",", "and") and clause.lower(following) in _ARTICLES[:2]
        another = target_after(clause, following) if is_listed else None
        if another is None or _is_apposition(clause, joint, another):
            break
        found.append(another)
    return found


def target_after(clause: Clause, index: int) -> Range | None:
    """The phrase that begins at word `index`: a noun phrase, or an activity ("making visors for the wards")."""
    index = skip_adverbs(clause, index)
    if index >= len(clause.words):
        return None
    word = clause.words[index]
    if word.tag == GERUND and _has_object(clause, index):
        end = purpose_end(clause.words, index)
        return (index, end) if end > index else None
    return noun_phrase_after(clause.words, index, is_target=True)


def activity_after(clause: Clause, index: int) -> Range | None:
    """The verb phrase that begins at word `index`, without a helping "started" or "began to"."""
    index = skip_adverbs(clause, index)
    if clause.lower(index) in (
        "started",
        "began",
        "begun",
        "start",
        "begin",
        "launched",
        "opened",
        "set",
        "took",
        "put",
        "brought",
        "installed",
        "moved",
        "laid",
    ):
        following = index + 1
        while clause.lower(following) in ("up", "to", "out", "in", "down", "on"):
            following += 1
        return target_after(clause, following)
    end = purpose_end(clause.words, index)
    return (index, end) if end > index else None


def skip_adverbs(clause: Clause, index: int) -> int:
    """The first index from `index` on that is not an adverb such as "instantly"."""
    while index < len(clause.words) and (clause.words[index].tag == ADVERB or clause.lower(index) == "instead"):
        index += 1
    return index


def particle_after(clause: Clause, index: int, particles: tuple[str, ...], *, reach: int) -> int | None:
    """The index after the particle ("into", "on to") that comes within `reach` words of `index`, or None.

    A finite verb or a mark that ends a clause in between hides it.
    """
    limit = min(index + reach, len(clause.words))
    at = index - 1
    while (at := at + 1) < limit:
        if clause.words[at].text == "," and (closing := _aside_end(clause, at)):
            at, limit = closing, min(limit + closing - at, len(clause.words))
            continue
        if clause.words[at].text in (";", ":", "–", "—", ",") or (
            clause.words[at].tag in (VERB, AUXILIARY) and at > index
        ):
            return None
        for particle in particles:
            parts = particle.split()
            if [clause.lower(at + i) for i in range(len(parts))] == parts:
                return at + len(parts)
    return None


def _aside_end(clause: Clause, comma: int) -> int | None:
    """The comma that closes an aside such as ", under delegated powers," or ", with the bishop's consent,"."""
    opens = clause.lower(comma + 1) in (
        "under",
        "with",
        "after",
        "at",
        "by",
        "in",
        "on",
        "for",
        "as",
        "during",
        "from",
        "thanks",
    )
    closing = next(
        (i for i in range(comma + 2, min(comma + 9, len(clause.words))) if clause.words[i].text == ","), None
    )
    return closing if opens else None


def _has_object(clause: Clause, gerund: int) -> bool:
    """Is it "making visors", and not the first half of "boxing gym" or "meeting room"?"""
    following = clause.words[gerund + 1] if gerund + 1 < len(clause.words) else None
    if following is None or following.tag in (DETERMINER, PREPOSITION, TIME):
        return True
    ends_soon = gerund + 2 >= len(clause.words) or clause.words[gerund + 2].tag != PREPOSITION
    is_plural = following.lower.endswith("s") and not following.lower.endswith("ss")
    return is_plural or not ends_soon or bool(_ACTIVITY.fullmatch(clause.lower(gerund)))


def _is_apposition(clause: Clause, joint: int, another: Range) -> bool:
    """Is ", a charity that …" said of the target, and not another one? Only a list with "and" is a list."""
    if clause.lower(joint) != ",":
        return False
    return clause.lower(another[1]) not in (",", "and")
