"""Which column of somebody's table is which field of a story, by its name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from webapp.errors import Invalid

# The field's own name first, then everyday words for it; of two columns for one field, the earlier word wins.
_NAMES_BY_FIELD: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "story id", "case study id", "identifier", "ref", "reference", "grant id"),
    "title": ("title", "story title", "case study title", "headline", "heading", "project title",
              "project name", "project", "name"),
    "text": ("text", "story", "story text", "case study", "case study text", "full text", "body", "content",
             "narrative", "summary text", "description", "project description", "what happened"),
    "summary": ("summary", "short summary", "abstract", "standfirst"),
    "place": ("place", "place name", "location", "neighbourhood", "neighborhood", "area", "town", "ward"),
    "local_authority": ("local authority", "local authority name", "council", "district", "borough"),
    "region": ("region", "region name"),
    "organisation": ("organisation", "organization", "organisation name", "organization name", "recipient",
                     "recipient name", "recipient organisation", "group", "group name", "charity",
                     "applicant"),
    "organisation_kind": ("organisation kind", "organisation type", "organization type", "org kind",
                          "org type", "type of organisation", "kind of organisation"),
    "period": ("period", "date", "dates", "date range", "when", "year"),
    "submitted_by_role": ("submitted by role", "role", "contributor role"),
    "source": ("source", "source url", "url", "link"),
    "illustrative": ("illustrative", "is illustrative"),
    "themes": ("themes", "theme"),
}  # fmt: skip


FIELDS = tuple(_NAMES_BY_FIELD)
"""What a column can become."""


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Field → the column's position, from 0, and the names of the columns that no field wants."""

    position_by_field: Mapping[str, int]
    unknown: tuple[str, ...]


def map_columns(names: Sequence[str]) -> ColumnMap:
    """The columns by field.

    Case, spaces and punctuation of a name make no difference; a column without a name is none.
    """
    position_by_spelling: dict[str, int] = {}
    for position, name in enumerate(names):
        if _spelling(name):
            position_by_spelling.setdefault(_spelling(name), position)
    position_by_field = {}
    for field, known_names in _NAMES_BY_FIELD.items():
        spellings = [_spelling(name) for name in known_names]
        found = next((spelling for spelling in spellings if spelling in position_by_spelling), None)
        if found is not None:
            position_by_field[field] = position_by_spelling[found]
    if "text" not in position_by_field and "summary" in position_by_field:
        # Where nothing longer is there, the summary is the story.
        position_by_field["text"] = position_by_field.pop("summary")
    return _with_unknown(position_by_field, names)


def chosen_columns(chosen: Mapping[str, int], names: Sequence[str]) -> ColumnMap:
    """The columns as somebody chose them, field → position.

    Raises Invalid for a field that there is not, and for a column that the table does not have.
    """
    for field, position in chosen.items():
        if field not in FIELDS or not 0 <= position < len(names):
            raise Invalid(f"Column {position + 1} cannot become {field!r}. Look at the file again and choose anew.")
    return _with_unknown(dict(chosen), names)


def _with_unknown(position_by_field: Mapping[str, int], names: Sequence[str]) -> ColumnMap:
    used = set(position_by_field.values())
    unknown = [name.strip() for position, name in enumerate(names) if position not in used and name.strip()]
    return ColumnMap(position_by_field, tuple(unknown))


def require_text_column(columns: ColumnMap, names: Sequence[str]) -> None:
    """Nothing, if there is a column for the text. Raises Invalid with the columns that there are."""
    if "text" in columns.position_by_field:
        return
    found = ", ".join(name.strip() for name in names if name.strip()) or "none with a name"
    raise Invalid(
        f"No column holds the stories' text; the columns are {found[:500]}: "
        "name the one with the text “text” in the first row."
    )


def _spelling(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())
