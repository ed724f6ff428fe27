"""What each form of a search's result tells, so that it can be held against what may be told."""

import csv
import io
from dataclasses import dataclass, field
from typing import Any

from openpyxl import load_workbook
from sqlmodel import Session

from tests.webapp.services.marked_stories import MARKERS
from webapp.services.access import Actor
from webapp.services.asking import Asked
from webapp.services.concordances import concordance_of
from webapp.services.download_formats import evidence_as_csv, evidence_as_json, evidence_as_xlsx
from webapp.services.downloads import about
from webapp.services.evidence import evidence_of
from webapp.services.matching import matching
from webapp.services.search import Finder, related_stories, search
from webapp.services.story_flow import flow_of
from webapp.services.story_map import map_of, stories_at


@dataclass(frozen=True)
class Told:
    """named: form → the markers in it. counted: form → a number of stories. facets: as the page shows them."""

    named: dict[str, set[str]] = field(default_factory=dict)
    counted: dict[str, int] = field(default_factory=dict)
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    suggestion: str = ""
    bands: dict[str, int] = field(default_factory=dict)


def markers_in(text: str) -> set[str]:
    """The stories that a text tells of."""
    return {marker for marker in MARKERS if marker in text.casefold()}


def told_of(session: Session, finder: Finder, actor: Actor, asked: Asked) -> Told:
    """All that a search tells an actor, in every form."""
    filters, use = asked.all_filters(), asked.known_use()
    page = search(session, finder, actor, asked.text, filters=filters, use=use, sort=asked.sort, limit=50)
    found = matching(session, finder, actor, asked)
    story_map, flow = map_of(session, found), flow_of(session, found)
    pinned = {story_id for pin in story_map.pins for story_id in stories_at(session, found, pin.path)}
    header = about(asked, n_found=len(found), address="")

    def evidence() -> Any:
        return evidence_of(session, found, limit=1000)

    lines = concordance_of(session, finder, found, "kitchen").lines
    written = "".join(evidence_as_csv(header, evidence(), str)).lstrip("\ufeff")
    rows = {row[1] for row in csv.reader(io.StringIO(written)) if len(row) > 2} - {"story_id"}
    nested = "".join(evidence_as_json(header, evidence(), str))
    book = load_workbook(evidence_as_xlsx(header, evidence(), str))
    cells = "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    related = [story for hit in page.found for story in related_stories(session, finder, actor, hit.story)]
    return Told(
        named={
            "hits": {hit.story.external_id for hit in page.found},
            "snippets": markers_in(" ".join(snippet.text for hit in page.found for snippet in hit.snippets)),
            "related": {story.external_id for story in related},
            "pins": markers_in(" ".join(pin.path for pin in story_map.pins)),
            "lines": {line.external_id for line in lines},
            "text of lines": markers_in(" ".join(line.line.left + line.line.right for line in lines)),
            "csv": rows,
            "text of csv": markers_in(written),
            "json": markers_in(nested),
            "xlsx": markers_in(cells),
        },
        counted={
            "total": page.total,
            "found": len(found),
            "said in the header": header.n_found,
            "pinned": len(pinned),
            "on the map": story_map.n_on_map + story_map.n_without,
            "in the flow": flow.n_stories + flow.n_without,
        },
        facets={name: dict(counts) for name, counts in page.facets.items()},
        suggestion=page.suggestion or "",
        bands={band.value: band.n_stories for band in flow.bands},
    )
