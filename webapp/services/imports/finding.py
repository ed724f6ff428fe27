"""Which files of the named files and folders are to be read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from webapp.errors import Invalid
from webapp.services.imports.markdown import has_front_matter

SUPPORTED_SUFFIXES = frozenset({".md", ".markdown", ".txt", ".text", ".docx", ".pdf", ".csv", ".xlsx"})
"""What is taken from a folder. A `.jsonl` file is taken only where it is named itself (see `find_files`)."""

ATTACHMENTS_FOLDER = "attachments"
"""A folder of this name holds files that belong to stories and are no stories themselves."""

SAVE_AS = {
    ".doc": "save it as .docx in Word",
    ".docm": "save it as .docx in Word",
    ".dotx": "save it as .docx in Word",
    ".odt": "save it as .docx",
    ".rtf": "save it as .docx",
    ".pages": "export it as .docx from Pages",
    ".xls": "save it as .xlsx in Excel",
    ".xlsm": "save it as .xlsx in Excel",
    ".ods": "save it as .xlsx or .csv",
    ".html": "save its text as .txt or .docx",
    ".htm": "save its text as .txt or .docx",
    ".zip": "unpack it and import the folder",
}
"""What to do with files that people bring and that are not taken as they are, by suffix."""


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file that was met in a folder and left alone, and why, as the end of a sentence."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """The files to read, each once, folders in the order of their names; and those left alone."""

    files: tuple[Path, ...]
    skipped: tuple[SkippedFile, ...]


def find_files(paths: Iterable[Path]) -> FoundFiles:
    """Every named file as it is, and of folders, with all folders within, the files that may hold stories.

    Raises Invalid if a path does not exist. A file that is named is never skipped: reading it says what is
    wrong. `.jsonl` files of a folder are skipped, because corpora keep annotations and queries in them.
    """
    files: dict[Path, Path] = {}
    skipped = []
    for path in paths:
        if not path.exists():
            raise Invalid(f"{path}: There is no such file or folder: check its name.")
        for found in _walk(path) if path.is_dir() else (path,):
            if isinstance(found, SkippedFile):
                skipped.append(found)
            else:
                # A file named twice, or named beside its own folder, is read once.
                files.setdefault(found.resolve(), found)
    return FoundFiles(tuple(files.values()), tuple(skipped))


def advice_for(suffix: str) -> str:
    """What to do with a file of this suffix, which is not taken."""
    kinds = ", ".join(sorted(SUPPORTED_SUFFIXES))
    return SAVE_AS.get(suffix.lower(), f"the kinds that are read are {kinds}")


def _walk(folder: Path) -> Iterator[Path | SkippedFile]:
    unreadable: list[OSError] = []
    for name, subfolders, filenames in os.walk(folder, onerror=unreadable.append):
        subfolders[:] = sorted(subfolder for subfolder in subfolders if not subfolder.startswith("."))
        for filename in sorted(filenames):
            path = Path(name, filename)
            reason = _reason_to_skip(path, folder)
            yield SkippedFile(path, reason) if reason else path
    for err in unreadable:
        yield SkippedFile(Path(err.filename), "the folder cannot be opened")


def _reason_to_skip(path: Path, folder: Path) -> str | None:
    suffix = path.suffix.lower()
    if path.name.startswith(("~$", ".")):
        return "it is hidden"
    if ATTACHMENTS_FOLDER in path.relative_to(folder).parts[:-1]:
        return "it belongs to a story"
    if suffix == ".jsonl":
        return "a .jsonl file is read only where it is named itself"
    if suffix not in SUPPORTED_SUFFIXES:
        return advice_for(suffix) if suffix in SAVE_AS else f"{suffix or path.name!r} is no kind that is read"
    if not path.is_file():
        return "it is not a file"
    if path.name.lower() == "readme.md" and not _begins_with_front_matter(path):
        return "a README without front matter is about the folder"
    return None


def _begins_with_front_matter(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            beginning = file.read(64)
    except OSError:
        # Reading the file will fail in turn, and say why.
        return True
    return has_front_matter(beginning.decode("utf-8-sig", errors="replace"))
