"""How many people a description may fit: role, age and event of somebody, in a place of some size.

In a small place a few plain words point to one person ("small towns or villages … problematic", UK Data Service on
anonymisation). The estimate multiplies the people of the place by the share of those who hold the role, have the age
and lived through the event, as if these were independent; it takes details of one paragraph together, for people are
described in one breath. It has to tell ten from ten thousand, not ten from twelve.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from nlp.rare_details import AGE_WORDS, EVENTS, ONE_OF_A_KIND, PLACE_WORDS, ROLES, share_of_age

PEOPLE_BY_PLACE_KIND: Mapping[str, int] = {
    "neighbourhood": 8_000,
    "local_authority": 180_000,
    "region": 6_000_000,
    "nation": 5_000_000,
    "": 60_000_000,
}
"""How many people typically live in a place of a kind, where nobody has counted: a middle layer super output area
of the census, a local authority, a region; a nation, for the three small ones."""
WIDER = ("neighbourhood", "local_authority", "region", "")
FEW, SOME = 10, 100
"""Below FEW a description points to people; from SOME on it points to nobody."""
_AGE = re.compile(
    r"(?i)\b(?:aged|turned)\s+(?P<a>\d{1,3})\b(?!\s*(?:days|weeks|months|%|per))"
    r"|\b(?:was|is|at|of)\s+(?P<d>\d{1,3})(?=[\s,.;)]*(?:years?\s+old|,|\.|;|\)|$|and\b|when\b))"
    r"|\b(?P<b>\d{1,3})[- ]years?[- ]olds?\b|\((?P<c>\d{1,3})\)"
)


@dataclass(frozen=True, slots=True)
class Detail:
    """Something that narrows down who is meant. share: of all people, in (0, 1]. [start, end) in the text."""

    kind: str
    """role, age, event or place."""
    words: str
    share: float
    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True)
class Estimate:
    """About how many people the narrowest description fits. place_people: how many live where it happened."""

    n_people: float
    place_people: int
    details: tuple[Detail, ...]
    advice: tuple[tuple[str, float], ...]
    """(which kind of detail to coarsen, about how many people it fits then), the most helpful first."""

    @property
    def level(self) -> str:
        """'few', 'some' or 'many'."""
        return "few" if self.n_people < FEW else "some" if self.n_people < SOME else "many"


def estimate(text: str, *, place_kind: str = "", place_people: int | None = None) -> Estimate:
    """The narrowest description in a text. place_people: how many live there, if anybody counted them.

    A text that describes nobody by role, age or event fits everybody in the place.
    """
    people = place_people or PEOPLE_BY_PLACE_KIND[place_kind]
    whole = Estimate(n_people=float(people), place_people=people, details=(), advice=())
    return min((_of_paragraph(found, people, place_kind) for found in _described(text)), default=whole, key=_n_people)


def details_of(text: str) -> list[Detail]:
    """Every detail in a text, in its order."""
    found = [*_ages(text), *_listed(text, "role", ROLES), *_listed(text, "event", EVENTS)]
    found += [*_listed(text, "age", AGE_WORDS), *_listed(text, "place", PLACE_WORDS), *_singled_out(text)]
    return sorted(found, key=lambda detail: (detail.start, detail.end))


def _described(text: str) -> Iterator[list[Detail]]:
    """The details of each paragraph that describes somebody, and the words for places of the whole text with them."""
    details = details_of(text)
    places = [detail for detail in details if detail.kind == "place"]
    for start, end in _paragraphs(text):
        here = [detail for detail in details if detail.kind != "place" and start <= detail.start < end]
        if here:
            yield [*here, *places]


def _of_paragraph(details: list[Detail], people: int, place_kind: str) -> Estimate:
    """The rarest detail of each kind counts; more of a kind may be of other people."""
    rarest: dict[str, Detail] = {}
    for detail in details:
        if detail.kind not in rarest or detail.share < rarest[detail.kind].share:
            rarest[detail.kind] = detail
    # A word for a place tells how many live there, and never makes a place larger than it is said to be.
    here = min(people, round(rarest["place"].share)) if "place" in rarest else people
    shares = {kind: detail.share for kind, detail in rarest.items() if kind != "place"}
    chosen = tuple(sorted(rarest.values(), key=lambda detail: detail.start))
    found = Estimate(n_people=_fitting(here, shares), place_people=here, details=chosen, advice=())
    return replace(found, advice=_advice(here, shares, place_kind)) if found.level != "many" else found


def _fitting(people: int, shares: Mapping[str, float]) -> float:
    n_people = float(people)
    for share in shares.values():
        n_people *= share
    return n_people


def _advice(people: int, shares: Mapping[str, float], place_kind: str) -> tuple[tuple[str, float], ...]:
    """What becomes of the number if one detail is told less exactly, the most helpful first."""
    tried = {kind: _fitting(people, {k: s for k, s in shares.items() if k != kind}) for kind in shares}
    wider = WIDER[WIDER.index(place_kind) + 1 :] if place_kind in WIDER else ()
    if wider:
        tried["place"] = _fitting(PEOPLE_BY_PLACE_KIND[wider[0]], shares)
    return tuple(sorted(tried.items(), key=lambda one: -one[1]))


def _ages(text: str) -> Iterator[Detail]:
    for match in _AGE.finditer(text):
        age = int(next(found for found in match.groups() if found))
        if 0 < age < 115:
            yield _detail("age", match, share_of_age(age), "about {n} people is that old")


def _listed(text: str, kind: str, shares: Mapping[str, float]) -> Iterator[Detail]:
    why = {
        "role": "about {n} people is one",
        "event": "about {n} people has lived through it",
        "age": "about {n} people is that old",
        "place": "a place of that kind has about {people} people",
    }[kind]
    for match in _pattern(shares).finditer(text):
        share = next(
            shares[name] for name in (match[0].casefold(), match[0].casefold().rstrip("s")) if name in shares
        )
        yield _detail(kind, match, share, why)


def _singled_out(text: str) -> Iterator[Detail]:
    for match in ONE_OF_A_KIND.finditer(text):
        yield _detail("role", match, 1 / 20_000, "the words say that there is only one")


def _detail(kind: str, match: re.Match[str], share: float, why: str) -> Detail:
    told = why.format(n=f"one in {round(1 / share):,}" if 0 < share < 1 else "", people=f"{share:,.0f}")
    return Detail(kind, match[0], share, match.start(), match.end(), told)


def _pattern(names: Mapping[str, float]) -> re.Pattern[str]:
    listed = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?i)\b(?:{listed})s?\b")


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in re.finditer(r"\n\s*\n", text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def _n_people(found: Estimate) -> float:
    return found.n_people
