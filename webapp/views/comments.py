"""Comments of reviewers on passages of a story."""

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from webapp import context
from webapp.services import comments
from webapp.services.access import find_story, may_review, require

bp = Blueprint("comments", __name__, url_prefix="/review")


@bp.post("/<external_id>/comments")
def add(external_id: str) -> Response:
    """Say something of a passage, or of the whole story.

    :raise 400: without words, or for a passage that the text does not have.
    :raise 403: for somebody who may not review.
    :raise 404: if there is no such story.
    """
    actor, session = context.signed_in_actor(), context.session()
    require(may_review(actor), "review stories")
    story = find_story(session, actor, external_id)
    comment = comments.add_comment(
        session, actor, story,
        body=request.form.get("body", ""),
        words=request.form.get("words", ""),
        occurrence=request.form.get("occurrence", 0, type=int),
        is_internal="for_sender" not in request.form,
    )  # fmt: skip
    session.commit()
    flash("The comment is kept.")
    return redirect(url_for("review.show", external_id=external_id, _anchor=f"card-comment-{comment.id}"), code=303)


@bp.post("/<external_id>/comments/<int:comment_id>")
def settle(external_id: str, comment_id: int) -> Response:
    """Say that a comment is dealt with, or open it again.

    :raise 403: for somebody who may not review.
    :raise 404: if the story or the comment is not there.
    """
    actor, session = context.signed_in_actor(), context.session()
    require(may_review(actor), "review stories")
    story = find_story(session, actor, external_id)
    is_settled = request.form.get("state") == "settled"
    comments.settle_comment(session, actor, story, comment_id, is_settled=is_settled)
    session.commit()
    return redirect(url_for("review.show", external_id=external_id, _anchor=f"card-comment-{comment_id}"), code=303)
