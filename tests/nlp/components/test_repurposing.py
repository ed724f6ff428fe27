from time import perf_counter

from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.components.mentions import find_mentions
from nlp.components.references import antecedent
from nlp.components.repurposing import find_repurposings
from nlp.evaluation.matching import overlaps
from nlp.text import normalise, sentences
from nlp.types import Repurposing, Span

LEAST_READ = 0.8


def read(text: str) -> tuple[Repurposing, ...]:
    spans = sentences(text)
    return find_repurposings(text, spans, find_mentions(text, spans))


def share(found: list[bool]) -> float:
    return sum(found) / len(found)


def slots(event: Repurposing) -> dict[str, str | None]:
    named = {
        "actor": event.actor,
        "from": event.from_,
        "to": event.to,
        "trigger": event.trigger,
        "place": event.place,
    }
    named["when"] = event.when
    return {name: span.text for name, span in named.items() if span}


TELLING: list[tuple[str, dict[str, str]]] = [
    (
        "The rowing club has transformed its boathouse into a warm room for pensioners.",
        {"actor": "rowing club", "from": "boathouse", "to": "warm room for pensioners"},
    ),
    (
        "The old fire station, which had stood empty since 2015, was repurposed as a dance studio.",
        {"from": "old fire station", "to": "dance studio"},
    ),
    (
        "When the schools closed, the taxi firm switched from school runs to delivering laptops.",
        {"actor": "taxi firm", "to": "delivering laptops", "trigger": "schools closed"},
    ),
    ("Our skittle alley has become a parcel depot.", {"from": "skittle alley", "to": "parcel depot"}),
    (
        "By turning its car park into a drive-in cinema, the leisure centre kept its staff.",
        {"from": "car park", "to": "drive-in cinema"},
    ),
    (
        "The bookshop reinvented itself as a mobile library.",
        {"actor": "bookshop", "from": "bookshop", "to": "mobile library"},
    ),
    ("Once a bank, the building is now a food co-operative.", {"from": "bank", "to": "food co-operative"}),
    (
        "The choir moved its rehearsals onto Zoom in March 2020.",
        {"actor": "choir", "from": "rehearsals", "to": "Zoom", "when": "March 2020"},
    ),
    ("The weekly lunch club went online.", {"from": "weekly lunch club", "to": "online"}),
    (
        "In place of the Friday disco, the youth club ran a homework club.",
        {"actor": "youth club", "from": "Friday disco", "to": "ran a homework club"},
    ),
    (
        "The pub gave up its Sunday carvery and started a hot meals service because the day centre had shut.",
        {"actor": "pub", "from": "Sunday carvery", "to": "hot meals service", "trigger": "day centre had shut"},
    ),
    (
        "Muslim Welfare Trust in Luton took over the empty carpet warehouse to open a furniture bank.",
        {
            "actor": "Muslim Welfare Trust",
            "from": "empty carpet warehouse",
            "to": "furniture bank",
            "place": "Luton",
        },
    ),
    ("The bingo-hall-turned-foodbank feeds many.", {"from": "bingo-hall", "to": "foodbank"}),
    (
        "What used to be the staff canteen is now a sensory garden.",
        {"from": "staff canteen", "to": "sensory garden"},
    ),
    ("By June the ballroom had given way to camp beds.", {"from": "ballroom", "to": "camp beds", "when": "June"}),
    (
        "Thanks to the strike, the depot doubled as a soup kitchen.",
        {"from": "depot", "to": "soup kitchen", "trigger": "strike"},
    ),
    (
        "The chapel was taken on by the Friends of Cwm and reborn as a climbing centre.",
        {"from": "chapel", "to": "climbing centre"},
    ),
    (
        "The conversion of the signal box into a reading room took a year.",
        {"from": "signal box", "to": "reading room"},
    ),
    ("A roller disco now fills the old vestry.", {"from": "old vestry", "to": "roller disco"}),
    (
        "Out went the snooker tables, in came the sewing machines.",
        {"from": "snooker tables", "to": "sewing machines"},
    ),
    (
        "The ballroom was fitted with bunks for the evacuees in May.",
        {"from": "ballroom", "to": "bunks for the evacuees"},
    ),
    ("There is a dentist where the sweet shop was.", {"from": "sweet shop", "to": "dentist"}),
    ("Bowling alley → night shelter", {"from": "Bowling alley", "to": "night shelter"}),
    ("Formerly a butcher's, the shop lends tools.", {"from": "butcher's", "to": "lends tools"}),
    ("It was a bus garage until 2019. Now it is a nursery.", {"from": "bus garage", "to": "nursery"}),
    ("Our librarians were redeployed to the vaccine clinic.", {"from": "librarians", "to": "vaccine clinic"}),
    ("The vestry had a leak. It became a food bank in June.", {"from": "vestry", "to": "food bank"}),
    ("A skatepark was made out of an underpass.", {"from": "underpass", "to": "skatepark"}),
    ("THE VESTRY BECAME A FOOD BANK IN JUNE", {"from": "VESTRY", "to": "FOOD BANK"}),
    ("Old Vestry Becomes Food Bank", {"from": "Old Vestry", "to": "Food Bank"}),
    ("The snooker room earns its keep as a dispensary.", {"from": "snooker room", "to": "dispensary"}),
]
"""Plain ways of saying it, written for the rules that read changes before the network did; it never saw them."""

NOT_TELLING = [
    "We hope to turn the pavilion into a café.",
    "The council refused to convert the baths into a gym.",
    "The hall was nearly turned into flats.",
    "Could the depot become a market?",
    "Nobody wanted the library to become a gym.",
    "Talk of converting the mill into offices came to nothing.",
    "If the lease ends, the studio will become a warehouse.",
    "Plans to transform the station into a museum were dropped.",
    "We were asked to turn the vestry into an office.",
    "The barn would make a fine theatre, and might become one.",
    "The baths were never converted into a gym.",
    "The cinema reopened as a cinema.",
    "She turned the key and turned into Mill Lane.",
    "The meeting turned into a shouting match.",
    "The potatoes were turned into crisps.",
    "My son became a chef.",
    "The Red Lion was renamed the Community Inn.",
    "The food bank moved to a bigger hall.",
    "The chapel was converted into a house in 1968.",
    "The project turned strangers into friends.",
    "The rain turned to sleet.",
    "The garden became overgrown.",
    "We turned down an offer from the bank.",
    "Our treasurer works as a bus driver.",
    "We turned our anger into action.",
    "The group became a registered charity.",
    "Word on the estate is that the launderette has been turned into a mosque.",
    "The bar reopened as the Fox and pulls the same pints.",
    "Grief turned our kitchen into a railway station.",
    "The crèche has become the biggest crèche in the county.",
    "In the war the school was used as a hospital.",
    "The trustees looked into converting the manse to a hostel.",
    "The football club turned from one team into fourteen.",
]
"""Plans, figures, people, products, names, history: likewise."""


def test_most_plain_ways_of_saying_it_are_read() -> None:
    found = [read(text) for text, _ in TELLING]
    assert share([bool(events) for events in found]) >= LEAST_READ


def test_what_is_read_of_them_has_the_right_words() -> None:
    pairs = [(slots(events[0]), expected) for text, expected in TELLING if (events := read(text))]
    for slot, least in (("to", 0.85), ("from", 0.8)):
        right = [overlaps(told.get(slot) or "", expected[slot]) for told, expected in pairs if slot in expected]
        assert share(right) >= least


def test_little_is_read_where_nothing_changed() -> None:
    assert share([read(text) == () for text in NOT_TELLING]) >= 0.85


def test_it_stands_for_the_nearest_earlier_organisation() -> None:
    text = "The bowls club had no members left. In May it gave up matches."
    sentence = sentences(text)[1]
    pronoun = Span(43, 45, "it")
    assert antecedent(text, sentence, pronoun, ()).text == "bowls club"


def test_the_same_change_told_twice_is_one_event() -> None:
    text = "The vestry was turned into a food bank. Yes, the vestry was turned into a food bank."
    assert len(read(text)) == 1


def test_events_carry_categories() -> None:
    [event] = read("The boxing gym was turned into a soup kitchen.")
    assert (event.from_category, event.to_category) == ("sport", "food")


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            [
                "the hall",
                "turned",
                "into",
                "a",
                "café",
                ",",
                "was",
                "by",
                "it",
                "that",
                "(",
                "now",
                "as",
                "for",
                "'",
                "Leeds",
                "and",
                "from",
                "instead of",
                "moved",
                "online",
                "used",
                "2020",
            ]
        ),
        max_size=25,
    )
)
def test_any_order_of_words_is_read_with_exact_offsets(words: list[str]) -> None:
    text = normalise(" ".join(words))
    for event in read(text):
        for span in (event.actor, event.from_, event.to, event.trigger, event.place, event.when, event.sentence):
            if span is not None:
                assert text[span.start : span.end] == span.text
        assert 0 <= event.score <= 1


HOSTILE = st.text(
    st.one_of(
        st.sampled_from("🏳️‍🌈👩‍👩‍👧\u200d\u0301\x07\x00ß’“→=0123456789;:,.!?\n\t "),
        st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    ),
    max_size=30,
)


@settings(max_examples=60, deadline=None)
@given(
    HOSTILE,
    st.sampled_from(["The hall became a food bank.", "THE PUB IS NOW A LIBRARY", "vestry → gym", "2020"]),
    HOSTILE,
)
def test_hostile_text_keeps_its_offsets(before: str, middle: str, after: str) -> None:
    text = normalise(f"{before} {middle} {after}")
    for event in read(text):
        for span in (event.actor, event.from_, event.to, event.trigger, event.place, event.when, event.sentence):
            assert span is None or text[span.start : span.end] == span.text


def test_time_grows_with_the_text_and_not_with_its_square() -> None:
    def seconds(times: int) -> float:
        text = "turned into " * times
        spans = sentences(text)
        start = perf_counter()
        find_repurposings(text, spans)
        return perf_counter() - start

    seconds(100)
    assert seconds(8_000) < 8 * seconds(2_000) + 0.2
