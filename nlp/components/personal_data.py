"""What in a text could identify a private person, so that people can take it out before anything is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nlp.components.births import find_births
from nlp.components.coverage import Coverage
from nlp.components.health import find_health
from nlp.components.identifiers import find_identifiers
from nlp.components.people import TITLES
from nlp.types import Mention, PersonalDatum, Span

_PUBLIC_BEFORE = re.compile(
    r"(?i)\b(?:mp|msp|mla|prime minister|minister|secretary of state|mayor|king|queen|prince|princess"
    r"|president|lord|saint|st\.?|pope"
    r"|archbishop|bishop|sir|dame|chancellor|author|poet laureate)\s+$"
    r"|\b(?:articles?|books?|novels?|poems?|songs?|films?|plays?|album|mural|paper"
    r"|essay)\s+(?:called\s+[^.\n]{1,40}\s+)?by\s+$"
    r"|\b(?:retold|adapted|quoted|borrowed)\s+from\s+$"
)
_CHILD_WORDS = (
    r"(?:boy|girl|(?:little|wee|small|young)\s+(?:lad|lass)|lassie|wean|bairn|pupil|schoolboy|schoolgirl|toddler"
    r"|baby|teenager|grandson|granddaughter"
    r"|grandchild|nephew|niece|child|kid|youngster|little one|wee one|young one|young ['’]un|young['’]un"
    r"|brownie|cub|scout|year\s+(?:[1-9]|1[01])\b|in\s+year\s+\w+|primary|nursery)"
)
_CHILD_BEFORE = re.compile(
    rf"(?i)\b{_CHILD_WORDS}s?,?\s+(?:[–—-]\s+)?(?:called\s+|named\s+|of\s+\w+,?\s+)?$|\b(?:little|baby|wee)\s+$"
)
_YOUNG_RELATIVE = re.compile(
    r"(?i)\b(?:my|our|her|his|their|['’]s)\s+(?:\w+\s+)?(?:son|daughter|grandson|granddaughter|grandchild"
    r"|little\s+one|youngest|boy|girl),?\s+$"
    r"|['’]s\s+(?:wee\s+)?(?:lad|lass|bairn),?\s+$"
    r"|\b(?:twins|triplets|little\s+ones|grandchildren),?\s+(?-i:[A-ZÀ-Þ][\w’'-]+(?:,|\s+and)\s+){0,3}$"
)
_SCHOOL_AFTER = re.compile(
    r"(?i)^(?:,\s+(?:a|an|one\s+of\s+(?:our|the))\s+(?:pupils?|schoolboy|schoolgirl|toddler)\b"
    r"|['’]s\s+(?:mum|mummy|mam|teacher|nursery|classmates?|school)\b"
    r"|,?\s+(?:\(|in\s+|from\s+|(?:who\s+)?(?:is|was)\s+in\s+)?(?:year\s+(?:[1-9]|1[0-3]|one|two|three|four|five|six"
    r"|seven|eight|nine|ten|eleven)"
    r"|reception|nursery|primary\s+[1-7]|P[1-7]|S[1-6])\b)"
)
_GROWN_AFTER = re.compile(
    r"(?i)^,?\s*(?:\(|aged\s+|who\s+(?:is|was)\s+|is\s+|was\s+)?(?:1[89]|[2-9]\d|eighteen|nineteen|twenty|thirty"
    r"|forty|fifty)\b"
)
_AGE_WORDS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen",
    "fifteen", "sixteen", "seventeen",
)  # fmt: skip
_MINOR = rf"(?:[1-9]|1[0-7]|{'|'.join(_AGE_WORDS)})"
_ORDINAL = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
    r"|(?:thir|four|fif|six|seven)teenth)"
)
_AGE_AFTER = re.compile(
    rf"(?i)^(?:\s*\((?:aged?\s+)?{_MINOR}\)|,?\s+aged?\s+{_MINOR}\b(?!\s*(?:months|weeks|days|-))"
    rf"|['’]s\s+(?:(?:1?\d)(?:st|nd|rd|th)|{_ORDINAL})\s+birthday|\s+(?:turned|turns|is\s+nearly|was\s+nearly)\s+{_MINOR}\b(?!\s+\w+s\b)"
    rf"|,\s+(?:(?:who|he|she|they)(?:\s+(?:is|was|are|were)|['’]s|['’]re)\s+)?(?:only\s+|just\s+)?{_MINOR}"
    rf"\s*(?:,|\.|;|\)|$|[–—-]\s|years?\s+old|and\s+a\s+half)|,?\s+(?:who\s+)?(?:is|was)\s+(?:only\s+"
    rf"|just\s+)?{_MINOR}(?:\s+years?\s+old)?\b(?=[\s,.;])(?!\s+(?:of|years\s+(?:in|as)|when)))"
)
_AGE_BEFORE = re.compile(rf"(?i)\b{_MINOR}[- ]years?[- ]olds?,?\s+$")


def find_personal_data(text: str, sentences: Sequence[Span], names: Sequence[Mention]) -> tuple[PersonalDatum, ...]:
    """Findings in order, not overlapping: identifiers, children, persons, and health of one person.

    names: mentions of the same text. A public figure's name and a name inside an organisation's are left out.
    """
    found = list(find_identifiers(text))
    found += find_births(text, sentences, names)
    found += find_health(sentences, names)
    found += _persons(text, names)
    coverage = Coverage(len(text))
    kept = []
    for finding in found:
        if coverage.is_free(finding.start, finding.end):
            coverage.take(finding.start, finding.end)
            kept.append(finding)
    return tuple(sorted(kept, key=lambda finding: (finding.start, finding.end)))


def _persons(text: str, names: Sequence[Mention]) -> Iterator[PersonalDatum]:
    people = [name for name in names if name.label == "PERSON"]
    public = {part for name in people if _is_public(text, name) for part in (name.text, name.text.split()[-1])}
    people = [name for name in people if name.text not in public]
    children = {name.text.split()[0].lower() for name in people if _is_child(text, name)}
    for name in people:
        kind = "child" if name.text.split()[0].lower() in children else "person"
        yield PersonalDatum(kind, name.start, name.end, name.text)


def _is_public(text: str, name: Mention) -> bool:
    return bool(_PUBLIC_BEFORE.search(text[max(name.start - 30, 0) : name.start])) or text[name.end :].startswith(
        " MP"
    )


def _is_child(text: str, name: Mention) -> bool:
    before, after = text[max(name.start - 50, 0) : name.start], text[name.end : name.end + 60]
    if _AGE_AFTER.search(after) or _AGE_BEFORE.search(before):
        return True
    if _SCHOOL_AFTER.match(after) or (_YOUNG_RELATIVE.search(before) and not _GROWN_AFTER.match(after)):
        return True
    titled = before.rstrip(" .").lower().rsplit(" ", 1)[-1] in TITLES
    return bool(_CHILD_BEFORE.search(before)) and not titled
