"""The forms: what may be typed where, and what to say when it cannot be taken."""

import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from flask_wtf import FlaskForm
from flask_wtf.file import FileAllowed, FileField, FileRequired, MultipleFileField
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    IntegerField,
    PasswordField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, NumberRange, ValidationError

from webapp import context
from webapp.services.stories import MAX_TITLE_LENGTH, StoryFields
from webapp.services.vocabulary import (
    NAMING_NAMES,
    ORGANISATION_KINDS,
    REGIONS,
    USE_CATEGORIES,
    USE_NAMES,
    in_plain_words,
)

IMPORTABLE = ("md", "txt", "docx", "pdf", "csv", "xlsx")
BESIDE_THE_TEXT = (
    "place",
    "local_authority",
    "region",
    "organisation",
    "organisation_kind",
    "period",
    "submitted_by_role",
)
IN_THIS_FORM = "In this form"


def _choices(names: Mapping[str, str], *, blank: str | None = None) -> list[SelectChoice]:
    listed = [SelectChoice(value, label) for value, label in names.items()]
    return listed if blank is None else [SelectChoice("", blank), *listed]


def _at_most(limit: int) -> Length:
    return Length(max=limit, message=f"Shorten this to {limit} characters or fewer.")


class Words(StringField):  # type: ignore[misc]
    """A line of text without the blanks around it; "" if nothing was sent."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[0].strip() if valuelist else ""


class LongText(TextAreaField):  # type: ignore[misc]
    """A story's text, with the line ends that browsers send made ordinary."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[0].replace("\r\n", "\n") if valuelist else ""


class SignInForm(FlaskForm):  # type: ignore[misc]
    """E-mail address and password."""

    email = Words(
        "E-mail address",
        [DataRequired("Enter your e-mail address."), Length(max=254, message="This is too long for an address.")],
    )
    password = PasswordField(
        "Password",
        [DataRequired("Enter your password."), Length(max=1000, message="This is too long for a password.")],
    )
    next = HiddenField()

    def destination(self, default: str) -> str:
        """Where to go after signing in."""
        return local_path(self.next.data, default=default)


class ConsentFields(FlaskForm):  # type: ignore[misc]
    """What the people in a story agreed to. Boxes are never ticked beforehand."""

    uses = SelectMultipleField("Where may this story be used?", choices=_choices(USE_NAMES))
    platforms = Words("Which social media?", [_at_most(300)])
    given_by = Words("Who agreed?", [_at_most(200)])
    naming = SelectField("How do they want to be named?", choices=_choices(NAMING_NAMES), default="anonymous")

    def validate_given_by(self, field: Field) -> None:
        """Agreement comes from somebody."""
        if self.uses.data and not field.data:
            raise ValidationError("Say who agreed to these uses, such as “Amina, who told it”.")

    def validate_platforms(self, field: Field) -> None:
        """People agree to the networks that were named to them."""
        if "social" in (self.uses.data or ()) and not field.data:
            raise ValidationError("Name the social media that they agreed to, such as “Facebook, Instagram”.")

    def consent_details(self) -> dict[str, Any] | None:
        """What `record_consent` takes, or None where nobody agreed to anything."""
        if not self.uses.data:
            return None
        return {
            "uses": self.uses.data,
            "given_by": self.given_by.data,
            "naming": self.naming.data,
            "platforms": [name.strip() for name in (self.platforms.data or "").split(",") if name.strip()],
            "method": IN_THIS_FORM,
            "expires_at": context.consent_ends(),
        }


class SubmissionForm(ConsentFields):
    """A story as its author sends it."""

    title = Words("Title", [DataRequired("Give the story a title."), _at_most(MAX_TITLE_LENGTH)])
    text = LongText("What happened", [DataRequired("Write what happened.")])
    place = Words("Place", [_at_most(200)])
    local_authority = Words("Local authority", [_at_most(200)])
    region = SelectField(
        "Region or nation", choices=_choices({name: name for name in REGIONS}, blank="Choose one"), default=""
    )
    organisation = Words("Organisation", [_at_most(300)])
    organisation_kind = SelectField(
        "Kind of organisation",
        choices=_choices({kind: in_plain_words(kind) for kind in ORGANISATION_KINDS}, blank="Choose one"),
        default="",
    )
    period = Words("When it happened", [_at_most(60)])
    submitted_by_role = Words("Your role", [_at_most(200)])
    submission_key = HiddenField(validators=[_at_most(64)])

    def __init__(self, *args: Any, text_limit: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._text_limit = text_limit
        if not self.submission_key.data:
            self.submission_key.data = secrets.token_urlsafe(24)
        for field in (self.region, self.organisation_kind):
            # An imported story may say something that is not in the list; editing must not lose it.
            kept = field.object_data
            if kept and kept not in [choice.value for choice in field.choices]:
                field.choices = [*field.choices, SelectChoice(kept, kept)]

    def validate_text(self, field: Field) -> None:
        """Long is welcome, endless is not."""
        if len(field.data) > self._text_limit:
            raise ValidationError(
                f"The text has {len(field.data):,} characters, and {self._text_limit:,} is the most. "
                "Shorten it, or send it as two stories."
            )

    def story_fields(self, **kept: Any) -> StoryFields:
        """What was typed. kept: fields that this form does not show."""
        typed: dict[str, Any] = {name: (self[name].data or "").strip() or None for name in BESIDE_THE_TEXT}
        return StoryFields(title=self.title.data, text=self.text.data, **typed, **kept)


class ChangesForm(FlaskForm):  # type: ignore[misc]
    """What the author should change."""

    reason = TextAreaField("What should change?", [DataRequired("Say what should change."), _at_most(4000)])


class RepurposingForm(FlaskForm):  # type: ignore[misc]
    """A repurposing in a person's words."""

    from_words = Words("From", [_at_most(500)])
    to_words = Words("To", [DataRequired("Say what it became, or reject it."), _at_most(500)])
    actor = Words("Who", [_at_most(500)])
    trigger = Words("What set it off", [_at_most(500)])
    place = Words("Where", [_at_most(500)])
    when = Words("When", [_at_most(500)])
    from_category = SelectField("Kind of use before", default="")
    to_category = SelectField("Kind of use after", default="")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {category: in_plain_words(category) for category in USE_CATEGORIES}
        self.from_category.choices = self.to_category.choices = _choices(names, blank="Not said")

    def slots(self) -> dict[str, str]:
        """What `edit_repurposing` takes."""
        slots = {name: self[name].data or "" for name in ("actor", "trigger", "place", "when")}
        categories = {name: self[name].data or "" for name in ("from_category", "to_category")}
        return {**slots, **categories, "from": self.from_words.data or "", "to": self.to_words.data or ""}


class ImportForm(FlaskForm):  # type: ignore[misc]
    """Files with stories."""

    files = MultipleFileField(
        "Files",
        [
            FileRequired("Choose at least one file."),
            FileAllowed(IMPORTABLE, f"Only files that end in {', '.join(IMPORTABLE)} can be read."),
        ],
    )
    publish = BooleanField("Publish the stories at once")
    basis = Words("Why we may keep and publish them", [_at_most(300)])

    def validate_basis(self, field: Field) -> None:
        """What is published has a reason."""
        if self.publish.data and not field.data:
            raise ValidationError("Say why these stories may be published, such as “Published before, with consent”.")


class DocumentForm(FlaskForm):  # type: ignore[misc]
    """A story that was written elsewhere."""

    document = FileField(
        "File",
        [
            FileRequired("Choose a file."),
            FileAllowed(("txt", "md", "docx", "pdf"), "Only files that end in txt, md, docx or pdf can be read."),
        ],
    )


class PastedForm(FlaskForm):  # type: ignore[misc]
    """A story from an e-mail."""

    pasted = LongText("Text", [DataRequired("Paste the text.")])


class SpreadsheetForm(FlaskForm):  # type: ignore[misc]
    """Many stories, one a row."""

    spreadsheet = FileField(
        "Spreadsheet",
        [
            FileRequired("Choose a file."),
            FileAllowed(("csv", "xlsx"), "Only files that end in csv or xlsx can be read."),
        ],
    )


class InvitationForm(FlaskForm):  # type: ignore[misc]
    """Whom to ask for a story, and for which."""

    for_whom = Words("Who is invited?", [DataRequired("Say who is invited, for yourselves."), _at_most(200)])
    about = TextAreaField("What are they asked to tell?", [_at_most(1000)], default="")
    days = IntegerField("Days until the link ends", [NumberRange(1, 90, "Choose 1 to 90 days.")], default=30)
    email = Words("Their e-mail address", [_at_most(254)])


def local_path(address: str | None, *, default: str) -> str:
    """The address if it is a path on this site, else the default: a sign-in link must not lead elsewhere."""
    if not address or not address.startswith("/") or address.startswith("//"):
        return default
    # Browsers read a backslash as a slash and leave control characters out: '/\\evil' and '/\t/evil' lead away.
    if "\\" in address or any(ord(letter) <= 32 or ord(letter) == 127 for letter in address):
        return default
    parts = urlsplit(address)
    return default if parts.scheme or parts.netloc else address
