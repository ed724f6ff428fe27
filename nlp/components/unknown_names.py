"""Names that no list has, told by what only people do: what they say and own, and with whom they are named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nlp.components.coverage import Coverage
from nlp.components.name_lexicon import organisation_words, place_words, regions
from nlp.gazetteer import areas, name_key
from nlp.types import Mention

_WORD = r"[A-ZÀ-Þ][a-zß-ÿ][\w'’-]*[a-zß-ÿ]"
_DOES = (
    r"(?:has|had|keeps|kept|runs|ran|does|did|makes|made|got|goes|went|comes|came|brings|from\s+the|says?|said"
    r"|saw|gave|took|brought|told|asked|wrote|knew|knows|wanted|wants|thinks|thought|loves|loved"
    r"|hates|smiled"
    r"|cried|laughed|nodded|shrugged|sighed|grinned|volunteers|volunteered|cooks|cooked|bakes|baked|knits|knitted"
    r"|sings"
    r"|sang|drives|drove|lives|lived|works|worked|retired|taught|teaches|learned|learnt|remembers|remembered"
    r"|phoned|texted"
    r"|rang|helped|helps|joined|sat|stood|walked|died|swears|reckons|insists|insisted|admits|admitted|explained"
    r"|replied"
    r"|never\s+\w+ed|always\s+\w+s|had\s+(?:never|been|come|lost|left)|has\s+(?:never|been|come|lost"
    r"|a\s+\w+\s+job)|is\s+(?:a|an|our|my)"
    r"|was\s+(?:a|an|our|my|born|widowed)|(?:is|was|turned)\s+\d\d\b|who\s+(?:had|has|is|was|used|came|lives"
    r"|lived|works|worked|runs|ran)"
    r"|and\s+(?:I|me)\b)"
)
_OWNED = (
    r"(?:mother|mum|mam|father|dad|husband|wife|partner|son|daughter|sister|brother|kids|children|family|nan|gran"
    r"|hands?|hair"
    r"|voice|eyes|face|knees?|hip|back|phone|coat|cooking|soup|curry|bread|recipe|idea|job|story|words|smile"
    r"|laugh|kitchen"
    r"|flat|shoes|hat|pension|dog|carer|friend|neighbour|birthday|funeral|bike|van)"
)
_BY_DEED = re.compile(rf"(?<=[a-z,;:–—] )(?P<who>{_WORD})(?=\s+{_DOES}\b)")
_BY_DEED_AT_FIRST = re.compile(
    rf"(?:^|(?<=[.!?] )|(?<=\n))(?P<who>{_WORD})(?=\s+{_DOES}\b|,\s+(?:our|my|who|whose|her|his|aged)\b)"
)
# Between lower-case words, where neither an article nor a preposition of place comes before.
_BARE = re.compile(rf"(?<=[a-z,] )(?P<who>{_WORD})(?![\w'’-]|\s+[A-ZÀ-Þ&])")
_BY_OWNING = re.compile(rf"\b(?P<who>{_WORD})['’]s\s+(?:\w+\s+)?{_OWNED}\b")
_BY_OBJECT = re.compile(
    rf"\b(?:asked|told|met|married|phoned|thanked|hugged|missed|reminded|persuaded|taught|me and|and my|called"
    rf"|named)\s+(?P<who>{_WORD})"
    rf"(?![\w'’-]|\s+[A-ZÀ-Þ])"
)
# "The Sea Holly is a guest house", "a farmer in Caithness had been told".
_NOT_BEFORE = re.compile(
    r"(?:^|[^.!?\w])[A-ZÀ-Þ][\w'’-]*\s$|(?i:\b(?:the|an?|in|at|of|to|on|from|near|into|across|around|through|via"
    r"|between|above|below|past"
    r"|behind|beside|beyond|towards|outside|inside|over|under|until|since)\s$)"
)
_WITH_NAMED = re.compile(
    rf"^,?\s+(?:and|&)\s+(?:(?:little|big|old|young|wee)\s+)?(?P<who>{_WORD}(?:\s+{_WORD})?)(?![\w’'-])"
)
_NAMED_WITH = re.compile(rf"(?<![A-Za-z] )\b(?P<who>{_WORD})\s+(?:and|&)\s+$")
_IN_A_LIST = re.compile(rf"(?<=[a-z] )(?P<who>{_WORD}),\s+$")
_NOBODY_WORDS = """
    mondays tuesdays wednesdays thursdays fridays saturdays sundays donor visitor evensong arsenal
    members member volunteers residents trustees staff councillors neighbours parents carers helpers tenants
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december christmas easter ramadan eid diwali lent covid zoom facebook whatsapp
    google god lord jesus english welsh scottish irish british polish afghan syrian ukrainian european african
    indian asian muslim christian jewish sikh hindu catholic methodist baptist anglican quaker nobody
    everybody somebody everyone someone people parliament westminster brexit government lottery internet nhs
    mr mrs ms miss dr this that these those there here they he she we it you what when where who why how then
    now today tesco asda lidl aldi morrisons sainsburys greggs argos
"""
_NOBODY = frozenset(_NOBODY_WORDS.split())


def find_unknown_names(text: str, named: Sequence[Mention], *, proper: frozenset[int] | None) -> list[Mention]:
    """People whom no other rule found, in order, not overlapping what is in `named`.

    proper: where the words begin that a tagger takes for proper nouns; None where there is no tagger.
    """
    coverage = Coverage(len(text))
    for mention in named:
        coverage.take(mention.start, mention.end)
    found: list[Mention] = []
    for start, end in _spans(text, named, is_tagged=proper is not None):
        is_proper = proper is None or start in proper
        if coverage.is_free(start, end) and is_proper and _may_be_somebody(text[start:end]):
            coverage.take(start, end)
            found.append(Mention("PERSON", start, end, text[start:end]))
    return sorted(found, key=lambda mention: mention.start)


def _spans(text: str, named: Sequence[Mention], *, is_tagged: bool) -> Iterator[tuple[int, int]]:
    for match in _BY_DEED.finditer(text):
        if not _NOT_BEFORE.search(text[max(match.start() - 24, 0) : match.start()]):
            yield match.span("who")
    for pattern in (_BY_OWNING, _BY_OBJECT):
        for match in pattern.finditer(text):
            yield match.span("who")
    if is_tagged:
        for match in _BARE.finditer(text):
            if not _NOT_BEFORE.search(text[max(match.start() - 24, 0) : match.start()]):
                yield match.span("who")
        # Any sentence begins with a capital: only a tagger tells a name there.
        for match in _BY_DEED_AT_FIRST.finditer(text):
            if not match["who"].endswith("s"):
                yield match.span("who")
    for person in named:
        if person.label == "PERSON":
            yield from _beside(text, person)


def _beside(text: str, person: Mention) -> Iterator[tuple[int, int]]:
    """Whoever is named in one breath with a person, before or after."""
    after = _WITH_NAMED.match(text[person.end : person.end + 60])
    if after:
        yield person.end + after.start("who"), person.end + after.end("who")
    first = max(person.start - 40, 0)
    for pattern in (_NAMED_WITH, _IN_A_LIST):
        before = pattern.search(text[first : person.start])
        if before:
            yield first + before.start("who"), first + before.end("who")


def _may_be_somebody(name: str) -> bool:
    words = [word.lower() for word in name.split()]
    is_kind = any(word in organisation_words() or word in place_words() for word in words)
    is_place = name.lower() in regions() or bool(areas().named(name_key(name)))
    return not is_kind and not is_place and not _NOBODY & set(words)
