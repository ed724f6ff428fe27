"""PDF documents that hold text."""

from __future__ import annotations

import io
import logging
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

from webapp.errors import Invalid
from webapp.services.imports.limits import ImportLimits
from webapp.services.imports.page_text import join_pages
from webapp.services.imports.read_file import ReadFile, make_story
from webapp.services.imports.titles import readable_stem, title_line

_PROTECTED = "It is protected by a password: open it, and print or save it as a PDF without one."
_DAMAGED = "It is damaged or not a PDF: open it and print it to a PDF again, or ask for another copy."

_MALFORMED = (
    PyPdfError, zlib.error, OSError, EOFError, KeyError, IndexError, AttributeError, TypeError, ValueError,
    ArithmeticError, RecursionError, NotImplementedError, AssertionError,
)  # fmt: skip
"""What pypdf raises for content that is not as the standard says: it looks, trusts and stumbles."""


def read_pdf(path: Path, content: bytes, limits: ImportLimits) -> ReadFile:
    """One story: the text of all pages, with paragraphs joined over lines and pages."""
    pages = _page_texts(content, limits)
    text = join_pages(pages)
    if not any(map(str.isalnum, text)):
        raise Invalid(
            "It holds no text, only pictures of text, as scanners make them: "
            "have the text recognised (OCR), or type it into a Word or text file."
        )
    title = title_line(text) or readable_stem(path)
    fields = {"id": path.stem, "title": title, "text": text, "original": str(path)}
    return ReadFile((make_story(fields, limits),), _notice_of_silent_pages(pages))


def _page_texts(content: bytes, limits: ImportLimits) -> list[str]:
    """The text of each page. Raises Invalid for a file that cannot be opened, or has too many pages."""
    try:
        with _silent_log():
            reader = PdfReader(io.BytesIO(content))
            # A document may be encrypted and still open to everybody, with the empty password.
            if reader.is_encrypted and not reader.decrypt(""):
                raise Invalid(_PROTECTED)
            _check_pages(len(reader.pages), limits)
            return _extracted(reader, limits)
    except (DependencyError, FileNotDecryptedError) as err:
        raise Invalid(_PROTECTED) from err
    except _MALFORMED as err:
        raise Invalid(_DAMAGED) from err


def _check_pages(n_pages: int, limits: ImportLimits) -> None:
    if n_pages > limits.pages:
        raise Invalid(f"It has {n_pages:,} pages, and {limits.pages:,} is the most: split it.")
    if n_pages == 0:
        raise Invalid("It has no pages: print the document to a PDF again.")


def _extracted(reader: PdfReader, limits: ImportLimits) -> list[str]:
    """The pages' texts; reading stops where the text is too long for a story in any case."""
    texts: list[str] = []
    n_characters = 0
    for page in reader.pages:
        texts.append(_clean(page.extract_text()))
        n_characters += len(texts[-1])
        if n_characters > 2 * limits.text_characters:
            raise Invalid(
                f"Its text has far more than {limits.text_characters:,} characters, which is the most: split it."
            )
    return texts


def _clean(text: str) -> str:
    """Text without the halves of characters and the zeros that fonts without a table leave behind."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return "".join(letter for letter in whole if letter in "\n\t" or letter.isprintable() or letter.isspace())


def _notice_of_silent_pages(pages: list[str]) -> tuple[str, ...]:
    silent = [str(number) for number, page in enumerate(pages, start=1) if not page.strip()]
    if not silent:
        return ()
    return (f"Found no text on page {', '.join(silent)} of {len(pages)}: pictures of text are not read.",)


@contextmanager
def _silent_log() -> Iterator[None]:
    """pypdf warns in the log of every flaw that it mends; people need to know of the others."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)
