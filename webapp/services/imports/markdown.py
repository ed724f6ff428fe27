"""Markdown with YAML front matter: the form of `export`, and of what people write by hand.

    ---
    id: ts-001
    title: The hall that became a kitchen
    ---

    The text, as it is.

Every plain value is read as the words that stand there: `period: 2020` is no number, `place: No` no
falsehood, and an id keeps its zeros. The form's own types (`StoryFile`) make numbers and dates of them.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel

from webapp.errors import Invalid
from webapp.services.imports.limits import DEFAULT_LIMITS, ImportLimits
from webapp.services.imports.plain_text import decode
from webapp.services.imports.read_file import ReadFile, make_story, unknown_fields_notice
from webapp.services.imports.story_file import StoryFile
from webapp.services.imports.titles import first_heading, first_line, readable_stem

_FENCE = re.compile(r"---[ \t]*(?:\r\n|\n|\r|\Z)")
_CLOSING_FENCE = re.compile(r"(?:\A|(?<=[\r\n]))---[ \t]*(?:\r\n|\n|\r|\Z)")
_NULL_TAG = "tag:yaml.org,2002:null"


def read_markdown(path: Path, content: bytes, limits: ImportLimits) -> ReadFile:
    """One story: its front matter, and the text below."""
    return parse_markdown(decode(content), path, limits)


def parse_markdown(text: str, path: Path, limits: ImportLimits = DEFAULT_LIMITS) -> ReadFile:
    """The story that the text of a Markdown file tells; `path` lends its name where one is missing."""
    front_matter, body = _split(text)
    fields, unknown = _known_fields(_parse_front_matter(front_matter))
    fields.setdefault("id", path.stem)
    if "title" not in fields:
        fields["title"] = first_heading(body) or first_line(body) or readable_stem(path)
    return ReadFile((make_story({**fields, "text": body}, limits),), unknown_fields_notice(unknown))


def has_front_matter(text: str) -> bool:
    """Whether the text begins with the line that opens front matter."""
    return _FENCE.match(text) is not None


def format_markdown(story: StoryFile) -> str:
    """The file that `parse_markdown` reads as exactly this story; the same story gives the same file."""
    fields = _filled_fields(story)
    fields.pop("text", None)
    front_matter = yaml.dump(fields, Dumper=_StoryDumper, sort_keys=False, allow_unicode=True, width=float("inf"))
    return f"---\n{front_matter}---\n\n{story.text}\n"


def _split(text: str) -> tuple[str, str]:
    """Front matter and body; a text without front matter is all body."""
    opening = _FENCE.match(text)
    if opening is None:
        return "", text
    closing = _CLOSING_FENCE.search(text, opening.end())
    if closing is None:
        raise Invalid(
            "Its front matter begins with a line '---' and never ends: "
            "put a line '---' between the fields and the text."
        )
    return text[opening.end() : closing.start()], text[closing.end() :]


def _parse_front_matter(front_matter: str) -> dict[Any, Any]:
    try:
        # The loader makes words, lists and mappings only; there is no tag that it would follow.
        fields = _WordLoader(front_matter).get_single_data()
    except yaml.YAMLError as err:
        raise Invalid(_yaml_fault(err)) from err
    except RecursionError as err:
        raise Invalid("Its front matter has lists within lists without end: write plain fields.") from err
    if fields is None:
        return {}
    if not isinstance(fields, dict):
        raise Invalid(
            f"Its front matter is {_shortened(fields)}: write one field a line, such as 'title: Our hall', "
            "or begin the file with an empty line if the '---' is part of the text."
        )
    return fields


def _yaml_fault(err: yaml.YAMLError) -> str:
    """What the parser stumbled over, by the line of the file."""
    mark = getattr(err, "problem_mark", None)
    # Lines count from one, and the opening '---' is the first.
    place = f"in line {mark.line + 2}" if mark is not None else "somewhere"
    problem = getattr(err, "problem", None) or getattr(err, "reason", None) or "not YAML"
    return (
        f"Its front matter cannot be read {place}: {problem}. "
        "Put quotes around a value that holds ': ' or '#', and indent with spaces."
    )


def _known_fields(fields: Mapping[Any, Any]) -> tuple[dict[str, Any], list[str]]:
    """What the form knows, by its own names, and the names of the rest. A field left empty is not given."""
    name_by_spelling = {_spelling(name): name for name in StoryFile.model_fields if name not in {"text", "original"}}
    known: dict[str, Any] = {}
    unknown = []
    for key, value in fields.items():
        name = name_by_spelling.get(_spelling(str(key)))
        if name is None or name in known:
            unknown.append(str(key))
        elif value is not None:
            known[name] = value
    return known, unknown


def _spelling(name: str) -> str:
    return re.sub(r"[\s_\-]+", "", name.casefold())


def _shortened(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:60] + "…"


def _filled_fields(form: BaseModel) -> dict[str, Any]:
    """The fields in the model's order, without those that are empty and would be so again."""
    filled = {}
    for name, field in type(form).model_fields.items():
        value = getattr(form, name)
        if not field.exclude and (value or value != field.default):
            filled[field.alias or name] = _as_yaml(value)
    return filled


def _as_yaml(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return _filled_fields(value)
    return [_as_yaml(part) for part in value] if isinstance(value, tuple) else value


class _WordLoader(yaml.BaseLoader):
    """YAML whose plain values are words; nothing at all, `~` and `null` are None."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """The mapping. Raises ConstructorError for a field given twice: one of the two would be lost."""
        mapping = super().construct_mapping(node, deep=deep)
        if len(mapping) < len(node.value):
            raise yaml.constructor.ConstructorError(None, None, "a field is given twice", node.start_mark)
        return mapping


_WordLoader.add_implicit_resolver(_NULL_TAG, re.compile(r"^(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""])
_WordLoader.add_constructor(_NULL_TAG, lambda loader, node: None)


class _StoryDumper(yaml.SafeDumper):
    """YAML as people write it, and never a reference from one value to another."""

    def ignore_aliases(self, data: Any) -> bool:
        """Always: two equal texts are two texts, not a reference."""
        return True


# A block cannot hold these: YAML reads them as '\n', or refuses them. Within quotes they are escaped.
_NEEDS_QUOTES = re.compile("[\r\x85\u2028\u2029\ufeff]")


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if _NEEDS_QUOTES.search(text) else "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _represent_moment(dumper: yaml.SafeDumper, moment: datetime) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:timestamp", moment.isoformat())


_StoryDumper.add_representer(str, _represent_text)
_StoryDumper.add_representer(datetime, _represent_moment)
