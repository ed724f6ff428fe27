"""Real files of every kind, made with the libraries that people's programs stand for."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import openpyxl
import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

MakePdf = Callable[..., Path]
MakeSheet = Callable[..., Path]


def pdf_bytes(pages: Sequence[Sequence[str]], *, password: str | None = None) -> bytes:
    """A PDF with these lines on these pages; a page without lines holds nothing."""
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )
    for lines in pages:
        page = writer.add_blank_page(width=595, height=842)
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        shown = b"".join(b"(%s) Tj T*\n" % _escaped(line) for line in lines)
        stream = DecodedStreamObject()
        stream.set_data(b"BT /F1 11 Tf 14 TL 60 780 Td\n" + shown + b"ET")
        page[NameObject("/Contents")] = writer._add_object(stream)
    if password is not None:
        writer.encrypt(password, algorithm="RC4-128")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _escaped(line: str) -> bytes:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode("cp1252")


@pytest.fixture
def make_pdf(tmp_path: Path) -> MakePdf:
    def make(pages: Sequence[Sequence[str]], *, name: str = "story.pdf", password: str | None = None) -> Path:
        path = tmp_path / name
        path.write_bytes(pdf_bytes(pages, password=password))
        return path

    return make


@pytest.fixture
def make_sheet(tmp_path: Path) -> MakeSheet:
    """An Excel workbook; each further sheet is a list of rows."""

    def make(*sheets: Sequence[Sequence[object]], name: str = "stories.xlsx") -> Path:
        workbook = openpyxl.Workbook()
        workbook.remove(workbook["Sheet"])
        for rows in sheets:
            sheet = workbook.create_sheet()
            for row in rows:
                sheet.append(list(row))
        workbook.save(tmp_path / name)
        return tmp_path / name

    return make


@pytest.fixture
def word_path(tmp_path: Path) -> Path:
    """A Word document with a heading and a paragraph."""
    document = docx.Document()
    document.core_properties.title = ""
    document.add_heading("The hall that fed a street", level=1)
    document.add_paragraph("In March the bowls club became a food bank.")
    path = tmp_path / "hall.docx"
    document.save(str(path))
    return path
