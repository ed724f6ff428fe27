"""Files to stories and back: no database, no web.

`find_files` lists what is to be read, `read_story_files` reads one file, `write_story_file` writes one.
"""

from webapp.services.imports.finding import (
    ATTACHMENTS_FOLDER,
    SUPPORTED_SUFFIXES,
    FoundFiles,
    SkippedFile,
    find_files,
)
from webapp.services.imports.limits import DEFAULT_LIMITS, ImportLimits
from webapp.services.imports.markdown import format_markdown
from webapp.services.imports.read_file import ReadFile
from webapp.services.imports.reading import read_story_files
from webapp.services.imports.story_file import StoryFile
from webapp.services.imports.writing import write_story_file

__all__ = [
    "ATTACHMENTS_FOLDER",
    "DEFAULT_LIMITS",
    "SUPPORTED_SUFFIXES",
    "FoundFiles",
    "ImportLimits",
    "ReadFile",
    "SkippedFile",
    "StoryFile",
    "find_files",
    "format_markdown",
    "read_story_files",
    "write_story_file",
]
