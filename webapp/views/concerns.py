"""'I'm worried about someone', and what safeguarding leads do about it."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp import context
from webapp.account_forms import ConcernDecisionForm, ConcernForm
from webapp.errors import Conflict, Invalid
from webapp.extensions import limiter
from webapp.guessing import source
from webapp.services import concerns
from webapp.services.access import find_story
from webapp.services.places import place_names

bp = Blueprint("concerns", __name__)

_BODY = """\
Somebody is worried about someone. What they wrote is not in this mail. Sign in and look at it today:

{address}
"""


@bp.route("/worried", methods=["GET", "POST"])
@limiter.limit("20 per hour", methods=["POST"], key_func=source)
def raise_one() -> Response:
    """Say that one is worried, about a story (`?story=`) or without one.

    :raise 404: for a story that this person may not see.
    :raise 429: after twenty in an hour from one place.
    """
    session, actor, form = context.session(), context.actor(), ConcernForm()
    story_id = request.values.get("story", "")
    story = find_story(session, actor, story_id) if story_id else None
    if request.method != "POST" or not form.validate_on_submit():
        return _show_form(form, story)
    try:
        concern = concerns.raise_concern(
            session, actor, story, words=form.words.data, contact=form.contact.data, hide=_is_known()
        )
    except Invalid as err:
        form.words.errors = [str(err)]
        return _show_form(form, story)
    address = context.settings().url_of(url_for("concerns.show", concern_id=concern.id))
    for lead in concerns.leads(session):
        context.post_mail(to=lead.email, subject="Somebody is worried", body=_BODY.format(address=address))
    session.commit()
    context.wake_worker()
    return redirect(url_for("concerns.thanks"), code=303)


@bp.get("/worried/thank-you")
def thanks() -> str:
    """What happens now. It does not say which story it was about."""
    return render_template("concerns/thanks.html", safeguarding=context.settings().safeguarding)


@bp.get("/concerns")
def index() -> str:
    """What people are worried about: when, and what became of it. No word of a story stands here.

    :raise 403: for everybody but safeguarding leads.
    """
    found = concerns.concerns(context.session(), context.signed_in_actor())
    return render_template("concerns/index.html", concerns=found)


@bp.get("/concerns/<int:concern_id>")
def show(concern_id: int) -> Response:
    """A concern with its story; that it was opened is written down.

    :raise 403: for everybody but safeguarding leads.
    :raise 404: if there is no such concern.
    """
    return _show(concern_id, ConcernDecisionForm(formdata=None))


@bp.post("/concerns/<int:concern_id>/hide")
def hide(concern_id: int) -> Response:
    """Take the story out of sight.

    :raise 403: for everybody but safeguarding leads.
    :raise 404: if there is no such concern.
    :raise 409: if it is closed, or about no story.
    """
    concerns.hide_story(context.session(), context.signed_in_actor(), concern_id)
    context.session().commit()
    context.wake_worker()
    return redirect(url_for("concerns.show", concern_id=concern_id), code=303)


@bp.post("/concerns/<int:concern_id>/close")
def close(concern_id: int) -> Response:
    """Close it with a decision and a reason.

    :raise 403: for everybody but safeguarding leads.
    :raise 404: if there is no such concern.
    """
    form = ConcernDecisionForm()
    if not form.validate_on_submit():
        return _show(concern_id, form)
    try:
        concerns.close_concern(
            context.session(), context.signed_in_actor(), concern_id,
            decision=form.decision.data, note=form.note.data,
        )  # fmt: skip
    except (Conflict, Invalid) as err:
        context.session().rollback()
        form.decision.errors = [str(err)]
        return _show(concern_id, form)
    context.session().commit()
    context.wake_worker()
    flash("The concern is closed.")
    return redirect(url_for("concerns.index"), code=303)


def _is_known() -> bool:
    """Is it somebody who signed in, or who holds the link to a story of their own?"""
    actor = context.actor()
    return actor.id is not None or bool(actor.drafts)


def _show_form(form: ConcernForm, story: concerns.Story | None) -> Response:
    shown = {"hides": _is_known(), "safeguarding": context.settings().safeguarding}
    return make_response(
        render_template("concerns/raise.html", form=form, story=story, **shown), 400 if form.errors else 200
    )


def _show(concern_id: int, form: ConcernDecisionForm) -> Response:
    session = context.session()
    opened = concerns.open_concern(session, context.signed_in_actor(), concern_id)
    places = place_names(opened.story.place) if opened.story else {}
    page = render_template("concerns/show.html", opened=opened, form=form, places=places)
    session.commit()
    response = make_response(page, 400 if form.errors else 200)
    response.headers["Cache-Control"] = "no-store"
    return response
