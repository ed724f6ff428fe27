"""Word and Excel files are zip archives: what is checked before a library opens one."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib

from webapp.errors import Invalid
from webapp.services.imports.limits import ImportLimits, in_mib

_OLE_SIGNATURE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_TEXT_PARTS = (".xml", ".rels", ".vml")
_CHUNK_BYTES = 1 << 20

_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
)
"""What the standard library raises for archives that are cut, altered or packed in unknown ways."""

MALFORMED = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, SyntaxError, KeyError, IndexError, AttributeError,
    TypeError, ValueError, ArithmeticError, RecursionError, NotImplementedError, AssertionError,
)  # fmt: skip
"""What the Word and Excel libraries raise for content that is not as the standard says: they look, trust and
stumble. SyntaxError is the mother of every XML parser's error."""


def check_archive(content: bytes, limits: ImportLimits, *, main_part: str, program: str) -> None:
    """Nothing, if the archive is whole and holds the part that makes it a file of the program.

    Every part is unpacked once, so that a library meets neither damage nor a bomb. Raises Invalid.
    """
    if content.startswith(_OLE_SIGNATURE):
        raise Invalid(_ole_fault(content, program))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            _check_sizes(parts, limits)
            _check_parts(archive, parts, program)
            names = {part.filename for part in parts}
    except _DAMAGED as err:
        raise Invalid(damaged(program)) from err
    if main_part not in names:
        raise Invalid(f"It is no {program} file, whatever its name says: open it in {program} and save it anew.")


def damaged(program: str) -> str:
    """What to tell a person whose file cannot be opened."""
    return (
        f"It is damaged, or no {program} file at all: open it in {program} and save it again, "
        "or ask for another copy."
    )


def _ole_fault(content: bytes, program: str) -> str:
    if _ENCRYPTED_STREAM in content:
        return f"It is protected by a password: open it in {program} and save it without one."
    suffix = ".docx" if program == "Word" else ".xlsx"
    return f"It has the form that {program} used before 2007: open it in {program} and save it as {suffix}."


def _check_sizes(parts: list[zipfile.ZipInfo], limits: ImportLimits) -> None:
    # zipfile reads no more of a part than is declared here, so a false size is damage and never a bomb.
    unzipped = sum(part.file_size for part in parts)
    if unzipped > limits.unzipped_bytes:
        raise Invalid(
            f"It unpacks to {in_mib(unzipped)}, and {in_mib(limits.unzipped_bytes)} is the most: "
            "make its pictures smaller or split it."
        )
    xml = sum(part.file_size for part in parts if part.filename.lower().endswith(_TEXT_PARTS))
    if xml > limits.xml_bytes:
        raise Invalid(f"Its text unpacks to {in_mib(xml)}, and {in_mib(limits.xml_bytes)} is the most: split it.")


def _check_parts(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], program: str) -> None:
    for part in parts:
        if part.flag_bits & 0x1:
            raise Invalid(f"It is protected by a password: open it in {program} and save it without one.")
        with archive.open(part) as unpacked:
            beginning = unpacked.read(_CHUNK_BYTES)
            # The standard forbids document types; only an attempt to blow up a parser has one.
            if part.filename.lower().endswith(_TEXT_PARTS) and b"<!DOCTYPE" in beginning:
                raise Invalid(damaged(program))
            while unpacked.read(_CHUNK_BYTES):
                pass
