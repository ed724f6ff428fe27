"""What kind of body an organisation is, read from its name."""

import re

_KIND_BY_WORD = {
    "school": r"school|academy|college|university|nursery|kindergarten",
    "faith group": r"church|chapel|parish church|mosque|masjid|gurdwara|temple|synagogue|shul|tabernacle|"
    r"cathedral|abbey|mission|diocese|methodist|baptist|quakers?|congregation",
    "residents' association": r"residents'?|tenants'?|tra|housing co-?op(?:erative)?",
    "public body": r"council|nhs|police|fire service|library service|health board|authority|ambulance",
    "social enterprise": r"cic|c\.i\.c\.|co-?op(?:erative)?|community interest company|social enterprise|"
    r"community benefit society",
    "trust": r"trust|foundation",
    "club": r"club|league|band|choir|scouts?|guides|society|institute|united|rovers|athletic",
    "charity": r"charity|cio|mind|age uk|citizens advice|hospice|samaritans|relief",
    "business": r"ltd|limited|plc|llp|pub|inn|tavern|hotel|guest house|restaurant|café|cafe|shop|stores?|bakery|"
    r"brewery|salon|garage",
    "community group": r"community|group|association|forum|network|partnership|project|centre|hub|committee|"
    r"neighbours|volunteers|big local|friends of",
}
_PATTERNS = {kind: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) for kind, words in _KIND_BY_WORD.items()}


def kind_of_organisation(name: str) -> str | None:
    """The kind that the words of a name speak of, or None. The first in order wins: a school's trust is a school.

    >>> kind_of_organisation("Balby Road Working Men's Club")
    'club'
    >>> kind_of_organisation("Kettleby") is None
    True
    """
    name = name.replace("’", "'")
    return next((kind for kind, pattern in _PATTERNS.items() if pattern.search(name)), None)
