"""Is it a change of use? Idioms, moods, weather, people, products and names change too, and are not meant."""

from __future__ import annotations

import re
from functools import cache

from nlp.components.use_categories import category_by_words

_ABSTRACT = """
    anger frustration grief sorrow fear heating boiler lighting website logo constitution name title date snow
    frost thaw rain weather heat hope hopes despair action actions petition opportunity opportunities success
    failure victory defeat lesson story stories habit tradition reality problem problems joke nightmare dream
    dreams asset assets strength weakness way movement river flood torrent trickle blessing battle fight fun
    laughter tears joy pride challenge challenges triumph disaster mess idea ideas plan plans campaign
    conversation friendship friendships energy passion success-story necessity part norm matter question worry
    worries regular fixture legend talking-point symbol landmark lifeline focus favourite force example model
    catalyst priority issue scandal farce cause dispute argument row moment legacy routine custom memory
    celebration adventure marathon responsibility reason possibility partner member members brand advantage gold
    profit loss cash money result results empire parliament circus-act owl state pile deal war furnace lake swamp
    juggernaut bear-garden battleground battlefield minefield maze labyrinth zoo madhouse shambles sauna-bath
    icebox fridge-freezer loan deputy one ones pump era boom flop hit hindrance burden nuisance temptation curse
    ghost-town eyesore obsession craze ritual tonic medicine godsend haven-of beacon magnet mecca headache honour
    privilege duty event evening morning day night week year season tradition-of talk crowd song silence sleet
    spur reminder warning sign rule standard majority minority number thing things bit lot kind sort half third
    quarter pound pounds penny
"""

_FORMS = """
    charity cic company trust enterprise organisation cooperative co-operative partnership federation
"""

_PEOPLE = """
    grandmother grandfather mother father parent parents mum dad nan wife husband teacher teachers nurse doctor
    vet vets vicar lifeguard lifeguards bankers volunteer volunteers chair chairman chairwoman chairperson
    secretary treasurer trustee manager coordinator worker workers leader friend friends neighbour mentor mayor
    councillor priest head trainer driver drivers chef director student apprentice carer carers citizen champion
    widow widower expert fan electrician plumber builder gardener artist poet musician singer player captain
    coach-driver ambassador caretaker owner landlord landlady supporter supporters boss president patron adult
    adults man men woman women boy girl person people child children family families staff crew helper helpers
"""

_MATERIALS = """
    milk flour apples apple fruit spices spice plums tomatoes grapes honey oats barley wool timber wood pallets
    cloth fabric curtains sheets duvets plastic bottles waste scraps leftovers cardboard paper clay yarn leather
    oil compost peelings potatoes berries rhubarb cream water fat bread crusts sails tyres denim silk duvet
    carrots windfalls vegetables veg turnips beetroot marrows courgettes bananas pears blackberries elderflowers
    nettles pumpkin pumpkins onions bones eggs grain hops rags linen canvas jumpers jeans blankets coats uniforms
    t-shirts shirts ties umbrellas bikes bicycles doors planks floorboards bricks slates tiles cans tins jars
    bottle bedsheets sheet pillowcases crates drums barrels logs branches leaves grass straw sheep's-wool fleece
    fleeces wax coffee-grounds grounds rubble stone steel iron copper brass glass rope nets tarpaulin banners
    newspapers books magazines cards stamps coins photographs photos slides letters junk rubbish litter ash ashes
    sawdust soap surplus produce crop harvest grant donation donations donated proceeds
"""

_PRODUCTS = """
    cheese bread jam chutney juice cider wine beer soup butter yoghurt masala paste cake cakes pie pies compost
    biodiesel candles soap bags bunting quilts quilt benches furniture curry toys cushions planters sausages pickle
    sauce oil paper jewellery clothes clothing
"""

_MEASURE = re.compile(
    r"(?i)\b(?:kilos?|tonnes?|tons?|pounds?|bags?|sacks?|piles?|boxes|crates?|buckets?|acres|yards|metres|rolls?|\d+)\s+of\b"
)
_WEATHER = re.compile(
    r"(?i)^(?:rain|snow|frost|thaw|flood|storm|wind|sun|sunshine|heat|grief|sleet|drizzle|hail|ice|slush|mud"
    r"|fog|mist|dust|ash|rubble|water features?)$"
)
_IDIOM = re.compile(
    r"(?i)\bturn(?:s|ed|ing)?\s+(?:up|out|down|round|around|away|heads|the\s+(?:tables|corner|page|clock|tide)"
    r"|a\s+(?:corner|profit"
    r"|blind)|to\s+(?:each|one|us|me|him|her|them|dust|ice))\b"
)
_MAKES = re.compile(
    r"(?i)(?:turn|put|got|ma[dk]|convert|transform|bec[oa]m|chang|creat|fashion|carv|repurpos|recycl|transmut|morph)"
)
"""Verbs that also tell how a thing is made of a material."""
_FIGURE = re.compile(
    r"(?i)\b(?:shouting match|war zone|war room|bear garden|ghost town|talking shop|love story|free-for-all|circus"
    r"|zoo|madhouse|boxing match|battle ground|home from home|melting pot|house of cards|family affair|victim of"
    r"|parliament|christmas card|canal|bog|lungs)\b"
)
"""Places and contests that nobody is ever really turned into."""
_WIDE = ("community-hub", "other", "advice-support")
_NUMBER = re.compile(
    r"(?i)(?:(?:two|three|four|five|six|seven|eight|nine|ten|\w+teen|\w+ty|hundred|\d+|and|more)\s*)+"
)
_OCCUPATION = re.compile(r"(?:er|or|ist|man|woman|wright|smith|ian)$")
_SPELT_BIG = re.compile(
    r"(?:[A-Z][\w-]+ ?){1,2}(?:Covid|NHS|English|Ukrainian).*|(?:Covid|English|Ukrainian|Saturday|Sunday|Friday).*"
)
_NO_USE = re.compile(
    r"(?i)^(?:clear|known|aware|available|popular|possible|involved|part|more|less|so|very|too|one|ill|older"
    r"|each other|other|full-time|part-time|permanent"
    r"|bigger|something|it(?!\s+suite)|full|busy|such)(?![-\w])"
)


def is_change_of_use(source: str | None, target: str, verb_phrase: str, *, needs_known_use: bool) -> bool:
    """May `target` be what `source` was put to use as?

    verb_phrase: the words of the whole construction. needs_known_use: refuse a target without a word of use.
    """
    if _NUMBER.fullmatch(target):
        return False
    if (
        _FIGURE.search(target)
        or _IDIOM.search(verb_phrase)
        or _NO_USE.match(target)
        or not any(c.isalpha() for c in target)
    ):
        return False
    if (
        {head_of(target), target.lower().split()[-1]} & _words("abstract")
        or _WEATHER.match(target)
        or (source and _WEATHER.match(source))
    ):
        return False
    if head_of(target) in _words("forms") and category_by_words(target) in (None, "community-hub"):
        return False  # "became a registered charity" is a new form and not a new use
    if is_person(target) or (_MAKES.match(verb_phrase) and is_product(source, target)):
        return False
    if source and (head_of(source) in _words("abstract") or _same(source, target) or _is_new_job(source, target)):
        return False
    if _is_name(target):
        return False
    if not needs_known_use:
        return True
    # A source of one plain use is enough: whatever a launderette works as now, it is another use.
    return category_by_words(target) is not None or category_by_words(source or "") not in (None, *_WIDE)


def is_person(phrase: str) -> bool:
    """Is the phrase's head a person, as in "music teacher" or "our treasurer"?"""
    return head_of(phrase) in _words("people")


def is_abstract(phrase: str) -> bool:
    """Is it a mood, the weather or the like, which turns kitchens into stations only in a figure of speech?"""
    return head_of(phrase) in _words("abstract") or bool(_WEATHER.match(phrase))


def is_product(source: str | None, target: str) -> bool:
    """Is it a thing made of a material ("milk into cheese") and not a use?"""
    if source is None:
        return False
    words = set(source.lower().split()) if _MEASURE.search(source) else {head_of(source)}
    return bool(words & _words("materials"))


def head_of(phrase: str) -> str:
    """The head noun of a noun phrase in lower case: the last word before "for", "of", "in" …"""
    words = re.split(r"\s(?:for|of|with|in|on|at|to|from|that|where|between|by)\s", phrase.lower())[0].split()
    return words[-1].strip("'’\".,") if words else ""


def _same(source: str, target: str) -> bool:
    """A pool reopened as a pool is back to what it was; a crèche that became the biggest crèche only grew."""
    if target.lower() == source.lower() or source.lower().endswith(" " + target.lower()):
        return True
    heads = head_of(source).removesuffix("s"), head_of(target).removesuffix("s")
    return heads[0] == heads[1] and category_by_words(source) == category_by_words(target)


def _is_new_job(source: str, target: str) -> bool:
    """Once a bouncer, now a counsellor: both are what people are, and not what things are used for."""
    return all(_OCCUPATION.search(head_of(phrase)) and category_by_words(head_of(phrase)) is None
               for phrase in (source, target))  # fmt: skip


def _is_name(target: str) -> bool:
    """The bar reopened as the Fox: a new name and not a new use, unless it is one of a medium, such as Zoom."""
    words = [word for word in target.split() if len(word) > 3 or len(target.split()) == 1]
    is_named = bool(words) and all(word[0].isupper() and not word.isupper() for word in words)
    return is_named and category_by_words(target) != "digital-online" and not _SPELT_BIG.fullmatch(target)


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
