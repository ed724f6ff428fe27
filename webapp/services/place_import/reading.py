"""Files of places, read into rows that know where they stand.

Three forms are known: a CSV table of neighbourhoods (with a column for their authority), a CSV table of authorities
(with region and country), and GeoJSON outlines whose properties hold a name and a code of the Office for National
Statistics.
"""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp.gazetteer.outlines import simplified
from webapp.errors import Invalid

# The United Kingdom with its islands, in degrees: (south, north), (west, east).
_LATITUDES, _LONGITUDES = (49.0, 61.5), (-9.0, 2.5)
_COLUMNS = {
    "code": ("code", "msoa21cd", "msoa11cd", "lad23cd", "lad22cd", "lad21cd", "lad13cd", "ladcd"),
    "name": ("name", "msoa21hclnm", "msoa11hclnm", "msoahclnm", "lad23nm", "lad22nm", "lad21nm", "lad13nm"),
    "authority": ("lad", "local_authority", "localauthorityname", "ladnm", "laname"),
    "region": ("region", "rgnnm", "rgn22nm"),
    "nation": ("country", "nation", "ctrynm", "ctry22nm"),
    "latitude": ("lat", "latitude"),
    "longitude": ("lng", "lon", "long", "longitude"),
}
_CODE_OF = re.compile(r"(?i)^(?P<what>LAD|LTLA|UTLA|LGD|RGN|EER|CTRY|NUTS1)\w*?(?:CD|code)$")
_KIND = {"RGN": "region", "EER": "region", "NUTS1": "region", "CTRY": "nation"}


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place with the names of the larger ones, as a table has it. authority: for a neighbourhood."""

    where: str
    """File and row, for errors."""
    kind: str
    code: str
    name: str
    nation: str
    region: str
    authority: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """The outline of an authority, a region or a nation."""

    where: str
    kind: str
    code: str
    name: str
    geometry: dict[str, Any]


def read_places(path: Path) -> list[PlaceRow | OutlineRow]:
    """All rows of a file. Raises Invalid, naming file and row, if it cannot be read as one of the forms."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as err:
        raise Invalid(f"{path.name} cannot be read as UTF-8 text ({err}). Name a CSV or GeoJSON file.") from err
    rows: list[PlaceRow | OutlineRow] = []
    rows += _outlines(path.name, text) if text.lstrip().startswith("{") else _table(path.name, text)
    if not rows:
        raise Invalid(f"{path.name} holds no places.")
    return rows


def _table(name: str, text: str) -> Iterator[PlaceRow]:
    reader = csv.DictReader(text.splitlines())
    heads = {_plain(head): head for head in reader.fieldnames or () if head}
    columns = {field: next((heads[h] for h in names if h in heads), None) for field, names in _COLUMNS.items()}
    missing = [field for field in ("code", "name", "latitude", "longitude") if columns[field] is None]
    if missing or (columns["authority"] is None and columns["nation"] is None):
        raise Invalid(
            f"{name} has no column for {', '.join(missing) or 'the authority or the country'}. The known forms have "
            "code, name, lad, region, country, lat, lng."
        )
    kind = "neighbourhood" if columns["authority"] else "local_authority"
    for number, row in enumerate(reader, start=2):
        values = {field: (row.get(column or "") or "").strip() for field, column in columns.items()}
        yield _place_row(f"{name}, row {number}", kind, values)


def _place_row(where: str, kind: str, values: dict[str, str]) -> PlaceRow:
    for field in ("code", "name", *(("authority",) if kind == "neighbourhood" else ("nation",))):
        if not values[field]:
            raise Invalid(f"{where}: the {field} is empty. Fill it in; nothing of this file was taken in.")
    return PlaceRow(
        where=where, kind=kind, code=values["code"], name=values["name"], nation=values["nation"],
        region=values["region"], authority=values["authority"],
        latitude=_degrees(where, "latitude", values["latitude"], _LATITUDES),
        longitude=_degrees(where, "longitude", values["longitude"], _LONGITUDES),
    )  # fmt: skip


def _degrees(where: str, what: str, written: str, limits: tuple[float, float]) -> float:
    try:
        value = float(written)
    except ValueError:
        value = float("nan")
    if not limits[0] <= value <= limits[1]:
        raise Invalid(
            f"{where}: the {what} {written!r} is not a number of degrees in the United Kingdom ({limits[0]:g} to "
            f"{limits[1]:g}). Correct it; nothing of this file was taken in."
        )
    return value


def _outlines(name: str, text: str) -> Iterator[OutlineRow]:
    try:
        features = json.loads(text)["features"]
    except (json.JSONDecodeError, KeyError, TypeError) as err:
        raise Invalid(f"{name} is not a GeoJSON feature collection ({err}).") from err
    for number, feature in enumerate(features, start=1):
        where = f"{name}, feature {number}"
        properties = (feature.get("properties") if isinstance(feature, dict) else None) or {}
        matches = (_CODE_OF.match(key) for key in properties)
        code_key = next((match for match in matches if match), None)
        if code_key is None:
            keys = ", ".join(properties) or "none"
            raise Invalid(f"{where} has no property for a code, such as LAD13CD; it has {keys}.")
        what = code_key["what"].upper()
        named = re.compile(rf"(?i){what}\w*?(?:NM|NAME)")
        called = next((str(value) for key, value in properties.items() if named.fullmatch(key) and value), "")
        try:
            geometry = simplified(feature.get("geometry") or {})
        except ValueError as err:
            raise Invalid(f"{where} ({called}): {err} Nothing of this file was taken in.") from err
        yield OutlineRow(where, _KIND.get(what, "local_authority"), str(properties[code_key[0]]), called, geometry)


def _plain(head: str) -> str:
    return re.sub(r"[^a-z0-9_]", "", head.lower())
