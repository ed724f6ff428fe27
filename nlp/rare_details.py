"""How rare roles, ages, events and small places are: our own round figures, right to a factor of two or three.

They are orders of magnitude of the United Kingdom (censuses of 2021, labour force, public registers), rounded so that
nobody takes them for statistics: what matters is whether one person in ten is meant, or one in ten thousand.
"""

import re

_PER_100_000 = """
    vicar 12, curate 4, minister 15, priest 12, imam 4, rabbi 1, nun 3, monk 2, verger 3, organist 8,
    headteacher 45, head teacher 45, teacher 900, teaching assistant 400, lollipop lady 15, lollipop man 15,
    caretaker 80, GP 60, doctor 300, nurse 1000, district nurse 40, midwife 50, health visitor 20, paramedic
    40, pharmacist 80, dentist 60, vet 35, police officer 250, community police officer 20, PCSO 15,
    firefighter 60, postmaster 17, postmistress 17, postman 120, postwoman 40, councillor 30, mayor 1, MP 1,
    magistrate 20, librarian 30, youth worker 60, social worker 200, bus driver 180, train driver 30, taxi
    driver 350, farmer 150, shepherd 8, fisherman 15, ferryman 1, harbour master 1, lighthouse keeper 1,
    butcher 30, baker 40, blacksmith 2, shopkeeper 150, publican 60, landlady 60, undertaker 20, barber 90,
    cobbler 4, boxer 20, referee 60, football coach 60, choirmaster 4, foster carer 90, foster mother 45,
    chairwoman 40, chairman 60, treasurer 60, warden 40, ranger 10, refugee 600, asylum seeker 200, Ukrainian
    300, Syrian 50, Afghan 150, Eritrean 60, Traveller 110, wheelchair user 1800, guide dog 8, deaf woman 700,
    deaf man 700, blind woman 250, blind man 250, amputee 60, triplet 30, twin 1500, widow 3500, widower 1200,
    single mother 3500, single father 500, great-grandmother 2000, great-grandfather 1200, veteran 3500,
    goalkeeper 150, beekeeper 60, bell ringer 60, interpreter 30, puppeteer 1, piper 20, sea cadet 20
"""
_EVENTS_PER_100_000 = """
    house fire 50, stabbed 40, shot 5, murdered 3, murder 10, drowned 8, suicide 80, took his own life 60,
    took her own life 30, lost her son 250, lost her daughter 200, lost his son 250, lost his daughter 200,
    stillborn 200, adopted 400, in prison 150, from prison 150, evicted 150, homeless 400, sleeping rough 40,
    cancer 2500, stroke 1500, leukaemia 60, dementia 1400, multiple sclerosis 200, transplant 80, heart attack
    1500, coma 30, overdose 60, heroin 400, rehab 200, domestic violence 3000, trafficked 15, forced marriage
    10, deported 20, MBE 40, OBE 30, won the lottery 5, plane crash 1, train crash 2, car crash 400, motorbike
    accident 60, struck by lightning 1, care order 150, in care 500, excluded from school 400, expelled 100
"""
_PEOPLE_OF_A_PLACE = """
    hamlet 150, village 1500, island 2000, islands 5000, cul-de-sac 60, street 150, terrace 80, tower block
    300, block of flats 150, estate 3000, croft 10, caravan site 120, care home 45, sheltered housing 40,
    hostel 40, valley 4000
"""


def _table(words: str, *, per: float) -> dict[str, float]:
    rows = (row.rsplit(" ", 1) for row in " ".join(words.split()).split(", "))
    return {name.casefold(): float(number) / per for name, number in rows}


ROLES = _table(_PER_100_000, per=100_000)
EVENTS = _table(_EVENTS_PER_100_000, per=100_000)
PLACE_WORDS = _table(_PEOPLE_OF_A_PLACE, per=1)
"""Word for a small place → how many people live in one."""
AGE_WORDS = {
    "centenarian": 1 / 4500, "in her nineties": 1 / 160, "in his nineties": 1 / 300, "in her eighties": 1 / 40,
    "in his eighties": 1 / 50, "toddler": 1 / 45, "newborn": 1 / 100, "teenager": 1 / 12,
}  # fmt: skip
ONE_OF_A_KIND = re.compile(
    r"(?i)\bthe\s+(?:only|sole|last|first(?:[- ]ever)?)\s+(?:\w+\s+){0,2}?"
    r"(?:woman|man|girl|boy|person|child|pupil|family|member|player|driver|trader|tenant|resident|couple|doctor|teacher|worker|volunteer)\b"
)


def share_of_age(age: int) -> float:
    """How many of all people have this age, in years: about one in eighty, and ever fewer from eighty on."""
    steps = ((80, 1 / 80), (85, 1 / 180), (90, 1 / 330), (95, 1 / 800), (100, 1 / 3000))
    return next((share for below, share in steps if age < below), 1 / 10_000)
