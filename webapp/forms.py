"""The forms: what may be typed where, and what to say when it cannot be taken."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from flask_wtf import FlaskForm
from flask_wtf.file import FileAllowed, FileField, MultipleFileField
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    PasswordField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from webapp.services.stories import MAX_TITLE_LENGTH, StoryFields
from webapp.services.vocabulary import NAMING_NAMES, ORGANISATION_KINDS, REGIONS, USE_CATEGORIES, USE_NAMES
from webapp.services.vocabulary import in_plain_words as named
