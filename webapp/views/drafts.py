"""Telling a story step by step: each step a form of its own, saved as it is typed, sent once at the end."""

from flask import Blueprint, Response, jsonify, make_response, render_template, request, url_for

from webapp import context
from webapp.draft_pages import (
    after_step,
    ask_machine,
    faults_in,
    form_in,
    go_to,
    kept_by_browser,
    own_draft,
    place_of,
    save_typed,
    show_step,
    shown_reading,
    step_url,
    steps_in,
    version,
)
from webapp.errors import NotFound
from webapp.extensions import limiter
from webapp.services import drafts
from webapp.services.access import find_story
from webapp.services.draft_likeness import differences, shared_part
from webapp.services.drafts import Draft
from webapp.services.photos import discard_photos, photos_of_draft
from webapp.services.small_place_meter import draft_estimate
from webapp.services.submissions import kept_of, send_draft, story_of_draft
from webapp.services.wordings import current_wording
from webapp.step_forms import STEPS, consent_of, field_names, story_fields

bp = Blueprint("drafts", __name__, url_prefix="/drafts")

LOOKS = "1200 per minute"
SAVES = "600 per minute"
"""From one address: more than an office of people types; a program that runs wild is stopped."""


@bp.post("")
@limiter.limit(lambda: context.settings().submission_limit, scope="submission")
def begin() -> Response:
    """Begin a draft; the same form sent again leads to the same draft.

    :raise 400: for a form without a good key.
    :raise 403: for somebody who may not send stories.
    :raise 404: for a kind of form that there is not.
    :raise 429: for too many beginnings from one address.
    """
    actor, kind = context.signed_in_actor(), request.form.get("kind", "")
    if kind not in ("short", "full"):
        raise NotFound(f"There is no form {kind!r}. Choose one of those on the page before.")
    draft = drafts.begin_draft(context.session(), actor, key=request.form.get("key", ""), kind=kind)
    context.session().commit()
    return go_to(step_url(draft, STEPS[draft.kind][0].key))


@bp.get("/<key>/<step_key>")
def step(key: str, step_key: str) -> Response:
    """One step with what was written in it.

    :raise 404: if there is no such draft of this person's, or no such step.
    """
    draft = own_draft(key)
    if draft.sent_at is not None:
        return _to_story(draft)
    place = place_of(draft, step_key)
    return show_step(draft, place, form_in(draft, place.step, drafts.answers_of(draft)))


@bp.post("/<key>/<step_key>")
def save_step(key: str, step_key: str) -> Response:
    """Keep a step's fields and go where the button says. A step that cannot be taken is kept and shown again.

    :raise 404: if there is no such draft of this person's, or no such step.
    :raise 409: if the draft was sent already, or a field was changed elsewhere.
    """
    draft = own_draft(key)
    place = place_of(draft, step_key)
    superseded = save_typed(draft, place.step)
    ask_machine(draft)
    context.session().commit()
    return after_step(draft, place, superseded)


@bp.post("/<key>/answers")
@limiter.limit(SAVES, scope="draft answers")
def save_answer(key: str) -> Response:
    """Keep one field, as it is typed: JSON with its version; 409 with the other words if they changed elsewhere.

    :raise 404: if there is no such draft of this person's, or no such field in it.
    :raise 409: if it was changed elsewhere, or the draft was sent.
    :raise 429: for more saves than anybody types.
    """
    draft, name = own_draft(key), request.form.get("name", "")
    if name not in field_names(steps_in(draft)):
        raise NotFound(f"This form has no field {name!r}.")
    written, base = request.form.getlist("written"), version(request.form.get("base", ""))
    saved = drafts.save_answer(context.session(), draft, name, written, base=base)
    ask_machine(draft)
    context.session().commit()
    answer = {"version": saved.version, "written": list(saved.written), "taken": saved.is_taken}
    return make_response(jsonify(answer), 200 if saved.is_taken else 409)


@bp.get("/<key>/reading")
@limiter.limit(LOOKS, scope="draft reading")
def reading(key: str) -> str:
    """What the machine reads in the draft, as a fragment; it says so while the worker has not read it yet.

    :raise 404: if there is no such draft of this person's.
    :raise 429: for more looks than any page takes.
    """
    draft = own_draft(key)
    fragment = render_template("drafts/_reading.html", draft=draft, **shown_reading(draft))
    context.session().commit()
    return fragment


@bp.get("/<key>/like/<external_id>")
def like(key: str, external_id: str) -> str:
    """The draft beside a story that says much the same.

    :raise 404: if there is no such draft of this person's, or no such story that they may see.
    """
    draft, session = own_draft(key), context.session()
    fields = story_fields(draft.kind, drafts.answers_of(draft))
    story = find_story(session, context.actor(), external_id)
    return render_template(
        "drafts/like.html",
        draft=draft,
        title=fields.title,
        story=story,
        differences=differences(fields.text, story.current_revision.text),
        shared=shared_part(fields.text, story.current_revision.text),
    )


@bp.get("/<key>/check")
def check(key: str) -> Response:
    """All that was written, and what still keeps it from being sent.

    :raise 404: if there is no such draft of this person's.
    """
    draft = own_draft(key)
    return _to_story(draft) if draft.sent_at is not None else _show_check(draft)


@bp.post("/<key>/check")
@limiter.limit(lambda: context.settings().submission_limit, scope="submission")
def send(key: str) -> Response:
    """Hand the story in; sent again, it leads to the same story.

    :raise 400: while something keeps it from being sent; the page says what.
    :raise 404: if there is no such draft of this person's.
    :raise 409: if the story that it corrects was reworded meanwhile.
    :raise 429: for too many submissions from one address.
    """
    draft, session = own_draft(key), context.session()
    if draft.sent_at is not None:
        return _to_story(draft)
    if faults_in(draft):
        return _show_check(draft, status=400)
    written = drafts.answers_of(draft)
    fields = story_fields(draft.kind, written, **kept_of(story_of_draft(session, draft)))
    consent = consent_of(written)
    if consent is not None:
        consent["wording"] = current_wording(session)
    send_draft(session, context.actor(), draft, fields, consent=consent)
    session.commit()
    context.wake_worker()
    return _to_story(draft, is_new=True)


@bp.post("/<key>/discard")
def discard(key: str) -> Response:
    """Throw a draft away, with its photos.

    :raise 404: if there is no such draft of this person's.
    :raise 409: if it was sent.
    """
    draft, session = own_draft(key), context.session()
    discard_photos(session, draft, folder=context.settings().media_folder)
    drafts.discard_draft(session, draft)
    session.commit()
    return go_to(url_for("submissions.mine"))


def _show_check(draft: Draft, *, status: int = 200) -> Response:
    written, steps = drafts.answers_of(draft), steps_in(draft)
    told = story_fields(draft.kind, written)
    page = render_template(
        "drafts/check.html",
        draft=draft,
        steps=steps,
        forms={step.key: form_in(draft, step, written) for step in steps},
        faults=faults_in(draft),
        is_refused=status >= 400,
        is_correction=draft.kind == "correction",
        photos=photos_of_draft(context.session(), draft),
        meter=draft_estimate(told.text, place=told.place, local_authority=told.local_authority, region=told.region),
        **shown_reading(draft),
    )
    context.session().commit()
    return kept_by_browser(page, status)


def _to_story(draft: Draft, *, is_new: bool = False) -> Response:
    story = story_of_draft(context.session(), draft)
    if story is None:
        raise NotFound("The story that this became is no longer there.")
    find_story(context.session(), context.actor(), story.external_id)
    return go_to(url_for("submissions.own", external_id=story.external_id, sent=1 if is_new else None))
