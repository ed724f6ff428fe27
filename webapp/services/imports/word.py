"""Word documents: their paragraphs in reading order.

python-docx opens the file and knows its styles. The paragraphs are walked here, because its own iteration
leaves out what is inserted with tracked changes, typed into content controls, or set in text boxes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import docx
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn

from webapp.errors import Invalid
from webapp.services.imports.limits import ImportLimits
from webapp.services.imports.office_archive import MALFORMED, check_archive, damaged
from webapp.services.imports.read_file import ReadFile, make_story
from webapp.services.imports.story_file import MAX_TITLE_LENGTH
from webapp.services.imports.titles import readable_stem, title_line

_PARAGRAPH = qn("w:p")
_TEXT_BOX = qn("w:txbxContent")
_LEFT_OUT = {
    qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"), qn("w:sectPr"), qn("w:tblPr"), qn("w:instrText"),
    # The same text box again, for readers that do not know the first way of drawing it.
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}  # fmt: skip
_LETTERS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_HEADING_STYLE = re.compile(r"(title|heading \d)$", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list (bullet|number)", re.IGNORECASE)
_IDLE_TITLE = re.compile(r"(microsoft word\b.*|(word )?document ?\d*|untitled.*|.*\.docx?)$", re.IGNORECASE)


class _Paragraph(NamedTuple):
    text: str
    is_heading: bool
    is_listed: bool


def read_word(path: Path, content: bytes, limits: ImportLimits) -> ReadFile:
    """One story: paragraphs, headings, lists and the cells of tables, one after the other."""
    check_archive(content, limits, main_part="word/document.xml", program="Word")
    try:
        document = docx.Document(io.BytesIO(content))
        paragraphs = [paragraph for paragraph in _paragraphs(document) if paragraph.text]
        own_title = (document.core_properties.title or "").strip()
    except (PythonDocxError, OpcError, *MALFORMED) as err:
        raise Invalid(damaged("Word")) from err
    text = _joined(paragraphs)
    title = _title(own_title, paragraphs) or title_line(text) or readable_stem(path)
    fields = {"id": path.stem, "title": title, "text": text, "original": str(path)}
    return ReadFile((make_story(fields, limits),))


def _title(own_title: str, paragraphs: list[_Paragraph]) -> str | None:
    """The document's own title, unless a program put it there, or the first heading."""
    if own_title and not _IDLE_TITLE.match(own_title):
        return own_title[:MAX_TITLE_LENGTH]
    headings = (paragraph.text for paragraph in paragraphs if paragraph.is_heading)
    return " ".join(next(headings, "").split())[:MAX_TITLE_LENGTH] or None


def _joined(paragraphs: list[_Paragraph]) -> str:
    """Paragraphs with an empty line between them, and the lines of a list together."""
    parts: list[str] = []
    was_listed = False
    for paragraph in paragraphs:
        if parts:
            parts.append("\n" if was_listed and paragraph.is_listed else "\n\n")
        parts.append(f"- {paragraph.text}" if paragraph.is_listed else paragraph.text)
        was_listed = paragraph.is_listed
    return "".join(parts)


def _paragraphs(document: Any) -> Iterator[_Paragraph]:
    style_names = {style.style_id: style.name or "" for style in document.styles}
    for element in _paragraph_elements(document.element.body):
        text = "\n".join(line.strip() for line in "".join(_letters(element)).split("\n")).strip()
        properties = element.pPr
        style = style_names.get(element.style or "", "")
        is_heading = _HEADING_STYLE.match(style) is not None
        is_numbered = properties is not None and properties.numPr is not None
        is_listed = not is_heading and (is_numbered or _LIST_STYLE.match(style) is not None)
        yield _Paragraph(text, is_heading, is_listed)


def _paragraph_elements(parent: Any) -> Iterator[Any]:
    """Every paragraph below, in reading order; those of a text box follow the one that holds it."""
    for child in parent.iterchildren():
        if child.tag in _LEFT_OUT:
            continue
        if child.tag == _PARAGRAPH:
            yield child
        yield from _paragraph_elements(child)


def _letters(element: Any) -> Iterator[str]:
    """The text of one paragraph, without the paragraphs of text boxes within it."""
    for child in element.iterchildren():
        if child.tag in _LEFT_OUT or child.tag == _TEXT_BOX:
            continue
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in _LETTERS:
            yield _LETTERS[child.tag]
        else:
            yield from _letters(child)
