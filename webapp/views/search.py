"""Searching: the form, what was found as a list, a map, a flow or a concordance, and ways to narrow it."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp import context
from webapp.errors import NotFound
from webapp.flow_picture import NARROW, flow_picture
from webapp.map_picture import FARTHEST_ZOOM, NEAREST_ZOOM, Window, clusters, tiles, window_around
from webapp.services import search as searching
from webapp.services.access import Actor, may_choose_use, uses_of
from webapp.services.asking import Asked
from webapp.services.concordances import ORDERS, SORTED_ORDERS, concordance_of
from webapp.services.matching import matching, stories_by_id
from webapp.services.narrowing import chips, facet_groups, place_tree, year_bars
from webapp.services.repurposings import repurposing_by_story
from webapp.services.story_flow import flow_of
from webapp.services.story_map import map_of, stories_at
from webapp.services.themes import themes
from webapp.services.vocabulary import USE_NAMES

bp = Blueprint("search", __name__)

LOOKS = {"list": "List", "map": "Map", "flow": "Flow", "kwic": "In context"}
SORT_NAMES = {"relevance": "Best match", "newest": "Newest", "evidence": "Strongest evidence"}
ORDER_NAMES = {"story": "Order of the search", "left": "Words on the left", "right": "Words on the right"}
LINES_ON_A_PAGE = 50
PAGES_AROUND = 2


@dataclass(frozen=True, slots=True)
class Shown:
    """What the address asks for: a search, and how to look at its result."""

    asked: Asked
    look: str = "list"
    page: int = 1
    typed: str = ""
    """What was typed, where a slip of the keys was mended; the same as the words where it is to stay."""
    details: dict[str, str] = field(default_factory=dict)
    """What only one of the looks needs: the pin and window of a map, the words and order of a concordance."""

    def address(self, **changes: Any) -> str:
        """The address of this with something changed; other changes than of the page lead to page 1."""
        shown = replace(self, **{"page": 1, **changes})
        look = shown.look if shown.look != "list" else None
        page = shown.page if shown.page > 1 else None
        details = {name: said for name, said in shown.details.items() if said}
        kept = {"typed": shown.typed or None, "view": look, "page": page}
        return url_for("search.results", **{**shown.asked.fields(), **details, **kept})

    def narrowed(self, **chosen: str) -> str:
        """The address of the list with a facet set to one value for each name given."""
        asked = self.asked
        for facet, value in chosen.items():
            asked = asked.with_filter(facet, (value,))
        return self.address(asked=asked, look="list", details={})

    def without(self, facet: str, value: str) -> str:
        """The address with one filter taken off."""
        return self.address(asked=self.asked.without(facet, value))

    def unfiltered(self) -> str:
        """The address with no filter left."""
        return self.address(asked=self.asked.unfiltered())

    def reworded(self, text: str) -> str:
        """The address with other words."""
        return self.address(asked=replace(self.asked, text=text), typed="")

    def mended(self, text: str) -> str:
        """The address with what was meant, remembering what was typed."""
        return self.address(asked=replace(self.asked, text=text), typed=self.asked.text)

    def as_typed(self) -> str:
        """The address with what was typed, whatever was meant."""
        return self.address(asked=replace(self.asked, text=self.typed))

    def detailed(self, **details: str) -> str:
        """The address with a detail of the look changed."""
        return self.address(details={**self.details, **details})

    def window(self, window: Window) -> str:
        """The address of the map with another window."""
        at = f"{window.latitude:.4f},{window.longitude:.4f},{window.zoom}"
        return self.address(details={"at": at})


@bp.get("/search")
def results() -> Response:
    """What was found, for htmx only the part below the search box; a slip of the keys leads to what was meant.

    :raise 400: for a use that does not exist.
    :raise 404: for a page beyond the last.
    """
    session, actor = context.session(), context.actor()
    shown = _read_request(actor)
    asked, page_size = shown.asked, context.settings().page_size
    limit = page_size if shown.look == "list" else 0
    found = searching.search(
        session, context.finder(), actor, asked.text,
        filters=asked.all_filters(), use=asked.known_use(), sort=asked.sort,
        limit=limit, offset=(shown.page - 1) * limit,
    )  # fmt: skip
    if found.suggestion and found.is_slip and not shown.typed:
        return redirect(shown.mended(found.suggestion))
    theme_names = {theme.key: theme.name for theme in themes(session)}
    look = LOOKED_AT[shown.look](shown)
    n_pages = look.pop("n_pages", max(1, math.ceil(found.total / page_size)))
    if shown.page > n_pages:
        raise NotFound(f"This search has no page {shown.page}: its last page is {n_pages}.")
    page = render_template(
        "search/_found.html" if context.is_fragment_wanted() else "search/results.html",
        asked=asked,
        shown=shown,
        found=found,
        turns=repurposing_by_story(session, [hit.story for hit in found.found]),
        facets=facet_groups(found.facets, asked, theme_names),
        places=place_tree(found.facets.get("place", ()), asked),
        years=year_bars(found.facets.get("year", ()), asked),
        active=chips(asked, theme_names),
        pages=list(_pages_shown(shown.page, n_pages)),
        n_pages=n_pages,
        looks=LOOKS,
        sorts=SORT_NAMES,
        uses={use: USE_NAMES[use] for use in uses_of(actor)} if may_choose_use(actor) else {},
        **look,
    )
    return _with_tidy_address(page, shown.address(page=shown.page))


def _with_tidy_address(page: str, address: str) -> Response:
    """The page; for htmx, with the address that has none of the form's fields that say nothing."""
    response = make_response(page)
    if context.is_fragment_wanted():
        response.headers["HX-Push-Url"] = address
    return response


def _read_request(actor: Actor) -> Shown:
    asked = Asked.from_fields(lambda name: request.args.get(name, ""), request.args.getlist)
    page, look = request.args.get("page", "1"), request.args.get("view", "list")
    return Shown(
        asked=asked if may_choose_use(actor) else replace(asked, use=""),
        look=look if look in LOOKS else "list",
        page=max(1, int(page)) if page.isascii() and page.isdecimal() and len(page) < 7 else 1,
        typed=request.args.get("typed", "")[:900],
        details={name: said[:900] for name in ("at", "pin", "kw", "order") if (said := request.args.get(name, ""))},
    )


def _list(_shown: Shown) -> dict[str, Any]:
    return {}


def _map(shown: Shown) -> dict[str, Any]:
    session, settings = context.session(), context.settings()
    matched = matching(session, context.finder(), context.actor(), shown.asked)
    story_map = map_of(session, matched)
    window = _window(shown.details.get("at", "")) or window_around(story_map.pins)
    pin = next((pin for pin in story_map.pins if pin.path == shown.details.get("pin")), None)
    ids = stories_at(session, matched, pin.path) if pin else ()
    stories = stories_by_id(session, matched.audience, ids[: context.settings().page_size])
    return {
        "story_map": story_map,
        "window": window,
        "clusters": clusters(story_map.pins, window),
        "pin": pin,
        "stories_at_pin": [stories[story_id] for story_id in ids if story_id in stories],
        "can_near": window.zoom < NEAREST_ZOOM,
        "can_far": window.zoom > FARTHEST_ZOOM,
        "nearest_zoom": NEAREST_ZOOM,
        "farthest_zoom": FARTHEST_ZOOM,
        "tiles": tiles(window) if settings.map_tiles else [],
        "tile_url": settings.tile_url,
        "tiles_credit": settings.map_tiles_credit,
        "n_pages": 1,
    }


def _flow(shown: Shown) -> dict[str, Any]:
    session = context.session()
    found = matching(session, context.finder(), context.actor(), shown.asked)
    flow = flow_of(session, found, only=shown.asked.filters.get("repurposed", ()))
    return {"flow": flow, "picture": flow_picture(flow), "narrow_picture": flow_picture(flow, NARROW), "n_pages": 1}


def _kwic(shown: Shown) -> dict[str, Any]:
    session = context.session()
    matched = matching(session, context.finder(), context.actor(), shown.asked)
    order = shown.details.get("order", "story")
    words = shown.details.get("kw", "")
    start = (shown.page - 1) * LINES_ON_A_PAGE
    concordance = concordance_of(
        session, context.finder(), matched, words, order=order, start=start, limit=LINES_ON_A_PAGE
    )
    # In the order of the search, lines are read no further than the page; one more page is known to be there.
    has_more = not concordance.is_whole and order not in SORTED_ORDERS
    return {
        "concordance": concordance,
        "lines": concordance.lines,
        "first_line": start + 1,
        "words": words,
        "order": order if order in ORDERS else "story",
        "orders": ORDER_NAMES,
        "line_fields": {**shown.asked.fields(), "kw": words or None, "order": shown.details.get("order")},
        "n_pages": shown.page + 1 if has_more else max(1, math.ceil(concordance.n_lines / LINES_ON_A_PAGE)),
    }


LOOKED_AT: dict[str, Callable[[Shown], dict[str, Any]]] = {"list": _list, "map": _map, "flow": _flow, "kwic": _kwic}


def _window(written: str) -> Window | None:
    """The window that an address names; None for anything that is none."""
    try:
        latitude, longitude, zoom = written.split(",")
        window = Window(float(latitude), float(longitude), int(zoom)).zoomed(0)
    except ValueError:
        return None
    return window if abs(window.latitude) <= 85 and abs(window.longitude) <= 180 else None


def _pages_shown(page: int, n_pages: int) -> Iterable[int | None]:
    """The first, the last and those around this one; None where some are left out."""
    shown = sorted({1, n_pages, *range(max(1, page - PAGES_AROUND), min(n_pages, page + PAGES_AROUND) + 1)})
    for before, number in zip([0, *shown], shown, strict=False):
        if number > before + 1:
            yield None
        yield number
