"""British and American spellings brought to one form, for matching only: nobody ever reads the form.

The rules may give a form that is no word ("promize"). That does no harm, since texts and queries go through
the same rules; what would do harm is two different words meeting in one form, and the exceptions are those
that would.
"""

from __future__ import annotations

import re

_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r"(?<=\w{3})is(?=(?:e(?:d|e|es|s|r|rs|ly|ment|ments)?|ing|ingly|ation|ations|ational|able)$)"),
        "iz",
    ),
    (re.compile(r"(?<=\w{2}al)ys(?=(?:e|ed|es|er|ers|ing)$)"), "yz"),
    (re.compile(r"(?<=\w{2})our(?=(?:s|ed|ing|er|ers|hood|hoods|ly|al|able|ful|less|ite|ites|ism)?$)"), "or"),
    (re.compile(r"(?<=\w{2}t)re(?=s?$)"), "er"),
    (re.compile(r"(?<=\w{2}b)re(?=s?$)"), "er"),
    (re.compile(r"(?<=\w{3}t)red$"), "ered"),
    (re.compile(r"(?<=\w{3}og)ue(?=s?$)"), ""),
    (re.compile(r"^(p)ae(?=di)|^(h)ae(?=m)|(an)ae(?=st|mi)|(op)ae(?=d)|(ch)ae(?=o)"), r"\1\2\3\4\5e"),
)

_MAY_DIFFER = re.compile(r"is|ys|our|[tb]re|ogue|ae")
"""What a word has in it if any rule can apply; most words have none, and are not held against each rule."""

_EXCEPTIONS = re.compile(r"^(?:fl|sc)our|^timbres?$|^entres?$|^hatred$|^sacred$")
"""flour is not floor, scour not score, timbre not timber."""

_PAIRS: dict[str, str] = {
    "advertisement": "advert", "advertisements": "adverts", "aeroplane": "airplane",
    "ageing": "aging", "aluminium": "aluminum", "catalogued": "cataloged",
    "cosy": "cozy", "defence": "defense", "fulfil": "fulfill", "grey": "gray", "instalment": "installment",
    "jewellery": "jewelry", "judgement": "judgment",
    "licence": "license", "manoeuvre": "maneuver", "mould": "mold", "mum": "mom", "mums": "moms",
    "offence": "offense", "plough": "plow", "practise": "practice", "practised": "practiced",
    "practising": "practicing", "pretence": "pretense", "programme": "program", "programmes": "programs",
    "pyjamas": "pajamas", "sceptical": "skeptical", "skilful": "skillful", "theatregoer": "theatergoer",
    "tyre": "tire", "tyres": "tires", "wilful": "willful", "woollen": "woolen",
}  # fmt: skip
"""Those that no rule gives. storey is left alone: a story is another thing here."""


def one_spelling(word: str) -> str:
    """The form that the British and the American spelling of a lower-case word share."""
    paired = _PAIRS.get(word)
    if paired is not None:
        return paired
    if not _MAY_DIFFER.search(word) or _EXCEPTIONS.search(word):
        return word
    for pattern, replacement in _RULES:
        word, n_replaced = pattern.subn(replacement, word)
        if n_replaced:
            return word
    return word
