"""The codebook: the themes that people code stories with, read from its YAML file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import yaml

from nlp.types import Theme

_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TEXTS = ("name", "definition", "include", "exclude")
_LISTS = ("cues", "examples")


def load_codebook(path: Path | str) -> tuple[Theme, ...]:
    """The themes of a codebook file, in its order.

    The file holds `title`, `version` and `themes`, a list of mappings with `key`, `name`, `definition`, and
    if wanted `include`, `exclude`, `cues` and `examples`. Raises ValueError, naming the entry, for anything else.
    """
    path = Path(path)
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as err:
        raise ValueError(f"The codebook {path} is not valid YAML: {err}.") from err
    entries = content.get("themes") if isinstance(content, Mapping) else None
    if not isinstance(entries, list) or not entries:
        raise ValueError(f"The codebook {path} has no list of `themes`; add at least one.")
    themes = tuple(_theme(entry, position) for position, entry in enumerate(entries, start=1))
    keys = [theme.key for theme in themes]
    repeated = sorted({key for key in keys if keys.count(key) > 1})
    if repeated:
        raise ValueError(f"The codebook {path} has the key {repeated[0]!r} twice; keys must differ.")
    return themes


def _theme(entry: object, position: int) -> Theme:
    if not isinstance(entry, Mapping):
        raise ValueError(f"Theme {position} is {entry!r}; it must be a mapping with key, name and definition.")
    where = f"Theme {position} ({entry.get('key', 'without key')})"
    unknown = sorted(set(map(str, entry)) - {"key", *_TEXTS, *_LISTS})
    if unknown:
        raise ValueError(f"{where} has the unknown field {unknown[0]!r}; remove it or correct its spelling.")
    key = entry.get("key")
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise ValueError(f"{where} needs a `key` of lower-case letters, digits and hyphens, not {key!r}.")
    texts = {field: _text(entry, field, where) for field in _TEXTS}
    cues, examples = (_list(entry, field, where) for field in _LISTS)
    definition = " ".join(filter(None, (texts["definition"], texts["include"])))
    return Theme(key, texts["name"], definition, cues, examples)


def _text(entry: Mapping[str, object], field: str, where: str) -> str:
    value = entry.get(field, "")
    is_required = field in ("name", "definition")
    if not isinstance(value, str) or (is_required and not value.strip()):
        raise ValueError(f"{where} needs text in `{field}`, not {value!r}.")
    return " ".join(value.split())


def _list(entry: Mapping[str, object], field: str, where: str) -> tuple[str, ...]:
    values = entry.get(field) or []
    if not isinstance(values, list) or not all(isinstance(value, str) and value.strip() for value in values):
        raise ValueError(f"{where} needs a list of texts in `{field}`, not {values!r}.")
    return tuple(" ".join(value.split()) for value in values)
