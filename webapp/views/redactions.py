"""Personal data in a story under review: what becomes of each finding, and the text without it."""

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from webapp import context
from webapp.services import redactions
from webapp.services.access import find_story, may_review, require

bp = Blueprint("redactions", __name__, url_prefix="/review")


@bp.post("/<external_id>/findings/<int:finding_id>")
def treat(external_id: str, finding_id: int) -> Response:
    """Take a finding out, replace it by other words, or keep it; the same words elsewhere alike.

    :raise 400: for a treatment that does not exist, or a pseudonym without words.
    :raise 403: for somebody who may not review.
    :raise 404: if the story or the finding is not there.
    """
    actor, session = context.signed_in_actor(), context.session()
    require(may_review(actor), "review stories")
    story = find_story(session, actor, external_id)
    treatment, words = (request.form.get(name, "") for name in ("treatment", "words"))
    seen = request.form.get("seen")
    redactions.treat(session, actor, story, finding_id, treatment=treatment, words=words, seen=seen)
    session.commit()
    context.wake_worker()
    anchor = f"card-personal_data-{finding_id}"
    return redirect(url_for("review.show", external_id=external_id, _anchor=anchor), code=303)


@bp.post("/<external_id>/replacements")
def replace(external_id: str) -> Response:
    """Write a new revision of the text in which all that was decided to go is replaced.

    :raise 403: for somebody who may not review.
    :raise 404: if there is no such story.
    :raise 409: if nothing is to be replaced.
    """
    actor, session = context.signed_in_actor(), context.session()
    require(may_review(actor), "review stories")
    story = find_story(session, actor, external_id)
    n_replaced = redactions.apply_replacements(session, actor, story)
    session.commit()
    context.wake_worker()
    flash(f"{n_replaced} {'stretch was' if n_replaced == 1 else 'stretches were'} replaced in a new revision.")
    return redirect(url_for("review.show", external_id=external_id, _anchor="personal-data"), code=303)
