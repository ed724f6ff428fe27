"""Names of places as keys to look them up by: spelling, case, accents and marks do not matter."""

from __future__ import annotations

import re
import unicodedata

_MARK = re.compile(r"[^\w\s]|_")
_BRACKETED = re.compile(r"\s*\([^)]*\)")
_NUMBERED = re.compile(r"[\s_]+(?:\d{1,2}|[A-Z]\d?)$")
_SIDE = (
    r"(?:north|south|east|west|central|upper|lower|inner|outer|(?:north|south)[ -](?:east|west)"
    r"|(?:(?:town|city) )?centre)"
)
_SIDE_AFTER = re.compile(rf"(?i)(?:\s+{_SIDE})+$")
_JOINT = re.compile(r",\s*|\s+&\s+|\s+and\s+")
_LEADING = re.compile(r"^(?:the|city of(?! london\b)|borough of|london borough of|county of|royal borough of) (?=\w)")


def name_key(name: str) -> str:
    """The name in lower case, without accents and marks, "&" as "and": "St. Helen's" is "st helens".

    >>> name_key("Ynys Môn"), name_key("Stoke-on-Trent"), name_key("The Mount")
    ('ynys mon', 'stoke on trent', 'mount')
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    plain = plain.replace("&", " and ").replace("'", "").replace("’", "")
    plain = " ".join(_MARK.sub(" ", plain).split())
    return _LEADING.sub("", plain)


def name_keys(name: str) -> dict[str, bool]:
    """Every key that finds a place of this name → is it the whole name, not a part of it?

    A neighbourhood is often named after several, or is one side of a place: "Brinnington & Portwood" is found as
    "Brinnington" too, and "Bickley East" as "Bickley".
    """
    whole = name_key(name)
    if not whole:
        return {}
    keys = {whole: True}
    for part in [name, *_JOINT.split(name)]:
        base = neighbourhood_base(part)
        keys.setdefault(name_key(base), False)
    keys.pop("", None)
    return keys


def neighbourhood_base(name: str) -> str:
    """A neighbourhood's name without number, side and note: "Aldergrove 1" and "Bickley East" lose their ends.

    >>> neighbourhood_base("Bloomfield 1 (Belfast LGD)"), neighbourhood_base("Botanic_H"), neighbourhood_base("North")
    ('Bloomfield', 'Botanic', 'North')
    """
    base = _BRACKETED.sub("", name).strip()
    base = _NUMBERED.sub("", base).replace("_", " ")
    return _SIDE_AFTER.sub("", base).strip() or base
