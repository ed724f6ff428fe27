"""What one file gives, and a story made of its fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from webapp.errors import Invalid
from webapp.services.imports.limits import ImportLimits
from webapp.services.imports.story_file import StoryFile


@dataclass(frozen=True, slots=True)
class ReadFile:
    """The stories of one file, and what a person should know of how it was read."""

    stories: tuple[StoryFile, ...]
    notices: tuple[str, ...] = ()


def make_story(fields: Mapping[str, Any], limits: ImportLimits) -> StoryFile:
    """The story that the fields make.

    Raises Invalid with every fault in one message: a field that cannot be taken, or no text, or too much.
    """
    try:
        story = StoryFile.model_validate(fields)
    except ValidationError as err:
        raise Invalid(" ".join(_explained(fault) for fault in err.errors(include_url=False))) from err
    # A draft may have been exported before anything was written into it; all else must say something.
    if not story.text.strip() and story.status != "draft":
        raise Invalid("It holds no text: write the story, or leave it out.")
    if len(story.text) > limits.text_characters:
        raise Invalid(
            f"Its text has {len(story.text):,} characters, and {limits.text_characters:,} is the most: "
            "split it into several stories."
        )
    return story


def unknown_fields_notice(names: Iterable[str]) -> tuple[str, ...]:
    """One notice that names what was not understood, or none."""
    listed = ", ".join(names)
    return (f"Ignored unknown fields: {listed}.",) if listed else ()


def _explained(fault: ErrorDetails) -> str:
    """One of pydantic's findings as a sentence, with the field and the value."""
    reason = fault.get("ctx", {}).get("error")
    if isinstance(reason, ValueError):
        return str(reason)
    place = ".".join(str(step) for step in fault["loc"])
    value = repr(fault["input"])
    shortened = value if len(value) <= 60 else value[:60] + "…"
    message = fault["msg"][:1].lower() + fault["msg"][1:]
    return f"The field {place!r} is {shortened}: {message}."
