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
    r"|true|local|memorable|lovely|charming|honest|surprising|unusual|feel-?good|good[- ]news|best)"
)
_PIECE = (
    r"(?:stor(?:y|ies)|examples?|case stud(?:y|ies)|pieces?|features?|anecdotes?|posts?|articles?|tales?|something"
    r"|anything|content|material|blogs?|news)"
)
_LINK = r"(?:about|of|on|for|from|by|where|in which|when|who|that|showing|with|involving|featuring|to show)"
_QUOTE = (
    r"(?:quot(?:e|es|ation|ations|able)|(?:line|lines|words|sentence) (?:to|we can|worth) quot(?:e|ing)|soundbites?)"
)
_FRAMES = re.compile(
    rf"""
    ,?\s*(?:\b(?:and|with|plus|including)\b\s+)?(?:\ban?\b\s+|\bthe\b\s+|\bsome\b\s+|\bany\b\s+)?(?:{_TONE}\s+)*
      \b{_QUOTE}\b(?:\s+{_LINK}\b)?
    |\b(?:(?:find|show|give)\s+me\s+|i\s+(?:need|want)\s+|looking\s+for\s+)?(?:an?\s+|the\s+|some\s+|any\s+)?
      (?:{_TONE},?\s+(?:and\s+)?)*\b{_PIECE}\b(?:\s+{_LINK}\b)
    |^(?:an?\s+)?(?:{_TONE}\s+)*\b{_PIECE}\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_QUOTED = re.compile(rf"\b{_QUOTE}\b|\b(?:own|someone's|somebody's|their)\s+words\b", re.IGNORECASE)


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
    spans = tuple(match.span() for match in _FRAMES.finditer(text) if match.group().strip(" ,"))
    left = "".join(letter for at, letter in enumerate(text) if not any(s <= at < e for s, e in spans))
    with_quote = bool(_QUOTED.search(text))
    return Frame(spans if re.search(r"\w{3}", left) else (), with_quote)
