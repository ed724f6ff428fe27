"""What the site tells whoever is signed in."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from webapp import context
from webapp.services.notices import notices_for, settle_notice

bp = Blueprint("notices", __name__, url_prefix="/notices")


@bp.get("")
def index() -> str:
    """What waits for this person, the newest first."""
    return render_template("notices/index.html", notices=notices_for(context.session(), context.signed_in_actor()))


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
