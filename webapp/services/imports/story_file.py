"""The form in which a story travels: what a file says of one story, before anything is stored.

`export` writes this form and `import` reads it, so a folder of such files is a copy without loss. Everything
but the text is optional.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

MAX_ID_LENGTH = 120
MAX_TITLE_LENGTH = 300


def _as_text(value: Any) -> Any:
    """YAML reads `period: 2020` as a number and a date as a date; people mean the words."""
    return value if value is None or isinstance(value, str | list | dict) else str(value)


def _as_list(value: Any) -> Any:
    """`themes: food, faith` is what a spreadsheet and many people write for a list."""
    if not isinstance(value, str):
        return value
    return [part.strip() for part in re.split(r"[;,]", value) if part.strip()]


def _as_records(value: Any) -> Any:
    """One record may stand for itself, without the dash of a list."""
    return [value] if isinstance(value, dict) else value


def _without_outer_newlines(text: str) -> str:
    """The text proper begins at its first line and ends at its last.

    The newlines around it belong to the file: every reader and the writer rely on this one rule. Offsets
    point into what is left, so spaces and tabs at either end stay.
    """
    return text.strip("\r\n")


def _checked_id(story_id: str) -> str:
    """One id, however its accents were typed; it becomes an address and a file's name.

    Raises ValueError, which pydantic turns into a ValidationError.
    """
    story_id = unicodedata.normalize("NFC", story_id)
    advice = "Give it another id, or give the file another name if it has none of its own."
    if not story_id or story_id in {".", ".."}:
        raise ValueError(f"The id {story_id!r} is no name. {advice}")
    if story_id == "new":
        raise ValueError(f"The id 'new' is the address of the form for new stories. {advice}")
    if len(story_id) > MAX_ID_LENGTH:
        shortened = story_id[:40] + "…"
        raise ValueError(
            f"The id {shortened!r} has {len(story_id)} characters, and {MAX_ID_LENGTH} is the most. {advice}"
        )
    if any(letter == "/" or unicodedata.category(letter) in {"Cc", "Zl", "Zp"} for letter in story_id):
        raise ValueError(f"The id {story_id!r} holds a slash or a control character. {advice}")
    return story_id


Words = Annotated[str, BeforeValidator(_as_text)]
WordList = Annotated[tuple[str, ...], BeforeValidator(_as_list)]
StoryId = Annotated[str, BeforeValidator(_as_text), AfterValidator(_checked_id)]
StoryText = Annotated[str, StringConstraints(strip_whitespace=False), AfterValidator(_without_outer_newlines)]


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class ConsentForm(_Form):
    """One consent record, as the model of the same name keeps it."""

    person: Words = ""
    """Tells people apart where names do not: records of one story with the same word here are one person's."""
    basis: Words = ""
    uses: WordList = ()
    action: str = "given"
    given_by: Words = ""
    method: Words = ""
    naming: str = "anonymous"
    wording_version: Words = ""
    wording_hash: str = ""
    given_at: datetime | None = None
    expires_at: datetime | None = None
    witness: Words = ""
    platforms: WordList = ()
    conditions: Words = ""
    is_explicit: bool = False
    scan_sha256: str = ""
    age_band: str = "adult"
    guardian: Words = ""
    guardian_relationship: Words = ""
    has_assent: bool = False
    is_looked_after: bool = False
    authority: Words = ""


class PersonForm(_Form):
    """Somebody in the story, as the model `Contributor` keeps them."""

    person: Words
    """What their consents call them."""
    standing: str = "asked"
    name: Words = ""
    town: Words = ""
    pseudonym: Words = ""
    email: Words = ""
    phone: Words = ""


class CodingForm(_Form):
    """A person's decision on a theme over a stretch of the text."""

    theme: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    status: str
    score: float | None = None
    memo: str = ""


class SlotForm(_Form):
    """One slot of a repurposing. start and end are left out where a person wrote words not in the text."""

    text: str
    start: int | None = None
    end: int | None = None


class RepurposingForm(_Form):
    """A person's decision on a repurposing."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    to: SlotForm
    status: str
    actor: SlotForm | None = None
    from_: SlotForm | None = Field(default=None, alias="from")
    trigger: SlotForm | None = None
    place: SlotForm | None = None
    when: SlotForm | None = None
    sentence: SlotForm | None = None
    from_category: str | None = None
    to_category: str | None = None
    score: float | None = None


class FindingForm(_Form):
    """A person's decision on a finding of personal data."""

    kind: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    status: str
    treatment: str | None = None
    replacement: str | None = None


class QuoteForm(_Form):
    """A person's decision on a quote."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    status: str
    speaker: str | None = None


class EarlierRevision(_Form):
    """A text that the story had before."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: int = Field(ge=1)
    title: str
    text: StoryText
    summary: str = ""
    created_at: datetime | None = None


class AttachmentForm(_Form):
    """A file that belongs to the story; `path` is relative to the story's own file."""

    path: str
    filename: str
    media_type: str
    kind: str = "original"
    alt_text: str = ""
    credit: str = ""
    caption: str = ""
    position: int = 0


class ReplacementForm(_Form):
    """Words that readers never see, and those in their place."""

    original: str
    words: str
    kind: str = "other"


class CommentForm(_Form):
    """What a reviewer said. start: where the quoted words stand in the present text."""

    body: str
    quoted: StoryText = ""
    start: int | None = None
    is_internal: bool = True
    author_name: str = ""
    made_at: datetime
    settled_at: datetime | None = None


class WelfareForm(_Form):
    """A note on whoever tells the story."""

    risk: str
    note: str = ""
    support: str = ""
    contact_on: date | None = None
    made_by_name: str = ""
    made_at: datetime


class StoryFile(_Form):
    """One story as a file gives it."""

    id: StoryId
    title: Words = Field(max_length=MAX_TITLE_LENGTH)
    text: StoryText
    summary: Words = ""
    place: Words | None = None
    local_authority: Words | None = None
    region: Words | None = None
    organisation: Words | None = None
    organisation_kind: Words | None = None
    period: Words | None = None
    submitted_by_role: Words | None = None
    source: Words | None = None
    content_warnings: WordList = ()
    warning_words: Words = Field(default="", max_length=120)
    retention: Literal["short", "standard", "long", "archive"] | None = None
    evidence_strength: Literal["first_hand", "staff_reported", "third_party"] | None = None
    illustrative: bool = False
    status: str | None = None
    published_at: datetime | None = None
    restricted: bool = False
    do_not_identify: bool = False
    place_level: str = ""
    special_categories: WordList | None = None
    themes: WordList = ()
    people: Annotated[tuple[PersonForm, ...], BeforeValidator(_as_records)] = ()
    consent: Annotated[tuple[ConsentForm, ...], BeforeValidator(_as_records)] = ()
    codings: tuple[CodingForm, ...] = ()
    repurposings: tuple[RepurposingForm, ...] = ()
    personal_data: tuple[FindingForm, ...] = ()
    quotes: tuple[QuoteForm, ...] = ()
    replacements: tuple[ReplacementForm, ...] = ()
    comments: tuple[CommentForm, ...] = ()
    welfare: tuple[WelfareForm, ...] = ()
    attachments: tuple[AttachmentForm, ...] = ()
    earlier_revisions: tuple[EarlierRevision, ...] = ()
    original: str | None = Field(default=None, exclude=True)
    """Address of the file that it was read from, when that is worth keeping (a Word or PDF document)."""
