"""Sharing a story: how to begin, one's own stories and what became of them, and changing a story as staff."""

import secrets
from datetime import timedelta

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from webapp import context
from webapp.errors import Invalid, NotFound
from webapp.forms import DocumentForm, PastedForm, SpreadsheetForm, SubmissionForm
from webapp.rendering import marked_blocks
from webapp.services.access import find_story, may_edit_story, may_review, may_submit, require
from webapp.services.approvals import approve
from webapp.services.consent import consents_of
from webapp.services.contributions import contribution, own_stories, own_story, withdraw_own
from webapp.services.drafts import answers_of, begin_correction, unfinished_drafts
from webapp.services.photos import photos_for_readers
from webapp.services.signed_links import contributor_token
from webapp.services.small_place_meter import story_estimate
from webapp.services.spreadsheets import own_imports
from webapp.services.story_page import Story
from webapp.services.submissions import described, described_seen, revise_submission

bp = Blueprint("submissions", __name__)


@bp.get("/stories/new")
def new() -> str:
    """The ways to begin, and what was begun before.

    :raise 403: for somebody who may not send stories.
    """
    actor = context.signed_in_actor()
    require(may_submit(actor), "send stories")
    return render_template(
        "submissions/new.html",
        key=secrets.token_urlsafe(24),
        unfinished=_unfinished(),
        document=DocumentForm(formdata=None),
        pasted=PastedForm(formdata=None),
        spreadsheet=SpreadsheetForm(formdata=None),
    )


@bp.route("/stories/<external_id>/edit", methods=["GET", "POST"])
def edit(external_id: str) -> AnyResponse:
    """The whole story in one form, for staff; its author is led to the steps, which keep what is typed.

    :raise 403: for a story that this person may see but not change.
    :raise 404: if there is no such story, or none that this person may see.
    :raise 409: if somebody else changed it since the form was shown; both versions are.
    """
    actor, session = context.contributing_actor(), context.session()
    story = find_story(session, actor, external_id)
    require(may_edit_story(actor, story), "change this story")
    if not may_review(actor):
        return redirect(url_for("submissions.own", external_id=external_id), code=303)
    consents = consents_of(session, story)
    form = SubmissionForm(text_limit=context.settings().text_characters, data=described(story))
    if not form.validate_on_submit():
        seen = request.form.get("seen", described_seen(story))
        return _show_form("submissions/edit.html", form, story=story, consents=consents, seen=seen)
    hand_in = request.form.get("action") == "submit"
    fields = form.story_fields(
        summary=story.current_revision.summary,
        source=story.source,
        evidence_strength=story.evidence_strength,
        is_illustrative=story.is_illustrative,
    )
    revise_submission(
        session, actor, story, fields, consent=form.consent_details(), hand_in=hand_in, seen=request.form.get("seen")
    )
    session.commit()
    context.wake_worker()
    flash("The reviewers have the story now." if hand_in else "The story is saved.")
    return redirect(url_for("stories.show", external_id=story.external_id), code=303)


@bp.get("/my-stories")
def mine() -> str:
    """The stories that this person sent, and the drafts that they began."""
    actor = context.contributing_actor()
    return render_template(
        "submissions/mine.html",
        stories=own_stories(context.session(), actor),
        unfinished=_unfinished(),
        imports=own_imports(context.session(), actor),
    )


@bp.get("/my-stories/<external_id>")
def own(external_id: str) -> str:
    """One's own story: where it stands, what was asked, where it was used, and what can be done about it.

    :raise 404: if this person has no such story.
    """
    story = _own_story(external_id)
    mine = contribution(context.session(), context.actor(), story)
    token = contributor_token(context.secret_key(), story, mine.contributor) if mine.contributor else ""
    return render_template(
        "submissions/own.html",
        mine=mine,
        token=token,
        meter=story_estimate(story),
        story=story,
        is_new="sent" in request.args,
        key=secrets.token_urlsafe(24),
    )


@bp.post("/my-stories/<external_id>/correct")
def correct(external_id: str) -> Response:
    """Open the story's words in the steps.

    :raise 403: for a story that lies with the reviewers, or is published.
    :raise 404: if this person has no such story.
    """
    story, session = _own_story(external_id), context.session()
    draft = begin_correction(
        session, context.actor(), story, key=request.form.get("key", ""), answers=_as_answers(story)
    )
    session.commit()
    return make_response(redirect(url_for("drafts.step", key=draft.key, step_key="what"), code=303))


@bp.get("/my-stories/<external_id>/words")
def words(external_id: str) -> str:
    """The words as they would be read, to approve them.

    :raise 404: if this person has no such story, or it was taken back.
    """
    story = _own_story(external_id)
    if story.status == "withdrawn":
        raise NotFound("This story was taken back, so there are no words to approve.")
    mine = contribution(context.session(), context.actor(), story)
    return render_template(
        "submissions/words.html",
        mine=mine,
        story=story,
        blocks=marked_blocks(story.current_revision.text, ()),
        photos=photos_for_readers(context.session(), story),
    )


@bp.post("/my-stories/<external_id>/approve")
def approve_words(external_id: str) -> Response:
    """Say that the words that were shown may be used.

    :raise 403: for a story that is not with the reviewers and not published.
    :raise 404: if this person has no such story.
    :raise 409: if the words were changed since they were shown.
    """
    story, session = _own_story(external_id), context.session()
    approve(session, context.actor(), story, read_hash=request.form.get("read", ""))
    session.commit()
    flash("Thank you. Your approval is recorded. If a word is changed, you are asked again.")
    return make_response(redirect(url_for("submissions.own", external_id=external_id), code=303))


@bp.post("/my-stories/<external_id>/withdraw")
def take_back(external_id: str) -> Response:
    """Take one's story back: gone for readers at once.

    :raise 400: unless the box beside the button was ticked.
    :raise 404: if this person has no such story.
    :raise 409: if it was taken back before.
    """
    story, session = _own_story(external_id), context.session()
    if "sure" not in request.form:
        raise Invalid("Taking a story back cannot be undone. Tick the box beside the button if you are sure.")
    withdraw_own(session, context.actor(), story, due_days=context.settings().takedown_days)
    session.commit()
    context.wake_worker()
    flash("Your story is taken back. Nobody can read it here any more.")
    return make_response(redirect(url_for("submissions.own", external_id=external_id), code=303))


def _own_story(external_id: str) -> Story:
    return own_story(context.session(), context.contributing_actor(), external_id)


def _unfinished() -> list[dict[str, object]]:
    kept = timedelta(days=context.settings().draft_days)
    return [
        {
            "draft": draft,
            "title": " ".join(answers_of(draft).get("title", [])),
            "kept_until": draft.updated_at + kept,
        }
        for draft in unfinished_drafts(context.session(), context.actor())
    ]


def _show_form(template: str, form: SubmissionForm, **shown: object) -> Response:
    response = make_response(render_template(template, form=form, **shown), 400 if form.errors else 200)
    # Let the browser keep the page: whoever goes back finds what they typed.
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _as_answers(story: Story) -> dict[str, list[str]]:
    return {name: [value] for name, value in described(story).items() if value}
