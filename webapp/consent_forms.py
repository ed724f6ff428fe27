"""The forms of a story's consent page, and of what a contributor may say by their own link."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileAllowed, FileField
from wtforms import BooleanField, DateField, Field, SelectField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from webapp import context
from webapp.forms import Words
from webapp.services.contributors import Person
from webapp.services.vocabulary import (
    AGE_BAND_NAMES,
    LAWFUL_BASIS_NAMES,
    NAMING_NAMES,
    PLACE_LEVEL_NAMES,
    PURPOSE_NAMES,
    SPECIAL_CATEGORY_NAMES,
    STANDING_NAMES,
    USE_NAMES,
)

METHODS = (
    "On paper",
    "In person, in words",
    "By telephone",
    "On video",
    "By e-mail",
    "In this form",
    "By another agreement",
)
SCANS = ("pdf", "jpg", "jpeg", "png", "heic", "mp3", "m4a", "mp4", "docx")
NEW_PERSON = ""
ACTION_NAMES = {"given": "They agreed", "withdrawn": "They took it back"}


def _choices(names: Mapping[str, str]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in names.items()]


def _at_most(limit: int) -> Length:
    return Length(max=limit, message=f"Shorten this to {limit} characters or fewer.")


class TermsFields(FlaskForm):  # type: ignore[misc]
    """What somebody agrees to. Boxes are never ticked beforehand."""

    uses = SelectMultipleField("Where may the story be used?", choices=_choices(USE_NAMES))
    platforms = Words("Which social media?", [_at_most(300)])
    naming = SelectField("How do they want to be named?", choices=_choices(NAMING_NAMES), default="anonymous")
    pseudonym = Words("The other name", [_at_most(200)])
    is_explicit = BooleanField("They expressly agree that what it tells of health, faith and the like is used")
    conditions = Words("Anything else that they ask for?", [_at_most(500)])

    def validate_platforms(self, field: Field) -> None:
        """People agree to the networks that were named to them."""
        if "social" in (self.uses.data or ()) and not field.data:
            raise ValidationError("Name the social media that they agreed to, such as “Facebook, Instagram”.")

    def validate_pseudonym(self, field: Field) -> None:
        """Another name has to be said."""
        if self.naming.data == "pseudonym" and not field.data:
            raise ValidationError("Write the name that they want to be called.")

    def terms(self) -> dict[str, Any]:
        """What `record_consent` takes of it."""
        platforms = [name.strip() for name in (self.platforms.data or "").split(",") if name.strip()]
        return {
            "uses": self.uses.data or [],
            "platforms": platforms,
            "naming": self.naming.data,
            "is_explicit": self.is_explicit.data,
            "conditions": self.conditions.data,
        }


class RecordForm(TermsFields):
    """A consent as staff record it: who, what, how, and for a child who else agreed."""

    who = SelectField("Who?", default=NEW_PERSON, validate_choice=False)
    given_by = Words("Their name, if they are not listed", [_at_most(200)])
    town = Words("Town", [_at_most(200)])
    email = Words("E-mail address", [_at_most(254)])
    action = SelectField("What happened?", choices=_choices(ACTION_NAMES))
    method = SelectField("How did they say so?", choices=_choices({name: name for name in METHODS}))
    wording = SelectField("What were they told?", validate_choice=False, default="")
    given_on = DateField("When?", [Optional()])
    expires_on = DateField("Until", [Optional()])
    witness = Words("Who asked them, or was there?", [_at_most(200)])
    basis = Words("Where is this agreement from?", [_at_most(300)])
    scan = FileField(
        "The signed form or the recording",
        [FileAllowed(SCANS, f"Only files that end in {', '.join(SCANS)} are kept.")],
    )
    age_band = SelectField("How old are they?", choices=_choices(AGE_BAND_NAMES), default="adult")
    has_assent = BooleanField("The child agreed too, in their own words")
    guardian = Words("Parent or guardian who agreed", [_at_most(200)])
    guardian_relationship = Words("How they are related", [_at_most(100)])
    is_looked_after = BooleanField("The child is looked after by a local authority")
    authority = Words("The local authority that agreed", [_at_most(200)])

    def with_choices(self, people: Iterable[Person], wordings: Iterable[tuple[str, str]]) -> "RecordForm":
        """The form, with the people of the story and the wordings to choose from."""
        names = [
            (str(person.id), person.contributor.name or f"Somebody without a name ({person.id})") for person in people
        ]
        self.who.choices = _choices({NEW_PERSON: "Somebody not listed yet", **dict(names)})
        self.wording.choices = _choices({"": "Another wording than ours", **dict(wordings)})
        return self

    def validate_uses(self, field: Field) -> None:
        """Agreeing is agreeing to something."""
        if self.action.data == "given" and not field.data:
            raise ValidationError("Tick at least one use, or choose “They took it back”.")

    def validate_given_by(self, field: Field) -> None:
        """Agreement comes from somebody."""
        if self.who.data == NEW_PERSON and not field.data:
            raise ValidationError("Say who it was, such as “Amina Okoro” or “the players”.")

    def record(self) -> dict[str, Any]:
        """What `record_consent` takes, but for the person, the wording and the scan."""
        is_given, end = self.action.data == "given", self.expires_on.data
        details = {name: self[name].data for name in _PLAIN}
        return {
            **self.terms(),
            **details,
            "uses": self.uses.data if is_given else [],
            "given_at": _midnight(self.given_on.data),
            "expires_at": (_midnight(end) or context.consent_ends()) if is_given else None,
        }


_PLAIN = (
    "action", "method", "witness", "basis", "age_band", "has_assent", "guardian", "guardian_relationship",
    "is_looked_after", "authority",
)  # fmt: skip


class PersonForm(FlaskForm):  # type: ignore[misc]
    """What is known of somebody in a story."""

    name = Words("Name", [_at_most(200)])
    town = Words("Town", [_at_most(200)])
    pseudonym = Words("Name in public, if they chose another", [_at_most(200)])
    email = Words("E-mail address", [_at_most(254)])
    phone = Words("Telephone", [_at_most(40)])
    standing = SelectField("Do they have to agree?", choices=_choices(STANDING_NAMES), default="asked")

    def fields(self) -> dict[str, str]:
        """What `change_person` and `add_contributor` take."""
        return {name: self[name].data or "" for name in ("name", "town", "pseudonym", "email", "phone")}


class CareForm(FlaskForm):  # type: ignore[misc]
    """How carefully a story is shown."""

    do_not_identify = BooleanField("Nobody in it may be traced")
    place_level = SelectField("The smallest place that is shown", choices=_choices(PLACE_LEVEL_NAMES))
    special_categories = SelectMultipleField("It tells of somebody’s", choices=_choices(SPECIAL_CATEGORY_NAMES))


class BasisForm(FlaskForm):  # type: ignore[misc]
    """Why a purpose is lawful."""

    purpose = SelectField("What for?", choices=_choices(PURPOSE_NAMES))
    basis = SelectField("Lawful basis", choices=_choices(LAWFUL_BASIS_NAMES))
    note = Words("Why it holds", [DataRequired("Say in a few words why this basis holds."), _at_most(500)])


class UseForm(FlaskForm):  # type: ignore[misc]
    """Where a story was used."""

    use = SelectField("What for?", choices=_choices(USE_NAMES))
    place = Words("Where?", [DataRequired("Say where, such as “Annual review 2026, page 4”."), _at_most(500)])
    address = Words("Address of the page or post", [_at_most(500)])
    used_on = DateField("When?", [Optional()])
    is_printed = BooleanField("It cannot be called back: printed, or given to others")


class WordingForm(FlaskForm):  # type: ignore[misc]
    """The next version of a wording."""

    title = Words("Title", [DataRequired("Give it a title."), _at_most(200)])
    text = TextAreaField("Text", [DataRequired("Write what people are told."), _at_most(20_000)])


class YoursForm(TermsFields):
    """What a contributor says by their own link."""

    sure = BooleanField("I have read what stands above, and I agree")

    def validate_uses(self, field: Field) -> None:
        """Agreeing is agreeing to something."""
        if not field.data:
            raise ValidationError("Tick at least one use. To agree to none, take the story back below.")

    def validate_sure(self, field: Field) -> None:
        """Nobody agrees by accident."""
        if not field.data:
            raise ValidationError("Tick the box to say that you agree.")


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time.min, tzinfo=UTC) if day else None
