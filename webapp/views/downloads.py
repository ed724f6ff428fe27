"""What was found, to take away: with its evidence as CSV, XLSX or JSON, and as lines of keywords in context."""

from collections.abc import Iterator
from dataclasses import replace

from flask import Blueprint, Response, request, send_file, stream_with_context, url_for

from webapp import context
from webapp.errors import NotFound
from webapp.extensions import limiter
from webapp.services.access import may_choose_use
from webapp.services.asking import Asked
from webapp.services.concordances import concordance_of
from webapp.services.download_formats import (
    MEDIA_TYPES,
    csv_of,
    evidence_as_csv,
    evidence_as_json,
    evidence_as_xlsx,
    table_as_json,
    table_as_xlsx,
)
from webapp.services.downloads import MOST_STORIES, about
from webapp.services.evidence import evidence_of
from webapp.services.matching import matching

bp = Blueprint("downloads", __name__)

LINE_COLUMNS = ("story_id", "title", "address", "left", "keyword", "right", "start", "end", "content_warning")


@bp.get("/search/stories.<ending>")
@limiter.limit(lambda: context.settings().download_limit, scope="download")
def stories(ending: str) -> Response:
    """Exactly the stories that the search of this address finds, with their evidence.

    :raise 400: for a use that does not exist.
    :raise 404: for another ending than csv, xlsx and json.
    """
    _check(ending)
    session, asked = context.session(), _asked()
    found = matching(session, context.finder(), context.actor(), asked)
    header = about(asked, n_found=len(found), address=_search_url(asked))
    rows = evidence_of(session, found, limit=MOST_STORIES)
    if ending == "xlsx":
        file = evidence_as_xlsx(header, rows, _story_url)
        return send_file(file, mimetype=MEDIA_TYPES[ending], as_attachment=True, download_name="stories.xlsx")
    writer = evidence_as_csv if ending == "csv" else evidence_as_json
    return _sent(writer(header, rows, _story_url), ending, f"stories.{ending}")


@bp.get("/search/lines.<ending>")
@limiter.limit(lambda: context.settings().download_limit, scope="download")
def lines(ending: str) -> Response:
    """The keywords in context of the search of this address, all lines in the order asked for.

    :raise 400: for a use that does not exist.
    :raise 404: for another ending than csv, xlsx and json.
    """
    _check(ending)
    session, asked = context.session(), _asked()
    words = request.args.get("kw", "")
    found = matching(session, context.finder(), context.actor(), asked)
    concordance = concordance_of(session, context.finder(), found, words, order=request.args.get("order", "story"))
    header = [
        *about(asked, n_found=len(found), address=_search_url(asked)).lines(),
        ("Words", words or "(all that was searched for)"),
        ("Lines", str(concordance.n_lines) if concordance.is_whole else f"the first {concordance.n_lines}"),
    ]
    rows = (
        (one.external_id, one.title, _story_url(one.external_id), one.line.left, one.line.keyword, one.line.right,
         one.line.start, one.line.end, one.warning or None)
        for one in concordance.lines
    )  # fmt: skip
    if ending == "xlsx":
        file = table_as_xlsx(header, "Lines", LINE_COLUMNS, rows)
        return send_file(file, mimetype=MEDIA_TYPES[ending], as_attachment=True, download_name="lines.xlsx")
    writer = csv_of if ending == "csv" else table_as_json
    return _sent(writer(header, LINE_COLUMNS, rows), ending, f"lines.{ending}")


def _check(ending: str) -> None:
    if ending not in MEDIA_TYPES:
        raise NotFound(f"There is no download that ends in .{ending}. Choose .csv, .xlsx or .json.")


def _asked() -> Asked:
    asked = Asked.from_fields(lambda name: request.args.get(name, ""), request.args.getlist)
    return asked if may_choose_use(context.actor()) else replace(asked, use="")


def _sent(parts: Iterator[str], ending: str, name: str) -> Response:
    response = Response(stream_with_context(parts), content_type=MEDIA_TYPES[ending])
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _search_url(asked: Asked) -> str:
    return url_for("search.results", **asked.fields(), _external=True)


def _story_url(external_id: str) -> str:
    return url_for("stories.show", external_id=external_id, _external=True)
