"""What charities say of themselves: ordinary sentences that tell of no change, for the reader to pass over."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

from nlp.text import normalise, sentences
from nlp.training.change_reader.gold import Example

LONGEST = 600
"""Characters of one example."""


def read_prose(path: Path, n: int, seed: int) -> Iterator[Example]:
    """`n` examples from a file of JSON lines with `activities` and `objects`, as the UK-CAT data has them."""
    lines = path.read_text(encoding="utf-8").splitlines()
    chance = random.Random(seed)
    for number, line in enumerate(chance.sample(lines, n)):
        entry = json.loads(line)
        text = normalise((entry.get("activities") or entry.get("objects") or "")[:LONGEST])
        if text:
            yield Example(f"prose-{number}", text, sentences(text), (), f"prose-{number}")
