"""Care for whoever tells a story, while it is reviewed: their approval of the words, and how it may affect them."""

from datetime import date

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from webapp import context
from webapp.errors import Invalid
from webapp.services import approvals, welfare
from webapp.services.access import Actor, find_story, may_review, require
from webapp.services.story_page import Story

bp = Blueprint("care_of_teller", __name__, url_prefix="/review")


@bp.post("/<external_id>/approval")
def approval(external_id: str) -> Response:
    """Say whether the story is published only with its teller's approval.

    :raise 403: for somebody who may not review.
    :raise 404: if there is no such story.
    """
    actor, story = _reviewer_and_story(external_id)
    session = context.session()
    approvals.need_approval(session, actor, story, is_needed=request.form.get("needed") == "yes")
    session.commit()
    return redirect(url_for("review.show", external_id=external_id, _anchor="approval"), code=303)


@bp.post("/<external_id>/welfare")
def note(external_id: str) -> Response:
    """Note what publishing the story may do to whoever tells it.

    :raise 400: for a note that says nothing, or a high risk without help.
    :raise 403: for somebody who may not review.
    :raise 404: if there is no such story.
    """
    actor, story = _reviewer_and_story(external_id)
    session, form = context.session(), request.form
    words = {name: form.get(name, "") for name in ("risk", "note", "support")}
    welfare.note_welfare(session, actor, story, contact_on=_day(form.get("contact_on", "")), **words)
    session.commit()
    flash("The note is kept.")
    return redirect(url_for("review.show", external_id=external_id, _anchor="welfare"), code=303)


def _reviewer_and_story(external_id: str) -> tuple[Actor, Story]:
    actor = context.signed_in_actor()
    require(may_review(actor), "review stories")
    return actor, find_story(context.session(), actor, external_id)


def _day(written: str) -> date | None:
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError as err:
        raise Invalid(f"{written!r} is not a day. Write it as 2026-03-31.") from err
