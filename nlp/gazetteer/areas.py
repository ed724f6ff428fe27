"""The nations, regions and local authorities that come with Turnstone, former authorities among them."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from nlp.gazetteer.places import Gazetteer, GazetteerPlace

_FILE = Path(__file__).parent / "areas.tsv"


@cache
def areas() -> Gazetteer:
    """Every nation, region and authority of `areas.tsv`; the key of a place is its code."""
    rows = [line for line in _FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    by_code: dict[str, GazetteerPlace] = {}
    # A place stands in the file below the one that it lies in.
    for row in csv.DictReader(rows, delimiter="\t"):
        above = by_code[row["parent"]].path if row["parent"] else ()
        by_code[row["code"]] = GazetteerPlace(
            key=row["code"],
            name=row["name"],
            kind=row["kind"],
            path=(*above, row["name"]),
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            reach_km=float(row["reach_km"]),
            other_names=tuple(filter(None, (row["other_names"] or "").split("|"))),
            followed_by=_name_of(row["followed_by"], by_code),
        )
    return Gazetteer(by_code.values())


def _name_of(code: str, by_code: dict[str, GazetteerPlace]) -> str:
    return by_code[code].name if code else ""
