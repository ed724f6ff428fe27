"""The form in which a story travels: what a file says of one story, before anything is stored.

`export` writes this form and `import` reads it, so a folder of such files is a copy without loss. Everything but
the text is optional.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

MAX_ID_LENGTH = 120


def _as_text(value: Any) -> Any:
    """YAML reads `period: 2020` as a number and a date as a date; people mean the words."""
    return value if value is None or isinstance(value, str | list | dict) else str(value)


Words = Annotated[str, BeforeValidator(_as_text)]


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class ConsentForm(_Form):
    """One consent record, as the model of the same name keeps it."""

    basis: Words = ""
    uses: tuple[str, ...] = ()
    action: str = "given"
    given_by: Words = ""
    method: Words = ""
    naming: str = "anonymous"
    wording_version: Words = ""
    wording_hash: str = ""
    given_at: datetime | None = None
    expires_at: datetime | None = None
    witness: Words = ""
    guardian: Words = ""


class CodingForm(_Form):
    """A person's decision on a theme over a stretch of the text."""

    theme: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    status: str
    score: float | None = None
    memo: str = ""


class SlotForm(_Form):
    """One slot of a repurposing. start and end are left out where a person wrote words that are not in the text."""

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
    text: str
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


class StoryFile(_Form):
    """One story as a file gives it."""

    id: Words = Field(max_length=MAX_ID_LENGTH)
    title: Words = Field(max_length=300)
    text: str
    summary: Words = ""
    place: Words | None = None
    local_authority: Words | None = None
    region: Words | None = None
    organisation: Words | None = None
    organisation_kind: Words | None = None
    period: Words | None = None
    submitted_by_role: Words | None = None
    source: Words | None = None
    illustrative: bool = False
    status: str | None = None
    published_at: datetime | None = None
    themes: tuple[str, ...] = ()
    consent: tuple[ConsentForm, ...] = ()
    codings: tuple[CodingForm, ...] = ()
    repurposings: tuple[RepurposingForm, ...] = ()
    personal_data: tuple[FindingForm, ...] = ()
    quotes: tuple[QuoteForm, ...] = ()
    attachments: tuple[AttachmentForm, ...] = ()
    earlier_revisions: tuple[EarlierRevision, ...] = ()
    original: str | None = Field(default=None, exclude=True)
    """Address of the file that it was read from, when that is worth keeping (a Word or PDF document)."""
