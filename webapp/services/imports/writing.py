"""A story as a file in a folder."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from webapp.services.imports.markdown import format_markdown
from webapp.services.imports.story_file import StoryFile

_MAX_NAME_BYTES = 200
"""File systems take 255 for a name; this leaves room for the suffix."""

# What Windows refuses in a name, what hides a file at its beginning, and the sign of the escape itself.
_UNSAFE = re.compile(r'[\\:*?"<>|%]|\A\.|\A~(?=\$)|[. ]\Z')


def write_story_file(story: StoryFile, folder: Path) -> Path:
    """The file that now holds the story, named after its id; one that stood there is replaced.

    Raises OSError if the folder cannot be written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{file_stem(story.id)}.md"
    # Bytes, because a text file would have its newlines changed on some systems.
    path.write_bytes(format_markdown(story).encode())
    return path


def file_stem(story_id: str) -> str:
    """A name that every file system takes, different for different ids; the id itself where that will do."""
    stem = _UNSAFE.sub(lambda found: f"%{ord(found.group()):02X}", story_id)
    encoded = stem.encode()
    if len(encoded) <= _MAX_NAME_BYTES:
        return stem
    digest = hashlib.sha256(story_id.encode()).hexdigest()[:16]
    return f"{encoded[: _MAX_NAME_BYTES - 17].decode(errors='ignore')}-{digest}"
