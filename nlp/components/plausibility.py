"""Is it a change of use? Idioms, moods, weather, people, products and names change too, and are not meant."""

from __future__ import annotations

import re
from functools import cache

from nlp.components.use_categories import category_by_words

_ABSTRACT = """
    anger frustration grief sorrow fear hope hopes despair action actions petition opportunity opportunities success
    failure victory defeat lesson lessons story stories habit tradition reality problem problems joke nightmare
    dream dreams asset assets strength weakness way movement river flood torrent trickle blessing battle fight fun
    laughter tears joy pride challenge challenges triumph disaster mess idea ideas plan plans campaign conversation
    friendship friendships energy passion success-story necessity part norm matter question worry worries regular
    fixture legend talking-point symbol landmark lifeline focus favourite force example model catalyst priority
    issue scandal farce cause dispute argument row moment legacy habit routine custom memory celebration adventure
    marathon responsibility reason possibility partner member members brand title name advantage gold profit loss
    cash money result results empire parliament circus-act owl state friendships pile deal war
"""

_FORMS = """
    charity cic company trust enterprise organisation cooperative co-operative partnership federation
"""

_PEOPLE = """
    grandmother grandfather mother father parent parents mum dad nan wife husband teacher teachers nurse doctor
    volunteer volunteers chair chairman chairwoman chairperson secretary treasurer trustee manager coordinator
    worker workers leader friend friends neighbour mentor mayor councillor vicar priest head trainer driver drivers
    chef director student apprentice carer carers citizen champion widow widower expert fan electrician plumber
    builder gardener artist poet musician singer player captain coach-driver ambassador caretaker owner landlord
    landlady supporter supporters boss president patron adult adults man men woman women boy girl person people
    child children family families staff crew helper helpers
"""

_MATERIALS = """
    milk flour apples apple fruit spices spice plums tomatoes grapes honey oats barley wool timber wood pallets
    cloth fabric curtains sheets duvets plastic bottles waste scraps leftovers cardboard paper clay yarn leather oil
    compost peelings potatoes berries rhubarb cream water fat bread crusts sails tyres denim silk duvet
"""

_PRODUCTS = """
    cheese bread jam chutney juice cider wine beer soup butter yoghurt masala paste cake cakes pie pies compost
    biodiesel candles soap bags bunting quilts quilt benches furniture curry toys cushions planters sausages pickle
    sauce oil paper jewellery clothes clothing
"""

_WEATHER = re.compile(
    r"(?i)^(?:rain|snow|sleet|drizzle|hail|ice|slush|mud|fog|mist|dust|ash|rubble|water features?)$"
)
_IDIOM = re.compile(
    r"(?i)\bturn(?:s|ed|ing)?\s+(?:up|out|down|round|around|away|heads|the\s+(?:tables|corner|page|clock|tide)"
    r"|a\s+(?:corner|profit"
    r"|blind)|to\s+(?:each|one|us|me|him|her|them|dust|ice))\b"
)
_NO_USE = re.compile(
    r"(?i)^(?:clear|known|aware|available|popular|possible|involved|part|more|less|so|very|too|one|ill|older"
    r"|bigger|something|it|full|busy|such)(?![-\w])"
)


def is_change_of_use(source: str | None, target: str, verb_phrase: str, *, needs_known_use: bool) -> bool:
    """May `target` be what `source` was put to use as?

    verb_phrase: the words of the whole construction. needs_known_use: refuse a target without a word of use.
    """
    if _IDIOM.search(verb_phrase) or _NO_USE.match(target) or not any(c.isalpha() for c in target):
        return False
    if (
        {head_of(target), target.lower().split()[-1]} & _words("abstract")
        or _WEATHER.match(target)
        or (source and _WEATHER.match(source))
    ):
        return False
    if head_of(target) in _words("forms") and category_by_words(target) in (None, "community-hub"):
        return False  # "became a registered charity" is a new form and not a new use
    if is_person(target) or is_product(source, target):
        return False
    if source and (head_of(source) in _words("abstract") or _same(source, target)):
        return False
    return category_by_words(target) is not None if needs_known_use else True


def is_person(phrase: str) -> bool:
    """Is the phrase's head a person, as in "music teacher" or "our treasurer"?"""
    return head_of(phrase) in _words("people")


def is_product(source: str | None, target: str) -> bool:
    """Is it a thing made of a material ("milk into cheese") and not a use?"""
    if source is None:
        return False
    made_of = head_of(source) in _words("materials")
    return made_of and (head_of(target) in _words("products") or head_of(target).endswith("s"))


def head_of(phrase: str) -> str:
    """The head noun of a noun phrase in lower case: the last word before "for", "of", "in" …"""
    words = re.split(r"\s(?:for|of|with|in|on|at|to|from|that|where|between|by)\s", phrase.lower())[0].split()
    return words[-1].strip("'’\".,") if words else ""


def _same(source: str, target: str) -> bool:
    """A pool reopened as a pool is back to what it was."""
    return target.lower() == source.lower() or source.lower().endswith(" " + target.lower())


@cache
def _words(kind: str) -> frozenset[str]:
    lists = {
        "abstract": _ABSTRACT,
        "forms": _FORMS,
        "people": _PEOPLE,
        "materials": _MATERIALS,
        "products": _PRODUCTS,
    }
    return frozenset(lists[kind].split())
