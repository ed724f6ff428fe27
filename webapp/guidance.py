"""What stands beside each field where a story is told: what to write, and an example. All names are invented."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Guidance:
    """hint: above the field. example: beside it, as somebody might have written it."""

    hint: str = ""
    example: str = ""


GUIDANCE: Mapping[str, Guidance] = {
    "title": Guidance("A few words that say what happened.", "The bowling green that became a seed library"),
    "text": Guidance(
        "In your own words: what was there before, what you did, what set it off, what came of it. Leave an empty "
        "line between paragraphs.",
        "Our bowling green had stood empty since the club folded. In May 2021 we turned it into a seed library, "
        "because nobody on the estate had a garden. Two hundred households have borrowed seeds so far.",
    ),
    "before": Guidance(
        "What the place, the people or the group were used for, and how things stood.",
        "The sports hall ran badminton three nights a week and stood empty the rest of the time. The roof leaked.",
    ),
    "changed": Guidance(
        "What you did, in the order in which you did it. Say what became what.",
        "In March 2020 we turned the sports hall into a food store. The changing rooms became a packing line.",
    ),
    "why": Guidance(
        "What set it off: a closure, a need, a person, a sum of money.",
        "The market had closed and the nearest shop was a bus ride away. A grant of £2,000 paid for the fridges.",
    ),
    "took": Guidance(
        "People, money, permissions, time. What was hard counts too.",
        "Nine volunteers, two vans lent by the brewery, and six weeks to get the insurance changed.",
    ),
    "outcome": Guidance(
        "What is different now. Numbers if you have them, and how you know.",
        "We packed 340 boxes a week until August. Four of the volunteers now run the hall’s café.",
    ),
    "benefited": Guidance(
        "Who is better off, in general words. No names.",
        "Families on the Wexcombe estate, and older people living alone.",
    ),
    "quotes": Guidance(
        "One a line, then a dash and who said it. Only what they agreed may be quoted.",
        "We thought it would last a fortnight – a volunteer",
    ),
    "place": Guidance("The neighbourhood, village or town.", "Brinnington"),
    "local_authority": Guidance("The council.", "Stockport"),
    "region": Guidance(),
    "period": Guidance("A year, or from and to.", "2020, spring 2021, 2020-03/2021-06"),
    "organisation": Guidance("Whose story it is.", "Wexcombe Bowling Club"),
    "organisation_kind": Guidance(),
    "submitted_by_role": Guidance("What you do there. Please do not write your name here.", "Volunteer driver"),
    "photo_alt_text": Guidance(
        "For people who cannot see it: who or what is where, in a sentence. No names.",
        "Two people in aprons hand boxes out of a side door.",
    ),
    "photo_caption": Guidance("Shown under the picture."),
    "photo_credit": Guidance("Whoever holds the rights to it.", "Photo: Wexcombe Bowling Club"),
    "evidence_strength": Guidance("Readers weigh a story by how near its teller stood to it."),
    "uses": Guidance("Tick only what they agreed to. You can leave this empty now; a reviewer will ask you."),
    "platforms": Guidance("Only if social media are ticked: those that you named to them.", "Facebook, Instagram"),
    "given_by": Guidance("Needed if you ticked a box.", "Amina, who told it"),
    "naming": Guidance("In anything that is published."),
}
INTRODUCTIONS: Mapping[str, str] = {
    "consent": "Read this to the people in the story, or let them read it, before you tick anything.",
    "photos": "Only pictures whose people agreed to be shown. Where a picture was taken is taken out of the file.",
}
