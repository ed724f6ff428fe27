"""What has to be taken down because nobody agrees to it any more."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp import context
from webapp.errors import Invalid
from webapp.services import usage
from webapp.services.access import Actor, may_review, require

bp = Blueprint("takedowns", __name__, url_prefix="/take-downs")


@bp.get("")
def index() -> str:
    """All tasks, open ones first, those due soonest before the others.

    :raise 403: for somebody who does not bring stories to others.
    """
    actor, session = _staff(), context.session()
    return render_template(
        "takedowns/index.html",
        tasks=usage.take_down_tasks(session),
        owners=usage.owners(session) if may_review(actor) else [],
    )


@bp.post("/<int:task_id>")
def change(task_id: int) -> Response:
    """Close a task, open it again, or give it to somebody.

    :raise 400: without a reason why something cannot be called back.
    :raise 403: for somebody who does not bring stories to others.
    :raise 404: if there is no such task.
    """
    actor, session = _staff(), context.session()
    owner = request.form.get("owner", "")
    if owner:
        if not (owner.isdecimal() and len(owner) < 19):
            raise Invalid("Choose somebody from the list.")
        usage.give_task(session, actor, task_id, owner_id=int(owner))
    else:
        state, note = request.form.get("state", ""), request.form.get("note", "")
        usage.close_task(session, actor, task_id, state=state, note=note)
    session.commit()
    flash("The task is changed.")
    return redirect(url_for("takedowns.index"), code=303)


def _staff() -> Actor:
    actor = context.signed_in_actor()
    require(usage.may_record_use(actor), "see what has to be taken down")
    return actor
