"""Sharing a story: a new one, changing one's own, and the list of them."""

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from webapp import context
from webapp.extensions import limiter
from webapp.forms import SubmissionForm
from webapp.services.access import Actor, find_story, may_edit_story, may_submit, require
from webapp.services.consent import consents_of
from webapp.services.places import place_names
from webapp.services.stories import stories_of
from webapp.services.story_page import Story
from webapp.services.submissions import receive_story, revise_submission

bp = Blueprint("submissions", __name__)


@bp.route("/stories/new", methods=["GET", "POST"])
@limiter.limit(lambda: context.settings().submission_limit, methods=["POST"], scope="submission")
def new() -> AnyResponse:
    """A form for a story; sending it twice stores it once.

    :raise 403: for somebody who may not send stories.
    :raise 429: for too many submissions from one address.
    """
    actor = _submitter()
    form = SubmissionForm(text_limit=context.settings().text_characters)
    if not form.validate_on_submit():
        return _show_form("submissions/new.html", form)
    session, hand_in = context.session(), _is_handed_in()
    story = receive_story(
        session,
        actor,
        form.story_fields(),
        submission_key=form.submission_key.data,
        consent=form.consent_details(),
        hand_in=hand_in,
    )
    session.commit()
    return _thank(story, hand_in=hand_in)


@bp.route("/stories/<external_id>/edit", methods=["GET", "POST"])
def edit(external_id: str) -> AnyResponse:
    """The form with a story in it.

    :raise 403: for a story that this person may see but not change.
    :raise 404: if there is no such story, or none that this person may see.
    """
    actor, session = context.signed_in_actor(), context.session()
    story = find_story(session, actor, external_id)
    require(may_edit_story(actor, story), "change this story")
    consents = consents_of(session, story)
    form = SubmissionForm(text_limit=context.settings().text_characters, data=_as_typed(story))
    if not form.validate_on_submit():
        return _show_form("submissions/edit.html", form, story=story, consents=consents)
    hand_in = _is_handed_in()
    fields = form.story_fields(
        summary=story.current_revision.summary, source=story.source, is_illustrative=story.is_illustrative
    )
    revise_submission(session, actor, story, fields, consent=form.consent_details(), hand_in=hand_in)
    session.commit()
    return _thank(story, hand_in=hand_in)


@bp.get("/my-stories")
def mine() -> str:
    """The stories that this person sent or began."""
    actor = context.signed_in_actor()
    return render_template("submissions/mine.html", stories=stories_of(context.session(), actor))


def _submitter() -> Actor:
    actor = context.signed_in_actor()
    require(may_submit(actor), "send stories")
    return actor


def _is_handed_in() -> bool:
    return request.form.get("action") == "submit"


def _show_form(template: str, form: SubmissionForm, **shown: object) -> Response:
    response = make_response(render_template(template, form=form, **shown), 400 if form.errors else 200)
    # Let the browser keep the page: whoever goes back finds what they typed.
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _as_typed(story: Story) -> dict[str, str | None]:
    names = place_names(story.place)
    return {
        "title": story.current_revision.title,
        "text": story.current_revision.text,
        "place": names.get("neighbourhood"),
        "local_authority": names.get("local_authority"),
        "region": names.get("region"),
        "organisation": story.organisation.name if story.organisation else None,
        "organisation_kind": story.organisation.kind if story.organisation else None,
        "period": story.period,
        "submitted_by_role": story.submitted_by_role,
    }


def _thank(story: Story, *, hand_in: bool) -> AnyResponse:
    context.wake_worker()
    flash(
        "Thank you. The reviewers have your story now; you will find it here while they read it."
        if hand_in
        else "Your draft is saved. Nobody but you and the reviewers can see it."
    )
    return redirect(url_for("stories.show", external_id=story.external_id), code=303)
