"""Permanent addresses of what was found on a day."""

import math
from dataclasses import replace

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp import context
from webapp.errors import NotFound
from webapp.services import cited_results
from webapp.services.access import may_choose_use
from webapp.services.asking import Asked
from webapp.services.downloads import filters_in_words
from webapp.services.repurposings import repurposing_by_story

bp = Blueprint("cited_results", __name__, url_prefix="/results")


@bp.post("")
def cite() -> Response:
    """Keep what the search of this address finds now, under an address that stays.

    :raise 400: for a search that finds nothing, or too much.
    :raise 403: for somebody who is not signed in.
    """
    actor = context.signed_in_actor()
    asked = Asked.from_fields(lambda name: request.args.get(name, ""), request.args.getlist)
    asked = asked if may_choose_use(actor) else replace(asked, use="")
    result = cited_results.cite(context.session(), context.finder(), actor, asked)
    context.session().commit()
    return redirect(url_for("cited_results.show", key=result.key), code=303)


@bp.get("/<key>")
def show(key: str) -> str:
    """What was found then, as far as whoever asks may see it now.

    :raise 404: if nothing was cited so, or for a page beyond the last.
    """
    session, page_size = context.session(), context.settings().page_size
    page = request.args.get("page", "1")
    number = max(1, int(page)) if page.isascii() and page.isdecimal() and len(page) < 7 else 1
    found = cited_results.cited(session, context.actor(), key, limit=page_size, offset=(number - 1) * page_size)
    n_pages = max(1, math.ceil(found.n_visible / page_size))
    if number > n_pages:
        raise NotFound(f"This result has no page {number}: its last page is {n_pages}.")
    return render_template(
        "cited_results/show.html",
        cited=found,
        result=found.result,
        filters=filters_in_words(found.asked),
        turns=repurposing_by_story(session, found.stories),
        page=number,
        n_pages=n_pages,
        address=url_for("cited_results.show", key=key, _external=True),
        search_url=url_for("search.results", **found.asked.fields()),
    )
