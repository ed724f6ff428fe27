"""Text files, and the characters of every file that is text."""

from __future__ import annotations

import codecs
from pathlib import Path

from webapp.errors import Invalid
from webapp.services.imports.limits import ImportLimits
from webapp.services.imports.read_file import ReadFile, make_story
from webapp.services.imports.titles import readable_stem, title_line


def read_plain_text(path: Path, content: bytes, limits: ImportLimits) -> ReadFile:
    """One story: the whole text, under the title that it begins with or the file's name."""
    text = decode(content)
    title = title_line(text) or readable_stem(path)
    return ReadFile((make_story({"id": path.stem, "title": title, "text": text}, limits),))


def decode(content: bytes) -> str:
    """The characters of a text file: UTF-8, or UTF-16 that says so in its first two bytes.

    Raises Invalid for anything else: a guessed encoding would change names and quotes without a word.
    """
    is_utf_16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encoding, name = ("utf-16", "UTF-16") if is_utf_16 else ("utf-8-sig", "UTF-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as err:
        # The offset is counted after the byte order mark, which the decoder has taken away.
        mark = len(codecs.BOM_UTF8) if content.startswith(codecs.BOM_UTF8) else 0
        offset = err.start + (0 if is_utf_16 else mark)
        raise Invalid(
            f"It is not in {name}: byte 0x{content[offset]:02X} at byte offset {offset} has no meaning "
            "there. Open it and save it as UTF-8 (in Excel: “CSV UTF-8”; in Word or Notepad: encoding UTF-8)."
        ) from err
    if "\0" in text:
        raise Invalid(
            f"It is not text: character {text.index(chr(0))} is a zero, as in programs and pictures. "
            "Save the story as text in UTF-8."
        )
    return text
