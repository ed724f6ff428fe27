"""Telling a story step by step: each step a form of its own, saved as it is typed, sent once at the end."""

from dataclasses import dataclass

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse

from webapp import context
from webapp.errors import NotFound
from webapp.extensions import limiter
from webapp.guidance import GUIDANCE, INTRODUCTIONS
from webapp.services import drafts
from webapp.services.access import find_story
from webapp.services.consent import consents_of
from webapp.services.drafts import Draft, SavedAnswer
from webapp.services.submissions import described, send_draft, story_of_draft
from webapp.step_forms import (
    STEPS,
    Step,
    Written,
    consent_of,
    faults_of,
    field_names,
    form_of,
    steps_of,
    story_fields,
)

bp = Blueprint("drafts", __name__, url_prefix="/drafts")

CHANGED_ELSEWHERE = (
    "This was changed on another device or in another tab meanwhile. There it says: “{there}”. "
    "Your words still stand here; continue once more to keep them."
)
SAVES = "120 per minute"
"""Far more than anybody types; a program that runs wild is stopped."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is in the steps. next and before: keys of the steps around, the check at the end."""

    step: Step
    number: int
    total: int
    before: str | None
    next: str


@bp.post("")
@limiter.limit(lambda: context.settings().submission_limit, scope="submission")
def begin() -> AnyResponse:
    """Begin a draft; the same form sent again leads to the same draft.

    :raise 400: for a form without a good key.
    :raise 403: for somebody who may not send stories.
    :raise 404: for a kind of form that there is not.
    :raise 429: for too many beginnings from one address.
    """
    actor, kind = context.contributing_actor(), request.form.get("kind", "")
    if kind not in ("short", "full"):
        raise NotFound(f"There is no form {kind!r}. Choose one of those on the page before.")
    draft = drafts.begin_draft(context.session(), actor, key=request.form.get("key", ""), kind=kind)
    context.session().commit()
    return redirect(_step_url(draft, STEPS[draft.kind][0].key), code=303)


@bp.get("/<key>/<step_key>")
def step(key: str, step_key: str) -> Response:
    """One step with what was written in it.

    :raise 404: if there is no such draft of this person's, or no such step.
    """
    draft = _draft(key)
    if draft.sent_at is not None:
        return _to_story(draft)
    place = _place(draft, step_key)
    return _show_step(draft, place, _form(draft, place.step, drafts.answers_of(draft)))


@bp.post("/<key>/<step_key>")
def save_step(key: str, step_key: str) -> Response:
    """Keep a step's fields and go where the button says. A step that cannot be taken is kept and shown again.

    :raise 404: if there is no such draft of this person's, or no such step.
    :raise 409: if the draft was sent already.
    """
    draft = _draft(key)
    place = _place(draft, step_key)
    superseded = _save_fields(draft, place.step)
    context.session().commit()
    form = _form(draft, place.step, _typed(place.step))
    if superseded:
        for name, saved in superseded.items():
            form[name].errors = [CHANGED_ELSEWHERE.format(there=" ".join(" ".join(saved.written).split())[:300])]
        return _show_step(draft, place, form, status=409)
    action = request.form.get("action", "continue")
    if action == "leave":
        return _redirect(url_for("submissions.mine"))
    if action == "back":
        return _redirect(_step_url(draft, place.before or place.step.key))
    if not form.validate():
        return _show_step(draft, place, form, status=400)
    return _redirect(_step_url(draft, place.next))


@bp.post("/<key>/answers")
@limiter.limit(SAVES, scope="draft answers")
def save_answer(key: str) -> Response:
    """Keep one field, as it is typed: JSON with its version; 409 with the other words if they changed elsewhere.

    :raise 404: if there is no such draft of this person's, or no such field in it.
    :raise 409: if it was changed elsewhere, or the draft was sent.
    :raise 429: for more saves than anybody types.
    """
    draft, name = _draft(key), request.form.get("name", "")
    if name not in field_names(_steps(draft)):
        raise NotFound(f"This form has no field {name!r}.")
    written, base = request.form.getlist("written"), _version(request.form.get("base", ""))
    saved = drafts.save_answer(context.session(), draft, name, written, base=base)
    context.session().commit()
    answer = {"version": saved.version, "written": list(saved.written), "taken": saved.is_taken}
    return make_response(jsonify(answer), 200 if saved.is_taken else 409)


@bp.get("/<key>/check")
def check(key: str) -> Response:
    """All that was written, and what still keeps it from being sent.

    :raise 404: if there is no such draft of this person's.
    """
    draft = _draft(key)
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
    draft, session = _draft(key), context.session()
    if draft.sent_at is not None:
        return _to_story(draft)
    written = drafts.answers_of(draft)
    if _faults(draft):
        return _show_check(draft, status=400)
    corrected = story_of_draft(session, draft)
    kept = {} if corrected is None else {
        "summary": corrected.current_revision.summary,
        "source": corrected.source,
        "is_illustrative": corrected.is_illustrative,
    }  # fmt: skip
    fields = story_fields(draft.kind, written, **kept)
    send_draft(session, context.actor(), draft, fields, consent=consent_of(written))
    session.commit()
    context.wake_worker()
    return _to_story(draft, is_new=True)


@bp.post("/<key>/discard")
def discard(key: str) -> Response:
    """Throw a draft away.

    :raise 404: if there is no such draft of this person's.
    :raise 409: if it was sent.
    """
    drafts.discard_draft(context.session(), _draft(key))
    context.session().commit()
    return _redirect(url_for("submissions.mine", thrown_away=1))


def _draft(key: str) -> Draft:
    return drafts.find_draft(context.session(), context.contributing_actor(), key)


def _steps(draft: Draft) -> tuple[Step, ...]:
    story = story_of_draft(context.session(), draft)
    return steps_of(draft.kind, has_consent=story is not None and bool(consents_of(context.session(), story)))


def _form(draft: Draft, step: Step, written: Written) -> FlaskForm:
    story = story_of_draft(context.session(), draft)
    return form_of(step, written, kept=described(story) if story is not None else None)


def _faults(draft: Draft) -> list[tuple[Step, str]]:
    written, limit = drafts.answers_of(draft), context.settings().text_characters
    forms = {step: _form(draft, step, written) for step in _steps(draft)}
    return faults_of(draft.kind, forms, written, text_limit=limit)


def _place(draft: Draft, step_key: str) -> Place:
    steps = _steps(draft)
    keys = [step.key for step in steps]
    if step_key not in keys:
        raise NotFound(f"This form has no step {step_key!r}.")
    at = keys.index(step_key)
    return Place(
        step=steps[at],
        number=at + 1,
        total=len(keys) + 1,
        before=keys[at - 1] if at else None,
        next=keys[at + 1] if at + 1 < len(keys) else "check",
    )


def _save_fields(draft: Draft, step: Step) -> dict[str, SavedAnswer]:
    """Keep all fields of a step; gives those that were changed elsewhere since the page was shown."""
    superseded = {}
    for name, written in _typed(step).items():
        base = _version(request.form.get(f"{name}-version", ""))
        saved = drafts.save_answer(context.session(), draft, name, written, base=base)
        if not saved.is_taken:
            superseded[name] = saved
    return superseded


def _typed(step: Step) -> dict[str, list[str]]:
    return {name: request.form.getlist(name) for name in form_of(step, {})._fields}


def _version(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) < 10 else 0


def _show_step(draft: Draft, place: Place, form: FlaskForm, *, status: int = 200) -> Response:
    page = render_template(
        "drafts/step.html",
        draft=draft,
        place=place,
        steps=_steps(draft),
        form=form,
        versions=drafts.versions_of(draft),
        guidance=GUIDANCE,
        introduction=INTRODUCTIONS.get(place.step.key, ""),
    )
    return _kept_by_browser(page, status)


def _show_check(draft: Draft, *, status: int = 200) -> Response:
    written = drafts.answers_of(draft)
    steps = _steps(draft)
    page = render_template(
        "drafts/check.html",
        draft=draft,
        steps=steps,
        forms={step.key: _form(draft, step, written) for step in steps},
        faults=_faults(draft),
        is_refused=status >= 400,
        corrected=story_of_draft(context.session(), draft),
    )
    return _kept_by_browser(page, status)


def _kept_by_browser(page: str, status: int) -> Response:
    response = make_response(page, status)
    # Whoever goes back finds what they typed.
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _to_story(draft: Draft, *, is_new: bool = False) -> Response:
    story = story_of_draft(context.session(), draft)
    if story is None:
        raise NotFound("The story that this became is no longer there.")
    find_story(context.session(), context.actor(), story.external_id)
    return _redirect(url_for("submissions.own", external_id=story.external_id, sent=1 if is_new else None))


def _step_url(draft: Draft, step_key: str) -> str:
    if step_key == "check":
        return url_for("drafts.check", key=draft.key)
    return url_for("drafts.step", key=draft.key, step_key=step_key)


def _redirect(address: str) -> Response:
    return make_response(redirect(address, code=303))
