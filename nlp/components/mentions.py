"""Names of people, organisations and places, and dates, told by their words and their company."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nlp.components.circumstances import find_dates
from nlp.components.name_lexicon import first_names, organisation_words, place_words, regions
from nlp.components.words import DETERMINER, OPEN, PREPOSITION, Word, words_of
from nlp.types import Mention, Span

LABEL_BY_ENTITY = {
    "PERSON": "PERSON", "PER": "PERSON", "ORG": "ORG", "NORP": "ORG", "GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE",
    "PLACE": "PLACE", "DATE": "DATE",
}  # fmt: skip
"""What a trained pipeline's entity labels are called here; its other labels are left out."""

TITLES = frozenset(
    ("mr", "mrs", "ms", "miss", "mx", "dr", "rev", "revd", "reverend", "father", "sister", "sir", "dame", "lady",
     "lord",
     "prof", "professor", "imam", "rabbi", "canon", "pastor", "nurse", "auntie", "uncle", "cllr", "councillor", "sgt",
     "pc", "captain", "major",)
)  # fmt: skip
_RELATION = re.compile(
    r"(?i)^(?:wife|husband|daughter|son|sister|brother|mother|father|mum|dad|nan|gran|grandson|granddaughter"
    r"|neighbour|friend|cousin"
    r"|nephew|niece|partner|called|named|volunteer|helper|helpers|member|resident|caretaker|player|pupil|aunt"
    r"|uncle|for|with|by|and)$"
)
_SPEECH = re.compile(
    r"(?i)^(?:said|says|told|asked|explained|explains|added|adds|recalled|recalls|remembered|remembers|laughed"
    r"|who|whose|wrote|writes|thinks|does)$"
)
_PERSON_NOUN = re.compile(
    r"(?:man|woman|boy|girl|lad|lass|volunteer|neighbour|member|resident|chair|secretary|treasurer|name|son"
    r"|daughter|wife|husband"
    r"|brother|sister|mother|father|friend|founder|coordinator|manager|one)$"
)
_AGE = re.compile(r"^\s*(?:,\s*(?:aged\s+)?\d{1,2}\b|\(\d{1,2}\)|,\s+who\b|,\s+whose\b)")
_NOT_A_NAME = re.compile(
    r"covid(?:-19)?|i|ok|nhs|mps?|tv|uk|eu|god|christmas|easter|ramadan|eid|diwali|zoom|facebook|whatsapp|discord"
    r"|english|welsh|scottish|irish|british|polish|afghan|syrian|ukrainian|yes|no|oh|well"
)
_LINKS = frozenset(("of", "and", "&", "the", "on", "upon", "for", "in", "by", "de", "le", "y"))


def find_mentions(text: str, sentences: Sequence[Span]) -> tuple[Mention, ...]:
    """PERSON, ORG, PLACE and DATE mentions in order, not overlapping within a label."""
    known_inside = _names_inside_sentences(text, sentences)
    found = [mention for sentence in sentences for mention in _names(text, words_of(sentence), known_inside)]
    people = {mention.text.split()[0].lower() for mention in found if mention.label == "PERSON"}
    found = [_as_person(mention, people) for mention in found]
    found += [Mention("DATE", span.start, span.end, span.text) for span in find_dates(text)]
    return tuple(sorted(found, key=lambda mention: (mention.start, mention.end)))


def _names(text: str, words: Sequence[Word], known_inside: frozenset[str]) -> Iterator[Mention]:
    index = 0
    while index < len(words):
        end = _run_end(words, index)
        if end == index or (index == 0 and end == 1 and not _may_open_sentence(words, known_inside)):
            index = max(end, index + 1)
            continue
        first = index
        while first < end - 1 and words[first].lower in ("old", "dear", "young", "the", "big", "little", *TITLES):
            first += 1
        if end - first > 1 and words[first].lower not in first_names() and words[first + 1].lower in first_names():
            first += 1  # "Driver Gordon Laidlaw"
        label = _label(text, words, first, end)
        stop = words[end - 1].end
        stretch = text[words[first].start : stop]
        if label != "ORG" and stretch.lower().endswith(("'s", "’s")):
            stretch = stretch[:-2]
        if label:
            yield Mention(label, words[first].start, words[first].start + len(stretch), stretch)
        index = end


def _run_end(words: Sequence[Word], start: int) -> int:
    """Where the run of capitalised words from `start` ends; small words inside a name belong to it."""
    end = start
    while end < len(words):
        if _is_name_word(words[end]):
            end += 1
            continue
        links = 0
        while end + links < len(words) and words[end + links].lower in _LINKS:
            links += 1
        joins = end > start and 0 < links <= 2 and end + links < len(words) and _is_name_word(words[end + links])
        if not joins or not _may_link(words, start, end, links):
            break
        end += links
    return end


def _may_link(words: Sequence[Word], start: int, end: int, links: int) -> bool:
    """ "Friends of the Baths" and "Lisburn and Castlereagh" are one name, "Ann and Bob" or "Leeds in May" are not."""
    link = words[end].lower
    if link in ("and", "&"):
        follower = _run_tail(words, end + links)
        return follower in organisation_words() and words[end - 1].lower not in first_names()
    if link in ("of", "upon", "le", "y", "de"):
        return words[start].lower not in first_names()
    return link == "on" and words[end + links].lower in ("sea", "tyne", "trent", "thames", "avon", "wye")


def _run_tail(words: Sequence[Word], index: int) -> str:
    while index + 1 < len(words) and _is_name_word(words[index + 1]):
        index += 1
    return words[index].lower


def _is_name_word(word: Word) -> bool:
    is_capital = word.is_capitalised and word.text[0].isalpha()
    is_plain = word.tag in (OPEN, PREPOSITION) or (word.lower in TITLES) or word.tag in ("verb", "gerund")
    return is_capital and is_plain and not _NOT_A_NAME.fullmatch(word.lower.removesuffix("'s"))


def _may_open_sentence(words: Sequence[Word], known_inside: frozenset[str]) -> bool:
    """Is the capital of a sentence's first word more than the sentence's own?"""
    lower = words[0].lower.removesuffix("'s")
    following = words[1].lower if len(words) > 1 else ""
    is_known = lower in first_names() or lower in known_inside or lower in regions()
    return is_known and (following not in ("that", "the") or lower in first_names())


def _names_inside_sentences(text: str, sentences: Sequence[Span]) -> frozenset[str]:
    inside: set[str] = set()
    for sentence in sentences:
        rest = sentence.text.split()[1:]
        inside.update(
            word.strip(".,;:!?()\"'“”‘’").lower() for word in rest if word[:1].isupper() and not word.isupper()
        )
    return frozenset(inside)


def _label(text: str, words: Sequence[Word], first: int, end: int) -> str | None:
    name = [word.lower.removesuffix("'s").strip("'") for word in words[first:end]]
    before = words[first - 1].lower if first else ""
    after = words[end].lower if end < len(words) else ""
    if name[0] == "st" or before == "st":
        return "ORG"  # churches, schools and hospitals are named after saints
    if " ".join(name) in regions():
        return "PLACE"
    if before.rstrip(".") in TITLES or (before == "." and first > 1 and words[first - 2].lower in TITLES):
        return "PERSON"
    if name[-1] in organisation_words() or (
        len(name) > 1 and set(name) & organisation_words() and name[-1] not in place_words()
    ):
        return "ORG" if len(name) > 1 or before == "the" else None
    if name[-1] in place_words() and len(name) > 1:
        return "PLACE"
    if text[words[first].start : words[end - 1].end].isupper() and name[0] not in first_names():
        return None  # a heading
    if name[0] in first_names() and len(name) <= 3 and before != "the":
        return "PERSON"
    if _SPEECH.match(after) and len(name) <= 3 and before != "the":
        return "PERSON"
    if _AGE.match(text[words[end - 1].end : words[end - 1].end + 16]) and before != "the":
        return "PERSON"
    return _label_by_company(words, first, end, name, before)


def _label_by_company(words: Sequence[Word], first: int, end: int, name: Sequence[str], before: str) -> str | None:
    if before in ("in", "at", "near", "from", "across", "around", "outside", "to", "on"):
        return "PLACE"
    if _RELATION.match(before) and before not in ("for", "with", "by", "and") and len(name) <= 3:
        return "PERSON"
    if before == "the":
        return "ORG" if len(name) > 1 else None
    if before in (",", "'s", "is") and first > 1 and _PERSON_NOUN.match(words[first - 2].lower):
        return "PERSON"
    if len(name) == 2 and end < len(words) and words[end].tag in ("verb", "auxiliary") and not name[1].endswith("s"):
        return "PERSON"
    if len(name) == 2 and all(part.isalpha() for part in name) and (first == 0 or words[first - 1].tag != DETERMINER):
        return "ORG" if name[0].endswith("s") else "PERSON" if first else None
    return "ORG" if len(name) > 2 else None


def _as_person(mention: Mention, people: set[str]) -> Mention:
    """A first name that stands elsewhere with a surname is the same person's."""
    is_person = mention.label != "DATE" and mention.text.lower() in people
    return Mention("PERSON", mention.start, mention.end, mention.text) if is_person else mention
