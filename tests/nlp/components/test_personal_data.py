from itertools import pairwise

import pytest

from nlp.components.identifiers import is_nhs_number
from nlp.components.mentions import find_mentions
from nlp.components.personal_data import find_personal_data
from nlp.text import sentences


def findings(text: str) -> set[tuple[str, str]]:
    spans = sentences(text)
    return {(finding.kind, finding.text) for finding in find_personal_data(text, spans, find_mentions(text, spans))}


# Numbers and addresses are invented; 01632 960 and 07700 900 are reserved by Ofcom for fiction.
@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("Ring 01632 960 154 after six.", "phone", "01632 960 154"),
        ("Text +44 7700 900123 please.", "phone", "+44 7700 900123"),
        ("Write to hall@example.org today.", "email", "hall@example.org"),
        ("She lives at LS17 5ZQ.", "postcode", "LS17 5ZQ"),
        ("Letters to 17 Glenmore Parade, please.", "address", "17 Glenmore Parade"),
        ("Born on 3 May 1934, she still sings.", "date_of_birth", "3 May 1934"),
        ("His NHS number is 943 476 5919.", "nhs_no", "943 476 5919"),
        ("Her NI number is AB 12 34 56 C.", "ni_no", "AB 12 34 56 C"),
        ("My daughter Aisha, who is twelve, drew it.", "child", "Aisha"),
        ("Euphonium player Kirsty Bain (16) won.", "child", "Kirsty Bain"),
        ("A boy called Yusuf asked.", "child", "Yusuf"),
        ("Our helper, Leonard Marks, is 91.", "person", "Leonard Marks"),
        ("We thanked Ms Achterberg for it.", "person", "Achterberg"),
        ("One resident who has epilepsy slept well.", "health", "epilepsy"),
        ("Norman comes because his wife has Alzheimer's and cannot.", "health", "Alzheimer's"),
        ("tel: 960 154", "phone", "960 154"),
        ("Ring (01632) 960 154 or not.", "phone", "(01632) 960 154"),
        ("Write to hall (at) example (dot) org.", "email", "hall (at) example (dot) org"),
        ("We sent the NI number (TN 04 71 38 A) by mistake.", "ni_no", "TN 04 71 38 A"),
        ("Her NHS number, 943 476 5918, was read out wrongly.", "nhs_no", "943 476 5918"),
        ("Send a card to 3 Heol Ebwy.", "address", "3 Heol Ebwy"),
        ("mrs khan is at 14 hawk row upstairs", "address", "14 hawk row"),
        ("Leanne Stocks (11/02/2003) asked us.", "date_of_birth", "11/02/2003"),
        ("Her date of birth (3 May 1934) is known.", "date_of_birth", "3 May 1934"),
        ("Who do I ask about our Jayden's 8th birthday?", "child", "Jayden"),
        ("A small lad — Tyrell, he was six — held on.", "child", "Tyrell"),
        ("Joan did it all. Macular degeneration. We read to her.", "health", "Macular degeneration"),
        ("Stuart is off with his hip.", "health", "hip"),
        ("Little Wren's teacher rang, and our Alfie's mum came.", "child", "Alfie"),
        ("My son Kofi drew it.", "child", "Kofi"),
        ("My son Kofi, who is 34, drew it.", "person", "Kofi"),
        ("Kofi, in Year 4, drew it.", "child", "Kofi"),
        ("Write to 12-14 Mill Lane.", "address", "12-14 Mill Lane"),
        ("Write to 24 Ravensdale, Comber, BT23 9ZZ.", "address", "24 Ravensdale"),
        ("She moved to Rose Cottage.", "address", "Rose Cottage"),
        ("The card says 0 7 7 0 0  9 0 0  3 1 2.", "phone", "0 7 7 0 0  9 0 0  3 1 2"),
        ("Telephone Stannington 960223 after six.", "phone", "960223"),
        ("Or jean dot tapper at example dot org.", "email", "jean dot tapper at example dot org"),
        ("It is n.varma{at}example.org now.", "email", "n.varma{at}example.org"),
        ("It's ludo@example. org, sorry.", "email", "ludo@example. org"),
        ("Behind the depot, BT7-1ZZ.", "postcode", "BT7-1ZZ"),
        ("He's moved to The Old Forge, Tanner's Lane.", "address", "The Old Forge, Tanner's Lane"),
        ("They were outside 31a Quarry Hill Road.", "address", "31a Quarry Hill Road"),
        ("Apartment 12, Kestrel House, top floor.", "address", "Apartment 12, Kestrel House"),
        ("Home is 2/1, 88 Dunard Place.", "address", "2/1, 88 Dunard Place"),
        ("The family of Ty Gwyn, Heol y Felin took in four.", "address", "Ty Gwyn, Heol y Felin"),
        ("deliver to 12 station road not 21", "address", "12 station road"),
        ("My birthday's 9 May 1974.", "date_of_birth", "9 May 1974"),
        ("The treasurer is on dialysis.", "health", "dialysis"),
        ("She lost a leg on the railway.", "health", "lost a leg"),
        ("I'm autistic and the noise was too much.", "health", "autistic"),
        ("Our youngest, Poppy, started that week.", "child", "Poppy"),
        ("The twins, Evie and Noah, are four.", "child", "Noah"),
        ("Poppy's sixth birthday was the first.", "child", "Poppy"),
        ("Sneezing. Just hay fever, but I was made to stand outside.", "health", "hay fever"),
    ],
)
def test_each_kind_is_found(text: str, kind: str, found: str) -> None:
    assert (kind, found) in findings(text)


@pytest.mark.parametrize(
    "text",
    [
        "It cost £1,250,000 in 2021.",
        "We served 12 34 56 meals.",
        "The dementia café meets on Mondays.",
        "Between 1990 and 2020 Hill Street changed.",
        "I teach chair yoga to people with arthritis.",
        "Forty people sat with their eyes shut.",
        "Flat 12-inch records went for a pound.",
        "They moved to 12 Monday slots at The Anchor, Quay Street.",
        "Find the form at example.org or ring the bell.",
        "On 11/02/2003 the hall was opened.",
        "Retold from Matt Leach. Leach's point is plain.",
        "The advancement of the Christian faith.",
    ],
)
def test_what_identifies_nobody_is_left_alone(text: str) -> None:
    assert findings(text) == set()


def test_the_check_digit_of_an_nhs_number_is_checked() -> None:
    # 943 476 5919 is the worked example of the NHS Data Dictionary.
    assert is_nhs_number("9434765919")
    assert not is_nhs_number("9434765918")


def test_findings_do_not_overlap() -> None:
    text = "Ring Ann Lee on 01632 960 154, 8 Mill Lane, LS17 5ZQ, born on 3 May 1934."
    spans = sentences(text)
    found = find_personal_data(text, spans, find_mentions(text, spans))
    assert len(found) >= 5
    assert all(left.end <= right.start for left, right in pairwise(found))
