"""The steps in which a story is told: one form a screen, each field with guidance and an example beside it.

A draft keeps what the browser sent, so a step is made from that as if it had just been sent again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from webapp.forms import BESIDE_THE_TEXT, ConsentFields, LongText, Words
from webapp.services.stories import MAX_TITLE_LENGTH, StoryFields
from webapp.services.story_sections import HEADINGS, told_in_sections
from webapp.services.vocabulary import EVIDENCE_NAMES, ORGANISATION_KINDS, REGIONS, in_plain_words

Written = Mapping[str, Sequence[str]]


def _at_most(limit: int) -> Length:
    return Length(max=limit, message=f"Shorten this to {limit:,} characters or fewer.")


def _choices(names: Mapping[str, str]) -> list[SelectChoice]:
    return [SelectChoice("", "Choose one"), *(SelectChoice(value, name) for value, name in names.items())]


class StepForm(FlaskForm):  # type: ignore[misc]
    """Fields of one screen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in (self[name] for name in _OPEN_LISTS if name in self):
            # An imported story may say something that is not in the list; correcting it must not lose that.
            kept = field.object_data
            if kept and kept not in [choice.value for choice in field.choices]:
                field.choices = [*field.choices, SelectChoice(kept, kept)]


_OPEN_LISTS = ("region", "organisation_kind")
_TITLE = "Give the story a title, a few words that say what happened."


class WhatForm(StepForm):
    """The whole story in one field."""

    title = Words("Title", [DataRequired(_TITLE), _at_most(MAX_TITLE_LENGTH)])
    text = LongText("What happened", [DataRequired("Write what happened.")], render_kw={"rows": 14})


class BeforeForm(StepForm):
    """Where the story starts."""

    before = LongText("What was there before?", render_kw={"rows": 8})


class ChangedForm(StepForm):
    """The heart of it."""

    title = Words("Title", [DataRequired(_TITLE), _at_most(MAX_TITLE_LENGTH)])
    changed = LongText("What changed?", [DataRequired("Write what changed.")], render_kw={"rows": 10})


class WhyForm(StepForm):
    """What set it off."""

    why = LongText("Why did you do it?", render_kw={"rows": 8})


class TookForm(StepForm):
    """Money, hands, permissions."""

    took = LongText("What did it take?", render_kw={"rows": 8})


class OutcomeForm(StepForm):
    """What came of it, and for whom."""

    outcome = LongText("What came of it?", render_kw={"rows": 8})
    benefited = LongText("Who benefited?", render_kw={"rows": 4})


class QuotesForm(StepForm):
    """What people said."""

    quotes = LongText("What did people say?", render_kw={"rows": 8})


class WhereForm(StepForm):
    """Place and time."""

    place = Words("Place", [_at_most(200)])
    local_authority = Words("Local authority", [_at_most(200)])
    region = SelectField("Region or nation", choices=_choices({name: name for name in REGIONS}), default="")
    period = Words("When it happened", [_at_most(60)])


class WhoForm(StepForm):
    """Whose story it is."""

    organisation = Words("Organisation", [_at_most(300)])
    organisation_kind = SelectField(
        "Kind of organisation",
        choices=_choices({kind: in_plain_words(kind) for kind in ORGANISATION_KINDS}),
        default="",
    )
    submitted_by_role = Words("Your role", [_at_most(200)])


class WhoFullForm(WhoForm):
    """Whose story it is, and how near its teller stood."""

    evidence_strength = SelectField("How do you know?", choices=_choices(EVIDENCE_NAMES), default="")


class ConsentStepForm(ConsentFields):
    """What the people in the story agreed to."""


class PhotosForm(StepForm):
    """Its fields, three for each photo, come from the photos that there are."""


@dataclass(frozen=True, slots=True)
class Step:
    """One screen. key: its part of the address."""

    key: str
    name: str
    form: type[FlaskForm]


WHERE = Step("where", "Where and when", WhereForm)
PHOTOS = Step("photos", "Photos", PhotosForm)
CONSENT = Step("consent", "Consent", ConsentStepForm)
STEPS: Mapping[str, tuple[Step, ...]] = {
    "short": (Step("what", "What happened", WhatForm), WHERE, Step("who", "Who", WhoForm), PHOTOS, CONSENT),
    "full": (
        Step("before", "Before", BeforeForm),
        Step("changed", "What changed", ChangedForm),
        Step("why", "Why", WhyForm),
        Step("took", "What it took", TookForm),
        Step("outcome", "What came of it", OutcomeForm),
        Step("quotes", "Quotes", QuotesForm),
        WHERE,
        Step("who", "Who", WhoFullForm),
        PHOTOS,
        CONSENT,
    ),
    "correction": (Step("what", "What happened", WhatForm), WHERE, Step("who", "Who", WhoFullForm), PHOTOS, CONSENT),
}


def photo_fields(details: Iterable[str]) -> type[FlaskForm]:
    """The form of the photos that there are. details: the names of its fields, three a photo."""
    labels = {"alt_text": "What is to be seen", "caption": "Caption", "credit": "Who took it"}
    fields = {}
    for name in details:
        _, _, detail = name.split("_", 2)
        fields[name] = Words(labels[detail], [_at_most(300)])
    return type("PhotosOfDraft", (PhotosForm,), fields)


def steps_of(kind: str, *, has_consent: bool) -> tuple[Step, ...]:
    """The screens of a kind of draft. has_consent: it is recorded already, and changed by other means than a form."""
    return tuple(step for step in STEPS[kind] if not (has_consent and step is CONSENT))


def form_of(step: Step, written: Written, *, kept: Mapping[str, str | None] | None = None) -> FlaskForm:
    """A step's form with what was written in it. kept: what the story that it corrects says, field by field."""
    # The whole site checks the token of every form; a form made from what is stored has none.
    said = {name: value for name, value in (kept or {}).items() if value}
    written = {**{name: [value] for name, value in said.items()}, **written}
    return step.form(formdata=_multi_dict(written), data=said, meta={"csrf": False})


def field_names(steps: Iterable[Step]) -> frozenset[str]:
    """The names of all fields in the steps."""
    return frozenset(chain.from_iterable(form_of(step, {})._fields for step in steps))


def faults_of(
    kind: str, forms: Mapping[Step, FlaskForm], written: Written, *, text_limit: int
) -> list[tuple[Step, str]]:
    """Whatever keeps a draft from being sent, in the order of the steps."""
    faults: list[tuple[Step, str]] = []
    for step, form in forms.items():
        form.validate()
        faults.extend((step, str(error)) for field in form for error in field.errors)
    length = len(story_fields(kind, written).text)
    if length > text_limit:
        # Long is welcome, endless is not.
        faults.append((next(iter(forms)), f"The text has {length:,} characters, and {text_limit:,} is the most. "
                                 "Shorten it, or send it as two stories."))  # fmt: skip
    return faults


def story_fields(kind: str, written: Written, **kept: Any) -> StoryFields:
    """What a draft says, as a story takes it. kept: what no step shows, of a story that is corrected."""
    said = {name: values[0].replace("\r\n", "\n").strip() for name, values in written.items() if values}
    text = (
        told_in_sections({name: said.get(name, "") for name in HEADINGS}) if kind == "full" else said.get("text", "")
    )
    beside: dict[str, Any] = {name: said.get(name) or None for name in (*BESIDE_THE_TEXT, "evidence_strength")}
    return StoryFields(title=said.get("title", ""), text=text, **beside, **kept)


def consent_of(written: Written) -> dict[str, Any] | None:
    """What `record_consent` takes, or None where nobody agreed to anything."""
    form = form_of(CONSENT, written)
    return form.consent_details() if form.validate() else None


def _multi_dict(written: Written) -> MultiDict[str, str]:
    return MultiDict([(name, value) for name, values in written.items() for value in values])
