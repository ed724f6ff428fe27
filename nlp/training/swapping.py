"""The same sentences with other names, so that names are known by their company and not by heart.

First names and surnames come from the locales of Faker (MIT licence); places from the Office for National
Statistics' neighbourhoods and local authorities (Open Government Licence v3). Needs Faker, which running does not.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from faker import Faker

from nlp.training.entities import LabelledSentence

LOCALES = (
    "en_GB", "en_GB", "en_GB", "en_GB", "en_IE", "en_US", "en_IN", "en_NG", "en_KE", "yo_NG", "ig_NG", "ha_NG",
    "en_PK", "en_BD", "pl_PL", "ro_RO", "tr_TR", "es_ES", "pt_PT", "fr_FR", "de_DE", "it_IT", "nl_NL", "lt_LT",
    "hu_HU", "cs_CZ", "vi_VN", "id_ID", "fil_PH", "zu_ZA", "ga_IE", "tw_GH", "sq_AL", "so_SO",
)  # fmt: skip
"""More British ones than others; a locale that Faker lacks is left out."""
_KINDS = (
    "Community Centre", "Community Association", "Village Hall", "Methodist Church", "Working Men's Club", "Library",
    "Primary School", "Football Club", "Residents' Association", "Housing Association", "Foodbank", "Leisure Centre",
    "Borough Council", "City Council", "Youth Club", "Arts Trust", "Tenants' Group", "Credit Union", "Tabernacle",
    "Social Club", "Rowing Club", "Women's Institute", "Development Trust", "Islamic Centre", "Gurdwara", "Museum",
    "Theatre Company", "Mutual Aid Group", "Parish Council", "Allotment Society", "Boxing Club", "Carers Network",
)  # fmt: skip


@dataclass(frozen=True)
class Names:
    """What is put in: first names, surnames and places, as tuples of tokens."""

    firsts: tuple[str, ...]
    surnames: tuple[str, ...]
    places: tuple[tuple[str, ...], ...]

    def person(self, chance: random.Random, n_tokens: int) -> list[str]:
        """A name of about as many tokens."""
        first, surname = chance.choice(self.firsts), chance.choice(self.surnames)
        return [first] if n_tokens == 1 else [first, *surname.split()]

    def organisation(self, chance: random.Random) -> list[str]:
        """An invented body, named after a place or a person."""
        head = list(chance.choice(self.places)) if chance.random() < 0.75 else [chance.choice(self.surnames)]
        return [*head, *chance.choice(_KINDS).split()]


def load_names(geography: Path, *, per_locale: int = 400) -> Names:
    """Names from Faker's locales in Latin letters, and places from the tables in `geography`."""
    firsts: set[str] = set()
    surnames: set[str] = set()
    for position, locale in enumerate(LOCALES):
        try:
            faker = Faker(locale)
        except AttributeError:
            continue
        faker.seed_instance(position)
        firsts.update(name for _ in range(per_locale) if _is_plain(name := faker.first_name()))
        surnames.update(name for _ in range(per_locale) if _is_plain(name := faker.last_name()))
    return Names(tuple(sorted(firsts)), tuple(sorted(surnames)), _places(geography))


def swapped(sentence: LabelledSentence, names: Names, chance: random.Random) -> LabelledSentence:
    """The sentence with most of its people, places and some of its organisations under other names."""
    tokens: list[str] = []
    labels: list[str | None] = []
    done = 0
    for start, end, label in sentence.entities():
        tokens += sentence.tokens[done:start]
        labels += sentence.labels[done:start]
        put = list(sentence.tokens[start:end])
        if label == "PERSON" and chance.random() < 0.8:
            put = names.person(chance, end - start)
        elif label == "PLACE" and chance.random() < 0.6:
            put = list(chance.choice(names.places))
        elif label == "ORG" and chance.random() < 0.4:
            put = names.organisation(chance)
        tokens += put
        labels += [f"B-{label}", *[f"I-{label}"] * (len(put) - 1)]
        done = end
    tokens += sentence.tokens[done:]
    labels += sentence.labels[done:]
    return LabelledSentence(tuple(tokens), tuple(labels), sentence.source)


def filled(template: Sequence[str], names: Names, chance: random.Random) -> LabelledSentence:
    """A template such as "{first} runs the {org} in {place} ." with names in it."""
    tokens: list[str] = []
    labels: list[str | None] = []
    for index, part in enumerate(template):
        put, label = [part], "O"
        if part == "{first}":
            put, label = names.person(chance, 1), "PERSON"
        elif part == "{full}":
            put, label = names.person(chance, 2), "PERSON"
        elif part == "{surname}":
            put, label = chance.choice(names.surnames).split(), "PERSON"
        elif part == "{place}":
            put, label = list(chance.choice(names.places)), "PLACE"
        elif part == "{org}":
            put, label = names.organisation(chance), "ORG"
        tokens += put
        goes_on = part == "{surname}" and index > 0 and template[index - 1] == "{first}"
        begin = f"I-{label}" if goes_on else f"B-{label}"
        labels += ["O"] if label == "O" else [begin, *[f"I-{label}"] * (len(put) - 1)]
    return LabelledSentence(tuple(tokens), tuple(labels), "templates")


def _places(geography: Path) -> tuple[tuple[str, ...], ...]:
    found: set[str] = set()
    with (geography / "neighbourhoods_msoa.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found.update(part.strip(" 0123456789") for part in row["name"].split("&"))
            found.update((row["region"], row["country"]))
    with (geography / "lad_current_centroids.csv").open(encoding="utf-8") as file:
        found.update(row["name"] for row in csv.DictReader(file))
    return tuple(sorted(tuple(name.split()) for name in found if name and "," not in name))


def _is_plain(name: str) -> bool:
    return name[:1].isupper() and all(ord(letter) < 0x250 for letter in name) and len(name) > 1
