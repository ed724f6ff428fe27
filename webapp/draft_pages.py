"""What all pages of a draft share: its steps with their forms, what was typed into one, and how a step is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask import Response, make_response, redirect, render_template, request, url_for
from flask_wtf import FlaskForm

from webapp import context
from webapp.errors import NotFound
from webapp.guidance import GUIDANCE, INTRODUCTIONS
from webapp.services import drafts
from webapp.services.consent import consents_of
from webapp.services.draft_likeness import LIKELY_DUPLICATE
from webapp.services.draft_readings import DraftReading, ask, stories_like_draft
from webapp.services.drafts import Draft, SavedAnswer
from webapp.services.imports.limits import MIB, ImportLimits
from webapp.services.photos import MOST_PHOTOS, details_of, photos_of_draft
from webapp.services.submissions import described, story_of_draft
from webapp.services.wordings import current_wording, paragraphs
from webapp.step_forms import PHOTOS, Step, Written, faults_of, form_of, photo_fields, steps_of, story_fields

CHANGED_ELSEWHERE = (
    "This was changed on another device or in another tab meanwhile. There it says: “{there}”. "
    "Your words still stand here; continue once more to keep them."
)
READ_STEPS = ("what", "before", "changed", "why", "took", "outcome", "quotes")
"""The steps beside which it is shown what the machine reads."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is in the steps. next and before: keys of the steps around, the check at the end."""

    step: Step
    number: int
    total: int
    before: str | None
    next: str


def own_draft(key: str) -> Draft:
    """The draft of whoever asks. Raises NotFound for any other."""
    return drafts.find_draft(context.session(), context.contributing_actor(), key)


def steps_in(draft: Draft) -> tuple[Step, ...]:
    """The steps of a draft, with fields for the photos that it has."""
    session = context.session()
    story = story_of_draft(session, draft)
    steps = steps_of(draft.kind, has_consent=story is not None and bool(consents_of(session, story)))
    fields = photo_fields(details_of(photos_of_draft(session, draft)))
    return tuple(replace(step, form=fields) if step.key == PHOTOS.key else step for step in steps)


def form_in(draft: Draft, step: Step, written: Written) -> FlaskForm:
    """A step's form with what was written, and what the story or a photo says where nothing was."""
    session = context.session()
    story = story_of_draft(session, draft)
    kept: dict[str, str | None] = {} if story is None else described(story)
    if step.key == PHOTOS.key:
        kept.update(details_of(photos_of_draft(session, draft)))
    return form_of(step, written, kept=kept)


def faults_in(draft: Draft) -> list[tuple[Step, str]]:
    """Whatever keeps a draft from being sent."""
    written, limit = drafts.answers_of(draft), context.settings().text_characters
    forms = {step: form_in(draft, step, written) for step in steps_in(draft)}
    return faults_of(draft.kind, forms, written, text_limit=limit)


def place_of(draft: Draft, step_key: str) -> Place:
    """Where a step stands among the others. Raises NotFound for a step that the draft does not have."""
    steps = steps_in(draft)
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


def save_typed(draft: Draft, step: Step) -> dict[str, SavedAnswer]:
    """Keep all fields of a step; gives those that were changed elsewhere since the page was shown."""
    superseded = {}
    for name, written in typed(step).items():
        base = version(request.form.get(f"{name}-version", ""))
        saved = drafts.save_answer(context.session(), draft, name, written, base=base)
        if not saved.is_taken:
            superseded[name] = saved
    return superseded


def ask_machine(draft: Draft) -> DraftReading | None:
    """What the machine reads in the draft, which may still wait; None where there is too little to read."""
    fields = story_fields(draft.kind, drafts.answers_of(draft))
    return ask(context.session(), draft, title=fields.title, text=fields.text)


def shown_reading(draft: Draft) -> dict[str, object]:
    """The reading as the fragment of it shows it."""
    reading = ask_machine(draft)
    like_it = []
    if reading is not None and reading.read_at is not None:
        like_it = stories_like_draft(context.session(), context.actor(), reading.found)
    return {"reading": reading, "like_it": like_it, "likely_duplicate": LIKELY_DUPLICATE}


def typed(step: Step) -> dict[str, list[str]]:
    """Field of a step → what the request brings for it."""
    return {name: request.form.getlist(name) for name in form_of(step, {})._fields}


def version(written: str) -> int:
    """The number of a version; 0 for anything that is none."""
    return int(written) if written.isdecimal() and len(written) < 10 else 0


def after_step(draft: Draft, place: Place, superseded: Mapping[str, SavedAnswer]) -> Response:
    """Where the button leads, or the step again if it cannot be taken as it stands."""
    form = form_in(draft, place.step, typed(place.step))
    if superseded:
        for name, saved in superseded.items():
            form[name].errors = [CHANGED_ELSEWHERE.format(there=" ".join(" ".join(saved.written).split())[:300])]
        return show_step(draft, place, form, status=409)
    action = request.form.get("action", "continue")
    if action == "leave":
        return go_to(url_for("submissions.mine"))
    if action == "back":
        return go_to(step_url(draft, place.before or place.step.key))
    if not form.validate():
        return show_step(draft, place, form, status=400)
    return go_to(step_url(draft, place.next))


def show_step(
    draft: Draft, place: Place, form: FlaskForm, *, status: int = 200, refusals: Sequence[str] = ()
) -> Response:
    """A step as a page. refusals: why photos that were sent with it were not taken."""
    page = render_template(
        "drafts/step.html",
        draft=draft,
        place=place,
        steps=steps_in(draft),
        form=form,
        versions=drafts.versions_of(draft),
        guidance=GUIDANCE,
        introduction=INTRODUCTIONS.get(place.step.key, ""),
        photos=photos_of_draft(context.session(), draft),
        most_photos=MOST_PHOTOS[draft.kind],
        refusals=refusals,
        told=told_before_consent() if place.step.key == "consent" else [],
        has_reading=place.step.key in READ_STEPS,
    )
    return kept_by_browser(page, status)


def told_before_consent() -> list[str]:
    """What people are told before they agree, paragraph by paragraph; the consent names this wording."""
    wording = current_wording(context.session())
    return paragraphs(wording, months=context.settings().consent_months)


def kept_by_browser(page: str, status: int) -> Response:
    """A page to which whoever goes back finds what they typed."""
    response = make_response(page, status)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def step_url(draft: Draft, step_key: str) -> str:
    """The address of a step, or of the check at the end."""
    if step_key == "check":
        return url_for("drafts.check", key=draft.key)
    return url_for("drafts.step", key=draft.key, step_key=step_key)


def go_to(address: str) -> Response:
    """Lead on after a form, so that a reload repeats nothing."""
    return make_response(redirect(address, code=303))


def limits_now() -> ImportLimits:
    """What a file may hold that somebody begins with."""
    settings = context.settings()
    return ImportLimits(
        file_bytes=settings.upload_mib * MIB, text_characters=settings.text_characters, rows=settings.import_rows
    )
