"""Health conditions of one particular person, named or not."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from nlp.types import Mention, PersonalDatum, Span

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
    r"|sight\s+loss|hearing\s+aids?|OCD\b|(?:post[- ]?natal\s+)depression|endometriosis|IBS\b|colitis|shingles"
    r"|vertigo"
    r"|neuropathy|spina\s+bifida|muscular\s+dystrophy|huntington['’]?s|cystic\s+fibrosis|tourette['’]?s|narcolepsy"
    r"|sleep\s+apnoea|chronic\s+(?:fatigue|pain|bronchitis)(?:\s+syndrome)?|bronchitis|rheumatism"
    r"|rheumatoid\s+arthritis|polio"
    r"|TB\b|scoliosis|hypertension|high\s+blood\s+pressure|haemophilia|agoraphobi[ac]|eating\s+disorder|sectioned"
    r"|antidepressants|insulin|methadone|chemo|transplant|in\s+remission|terminally\s+ill|breast\s+cancer"
    r"|spinal\s+injury"
    r"|(?:hip|knee|heart)\s+op(?:eration)?|mental\s+breakdown|brain\s+tumour|head\s+injury|phobia|bad\s+nerves"
    r"|in\s+recovery"
    r"|(?:lost|losing)\s+(?:a|an|his|her|my)\s+(?:leg|arm|foot|hand|eye|baby)|the\s+shakes|heart\s+trouble|oxygen"
    r"|(?:had|having)\s+a\s+fall"
    r"|(?:tried\s+to\s+take|took|taken)\s+(?:his|her|my)\s+own\s+life|aneurysm|seizures?|blood\s+clot|colostomy|thyroid"
    r"|lymphoedema|dizzy\s+spells|chest\s+infection|(?:heart|cancer)\s+scare|drink\s+problem|hard\s+of\s+hearing"
    r"|(?:going|gone|went|half)\s+(?:blind|deaf)|ulcerated|biopsy|morphine|warfarin"
    r"|hip\s+replacement|chemotherapy|learning\s+disabilit(?:y|ies)"
)
_CONDITION = re.compile(
    rf"(?i)\b(?:{_CONDITIONS})(?!\w)(?!\s+(?:unit|ward|clinic|centre|service|group|caf[eé]|friendly|charity"
    rf"|support|awareness|research|society|week))"
)
_ONE_PERSON = re.compile(
    r"(?i)\b(?:his|her|my|he|she|i|i['’]?m|i['’]?ve|he['’]?s|she['’]?s|dad|mum|mam|nan|gran|grandad)\b|\b(?:one|a|an|another"
    r"|the|our)\s+(?:\w+\s+){0,2}?(?:resident|member|man|woman"
    r"|boy|girl|lad|lass|volunteer|customer"
    r"|patient|neighbour|mother|father|mum|dad|teenager|pupil|regular|gentleman|lady|widow|widower|tenant|guest"
    r"|participant|student|driver|treasurer|secretary|caretaker|cook|coach|chair|chairman|chairwoman|teacher|warden"
    r"|organiser|husband|wife|brother|sister|son|daughter|uncle|aunt)\b"
)
_HAS = re.compile(
    r"(?i)\b(?:has|had|have|having|with|got|is|was|who['’]s|['’](?:s|m|ve|d)|shes|hes|im|ive|living\s+with|suffers?|suffered"
    r"|suffering|diagnosed"
    r"|diagnosis|his|her|my|from|through|of|after)\b"
)
_BEFALL = re.compile(r"(?i)(?:lost|losing|broke|fractured|shattered|tried|took|went)\b")
"""A condition that is told by its own verb: "she lost a leg"."""
_SENTENCE_REACH = 120
_BODY_PART = re.compile(
    r"(?i)\bwith\s+(?:his|her|my)\s+(?:bad\s+|poorly\s+|dodgy\s+)?(?P<part>hips?|backs?|knees?|hearts?|chests?|nerves"
    r"|eyes|legs?|lungs?|shoulder|kidneys?|waterworks|hearing|sight|joints?|ankles?|prostate)\b"
    r"|\b(?P<went>(?:his|her|my)\s+(?:eyes|sight|hearing|memory|nerves|legs|heart|kidneys|mind|knees|back"
    r"|hip)\s+(?:went|gave\s+out"
    r"|failed|got\s+bad|packed\s+(?:up|in)))\b"
)
_OF_MANY = re.compile(
    r"(?i)\b(?:people|those|anyone|anybody|someone|everyone|members|residents|patients|children|adults|men|women"
    r"|folk|families"
    r"|veterans|sufferers|carers|others|person)\s+(?:\w+\s+){0,2}?(?:with|who|living|suffering|affected"
    r"|recovering|having|facing)\b"
    r"[^.;]{0,60}$"
)
_AFTER_SPEAKER = re.compile(r"(?i)^[^.!?;]{0,60}\b(?:i|he|she|my|his|her)\b")
_LONE_WORDS = 5
"""A sentence of no more words than this that names a condition speaks of whoever was named just before."""


def find_health(sentences: Sequence[Span], names: Sequence[Mention]) -> Iterator[PersonalDatum]:
    """Each mention of a condition that is said of one person, in order of the text.

    names: mentions of the same text. Conditions of a group ("people with arthritis") identify nobody.
    """
    people = [name.start for name in names if name.label == "PERSON"]
    before_lone = False
    for sentence in sentences:
        is_near = _has_person(sentence, people)
        for match in _CONDITION.finditer(sentence.text):
            if _is_of_one(sentence, match, people) or (before_lone and len(sentence.text.split()) <= _LONE_WORDS):
                yield _datum(sentence, match.start(), match.end())
        for match in _BODY_PART.finditer(sentence.text):
            if is_near or match["went"]:
                yield _datum(sentence, *match.span("went" if match["went"] else "part"))
        before_lone = is_near


def _is_of_one(sentence: Span, match: re.Match[str], people: Sequence[int]) -> bool:
    before = sentence.text[max(match.start() - _SENTENCE_REACH, 0) : match.start()]
    if _OF_MANY.search(before):
        return False
    start = sentence.start + match.start()
    earliest = max(sentence.start, start - _SENTENCE_REACH)
    near_name = bisect_left(people, earliest) < bisect_left(people, start)
    said_of_one = near_name or _ONE_PERSON.search(before)
    if said_of_one and (_HAS.search(before) or _BEFALL.match(match[0])):
        return True
    # A diary leaves the person out: "Just hay fever, but I was made to stand outside."
    is_bare = len(before.split()) <= 2 and not before.strip().lower().endswith(
        ("the", "a", "an", "our", "with", "for")
    )
    return is_bare and bool(_AFTER_SPEAKER.match(sentence.text[match.end() :]))


def _has_person(sentence: Span, people: Sequence[int]) -> bool:
    is_named = bisect_left(people, sentence.start) < bisect_left(people, sentence.end)
    return is_named or bool(_ONE_PERSON.search(sentence.text))


def _datum(sentence: Span, start: int, end: int) -> PersonalDatum:
    return PersonalDatum("health", sentence.start + start, sentence.start + end, sentence.text[start:end])
