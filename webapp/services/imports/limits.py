"""How much of a file is taken, and its bytes within that."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from webapp.errors import Invalid

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ImportLimits:
    """The most that one file may hold; beyond it the file is refused, never cut."""

    file_bytes: int = 20 * MIB
    text_characters: int = 1_000_000
    """Of one story."""
    rows: int = 20_000
    pages: int = 500
    unzipped_bytes: int = 200 * MIB
    """Of all that a Word or Excel file holds, pictures included."""
    xml_bytes: int = 40 * MIB
    """Of its text parts, which are taken into memory several times their size."""


DEFAULT_LIMITS = ImportLimits()


def read_bytes(path: Path, limits: ImportLimits) -> bytes:
    """The content of the file.

    Raises Invalid if it is no readable file, or larger than `limits.file_bytes`.
    """
    if not path.exists():
        raise Invalid("There is no such file: check its name and folder.")
    if not path.is_file():
        raise Invalid("It is not a file: name a file, or a folder for all files within.")
    try:
        with path.open("rb") as file:
            content = file.read(limits.file_bytes + 1)
    except OSError as err:
        raise Invalid(f"It cannot be opened ({err.strerror}): check that you may read it.") from err
    if len(content) > limits.file_bytes:
        raise Invalid(f"It is larger than {in_mib(limits.file_bytes)}: split it, or leave its pictures out.")
    return content


def in_mib(n_bytes: int) -> str:
    """A size as people say it."""
    return f"{n_bytes / MIB:,.0f} MiB" if n_bytes >= MIB else f"{n_bytes:,} bytes"
