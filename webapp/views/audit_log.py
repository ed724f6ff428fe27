"""The log of what was done, to read and to take away, for administrators."""

import json
from collections.abc import Iterator
from datetime import date

from flask import Blueprint, Response, render_template, request, stream_with_context

from webapp import context
from webapp.errors import Invalid
from webapp.services.audit_log import LogAsked, actions, log_events, log_page
from webapp.services.download_formats import MEDIA_TYPES, csv_of

bp = Blueprint("audit_log", __name__, url_prefix="/audit")

COLUMNS = ("at", "actor_id", "actor_name", "action", "subject_kind", "subject_id", "before", "after")


@bp.get("")
def index() -> str:
    """What was done, the latest first, and by whom.

    :raise 400: for a day that is none.
    :raise 403: for everybody but administrators.
    """
    actor, session, asked = context.signed_in_actor(), context.session(), _asked()
    number = request.args.get("page", 1, type=int)
    return render_template(
        "audit_log/index.html",
        asked=asked,
        page=log_page(session, actor, asked, number=number),
        actions=actions(session, actor),
        args={name: value for name, value in request.args.items() if name != "page" and value},
    )


@bp.get("/log.csv")
def export() -> Response:
    """All that the filters of this address find, the oldest first.

    :raise 400: for a day that is none.
    :raise 403: for everybody but administrators.
    """
    session = context.session()
    events = log_events(session, context.signed_in_actor(), _asked())
    session.commit()

    def rows() -> Iterator[tuple[str | int | None, ...]]:
        for event in events:
            yield (
                event.at.isoformat(), event.actor_id, event.actor_name, event.action, event.subject_kind,
                event.subject_id, _written(event.before), _written(event.after),
            )  # fmt: skip

    response = Response(stream_with_context(csv_of((), COLUMNS, rows())), content_type=MEDIA_TYPES["csv"])
    response.headers.set("Content-Disposition", "attachment", filename="log.csv")
    return response


def _asked() -> LogAsked:
    words = {name: request.args.get(name, "").strip() for name in ("actor", "action", "subject")}
    return LogAsked(**words, since=_day("since"), until=_day("until"))


def _day(name: str) -> date | None:
    written = request.args.get(name, "")
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError as err:
        raise Invalid(f"{written!r} is not a day. Write it as 2026-03-31.") from err


def _written(values: dict[str, object] | None) -> str:
    return json.dumps(values, ensure_ascii=False) if values is not None else ""
