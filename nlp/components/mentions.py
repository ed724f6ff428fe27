"""Names of people, organisations and places, and dates, told by their words and their company."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nlp.components.coverage import Coverage
from nlp.components.dates import find_dates
from nlp.components.name_lexicon import (
    is_also_a_word,
    is_first_name,
    is_surname,
    organisation_words,
    place_words,
    regions,
)
from nlp.components.people import TITLES, every_mention, find_people, may_be_person
from nlp.components.unknown_names import find_unknown_names
from nlp.components.words import DETERMINER, OPEN, PREPOSITION, Word, words_of
from nlp.types import Mention, Span

LABEL_BY_ENTITY = {
    "PERSON": "PERSON", "PER": "PERSON", "ORG": "ORG", "NORP": "ORG", "GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE",
    "PLACE": "PLACE", "DATE": "DATE",
}  # fmt: skip
"""What a trained pipeline's entity labels are called here; its other labels are left out."""

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
    r"|christian|jesus|english|welsh|scottish|irish|british|polish|afghan|syrian|ukrainian|yes|no|oh|well"
)
_LINKS = frozenset(("of", "and", "&", "the", "on", "upon", "for", "in", "by", "de", "le", "y"))


def find_mentions(
    text: str, sentences: Sequence[Span], entities: Sequence[Mention] = (), *, proper: frozenset[int] | None = None
) -> tuple[Mention, ...]:
    """PERSON, ORG, PLACE and DATE mentions in order, not overlapping within a label.

    proper: where the words begin that a tagger takes for proper nouns, if there was one.
    entities: what a trained recogniser found. What the build of the text gives away is the surest, then come
    names by their words and company, and the recogniser has its say wherever these are silent or unsure.
    """
    known_inside = _names_inside_sentences(text, sentences)
    by_rules = [mention for sentence in sentences for mention in _names(text, words_of(sentence), known_inside)]
    people = {mention.text.split()[0].lower() for mention in by_rules if mention.label == "PERSON"}
    by_rules = [_as_person(mention, people) for mention in by_rules]
    named = combined(text, find_people(text, sentences), by_rules, [e for e in entities if e.label != "DATE"])
    named = _with_unknown_names(text, named, proper)
    persons = [mention for mention in named if mention.label == "PERSON"]
    dates = [Mention("DATE", span.start, span.end, span.text) for span in find_dates(text)]
    named += every_mention(text, persons, named)
    return tuple(sorted((*named, *dates), key=lambda mention: (mention.start, mention.end)))


def _with_unknown_names(text: str, named: list[Mention], proper: frozenset[int] | None) -> list[Mention]:
    """The mentions with people whom no list knows; what was only guessed to be something else gives way to them."""
    sure = [m for m in named if m.label == "PERSON" or _is_told_by_words(m)]
    people = find_unknown_names(text, sure, proper=proper)
    coverage = Coverage(len(text))
    for person in people:
        coverage.take(person.start, person.end)
    return [*people, *(mention for mention in named if coverage.is_free(mention.start, mention.end))]


def combined(
    text: str, by_build: Sequence[Mention], by_rules: Sequence[Mention], entities: Sequence[Mention]
) -> list[Mention]:
    """One reading of each stretch. A person whom any of the three sees is kept unless its words say otherwise."""
    coverage = Coverage(len(text))
    kept: list[Mention] = []
    unsure = [mention for mention in by_rules if not _is_told_by_words(mention)]
    sure = [mention for mention in by_rules if _is_told_by_words(mention)]
    recognised = [entity for entity in map(_untitled, entities) if entity.label != "PERSON" or _is_credible(entity)]
    # Whom anybody takes for a person comes before what others take the same words for: recall matters most.
    people = [mention for mention in (*recognised, *unsure) if mention.label == "PERSON"]
    others = [mention for mention in (*recognised, *unsure) if mention.label != "PERSON"]
    for mention in (*by_build, *sure, *people, *others):
        if mention.end > mention.start and coverage.is_free(mention.start, mention.end):
            coverage.take(mention.start, mention.end)
            kept.append(mention)
    return kept


def _is_told_by_words(mention: Mention) -> bool:
    """Do the words of the name themselves say what it is, and not only what stands around it?"""
    words = mention.text.split()
    if mention.label == "PERSON":
        return is_first_name(words[0]) and not (len(words) == 1 and is_also_a_word(words[0]))
    last = words[-1].lower().removesuffix("'s").removesuffix("’s")
    is_kind = last in organisation_words() or last in place_words()
    return (is_kind and len(words) > 1) or mention.text.lower() in regions()


def _is_credible(person: Mention) -> bool:
    """Is a recognised person's name one that is borne, or at least two words that are no kind of body or place?

    A small recogniser takes many a capital at the start of a sentence for somebody.
    """
    words = person.text.split()
    if not all(word[:1].isupper() for word in words if word.lower() not in _LINKS):
        return is_first_name(words[0]) and not is_also_a_word(words[0])
    is_kind = any(word.lower() in organisation_words() | place_words() for word in words)
    if len(words) == 1:
        return (is_first_name(words[0]) or is_surname(words[0])) and not is_also_a_word(words[0])
    return not is_kind and not words[0].endswith(("'s", "’s")) and (may_be_person(words) or len(words[-1]) > 2)


def _untitled(entity: Mention) -> Mention:
    """The entity without a title before it and a possessive behind it."""
    start, text = entity.start, entity.text
    while entity.label == "PERSON" and " " in text and text.split()[0].lower().rstrip(".") in TITLES:
        rest = text.split(" ", 1)[1]
        start, text = start + len(text) - len(rest), rest
    if entity.label != "ORG" and text.lower().endswith(("'s", "’s")):
        text = text[:-2]
    return Mention(entity.label, start, start + len(text), text)


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
        if _begins_with_a_role(words, first, end):
            first += 1  # "Driver Gordon Laidlaw"
        label = _label(text, words, first, end)
        stop = words[end - 1].end
        stretch = text[words[first].start : stop]
        if label != "ORG" and stretch.lower().endswith(("'s", "’s")):
            stretch = stretch[:-2]
        if label:
            yield Mention(label, words[first].start, words[first].start + len(stretch), stretch)
        index = end


def _begins_with_a_role(words: Sequence[Word], first: int, end: int) -> bool:
    before = words[first - 1].lower if first else ""
    is_named_after = end - first > 1 and not is_first_name(words[first].text) and is_first_name(words[first + 1].text)
    if end - first == 2 and is_surname(words[first + 1].text):
        return False  # a rare first name with a surname
    return is_named_after and before != "the" and not words[first].lower.endswith(("'s", "’s"))


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
        return follower in organisation_words() and not is_first_name(words[end - 1].text)
    if link in ("of", "upon", "le", "y", "de"):
        return not is_first_name(words[start].text)
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
    is_told = bool(_SPEECH.match(following)) or [w.lower for w in words[1:3]] in ([",", "who"], [",", "whose"])
    is_name = is_first_name(lower) and (is_told or not is_also_a_word(lower))
    is_known = is_name or lower in known_inside or lower in regions()
    return is_known and (following not in ("that", "the") or is_name)


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
    is_titled = before.rstrip(".") in TITLES or (before == "." and first > 1 and words[first - 2].lower in TITLES)
    if is_titled and name[-1] not in organisation_words():
        return "PERSON"
    if name[-1] in organisation_words() or (
        len(name) > 1 and set(name) & organisation_words() and name[-1] not in place_words()
    ):
        return "ORG" if len(name) > 1 or before == "the" else None
    if name[-1] in place_words() and len(name) > 1:
        return "PLACE"
    if text[words[first].start : words[end - 1].end].isupper() and not is_first_name(name[0]):
        return None  # a heading
    if words[first].text.endswith(("'s", "’s")) and len(name) > 1:
        return "ORG"  # "Noah's Ark", "Wilf's Shed"
    if is_first_name(name[0]) and len(name) <= 3 and before != "the":
        return "PERSON"
    is_group = len(name) == 1 and name[0].endswith("s") and not is_surname(name[0])
    if _SPEECH.match(after) and len(name) <= 3 and before != "the" and not is_group:
        return "PERSON"
    is_where = before in ("the", "of", "in", "at", "from", "near")
    if _AGE.match(text[words[end - 1].end : words[end - 1].end + 16]) and not is_where:
        return "PERSON"
    return _label_by_company(words, first, end, name, before)


def _label_by_company(words: Sequence[Word], first: int, end: int, name: Sequence[str], before: str) -> str | None:
    has_surname = len(name) == 2 and is_surname(name[1]) and not is_also_a_word(name[1])
    if has_surname and before in ("from", "to"):
        return "PERSON"  # "a letter from Ninian Bruce"
    if before in ("in", "at", "near", "from", "across", "around", "outside", "to", "on"):
        return "PLACE"
    if _RELATION.match(before) and before not in ("for", "with", "by", "and") and len(name) <= 3:
        return "PERSON"
    if before == "the":
        return "ORG" if len(name) > 1 else None
    if before in (",", "'s", "is") and first > 1 and _PERSON_NOUN.match(words[first - 2].lower):
        return "PERSON"
    is_bare = first == 0 or words[first - 1].tag != DETERMINER
    if len(name) == 2 and all(part.isalpha() for part in name) and is_bare:
        return "PERSON" if has_surname else "ORG" if first else None
    return "ORG" if len(name) > 2 else None


def _as_person(mention: Mention, people: set[str]) -> Mention:
    """A first name that stands elsewhere with a surname is the same person's."""
    is_person = mention.label != "DATE" and mention.text.lower() in people
    return Mention("PERSON", mention.start, mention.end, mention.text) if is_person else mention
