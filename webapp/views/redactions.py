"""Personal data in a story under review: what becomes of each finding, and the text without it."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from webapp import context
from webapp.services import photos, redactions, replacements
from webapp.services.access import Actor, find_story, may_review, require
from webapp.services.story_page import Story

bp = Blueprint("redactions", __name__, url_prefix="/review")


@bp.post("/<external_id>/findings/<int:finding_id>")
def treat(external_id: str, finding_id: int) -> Response:
    """Take a finding out, replace it by other words, or keep it; the same words elsewhere alike.

    :raise 400: for a treatment that does not exist, or a pseudonym without words.
    :raise 403: for somebody who may not review.
    :raise 404: if the story or the finding is not there.
    """
    actor, session, story = _reviewed(external_id)
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
    actor, session, story = _reviewed(external_id)
    n_replaced = redactions.apply_replacements(session, actor, story)
    session.commit()
    context.wake_worker()
    flash(f"{n_replaced} {'stretch was' if n_replaced == 1 else 'stretches were'} replaced in a new revision.")
    return redirect(url_for("review.show", external_id=external_id, _anchor="personal-data"), code=303)


@bp.post("/<external_id>/table")
def set_line(external_id: str) -> Response:
    """Put a line into the table of replacements, or other words into one that is there.

    :raise 400: for a line that lacks words, or would show a name after all.
    :raise 403: for somebody who may not review.
    :raise 404: if there is no such story.
    :raise 409: if somebody changed the line since the page was made.
    """
    actor, session, story = _reviewed(external_id)
    original, words, kind = (request.form.get(name, "") for name in ("original", "words", "kind"))
    replacements.set_replacement(
        session, actor, story, original=original, words=words, kind=kind or "other", seen=request.form.get("seen")
    )
    session.commit()
    return _back_to_table(external_id)


@bp.post("/<external_id>/table/<int:replacement_id>/remove")
def remove_line(external_id: str, replacement_id: int) -> Response:
    """Take a line out of the table of replacements.

    :raise 403: for somebody who may not review.
    :raise 404: if the story or the line is not there.
    :raise 409: if somebody changed the line since the page was made.
    """
    actor, session, story = _reviewed(external_id)
    replacements.remove_replacement(session, actor, story, replacement_id, seen=request.form.get("seen"))
    session.commit()
    return _back_to_table(external_id)


@bp.post("/<external_id>/photos/<int:photo_id>")
def describe_photo(external_id: str, photo_id: int) -> Response:
    """Say what a photo shows, what stands under it and whose it is.

    :raise 403: for somebody who may not review.
    :raise 404: if the story or the photo is not there.
    :raise 409: if somebody described it otherwise since the page was made.
    """
    actor, session, story = _reviewed(external_id)
    written = {name: request.form[name] for name in photos.DETAILS if name in request.form}
    photos.describe_photo(session, actor, story, photo_id, written=written, seen=request.form.get("seen"))
    session.commit()
    context.wake_worker()
    return redirect(url_for("review.show", external_id=external_id, _anchor="photos"), code=303)


def _reviewed(external_id: str) -> tuple[Actor, Any, Story]:
    actor, session = context.signed_in_actor(), context.session()
    require(may_review(actor), "review stories")
    return actor, session, find_story(session, actor, external_id)


def _back_to_table(external_id: str) -> Response:
    return redirect(url_for("review.show", external_id=external_id, _anchor="replacements"), code=303)
