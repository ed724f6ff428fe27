"""The forms of English verbs, so that a construction is written with one word and found in all of them."""

from __future__ import annotations

import re
from functools import cache

_IRREGULAR = {
    "be": "be is are was were been being am 's 're", "become": "become becomes became becoming",
    "begin": "begin begins began begun beginning", "bring": "bring brings brought bringing",
    "build": "build builds built building", "buy": "buy buys bought buying", "come": "come comes came coming",
    "cut": "cut cuts cutting", "deal": "deal deals dealt dealing", "dig": "dig digs dug digging",
    "do": "do does did done doing", "draw": "draw draws drew drawn drawing",
    "drive": "drive drives drove driven driving", "feed": "feed feeds fed feeding",
    "find": "find finds found finding", "get": "get gets got getting", "give": "give gives gave given giving",
    "go": "go goes went gone going", "grow": "grow grows grew grown growing", "have": "have has had having",
    "hide": "hide hides hid hidden hiding", "hold": "hold holds held holding", "keep": "keep keeps kept keeping",
    "lay": "lay lays laid laying", "leave": "leave leaves left leaving", "lend": "lend lends lent lending",
    "let": "let lets letting", "make": "make makes made making", "meet": "meet meets met meeting",
    "pay": "pay pays paid paying", "put": "put puts putting", "quit": "quit quits quitting",
    "rebuild": "rebuild rebuilds rebuilt rebuilding", "recast": "recast recasts recasting",
    "refit": "refit refits refitted refit refitting", "remake": "remake remakes remade remaking",
    "rip": "rip rips ripped ripping", "run": "run runs ran running", "sell": "sell sells sold selling",
    "send": "send sends sent sending", "set": "set sets setting", "sew": "sew sews sewed sewn sewing",
    "show": "show shows showed shown showing", "shut": "shut shuts shutting", "sit": "sit sits sat sitting",
    "sleep": "sleep sleeps slept sleeping", "spend": "spend spends spent spending",
    "spin": "spin spins spun spinning", "split": "split splits splitting", "stand": "stand stands stood standing",
    "take": "take takes took taken taking", "teach": "teach teaches taught teaching",
    "tear": "tear tears tore torn tearing", "throw": "throw throws threw thrown throwing",
    "wear": "wear wears wore worn wearing",
}  # fmt: skip
_DOUBLED = ("fit", "kit", "rig", "swap", "scrap", "strip", "drop", "stop", "ship", "plan", "ban", "zip", "wrap")


@cache
def forms(lemma: str) -> tuple[str, ...]:
    """All forms of a verb: forms("turn") is ("turn", "turns", "turned", "turning")."""
    if lemma in _IRREGULAR:
        return tuple(_IRREGULAR[lemma].split())
    third = f"{lemma}es" if re.search(r"(?:s|x|z|ch|sh)$", lemma) else f"{lemma}s"
    stem = f"{lemma}{lemma[-1]}" if lemma in _DOUBLED else lemma
    if lemma.endswith("e"):
        return lemma, third, f"{lemma}d", f"{lemma[:-1]}ing"
    if lemma.endswith("y") and lemma[-2] not in "aeou":
        return lemma, f"{lemma[:-1]}ies", f"{lemma[:-1]}ied", f"{lemma}ing"
    return lemma, third, f"{stem}ed", f"{stem}ing"
