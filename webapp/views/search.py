"""Searching: the form, what was found, and ways to narrow it."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, render_template, request, url_for

from webapp import context
from webapp.errors import NotFound
from webapp.services import search as searching
from webapp.services.access import Actor, uses_of
from webapp.services.repurposings import repurposing_by_story
from webapp.services.themes import themes
from webapp.services.vocabulary import FACET_NAMES, USE_NAMES, in_plain_words

bp = Blueprint("search", __name__)

ROLES_THAT_CHOOSE_A_USE = frozenset({"comms", "researcher", "reviewer", "admin"})
OPEN_FACETS = ("theme", "repurposed_to")
PAGES_AROUND = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for."""

    text: str
    filters: Mapping[str, tuple[str, ...]]
    use: str
    page: int

    def address(self, **changes: Any) -> str:
        """The address of this search with something changed; other changes than of the page lead to page 1."""
        asked = replace(self, **{"page": 1, **changes})
        arguments: dict[str, Any] = {"q": asked.text or None, "use": asked.use or None, **asked.filters}
        return url_for("search.results", **arguments, page=asked.page if asked.page > 1 else None)

    def without(self, facet: str, value: str) -> str:
        """The address of this search with one filter taken off."""
        rest = tuple(chosen for chosen in self.filters[facet] if chosen != value)
        return self.address(filters={**self.filters, facet: rest})


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a facet, to tick."""

    value: str
    label: str
    count: int
    is_chosen: bool
    depth: int = 1


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """A facet as a group of boxes."""

    name: str
    title: str
    options: tuple[Option, ...]
    is_open: bool


@bp.get("/search")
def results() -> str:
    """What was found; for htmx only the part of the page below the search box.

    :raise 400: for a use or a facet that does not exist.
    :raise 404: for a page beyond the last.
    """
    session, actor, page_size = context.session(), context.actor(), context.settings().page_size
    asked = _read_request(actor)
    found = searching.search(
        session, context.finder(), actor, asked.text, filters=asked.filters, use=asked.use or None,
        limit=page_size, offset=(asked.page - 1) * page_size,
    )  # fmt: skip
    n_pages = max(1, math.ceil(found.total / page_size))
    if asked.page > n_pages:
        raise NotFound(f"This search has no page {asked.page}: its last page is {n_pages}.")
    theme_names = {theme.key: theme.name for theme in themes(session)}
    return render_template(
        "search/_found.html" if context.is_fragment_wanted() else "search/results.html",
        asked=asked,
        found=found,
        turns=repurposing_by_story(session, [hit.story for hit in found.found]),
        facets=list(_facet_groups(found.facets, asked, theme_names)),
        active=[(facet, value, _label(facet, value, theme_names)) for facet, value in _chosen(asked)],
        pages=list(_pages_shown(asked.page, n_pages)),
        n_pages=n_pages,
        uses={use: USE_NAMES[use] for use in uses_of(actor)} if _may_choose_use(actor) else {},
    )


def _read_request(actor: Actor) -> Asked:
    filters = {facet: tuple(dict.fromkeys(filter(None, request.args.getlist(facet)))) for facet in FACET_NAMES}
    page = request.args.get("page", "1")
    return Asked(
        text=request.args.get("q", "").strip(),
        filters={facet: values for facet, values in filters.items() if values},
        use=request.args.get("use", "") if _may_choose_use(actor) else "",
        page=max(1, int(page)) if page.isdecimal() and len(page) < 7 else 1,
    )


def _may_choose_use(actor: Actor) -> bool:
    return bool(actor.roles & ROLES_THAT_CHOOSE_A_USE)


def _facet_groups(
    counted: Mapping[str, tuple[tuple[str, int], ...]], asked: Asked, theme_names: Mapping[str, str]
) -> Iterable[FacetGroup]:
    for name, title in FACET_NAMES.items():
        chosen = asked.filters.get(name, ())
        counts = dict(counted.get(name, ()))
        # A chosen value stays to be unticked, even where nothing is left of it.
        counts.update({value: 0 for value in chosen if value not in counts})
        options = [
            Option(value, _label(name, value, theme_names), count, value in chosen, _depth(name, value))
            for value, count in counts.items()
        ]
        if name == "place":
            options.sort(key=lambda option: option.value)
        if name == "year":
            options.sort(key=lambda option: option.value, reverse=True)
        if options:
            yield FacetGroup(name, title, tuple(options), is_open=bool(chosen) or name in OPEN_FACETS)


def _depth(facet: str, value: str) -> int:
    return 1 + value.count(" / ") if facet == "place" else 1


def _label(facet: str, value: str, theme_names: Mapping[str, str]) -> str:
    if facet == "theme":
        return theme_names.get(value) or in_plain_words(value)
    if facet == "place":
        return value.rsplit(" / ", 1)[-1]
    return value if facet == "year" else in_plain_words(value)


def _chosen(asked: Asked) -> list[tuple[str, str]]:
    return [(facet, value) for facet, values in asked.filters.items() for value in values]


def _pages_shown(page: int, n_pages: int) -> Iterable[int | None]:
    """The first, the last and those around this one; None where some are left out."""
    shown = sorted({1, n_pages, *range(max(1, page - PAGES_AROUND), min(n_pages, page + PAGES_AROUND) + 1)})
    for before, number in zip([0, *shown], shown, strict=False):
        if number > before + 1:
            yield None
        yield number
