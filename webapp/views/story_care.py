"""Content warnings, and how long a story is held."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp import context
from webapp.forms import local_path
from webapp.services import content_warnings, retention
from webapp.services.access import find_story, may_administer, require

bp = Blueprint("story_care", __name__)


@bp.post("/stories/<external_id>/content-warnings")
def warn(external_id: str) -> Response:
    """Set what readers are warned of.

    :raise 400: for a warning that there is not, or words that are too long.
    :raise 403: for somebody who neither reviews stories nor sent this one.
    :raise 404: if there is no such story.
    """
    session, actor = context.session(), context.contributing_actor()
    story = find_story(session, actor, external_id)
    content_warnings.set_warnings(
        session, actor, story, request.form.getlist("kind"), words=request.form.get("words", "")
    )
    session.commit()
    context.wake_worker()
    flash("The warning is saved.")
    back = local_path(request.form.get("next"), default=url_for("stories.show", external_id=external_id))
    return redirect(back, code=303)


@bp.post("/stories/<external_id>/retention")
def hold(external_id: str) -> Response:
    """Say how long the story is held.

    :raise 400: for a class that there is not.
    :raise 403: for somebody who does not administer the site.
    :raise 404: if there is no such story.
    """
    session, actor = context.session(), context.signed_in_actor()
    story = find_story(session, actor, external_id)
    retention.set_retention(session, actor, story, request.form.get("retention", ""))
    session.commit()
    flash("It is held as you said.")
    return redirect(url_for("story_care.due"), code=303)


@bp.get("/retention")
def due() -> str:
    """Stories whose time is over.

    :raise 403: for somebody who does not administer the site.
    """
    require(may_administer(context.signed_in_actor()), "see which stories are due")
    default = context.settings().retention
    found = retention.due_stories(context.session(), default=default)
    return render_template("retention/due.html", due=found, default=default, years=retention.YEARS)


@bp.post("/retention/<external_id>/erase")
def erase(external_id: str) -> Response:
    """Erase a story for good.

    :raise 403: for somebody who does not administer the site.
    :raise 404: if there is no such story.
    :raise 409: if it was not confirmed, or somebody is worried about somebody in it.
    """
    session, actor = context.session(), context.signed_in_actor()
    require(may_administer(actor) and "sure" in request.form, "erase a story without saying that you are sure")
    story = find_story(session, actor, external_id)
    erased = retention.erase_story(session, actor, story, reason=request.form.get("reason", "")[:200])
    session.commit()
    context.forget_for_good(erased)
    flash(f"The story is erased: {sum(erased.rows.values())} rows, {len(erased.files)} files.")
    return redirect(url_for("story_care.due"), code=303)
