"""UK-CAT's charities and codebook, as they are published: JSON lines and CSV."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nlp.theming.logistic import Floats


@dataclass(frozen=True)
class Charity:
    """What a charity says of itself, and what people said of it; `tags` is empty where only the class is known."""

    charity_id: str
    name: str
    activities: str
    objects: str
    tags: tuple[str, ...]
    icnptso: str

    @property
    def everything(self) -> str:
        """Name, activities and objects."""
        return f"{self.name}\n{self.activities}\n{self.objects}"

    @property
    def named_activities(self) -> str:
        """Name and activities."""
        return f"{self.name} {self.activities}"

    @property
    def spoken_activities(self) -> str:
        """Name and activities, the name without its capitals, as an embedder reads it best."""
        return f"{self.name.title() if self.name.isupper() else self.name}. {self.activities}"


@dataclass(frozen=True)
class Tags:
    """The codebook: its codes, the category of each, and its regular expressions with what they exclude."""

    codes: tuple[str, ...]
    categories: tuple[str, ...]
    expressions: tuple[tuple[re.Pattern[str] | None, re.Pattern[str] | None], ...]

    def matches(self, texts: Sequence[str]) -> Floats:
        """Shape (len(texts), tags): 1 where a tag's regular expression matches."""
        return np.array(
            [
                [float(bool(wanted and wanted.search(text) and not (unwanted and unwanted.search(text))))
                 for wanted, unwanted in self.expressions]
                for text in texts
            ]
        )  # fmt: skip

    def labels(self, charities: Sequence[Charity]) -> Floats:
        """Shape (len(charities), tags): 1 where people gave the tag."""
        return np.array([[float(code in charity.tags) for code in self.codes] for charity in charities])

    def in_categories(self, labels: Floats) -> Floats:
        """Shape (n, categories): 1 where any tag of the category is given."""
        names = sorted(set(self.categories))
        member = np.array([[float(category == name) for name in names] for category in self.categories])
        return np.asarray(labels @ member > 0, dtype=np.float64)


def read_charities(path: Path) -> list[Charity]:
    """The charities of a file. Raises OSError if it is missing."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        Charity(
            charity_id=row.get("id") or row.get("org_id", ""),
            name=row.get("name") or "",
            activities=row.get("activities") or "",
            objects=row.get("objects") or "",
            tags=tuple(row.get("tags") or ()),
            icnptso=row.get("icnptso") or row.get("ICNPTSO") or "",
        )
        for row in rows
    ]


def read_tags(folder: Path) -> Tags:
    """The codebook of a folder's `tags.csv`. Raises OSError if it is missing."""
    with (folder / "tags.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return Tags(
        codes=tuple(row["Code"] for row in rows),
        categories=tuple(row["Category"] for row in rows),
        expressions=tuple(
            (_pattern(row["Regular expression"]), _pattern(row["Exclude regular expression"])) for row in rows
        ),
    )


def _pattern(expression: str) -> re.Pattern[str] | None:
    return re.compile(expression, re.IGNORECASE) if expression else None
