"""What of a query asks for a kind of story and not for what it is about: "a warm story about …, with a quote".

Writers ask so. The words of the frame stand in few stories, and in those for other reasons, so they are left out
of what is looked for; that a quote is wanted is kept.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_TONE = (
    r"(?:warm|short|uplifting|funny|moving|positive|inspiring|heart-?warming|human|real|good|great|nice|strong|witty"
    r"|touching|cheerful|hopeful|joyful|happy|sad|powerful|light-?hearted|quirky|striking|punchy|brief|quick|simple"
    r"|true|local|memorable|lovely|charming|honest|surprising|unusual|feel-?good|good[- ]news|best|upbeat|poignant"
    r"|eye-?catching|heart-?felt|thought-?provoking|amusing|comic|gentle|vivid)"
)
_PIECE = (
    r"(?:stor(?:y|ies)|examples?|case\s+stud(?:y|ies)|pieces?|features?|anecdotes?|posts?|articles?|tales?|something"
    r"|anything|content|material|blogs?|news)"
)
_LINK = r"(?:about|of|on|for|from|by|where|in\s+which|when|who|that|showing|with|involving|featuring|to\s+show)"
_OWN_WORDS = r"(?:some(?:one|body)['’]s|their|people['’]s|his|her)\s+own\s+words"
_QUOTE = (
    r"(?:quot(?:e|es|ation|ations|able)|soundbites?"
    r"|(?:lines?|words|sentence)\s+(?:to|we\s+can|worth)\s+quot(?:e|ing))"
)
_OUTLET = (
    r"(?:newsletters?|web\s?(?:site|page)s?|social(?:\s+media)?|press(?:\s+release)?|annual\s+report|report|leaflets?|posters?"
    r"|tweets?|blogs?|magazine|funders?|donors?|speech|presentation|talk|bid|exhibition|facebook|twitter|instagram"
    r"|linkedin)"
)
_FRAMES = re.compile(
    rf"""
    ,?\s*(?:\b(?:and|with|plus|including|in)\b\s+)?{_OWN_WORDS}\b
    |,?\s*(?:\b(?:and|with|plus|including)\b\s+)?(?:\ban?\b\s+|\bthe\b\s+|\bsome\b\s+|\bany\b\s+)?(?:{_TONE}\s+)*
      \b{_QUOTE}\b(?:\s+{_LINK}\b)?
    |(?:^|\b(?:find|show|give)\s+me\s+|\bi\s+(?:need|want)\s+|\blooking\s+for\s+|(?=\b(?:an?|some|any|{_TONE})\b))
      (?:an?\s+|the\s+|some\s+|any\s+)?(?:{_TONE},?\s+(?:and\s+)?)*\b{_PIECE}\b(?:\s+{_LINK}\b)
    |^(?:an?\s+)?(?:{_TONE}\s+)*\b{_PIECE}\b
    |^(?:an?\s+)?(?:{_TONE}\s+)+lines?\s+{_LINK}\b
    |,?\s*\b(?:for|in|on)\s+(?:the\s+|our\s+|an?\s+|this\s+)?(?:next\s+|spring\s+|summer\s+|autumn\s+|winter\s+)?{_OUTLET}\s*$
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""In a verbose pattern a blank says nothing: between words stands \\s."""
_OCCASION = re.compile(
    r"\bfor\s+(?:the\s+)?(?P<kind>(?:World|International|National)\s+)?(?:[A-Z][\w'’]*\s+)+?"
    r"(?P<span>(?:(?:Awareness|Action|Appreciation)\s+)?(?:Week|Day|Month))\b"
)
"""Of "for Dementia Action Week" only what the week is about is looked for."""
_QUOTED = re.compile(rf"\b{_QUOTE}\b|\b{_OWN_WORDS}\b", re.IGNORECASE)


class Frame(NamedTuple):
    """The parts of a text that are frame, [start, end) each, and whether a quote is wanted."""

    spans: tuple[tuple[int, int], ...]
    with_quote: bool

    def holds(self, start: int, end: int) -> bool:
        """Whether a stretch of the text is part of the frame."""
        return any(first <= start and end <= last for first, last in self.spans)


NO_FRAME = Frame((), with_quote=False)


def frame_of(text: str) -> Frame:
    """The frame of a query; none if nothing but frame would be left out of it."""
    spans = tuple(match.span() for match in _FRAMES.finditer(text) if match.group().strip(" ,")) + _occasions(text)
    left = "".join(letter for at, letter in enumerate(text) if not any(s <= at < e for s, e in spans))
    with_quote = bool(_QUOTED.search(text))
    return Frame(spans if re.search(r"\w{3}", left) else (), with_quote)


def _occasions(text: str) -> tuple[tuple[int, int], ...]:
    """Where a text says that it is for a day or a week, and not whose."""
    return tuple(
        match.span(name) for match in _OCCASION.finditer(text) for name in ("kind", "span") if match[name] is not None
    )
