"""Examples for the page of components: invented, and never stored."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from webapp.models import Repurposing
from webapp.rendering import Mark, marked_blocks
from webapp.services.narrowing import FacetGroup, Option
from webapp.services.vocabulary import USE_NAMES

_TEXT = "In May the bowling green became a seed library.\n\nRing 01632 960123."
_FROM, _TO = "the bowling green", "a seed library"


class SampleForm(FlaskForm):  # type: ignore[misc]
    """A field of each sort."""

    title = StringField("Title")
    text = TextAreaField("What happened")
    region = SelectField("Region or nation", choices=["Wales", "Scotland"])
    uses = SelectMultipleField(
        "What may be done with it",
        choices=[SelectChoice(use, USE_NAMES[use]) for use in ("website", "press", "print")],
    )
    sure = BooleanField("I am sure")


def sample_form() -> SampleForm:
    """The form as it comes back when something is missing."""
    form = SampleForm(formdata=None, data={"text": _TEXT, "uses": ["website"]})
    form.title.errors = ["Give the story a title."]
    form.uses.errors = ["Tick only what everybody agreed to."]
    return form


def _event(status: str) -> Repurposing:
    return Repurposing(
        revision_id=0, start=0, end=47, from_phrase=_FROM, to_phrase=_TO, from_category="sport",
        to_category="library", status=status, score=0.8,
    )  # fmt: skip


def _mark(words: str, *kinds: str) -> Mark:
    start = _TEXT.index(words)
    return Mark(f"sample-{kinds[-1]}", start, start + len(words), kinds)


_EVIDENCE = (
    _mark("In May the bowling green became a seed library.", "repurposing"),
    _mark(_FROM, "from"),
    _mark(_TO, "to"),
    _mark("01632 960123", "personal-data"),
)

SAMPLES = {
    "turns": [_event(status) for status in ("suggested", "confirmed", "rejected")],
    "blocks": marked_blocks(_TEXT, _EVIDENCE),
    "facet_group": FacetGroup(
        "theme",
        "Theme",
        (Option("food", "Food", 12, is_chosen=True), Option("faith", "Faith", 1, is_chosen=False)),
        is_chosen=True,
    ),
}
