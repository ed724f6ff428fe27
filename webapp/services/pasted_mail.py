"""A story pasted from an e-mail: its subject as the title, its words without what mail programs put around them."""

import re
from dataclasses import dataclass

from nlp.text import normalise

_HEADER = re.compile(
    r"(?P<name>From|To|Cc|Bcc|Sent|Date|Subject|Reply-To|Importance|Attachments):[ \t]*(?P<value>.*)", re.I
)
_FORWARDED = re.compile(r"-{2,} ?(Forwarded|Original) message ?-{2,}|Begin forwarded message:", re.I)
_QUOTED = re.compile(r"^(> ?)+", re.MULTILINE)
_REPLY_LINE = re.compile(r"On .{5,120} wrote:")


@dataclass(frozen=True, slots=True)
class Pasted:
    """What can be told of a pasted e-mail."""

    title: str
    text: str


def read_pasted(words: str) -> Pasted:
    """Title and text. Header lines, marks of quotation and the signature below '-- ' are left out."""
    subject, kept = "", []
    for line in _QUOTED.sub("", normalise(words)).split("\n"):
        if line in ("-- ", "--"):
            break
        header = _HEADER.fullmatch(line.strip())
        if header is not None:
            is_subject = header["name"].lower() == "subject"
            subject = subject or (_subject(header["value"]) if is_subject else "")
        elif not (_FORWARDED.fullmatch(line.strip()) or _REPLY_LINE.fullmatch(line.strip())):
            kept.append(line)
    return Pasted(title=subject, text=re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip())


def _subject(value: str) -> str:
    """Without the marks of answers and of forwarding."""
    return re.sub(r"^((re|fw|fwd|aw|wg):\s*)+", "", value.strip(), flags=re.I)
