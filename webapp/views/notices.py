"""What the site tells whoever is signed in."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from webapp import context
from webapp.clock import today
from webapp.services.access import may_review
from webapp.services.notices import notices_for, settle_notice
from webapp.services.welfare import contacts_due

bp = Blueprint("notices", __name__, url_prefix="/notices")


@bp.get("")
def index() -> str:
    """What waits for this person, the newest first, and for reviewers whom to ask how they are."""
    session, actor = context.session(), context.signed_in_actor()
    return render_template(
        "notices/index.html",
        notices=notices_for(session, actor),
        contacts=contacts_due(session, actor, day=today()) if may_review(actor) else [],
    )


@bp.post("/<int:notice_id>/done")
def done(notice_id: int) -> Response:
    """Say that it is done, for everybody who was told.

    :raise 404: if this person was told no such thing.
    """
    session = context.session()
    settle_notice(session, context.signed_in_actor(), notice_id)
    session.commit()
    flash("Settled.")
    return redirect(url_for("notices.index"), code=303)
