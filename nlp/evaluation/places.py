"""How well names of places are linked: the places of judged stories, and the wards of grants.

Four outcomes: linked to the right authority; linked to a wrong one; left to people, with the right one among the
candidates; and not found at all.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from nlp.gazetteer import Gazetteer, GazetteerPlace, PlaceContext, areas, linked, name_key, ranked

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*\n", re.DOTALL)
_OUTCOMES = ("linked right", "linked wrong", "left to people, right one shown", "right one not found")


def load_gazetteer(files: Sequence[Path]) -> Gazetteer:
    """The areas that come with Turnstone, and the neighbourhoods of tables with code, name, lad, lat and lng."""
    known = areas()
    by_authority = {p.name: p for p in known.place_by_key.values() if p.kind == "local_authority" and not p.is_former}
    found = list(known.place_by_key.values())
    for file in files:
        with file.open(encoding="utf-8-sig", newline="") as rows:
            for row in csv.DictReader(rows):
                authority = by_authority.get(row["lad"]) or known.the_one(name_key(row["lad"]), ("local_authority",))
                if authority is not None:
                    found.append(_neighbourhood(row, authority))
    return Gazetteer(found)


def evaluate_stories(stories: Path, files: Sequence[Path]) -> dict[str, Any]:
    """The place, authority and region that stories give of themselves, against what the names alone give."""
    gazetteer = load_gazetteer(files)
    fronts = [front for path in sorted(stories.glob("*.md")) if (front := _front_matter(path)).get("local_authority")]
    cases: list[tuple[str, GazetteerPlace]] = []
    n_regions = 0
    for front in fronts:
        authority = linked(ranked(areas(), str(front["local_authority"]), PlaceContext()))
        if authority is not None:
            n_regions += name_key(str(front["region"])) in map(name_key, authority.path)
            cases.append((str(front["place"]), authority))
    return {"stories": {"n": len(fronts), "right region from the authority": n_regions}} | _both(gazetteer, cases)


def evaluate_grants(file: Path, files: Sequence[Path]) -> dict[str, Any]:
    """The first name of each grant's place ("Ward, Constituency, Authority") against its last, the authority."""
    gazetteer = load_gazetteer(files)
    cases: list[tuple[str, GazetteerPlace]] = []
    for line in file.read_text(encoding="utf-8").splitlines():
        parts = [part.strip() for part in json.loads(line).get("location", "").split(",")]
        authority = next((p for n in (1, 2) if (p := _authority(", ".join(parts[-n:])))), None)
        if len(parts) >= 2 and authority is not None:
            cases.append((parts[0], authority))
    return {"grants": {"n": len(cases)}} | _both(gazetteer, cases)


def _both(gazetteer: Gazetteer, cases: Sequence[tuple[str, GazetteerPlace]]) -> dict[str, Any]:
    """Linked by the name alone, and as in a story whose region (or nation, where there are none) is known."""
    alone = Counter(_outcome(gazetteer, name, authority, PlaceContext()) for name, authority in cases)
    within = Counter(
        _outcome(gazetteer, name, authority, PlaceContext(authority.path[:-1])) for name, authority in cases
    )
    return {"by name alone": _shares(alone, len(cases)), "region known": _shares(within, len(cases))}


def _outcome(gazetteer: Gazetteer, name: str, authority: GazetteerPlace, context: PlaceContext) -> str:
    # A former authority's places lie in the one that followed it today, in the same region: either is right.
    wanted = {name_key(authority.name), name_key(authority.followed_by)} - {""}
    candidates = ranked(gazetteer, name, context)
    chosen = linked(candidates)
    if chosen is not None:
        return _OUTCOMES[0] if wanted & set(map(name_key, chosen.path)) else _OUTCOMES[1]
    is_shown = any(wanted & set(map(name_key, candidate.place.path)) for candidate in candidates)
    return _OUTCOMES[2] if is_shown else _OUTCOMES[3]


def _shares(counts: Counter[str], total: int) -> dict[str, Any]:
    n_linked = counts[_OUTCOMES[0]] + counts[_OUTCOMES[1]]
    return {outcome: counts[outcome] for outcome in _OUTCOMES} | {
        "accuracy of what is linked": counts[_OUTCOMES[0]] / n_linked if n_linked else 1.0,
        "right or shown": (counts[_OUTCOMES[0]] + counts[_OUTCOMES[2]]) / total if total else 1.0,
    }


def _neighbourhood(row: dict[str, str], authority: GazetteerPlace) -> GazetteerPlace:
    return GazetteerPlace(
        key=row["code"],
        name=row["name"],
        kind="neighbourhood",
        path=(*authority.path, row["name"]),
        latitude=float(row["lat"]),
        longitude=float(row["lng"]),
    )


def _authority(name: str) -> GazetteerPlace | None:
    return areas().the_one(name_key(name), ("local_authority",))


def _front_matter(path: Path) -> dict[str, Any]:
    match = _FRONT_MATTER.match(path.read_text(encoding="utf-8"))
    found = yaml.safe_load(match[1]) if match else {}
    return found if isinstance(found, dict) else {}
