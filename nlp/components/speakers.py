"""Who said what stands between quotation marks, as the text tells it before or after them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from nlp.components.people import TITLES
from nlp.types import Mention

_SAID = (
    r"(?:said|says?|told|tells|asked|asks|explained|explains|added|adds|recalled|recalls|remembered|remembers|laughed"
    r"|laughs|wrote|writes|replied|replies|reminded|admitted|admits|insisted|insists|reported|commented|comments"
    r"|reflected|reflects|put\s+it|shouted|whispered|smiled|joked|jokes|agreed|answered|announced|declared|thinks"
    r"|thought|went|goes|muttered|called\s+out|cried|sighed|observed|noted|concluded|continued|texted|e-?mailed)"
)
_ADVERB = r"(?:(?:\w+ly|just|then|also|always|once|only|still|often|later|even)\s+)?"
_CAPITAL = r"[A-ZÀ-Þ][\w'’-]*(?:\.(?=[ ,]))?"
_TITLE = r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Rev|Cllr|Sister|Father)\.?\s+)?"
_NAME = rf"{_TITLE}[A-ZÀ-Þ][\w'’-]*(?:\s+{_CAPITAL}){{0,3}}"
_MEN = (
    r"man|lad|boy|fella|fellow|feller|bloke|chap|gentleman|father|dad|grandad|grandfather|husband|brother|son|uncle|chairman"
    r"|grandson|nephew|vicar|steward|guy"
)
_WOMEN = (
    r"woman|lady|girl|lass|mother|mum|mam|nan|gran|granny|grandmother|wife|sister|daughter|aunt|auntie|niece|granddaughter"
    r"|headmistress"
)
_ANYBODY = (
    r"volunteer|resident|member|neighbour|customer|visitor|donor|nurse|doctor|teacher|driver|chair|secretary|treasurer"
    r"|trustee|councillor|officer|manager|coordinator|worker|pupil|student|child|parent|carer|patient|tenant|regular"
    r"|caretaker|farmer|baker|barber|cook|chef|landlady|landlord|usherette|conductor|participant|person|friend|partner"
    r"|cousin|guest|shopper|teenager|pensioner|widow|widower"
)
_ROLE = rf"(?:{_MEN}|{_WOMEN}|{_ANYBODY})\b"
_DETERMINED = r"(?:one|another|an?|the|our|my|his|her|their|some)"
_PHRASE = rf"{_DETERMINED}\s+(?:(?!{_DETERMINED}\b)[\w'’-]+\s+){{0,3}}?{_ROLE}(?:\s+of\s+\w+)?"
_PRONOUN = r"(?:he|she|they|it|I|we|somebody|someone|everyone|everybody|people|nobody)"
_WHO = rf"(?P<who>(?-i:{_NAME})|{_PHRASE}|(?:donor|visitor)s?|{_PRONOUN})"
_AFTER = (
    re.compile(rf"(?i)^[,.]?\s*{_SAID}\s+{_WHO}"),
    re.compile(rf"(?i)^[,.]?\s*{_WHO},?\s+{_ADVERB}{_SAID}\b"),
    re.compile(rf"^\s*[–—-]+\s*(?P<who>{_NAME})"),
)
_VERB_BEFORE = re.compile(
    rf"(?i){_WHO}(?P<between>(?:,\s[^.!?\n]{{1,120}}?,|\s+[^.!?\n,:]{{1,60}}?\s+and|\s+\([^)\n]{{1,30}}\))?)\s+{_ADVERB}{_SAID}\b"
    r"[^.!?\n\"“”]{0,60}[:,]?\s*$"
)
_LABEL_BEFORE = re.compile(rf"(?P<who>{_NAME})(?:,\s[^.!?\n]{{1,80}})?:\s*$")
_PERSON_PHRASE = re.compile(rf"(?i)\b{_PHRASE}|\b(?:big|old|young|wee)\s+{_ROLE}")
_PREDICATE = re.compile(r"(?i)(?<!there )\b(?:be|been|being|was|were|is|am|are|as|became|like)\s+$|['’](?:s|m|d)\s+$")
_SAID_NEAR_END = re.compile(rf"(?i)\b{_SAID}\b[^.!?\n\"“”]{{0,40}}$")
_REACH = 240
_SENTENCE_END = re.compile(r"[.!?…][\"”’')]?\s+(?=[A-ZÀ-Þ\"“‘'])")


@dataclass(frozen=True, slots=True)
class Speaker:
    """name: None if the text does not say. is_told: does the text say at all that somebody said it?"""

    name: str | None
    is_told: bool


class Speakers:
    """The speakers of one text."""

    def __init__(self, text: str, names: Sequence[Mention]) -> None:
        """names: mentions of the text, people's among them."""
        self._text = text
        self._people = [name for name in names if name.label == "PERSON"]

    def of(self, start: int, end: int) -> Speaker:
        """Who said `text[start:end]`, which stands between quotation marks."""
        after = self._text[end + 1 : end + 120].split("\n")[0]
        # After a full stop a new sentence begins, which does not say who spoke before it.
        is_over = self._text[start:end].rstrip().endswith((".", "…"))
        for pattern in _AFTER:
            match = None if is_over and pattern is _AFTER[1] else pattern.search(after)
            if match:
                return self._named(match["who"], end + 1 + match.start("who"), before=start - 1)
        return self._told_before(start)

    def _told_before(self, start: int) -> Speaker:
        first = max(self._text.rfind("\n", 0, start) + 1, start - _REACH)
        lead = self._text[first : start - 1]
        # The mark that opens the speech is looked at too: a sentence may end right before it.
        ends = [match.end() for match in _SENTENCE_END.finditer(self._text[first:start])]
        sentence_start = first + min(max(ends, default=0), len(lead))
        sentence = self._text[sentence_start : start - 1]
        match = _VERB_BEFORE.search(sentence)
        if match:
            return self._named(match["who"], sentence_start + match.start("who"), before=sentence_start)
        verb = _SAID_NEAR_END.search(sentence)
        subject = verb and self._last_person(sentence_start + verb.start(), since=sentence_start)
        if subject:
            return Speaker(subject, is_told=True)
        if sentence.rstrip().endswith(":"):
            return self._introduced(sentence, sentence_start, start)
        person = self._last_person(start, since=first)
        return Speaker(person if person and not sentence.strip() else None, is_told=False)

    def _introduced(self, sentence: str, sentence_start: int, start: int) -> Speaker:
        """Whoever a sentence that ends in a colon speaks of, as in "Leanne's words for your website:"."""
        person = self._last_person(start, since=sentence_start)
        if person:
            return Speaker(person, is_told=True)
        label = _LABEL_BEFORE.search(sentence)
        pronoun = re.match(r"(?i)\s*(?:he|she)\b", sentence)
        if label:
            return self._named(label["who"], sentence_start + label.start("who"), before=sentence_start)
        if pronoun:
            return Speaker(self._spoken_of(pronoun[0].strip(), sentence_start), is_told=True)
        return Speaker(None, is_told=False)

    def _named(self, who: str, position: int, *, before: int) -> Speaker:
        """The speaker whom these words mean. position: where they stand; before: where to look for he and she."""
        who = _tidied(who)
        lower = who.lower()
        if lower == "it":
            return Speaker(None, is_told=True)
        if lower in ("he", "she"):
            return Speaker(self._spoken_of(lower, min(before, position)) or who, is_told=True)
        return Speaker(self._full_name(position, who), is_told=True)

    def _full_name(self, position: int, who: str) -> str:
        """The name as it was recognised, with its title, where the words begin in the midst of one."""
        index = bisect_left(self._people, position, key=lambda name: name.end)
        if index < len(self._people) and self._people[index].start <= position + len(who):
            person = self._people[index]
            return self._titled(person) if person.text not in who else who
        return who

    def _spoken_of(self, pronoun: str, end: int) -> str | None:
        """The person, or the phrase for one, that "he" or "she" before `end` most likely means: the nearest."""
        start = max(end - 2 * _REACH, 0)
        same, other = (_MEN, _WOMEN) if pronoun == "he" else (_WOMEN, _MEN)
        phrases = [
            match
            for match in _PERSON_PHRASE.finditer(self._text, start, max(end, start))
            if not re.search(rf"(?i)\b(?:{other})\b", match[0])
            and not _PREDICATE.search(self._text[max(match.start() - 12, 0) : match.start()])
        ]
        n_before = bisect_left(self._people, end, key=lambda name: name.end)
        person = self._people[n_before - 1] if n_before and self._people[n_before - 1].start >= start else None
        if not phrases or person is None:
            return phrases[-1][0] if phrases else self._titled(person) if person else None
        # A name is meant rather than a phrase beside it, unless the phrase alone tells a man or a woman.
        is_told_apart = re.search(rf"(?i)\b(?:{same})\b", phrases[-1][0]) is not None
        is_later = _SENTENCE_END.search(self._text, person.end, phrases[-1].start() + 1) is not None
        is_phrase = phrases[-1].start() > person.start and (is_told_apart or is_later)
        return phrases[-1][0] if is_phrase else self._titled(person)

    def _last_person(self, end: int, *, since: int) -> str | None:
        index = bisect_left(self._people, end, key=lambda name: name.end) - 1
        if index >= 0 and self._people[index].start >= since:
            return self._titled(self._people[index])
        return None

    def _titled(self, person: Mention) -> str:
        before = self._text[max(person.start - 12, 0) : person.start].split()
        title = before[-1] if before and before[-1].lower().rstrip(".") in TITLES else ""
        return " ".join(f"{title} {person.text}".split())


def _tidied(who: str) -> str:
    """The name on one line, without a sentence's full stop but with an initial's: "Moira S."."""
    who = " ".join(who.split())
    return who.rstrip(".") if len(who.rstrip(".").split()[-1]) > 1 else who
