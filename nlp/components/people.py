"""People's names told by how a text is built: who speaks in a chat, who signs, who is greeted, who was named before.

These hold where a tagger is at a loss: in chat in lower case, in minutes, transcripts and letters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from nlp.components.coverage import Coverage
from nlp.components.name_lexicon import is_also_a_word, is_first_name, is_surname, organisation_words, place_words
from nlp.types import Mention, Span

TITLES = frozenset(
    ("mr", "mrs", "ms", "miss", "mx", "dr", "rev", "revd", "reverend", "father", "sister", "sir", "dame", "lady",
     "lord", "prof", "professor", "imam", "rabbi", "canon", "pastor", "nurse", "auntie", "uncle", "cllr",
     "councillor", "sgt", "pc", "captain", "major")
)  # fmt: skip

_WORD = r"[A-ZÀ-Þ][\w'’-]*\w"
_INITIAL = r"[A-ZÀ-Þ]\.?"
_NAME = (
    rf"{_WORD}(?:[ ](?:{_INITIAL}[ ])?(?:[Oo]['’]|Ó[ ]|Ní[ ]|Mc|Mac|(?:van|von|de|der|al|el|bin)[ ])?{_WORD}){{0,3}}"
)
_KIN = (
    r"(?:wife|husband|partner|son|daughter|sons|daughters|lad|lass|boy|girl|sister|brother|mother|father|mum|mam"
    r"|dad|nan|nana|gran|granny|grandad|grandson|granddaughter|niece|nephew|cousin|aunt|auntie|uncle|friend|mate"
    r"|neighbour)"
)
_LABEL = re.compile(r"(?m)^[ \t>*•\-\[]*(?P<who>[A-Za-zÀ-ÿ][\w'’-]{1,20}(?: [A-Z][\w'’.-]*){0,2}):(?=\s)")
_NO_SPEAKER_WORDS = """
    interviewer presenter narrator chair chairman secretary treasurer question answer note notes contact contacts
    subject date time to from cc re attn next then background summary lessons learning conclusion here there what
    why who when where how update ps nb for of and but so
    because tel phone email address enquiries wanted lost found apologies present action actions item agenda aim
    aims cost costs total result results quote story title place region method ingredients serves teacher pupil
    voice sound music volunteer resident member caller reporter editor news first second third last one two three
    monday tuesday wednesday thursday friday saturday sunday also plus yes no warning update thanks all
"""
_NO_SPEAKER = frozenset(_NO_SPEAKER_WORDS.split())
_CLOSING = re.compile(
    r"(?mi)^(?:yours(?:[ ]\w+){0,2}|(?:with[ ])?(?:kind|best|warm|warmest|every good)[ ](?:regards|wish(?:es)?)"
    r"|regards|love|much love|thanks|cheers|many thanks|all the best|in fellowship|god bless|blessings|sincerely"
    rf"|peace|take care)[ ]?,?[!.]?[ \t]*\n+[ \t]*(?P<who>(?-i:{_NAME})(?-i:[ ][A-Z]\.?)?)(?=[ \t]*(?:$|[,(\n]))"
)
_GREETING = re.compile(rf"(?m)^[ \t]*(?:Hi|Hello|Dear|Hey|Hiya|Morning|Evening)[ ](?P<who>{_NAME})(?=[ ]?[,!:.\n])")
_NO_ADDRESSEE_WORDS = """
    all sir madam bishop vicar friend friends neighbours neighbour everyone everybody team trustees members member
    editor colleague colleagues council councillor councillors santa committee volunteers resident residents funder
    reader readers head parents
"""
_NO_ADDRESSEE = frozenset(_NO_ADDRESSEE_WORDS.split())
_HEADER = re.compile(
    rf"(?m)^(?:To|From|Cc|CC|Attn|FAO|Contact|Contacts|Signed|Enquiries|Minutes)\s*:\s*(?P<who>{_NAME})"
)
_NAMED = re.compile(
    r"(?i)\b(?:(?:his|her|my|their|whose)\s+name(?:\s+is|\s+was|['’]s)\s+"
    r"|(?:boy|girl|lad|lass|man|woman|lady|fella|feller|bloke|chap|kid|child|toddler|volunteer|resident|neighbour|guy"
    r"|teenager|youngster|pupil|gentleman|widow|widower|nurse|driver|cook|one)\s+(?:called|named)\s+"
    rf"|\b(?:my|our|his|her|their)\s+(?:late\s+|eldest\s+|youngest\s+|little\s+|big\s+|own\s+)?{_KIN},?\s+"
    r"|\b(?:wee|little|big|old|young)\s+(?:boy|girl|lad|lass)\s+)"
    r"(?P<who>[^\W\d_][\w'’-]*\w(?:[ ](?-i:[A-ZÀ-Þ])[\w'’-]*\w)?)"
)
_TITLED = re.compile(rf"(?i)\b(?:mrs|mr|ms|cllr)\.?\s+(?P<who>[^\W\d_][\w'’-]+(?:[ ](?-i:{_WORD})){{0,2}})")
_INITIALLED = re.compile(r"(?<![\w.])(?P<who>(?:[A-Z]\.[ ]?){1,2}(?P<surname>[A-ZÀ-Þ][a-zß-ÿ][\w'’-]+))(?!\w)")
_CONTACT = re.compile(
    rf"\b(?:[Aa]sk(?:ing)? for|[Rr]ing|[Tt]ext|[Pp]hone|[Tt]elephone|[Cc]all|[Ee]mail|[Ss]peak to|[Ss]ee|[Cc]ontact"
    rf"|[Tt]hanks to|[Tt]hank you to|[Tt]hank)[ ](?P<who>{_NAME})"
)
_LAST_LINE = re.compile(r"(?:^|\n)[ \t–—-]*(?P<who>[^\W\d_][\w'’-]*(?:[ ][A-ZÀ-Þ][\w'’.-]*){0,2})[ \t]*(?:x+)?\s*\Z")
_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SHORT_NAMES_WORDS = """
    ali amy ann ben bev col dan dev gav ian jan jen jim jon kev kim kit len les lil liz lou mel meg moe nat ned obi
    pam peg pip rab raj reg ron roy sal sid stu ted tim tom val vic viv zac zoe
"""
_SHORT_NAMES = frozenset(_SHORT_NAMES_WORDS.split())
"""In lower case no other names as short are told from words."""
_CHAT_SHARE = 0.5


def find_people(text: str, sentences: Sequence[Span]) -> list[Mention]:
    """Names that the build of the text gives away, in order, not overlapping."""
    coverage = Coverage(len(text))
    found: list[Mention] = []
    is_chat = _is_chat(sentences)
    for start, end in (*_structural(text), *(_lower_case_names(text) if is_chat else ())):
        if start < end and coverage.is_free(start, end):
            coverage.take(start, end)
            found.append(Mention("PERSON", start, end, text[start:end]))
    return sorted(found, key=lambda mention: mention.start)


def every_mention(text: str, people: Sequence[Mention], taken: Sequence[Mention]) -> list[Mention]:
    """Further mentions of the people who are named: a first name or a surname alone, in any place of the text.

    taken: what is not to be named again. A name in lower case counts only where it cannot be a common word.
    """
    known = {part.lower() for person in people for part in _parts(person.text)}
    if not known:
        return []
    coverage = Coverage(len(text))
    for mention in taken:
        coverage.take(mention.start, mention.end)
    found = []
    for match in _TOKEN.finditer(text):
        word = _without_possessive(match[0])
        is_meant = word[0].isupper() or (is_first_name(word) and not is_also_a_word(word))
        end = match.start() + len(word)
        is_meant = is_meant and not (len(word) > 1 and word.isupper() and not is_first_name(word))
        if word.lower() in known and is_meant and coverage.is_free(match.start(), end):
            found.append(Mention("PERSON", match.start(), end, word))
    return found


def may_be_person(words: Sequence[str]) -> bool:
    """Could these capitalised words be somebody's name: is any of them a name that is borne?"""
    return any(is_first_name(word) or is_surname(word) for word in words)


def _parts(name: str) -> Iterator[str]:
    """The words of a name by which its bearer alone may be called."""
    words = [_without_possessive(word) for word in _TOKEN.findall(name)]
    for position, word in enumerate(words):
        if len(word) < 3 and not is_first_name(word):
            continue
        if word.lower() in TITLES or word.lower() in organisation_words() or word.lower() in place_words():
            continue
        if position == 0 or is_surname(word) or not is_also_a_word(word):
            yield word


def _structural(text: str) -> Iterator[tuple[int, int]]:
    yield from _speakers(text)
    for pattern in (_CLOSING, _HEADER):
        for match in pattern.finditer(text):
            words = match["who"].split()
            is_body = any(word.lower() in organisation_words() | place_words() for word in words)
            if pattern is _CLOSING or is_first_name(words[0]) or (len(words) > 1 and not is_body):
                yield match.span("who")
    for match in _GREETING.finditer(text):
        if match["who"].split()[0].lower() not in _NO_ADDRESSEE | TITLES:
            yield match.span("who")
    for match in _NAMED.finditer(text):
        who = match["who"].split()[0]
        if who[0].isupper() or (is_first_name(who) and not is_also_a_word(who)):
            yield _trimmed(match)
    for match in _TITLED.finditer(text):
        if match["who"][0].isupper() or is_surname(match["who"]) or match[0].islower():
            yield _trimmed(match)
    for match in _INITIALLED.finditer(text):
        if match["surname"].lower() not in organisation_words() | place_words():
            yield match.span("who")
    for pattern in (_CONTACT, _LAST_LINE):
        for match in pattern.finditer(text):
            words = match["who"].split()
            if is_first_name(words[0]) and not (len(words) == 1 and is_also_a_word(words[0])):
                yield _trimmed(match)


def _speakers(text: str) -> Iterator[tuple[int, int]]:
    labels = list(_LABEL.finditer(text))
    n_by_label = Counter(match["who"].lower() for match in labels)
    for match in labels:
        who = match["who"]
        first = who.split()[0]
        if first.lower() in _NO_SPEAKER or first.lower() in organisation_words():
            continue
        is_name = is_first_name(first) and (first[0].isupper() or not is_also_a_word(first))
        if is_name or (n_by_label[who.lower()] >= 3 and not is_also_a_word(first)):
            yield match.span("who")


def _is_chat(sentences: Sequence[Span]) -> bool:
    """Is the text written without capitals?"""
    openings = [span.text[0] for span in sentences if span.text[:1].isalpha()]
    return len(openings) > 0 and sum(opening.islower() for opening in openings) / len(openings) >= _CHAT_SHARE


def _lower_case_names(text: str) -> Iterator[tuple[int, int]]:
    for match in _TOKEN.finditer(text):
        word = _without_possessive(match[0])
        is_long_enough = len(word) > 3 or word in _SHORT_NAMES
        is_name = is_first_name(word) and not is_also_a_word(word) and word not in TITLES
        if word.islower() and is_long_enough and is_name:
            yield match.start(), match.start() + len(word)


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    start, end = match.span("who")
    return start, start + len(_without_possessive(match["who"])) if end > start else end


def _without_possessive(word: str) -> str:
    return word[:-2] if word.lower().endswith(("'s", "’s")) else word
