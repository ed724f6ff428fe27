"""The ways to narrow a search, as a page shows them: groups of boxes, places as a tree, years as a histogram."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from webapp.services.asking import Asked
from webapp.services.downloads import years_in_words
from webapp.services.places import PATH_SEPARATOR
from webapp.services.vocabulary import FACET_NAMES, in_plain_words

Counts = Sequence[tuple[str, int]]
BOXED_FACETS = ("theme", "repurposed_from", "repurposed_to", "repurposed", "trigger", "organisation_kind")
MOST_BOXES = 40
"""Values of one facet that are offered as boxes, beside those that are chosen: the most frequent ones."""
MOST_PLACES = 300
"""With more places than this, neighbourhoods are shown only below an authority that is chosen."""
_AUTHORITY_DEPTH = 3
_LONGEST_GAP = 40
"""Years without a story between two with one, beyond which the earlier ones are not drawn."""


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a facet, to tick. children: the smaller places within a place."""

    value: str
    label: str
    count: int
    is_chosen: bool
    children: tuple["Option", ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether something inside it is chosen."""
        return any(child.is_chosen or child.is_open for child in self.children)


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """A facet as a group of boxes."""

    name: str
    title: str
    options: tuple[Option, ...]
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class YearBar:
    """A year and how many stories happened in it. height: in [0, 100], of the highest bar."""

    year: int
    count: int
    height: float
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is active. facet 'years' is the range of years."""

    facet: str
    value: str
    title: str
    label: str


def facet_groups(
    counted: Mapping[str, Counts], asked: Asked, theme_names: Mapping[str, str]
) -> tuple[FacetGroup, ...]:
    """The facets that are boxes, without those that have nothing to choose."""
    groups = []
    for name in BOXED_FACETS:
        chosen = asked.filters.get(name, ())
        options = [
            Option(value, label(name, value, theme_names), count, value in chosen)
            for nth, (value, count) in enumerate(_with_chosen(counted.get(name, ()), chosen).items())
            if nth < MOST_BOXES or value in chosen
        ]
        if options:
            groups.append(FacetGroup(name, FACET_NAMES[name], tuple(options), bool(chosen)))
    return tuple(groups)


def place_tree(counts: Counts, asked: Asked) -> tuple[Option, ...]:
    """The places within one another, at each level those with most stories first."""
    chosen = asked.filters.get("place", ())
    n_by_path = _with_chosen(counts, chosen)
    for path in list(n_by_path):
        parts = path.split(PATH_SEPARATOR)
        for depth in range(1, len(parts)):
            n_by_path.setdefault(PATH_SEPARATOR.join(parts[:depth]), 0)
    below: dict[str, list[str]] = {}
    for path in n_by_path:
        below.setdefault(path.rpartition(PATH_SEPARATOR)[0], []).append(path)
    are_many = len(n_by_path) > MOST_PLACES

    def option(path: str) -> Option:
        depth = path.count(PATH_SEPARATOR) + 1
        is_reached = any(one == path or one.startswith(path + PATH_SEPARATOR) for one in chosen)
        is_shown = not are_many or depth < _AUTHORITY_DEPTH or is_reached
        children = options(path) if is_shown else ()
        name = path.rpartition(PATH_SEPARATOR)[2]
        return Option(path, name, n_by_path[path], path in chosen, children)

    def options(parent: str) -> tuple[Option, ...]:
        ordered = sorted(below.get(parent, ()), key=lambda path: (-n_by_path[path], path))
        return tuple(option(path) for path in ordered)

    return options("")


def year_bars(counts: Counts, asked: Asked) -> tuple[YearBar, ...]:
    """A bar for each year from the first to the last with a story, in order."""
    n_by_year = {int(value): count for value, count in counts if value.isdecimal()}
    if not n_by_year:
        return ()
    years = sorted(n_by_year)
    # One story about 1921 must not press all others into a corner.
    while len(years) > 1 and years[1] - years[0] > _LONGEST_GAP:
        years.pop(0)
    highest = max(n_by_year[year] for year in years)
    first, last = asked.first_year or years[0], asked.last_year or years[-1]
    is_ranged = asked.first_year is not None or asked.last_year is not None
    return tuple(
        YearBar(
            year=year,
            count=n_by_year.get(year, 0),
            height=round(100 * n_by_year.get(year, 0) / highest, 1),
            is_chosen=is_ranged and first <= year <= last,
        )
        for year in range(years[0], years[-1] + 1)
    )


def chips(asked: Asked, theme_names: Mapping[str, str]) -> tuple[Chip, ...]:
    """The active filters, each to be taken off."""
    chosen = [
        Chip(facet, value, FACET_NAMES[facet], label(facet, value, theme_names))
        for facet, values in asked.filters.items()
        for value in values
    ]
    if asked.first_year is not None or asked.last_year is not None:
        chosen.append(Chip("years", "", FACET_NAMES["year"], years_in_words(asked)))
    return tuple(chosen)


def label(facet: str, value: str, theme_names: Mapping[str, str]) -> str:
    """What a value of a facet is called on a page."""
    if facet == "theme":
        return theme_names.get(value) or in_plain_words(value)
    if facet == "place":
        return value.rpartition(PATH_SEPARATOR)[2]
    if facet == "repurposed":
        return " → ".join(in_plain_words(end) if end else "Not said" for end in value.split(">"))
    return value if facet == "year" else in_plain_words(value)


def _with_chosen(counts: Counts, chosen: Iterable[str]) -> dict[str, int]:
    """The counts; a chosen value stays to be unticked, even where nothing is left of it."""
    return {**dict(counts), **{value: 0 for value in chosen if value not in dict(counts)}}
