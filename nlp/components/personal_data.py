"""What in a text could identify a private person, so that people can take it out before anything is shown."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from nlp.components.coverage import Coverage
from nlp.components.identifiers import find_identifiers
from nlp.components.mentions import TITLES
from nlp.types import Mention, PersonalDatum, Span

_PUBLIC_BEFORE = re.compile(
    r"(?i)\b(?:mp|msp|ms|mla|prime minister|minister|secretary of state|mayor|king|queen|prince|princess"
    r"|president|lord|saint|st\.?|pope"
    r"|archbishop|bishop|sir|dame|chancellor|author|poet laureate)\s+$"
)
_CHILD_WORDS = (
    r"(?:boy|girl|pupil|schoolboy|schoolgirl|toddler|baby|teenager|grandson|granddaughter|grandchild|nephew|niece"
    r"|child|kid"
    r"|brownie|cub|scout|year\s+(?:[1-9]|1[01])\b|in\s+year\s+\w+|primary|nursery)"
)
_CHILD_BEFORE = re.compile(
    rf"(?i)\b{_CHILD_WORDS}s?,?\s+(?:called\s+|named\s+|of\s+\w+,?\s+)?$|\b(?:little|baby|young)\s+$"
)
_YOUNG_RELATIVE = re.compile(
    r"(?i)\b(?:son|daughter|grandson|granddaughter|child|kid)s?,?\s+(?:called\s+|named\s+)?$"
)
_AGE_WORDS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen",
    "fifteen", "sixteen", "seventeen",
)  # fmt: skip
_MINOR = rf"(?:[1-9]|1[0-7]|{'|'.join(_AGE_WORDS)})"
_AGE_AFTER = re.compile(
    rf"(?i)^(?:\s*\((?:aged?\s+)?{_MINOR}\)|,?\s+aged?\s+{_MINOR}\b(?!\s*(?:months|weeks|days|-))"
    rf"|,\s+(?:who\s+(?:is|was)\s+)?(?:only\s+|just\s+)?{_MINOR}"
    rf"\s*(?:,|\.|;|\)|$|years?\s+old|and\s+a\s+half)|,?\s+(?:who\s+)?(?:is|was)\s+(?:only\s+"
    rf"|just\s+)?{_MINOR}(?:\s+years?\s+old)?\b(?=[\s,.;])(?!\s+(?:of|years\s+(?:in|as)|when)))"
)
_AGE_BEFORE = re.compile(rf"(?i)\b{_MINOR}[- ]years?[- ]olds?,?\s+$")

_CONDITIONS = (
    r"alzheimer['’]?s(?:\s+disease)?|dementia|cancer|leukaemia|lymphoma|tumou?rs?|epilep(?:sy|tic)|diabet(?:es"
    r"|ic)|asthma|copd|emphysema|angina"
    r"|parkinson['’]?s(?:\s+disease)?|multiple\s+sclerosis|motor\s+neurone\s+disease|\bMS\b|\bMND\b|\bHIV\b"
    r"|\bPTSD\b|post-traumatic\s+stress"
    r"(?:\s+disorder)?|depression|bipolar(?:\s+disorder)?|schizophreni[ac]|psychosis|anorexi[ac]|bulimi[ac]"
    r"|anxiety(?:\s+disorder)?|panic\s+attacks"
    r"|autis(?:m|tic)|\bADHD\b|asperger['’]?s|down['’]?s\s+syndrome|cerebral\s+palsy|arthritis|osteoporosis|lupus"
    r"|fibromyalgia|sciatica"
    r"|heart\s+(?:attack|failure|disease|condition)|stroke|kidney\s+failure|dialysis|cirrhosis"
    r"|hepatitis(?:\s+[A-C])?|crohn['’]?s(?:\s+disease)?"
    r"|coeliac(?:\s+disease)?|long\s+covid|miscarriage|pregnan(?:t|cy)|suicidal|self-harm(?:s|ed|ing)?|overdose"
    r"|alcoholi(?:c|sm)|addict(?:ion|ed)"
    r"|registered\s+blind|partially\s+sighted|deaf|amputee|sickle\s+cell(?:\s+(?:disease|anaemia))?|eczema"
    r"|psoriasis|brain\s+injury|broken\s+hip"
    r"|heart\s+murmur|macular\s+degeneration|glaucoma|cataracts?|hay\s+fever|(?:heart\s+|triple\s+)?bypass"
    r"|pacemaker|stoma|tinnitus|migraines?"
    r"|gout|hernia|pneumonia|sepsis|tuberculosis|thrombosis|anaemia|insomnia|dyslexi[ac]|dyspraxi[ac]|stammer"
    r"|blind|pleurisy|ulcers?|gallstones"
    r"|(?:broke|broken|fractured|shattered)\s+(?:his|her|my|a|the)?\s*(?:hip|leg|arm|wrist|ankle|back|neck|pelvis"
    r"|collarbone)"
    r"|(?:bad|new|replaced|dodgy|gammy|artificial)\s+(?:back|knees?|hips?|chest|heart|legs?|lungs?)"
    r"|one\s+(?:kidney|lung)|nervous\s+breakdown"
    r"|(?:lost|losing)\s+(?:his|her|my)\s+(?:sight|hearing|memory)|wheelchair\s+user|prostate|mastectomy"
    r"|learning\s+difficult(?:y|ies)"
    r"|hip\s+replacement|chemotherapy|learning\s+disabilit(?:y|ies)"
)
_CONDITION = re.compile(
    rf"(?i)\b(?:{_CONDITIONS})(?!\w)(?!\s+(?:unit|ward|clinic|centre|service|group|caf[eé]|friendly|charity"
    rf"|support|awareness|research|society|week))"
)
_ONE_PERSON = re.compile(
    r"(?i)\b(?:his|her|my|he|she|i)\b|\b(?:one|a|an|another|the)\s+(?:\w+\s+){0,2}?(?:resident|member|man|woman"
    r"|boy|girl|lad|lass|volunteer|customer"
    r"|patient|neighbour|mother|father|mum|dad|teenager|pupil|regular|gentleman|lady|widow|widower|tenant|guest"
    r"|participant|student)\b"
)
_HAS = re.compile(
    r"(?i)\b(?:has|had|have|having|with|got|is|was|who['’]s|living\s+with|suffers?|suffered|suffering|diagnosed"
    r"|diagnosis|his|her|my|from|through|of|after)\b"
)
_SENTENCE_REACH = 120


def find_personal_data(text: str, sentences: Sequence[Span], names: Sequence[Mention]) -> tuple[PersonalDatum, ...]:
    """Findings in order, not overlapping: identifiers, children, persons, and health of one person.

    names: mentions of the same text. A public figure's name and a name inside an organisation's are left out.
    """
    found = list(find_identifiers(text))
    found += _health(sentences, names)
    coverage = Coverage(len(text))
    for finding in found:
        coverage.take(finding.start, finding.end)
    found += [person for person in _persons(text, names) if coverage.is_free(person.start, person.end)]
    return tuple(sorted(found, key=lambda finding: (finding.start, finding.end)))


def _persons(text: str, names: Sequence[Mention]) -> Iterator[PersonalDatum]:
    people = [name for name in names if name.label == "PERSON" and not _is_public(text, name)]
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
    titled = before.rstrip(" .").lower().rsplit(" ", 1)[-1] in TITLES
    return bool(_CHILD_BEFORE.search(before)) and not titled


def _health(sentences: Sequence[Span], names: Sequence[Mention]) -> Iterator[PersonalDatum]:
    people = [name.start for name in names if name.label == "PERSON"]
    for sentence in sentences:
        for match in _CONDITION.finditer(sentence.text):
            start = sentence.start + match.start()
            before = sentence.text[max(match.start() - _SENTENCE_REACH, 0) : match.start()]
            earliest = max(sentence.start, start - _SENTENCE_REACH)
            near_name = bisect_left(people, earliest) < bisect_left(people, start)
            if (near_name or _ONE_PERSON.search(before)) and _HAS.search(before):
                yield PersonalDatum("health", start, sentence.start + match.end(), match[0])
