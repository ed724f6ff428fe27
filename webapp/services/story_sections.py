"""The full form's answers as one text with headings, in the order in which a case study is told."""

import re
from collections.abc import Iterator, Mapping

HEADINGS = {
    "before": "Before",
    "changed": "What changed",
    "why": "Why",
    "took": "What it took",
    "outcome": "What came of it",
    "benefited": "Who benefited",
    "quotes": "In their words",
}
_SPEAKER = re.compile(r"\s+[–—-]\s+(?P<speaker>[^–—“”\"]{1,120})$")
_QUOTED = re.compile(r'^["“].*["”]$', re.DOTALL)


def told_in_sections(answers: Mapping[str, str]) -> str:
    """Each section that says something under its heading; the first has none."""
    parts = list(_parts(answers))
    return "\n\n".join(words if position == 0 else f"## {HEADINGS[name]}\n\n{words}"
                       for position, (name, words) in enumerate(parts))  # fmt: skip


def _parts(answers: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name in HEADINGS:
        words = answers.get(name, "").strip()
        if words:
            yield name, _quoted(words) if name == "quotes" else words


def _quoted(lines: str) -> str:
    """One quote a line, 'words – speaker', as sentences: “words” said speaker."""
    return "\n\n".join(_quote(line.strip()) for line in lines.splitlines() if line.strip())


def _quote(line: str) -> str:
    match = _SPEAKER.search(line)
    words = line[: match.start()] if match else line
    words = words if _QUOTED.match(words) else f"“{words}”"
    return f"{words} said {match['speaker']}." if match else words
