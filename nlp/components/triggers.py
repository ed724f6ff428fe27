"""What kind of thing made somebody change course: the values of the `trigger` facet."""

from __future__ import annotations

import re
from functools import cache

TRIGGER_KINDS: tuple[str, ...] = (
    "pandemic", "flood-storm", "fire", "cost-of-living", "funding-cut", "closure", "conflict-refugees", "heat-cold",
    "crime-safety", "illness-death", "demand", "other",
)  # fmt: skip
"""In the order in which they are asked: the first whose words stand in the text is the answer."""

_PATTERNS = {
    "pandemic": (
        r"covid|corona ?virus|pandemic|lockdown|shielding|furlough|social distanc|restrictions|quarantine|vaccin"
        r"|jabs?\b"
    ),
    "conflict-refugees": r"refugee|asylum|ukrain|syria|afghan|\bwar\b|invasion|invaded|fled|resettle",
    "flood-storm": (
        r"flood|storm|river came|water came|burst its banks|rain|gale|tide|landslip|snowed in|high water|hurricane"
    ),
    "fire": r"\bfires?\b|burn|arson|blaze|explosion",
    "heat-cold": r"heat ?wave|heat\b|cold|freez|snow|frost|boiler|power cut|outage|blackout|winter",
    "cost-of-living": (
        r"cost of living|bills?\b|prices?\b|inflation|rent\b|rents\b|poverty|hungry|hunger|afford|wages|fuel"
        r"|energy|debt|benefits?\b|universal credit"
    ),
    "funding-cut": (
        r"funding|grants?\b|\bcuts?\b|budget|austerity|withdrew|contract ended|money ran out|section 114"
        r"|council (?:stopped|ended|axed)"
    ),
    "crime-safety": (
        r"crime|fights?\b|stabb|knife|violence|vandal|burglar|theft|anti-?social|drugs?\b|assault|robber|riot"
        r"|unsafe|crash|accident|speeding"
    ),
    "illness-death": (
        r"died|death|ill\b|illness|ill health|suicide|cancer|dementia|stroke|funeral|bereave|overdose|diagnos"
    ),
    "closure": (
        r"clos(?:ed|ing|ure|es)|\bshut|lost its|went bust|bankrupt|administration|stopped (?:calling|running"
        r"|coming)|no longer|nowhere|withdrawn|pulled out|retired|sold\b|gone\b|redundan"
    ),
    "demand": (
        r"demand|waiting list|queue|asked for|need(?:ed|s)?\b|requests?|shortage|not enough|too many|too few"
        r"|empty|no customers|dwindl|falling|ageing|lonely|isolated|outgrew|number of"
    ),
}  # fmt: skip


def trigger_kind(text: str) -> str:
    """One of TRIGGER_KINDS for a stated reason such as "the river came up"; `other` if no word tells."""
    for kind, pattern in _compiled():
        if pattern.search(text):
            return kind
    return "other"


@cache
def _compiled() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(rf"(?i)\b(?:{pattern})")) for kind, pattern in _PATTERNS.items())
