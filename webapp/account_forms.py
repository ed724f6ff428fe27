"""The forms of signing in, of one's own account, of those who administer accounts, and of worries."""

from flask_wtf import FlaskForm
from wtforms import Field, PasswordField, RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from webapp.forms import LongText, Words
from webapp.services.vocabulary import ROLE_NAMES

_PASSWORD_LENGTH = Length(max=1000, message="This is too long for a password.")


class NewPasswordFields(FlaskForm):  # type: ignore[misc]
    """A new password, typed once: browsers show it, and a second field is only copied."""

    password = PasswordField("New password", [DataRequired("Choose a password."), _PASSWORD_LENGTH])


class LinkForm(NewPasswordFields):
    """What whoever follows an invitation or a link for a new password says."""

    name = Words("Your name", [Length(max=200, message="Shorten this to 200 characters or fewer.")])


class ChangePasswordForm(NewPasswordFields):
    """A new password of somebody who is signed in."""

    current = PasswordField("Password that you have now", [DataRequired("Enter it."), _PASSWORD_LENGTH])


class AddressForm(FlaskForm):  # type: ignore[misc]
    """An e-mail address."""

    email = Words("E-mail address", [DataRequired("Enter your e-mail address."), Length(max=254)])


class CodeForm(FlaskForm):  # type: ignore[misc]
    """A code of the second factor, or a recovery code."""

    code = Words("Code", [DataRequired("Enter the code."), Length(max=60, message="This is too long for a code.")])


class PasswordForm(FlaskForm):  # type: ignore[misc]
    """The password once more, before something that weakens the account."""

    current = PasswordField("Your password", [DataRequired("Enter your password."), _PASSWORD_LENGTH])


class RolesForm(FlaskForm):  # type: ignore[misc]
    """What somebody may do."""

    roles = SelectMultipleField(
        "What may they do?",
        [InputRequired("Tick at least one.")],
        choices=[SelectChoice(role, words) for role, words in ROLE_NAMES.items()],
    )


class InvitationForm(RolesForm):
    """Whom to invite."""

    email = Words(
        "E-mail address", [DataRequired("Enter the address."), Length(max=254, message="This is too long.")]
    )
    name = Words("Name", [Length(max=200, message="Shorten this to 200 characters or fewer.")])

    def validate_email(self, field: Field) -> None:
        """An address has an @ in it."""
        if "@" not in field.data:
            raise ValidationError("This is not an e-mail address. Write it as name@example.org.")


class ConcernForm(FlaskForm):  # type: ignore[misc]
    """What somebody is worried about."""

    words = LongText("What worries you?", [Length(max=5000, message="Shorten this to 5000 characters or fewer.")])
    contact = Words("How may we reach you?", [Length(max=300, message="Shorten this to 300 characters or fewer.")])


class ConcernDecisionForm(FlaskForm):  # type: ignore[misc]
    """How a safeguarding lead closes a concern."""

    decision = RadioField(
        "What becomes of the story?",
        [InputRequired("Choose one.")],
        choices=[
            SelectChoice("returned", "It goes back to where it was"),
            SelectChoice("kept", "It stays with the safeguarding leads"),
            SelectChoice("withdrawn", "It is withdrawn for good"),
        ],
    )
    note = LongText("Why, and what was done", [DataRequired("Say why, and what was done.")])
