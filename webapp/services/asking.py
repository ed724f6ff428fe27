"""What somebody asks for: words, filters, years, a use, an order. The same from an address, a form or a stored row.

A year is chosen as a range, because that is how people think of it; the engine is asked for each year of it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

from nlp.types import FACETS, SORTS, Sort
from webapp.errors import Invalid
from webapp.models import USES

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
MOST_VALUES = 50
"""Values of one facet that are used; more of them make no sense and are left out."""
_LONGEST_VALUE = 900


@dataclass(frozen=True, slots=True)
class Asked:
    """A search, whatever page or picture of its result is looked at."""

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Facet name → chosen values, none of them empty; without the years of the range."""
    use: str = ""
    sort: Sort = "relevance"
    first_year: int | None = None
    last_year: int | None = None

    @classmethod
    def from_fields(cls, get: Callable[[str], str], get_all: Callable[[str], Sequence[str]]) -> Self:
        """Read the fields of a form or an address; what is no year and no order is left out."""
        filters = {facet: _values(get_all(facet)) for facet in FACETS}
        years = sorted(year for name in ("year_from", "year_to") if (year := _year(get(name))) is not None)
        first, last = _year(get("year_from")), _year(get("year_to"))
        if first is not None and last is not None:
            first, last = years
        return cls(
            text=get("q").strip(),
            filters={facet: values for facet, values in filters.items() if values},
            use=get("use"),
            sort=_sort(get("sort")),
            first_year=first,
            last_year=last,
        )

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> Self:
        """Read what `stored` wrote."""

        def get_all(name: str) -> list[str]:
            values = stored.get(name, [])
            return values if isinstance(values, list) else []

        return cls.from_fields(lambda name: str(stored.get(name, "")), get_all)

    def fields(self) -> dict[str, Any]:
        """The fields of an address: names to values, those that say nothing left out."""
        said = {
            "q": self.text,
            "use": self.use,
            "sort": self.sort if self.sort != "relevance" else "",
            "year_from": self.first_year,
            "year_to": self.last_year,
            **{facet: list(values) for facet, values in self.filters.items()},
        }
        return {name: value for name, value in said.items() if value not in ("", None, [])}

    def stored(self) -> dict[str, Any]:
        """What is kept in a row, as JSON can hold it."""
        return self.fields()

    def all_filters(self) -> dict[str, tuple[str, ...]]:
        """The filters as the engine takes them: the range as its years."""
        filters = dict(self.filters)
        if self.first_year is not None or self.last_year is not None:
            years = range(self.first_year or EARLIEST_YEAR, (self.last_year or LATEST_YEAR) + 1)
            filters["year"] = tuple(str(year) for year in years)
        return filters

    def known_use(self) -> str | None:
        """The use, None if none is asked for. Raises Invalid for one that does not exist."""
        if self.use and self.use not in USES:
            raise Invalid(f"{self.use!r} is not a use. Use one of: {', '.join(USES)}.")
        return self.use or None

    def without(self, facet: str, value: str) -> Self:
        """The same with one filter taken off; facet 'years' is the range."""
        if facet == "years":
            return replace(self, first_year=None, last_year=None)
        rest = tuple(chosen for chosen in self.filters.get(facet, ()) if chosen != value)
        return self.with_filter(facet, rest)

    def with_filter(self, facet: str, values: tuple[str, ...]) -> Self:
        """The same with just these values of a facet."""
        return replace(self, filters={name: v for name, v in {**self.filters, facet: values}.items() if v})

    def unfiltered(self) -> Self:
        """The same words for the same use, without any filter."""
        return replace(self, filters={}, first_year=None, last_year=None)


def _values(values: Sequence[str]) -> tuple[str, ...]:
    used = (value for value in values if value and len(value) <= _LONGEST_VALUE)
    return tuple(dict.fromkeys(used))[:MOST_VALUES]


def _year(written: str) -> int | None:
    written = written.strip()
    if not (written.isascii() and written.isdecimal() and len(written) == 4):
        return None
    return min(max(int(written), EARLIEST_YEAR), LATEST_YEAR)


def _sort(written: str) -> Sort:
    return next((sort for sort in SORTS if sort == written), "relevance")
