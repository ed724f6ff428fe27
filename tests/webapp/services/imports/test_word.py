import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from webapp.errors import Invalid
from webapp.services.imports import ImportLimits, read_story_files
from webapp.services.imports.office_archive import _OLE_SIGNATURE


def test_a_document_becomes_a_story_under_its_first_heading(word_path: Path) -> None:
    (story,) = read_story_files(word_path).stories
    assert (story.id, story.title, story.original) == ("hall", "The hall that fed a street", str(word_path))
    assert story.text == "The hall that fed a street\n\nIn March the bowls club became a food bank."


@pytest.mark.parametrize(
    ("own_title", "title"),
    [("Soup and bowls", "Soup and bowls"), ("Microsoft Word - x.doc", "Heading"), ("Document1", "Heading")],
)
def test_the_documents_own_title_goes_first_unless_a_program_gave_it(
    tmp_path: Path, own_title: str, title: str
) -> None:
    document = docx.Document()
    document.core_properties.title = own_title
    document.add_paragraph("A first paragraph.")
    document.add_heading("Heading")
    document.save(str(tmp_path / "a.docx"))
    assert read_story_files(tmp_path / "a.docx").stories[0].title == title


def test_lists_tables_and_line_breaks_keep_their_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("We had:")
    document.add_paragraph("soup", style="List Bullet")
    document.add_paragraph("bread", style="List Number")
    table = document.add_table(rows=2, cols=2)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"cell {number}"
    table.cell(0, 0).merge(table.cell(0, 1))
    document.add_paragraph("one\ntwo\tthree")
    document.add_paragraph("")
    document.save(str(tmp_path / "a.docx"))
    text = read_story_files(tmp_path / "a.docx").stories[0].text
    assert text == "We had:\n\n- soup\n- bread\n\ncell 0\n\ncell 1\n\ncell 2\n\ncell 3\n\none\ntwo\tthree"


def test_tracked_changes_and_content_controls_are_read_as_they_stand(tmp_path: Path) -> None:
    document = docx.Document()
    namespaces = nsdecls("w")
    for xml in (
        f"<w:p {namespaces}><w:r><w:t>The </w:t></w:r>"
        "<w:ins w:id='1' w:author='a'><w:r><w:t>new </w:t></w:r></w:ins>"
        "<w:del w:id='2' w:author='a'><w:r><w:delText>old </w:delText></w:r></w:del>"
        "<w:r><w:t>hall.</w:t></w:r></w:p>",
        f"<w:sdt {namespaces}><w:sdtContent><w:p><w:r><w:t>In a form.</w:t></w:r></w:p></w:sdtContent></w:sdt>",
        f"<w:p {namespaces}><w:r><w:t>Around.</w:t></w:r><w:r><w:pict><w:txbxContent>"
        "<w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>",
    ):
        document.element.body.insert(len(document.element.body) - 1, parse_xml(xml))
    document.save(str(tmp_path / "a.docx"))
    assert (
        read_story_files(tmp_path / "a.docx").stories[0].text == "The new hall.\n\nIn a form.\n\nAround.\n\nIn a box."
    )


def test_a_document_without_words_is_refused(tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "a.docx"))
    with pytest.raises(Invalid, match=r"a.docx: It holds no text"):
        read_story_files(tmp_path / "a.docx")


def _zip(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (_OLE_SIGNATURE + b"\0" * 600, "that Word used before 2007: open it in Word and save it as .docx"),
        (_OLE_SIGNATURE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (b"%PDF-1.7 not Word", "damaged, or no Word file at all"),
        (_zip({"xl/workbook.xml": b"<a/>"}), "no Word file, whatever its name says"),
        (_zip({"word/document.xml": b"<a/>"}), "damaged, or no Word file at all"),
        (
            _zip({"word/document.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}),
            "damaged, or no Word file at all",
        ),
        (_zip({"word/document.xml": b" " * 3_000_000}), "Its text unpacks to 3 MiB, and 1 MiB is the most"),
        (
            _zip({"word/document.xml": b"", "picture.png": b"0" * 9_000_000}),
            "unpacks to 9 MiB, and 4 MiB is the most",
        ),
    ],
)
def test_what_word_would_not_open_is_refused_before_it_is(tmp_path: Path, content: bytes, complaint: str) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(content)
    with pytest.raises(Invalid, match=complaint):
        read_story_files(path, limits=ImportLimits(unzipped_bytes=4 << 20, xml_bytes=1 << 20))


def test_an_archive_with_a_password_is_refused(tmp_path: Path, word_path: Path) -> None:
    content = bytearray(word_path.read_bytes())
    # The flag of encryption, in the first entry of the central directory.
    content[content.index(b"PK\x01\x02") + 8] |= 1
    word_path.write_bytes(content)
    with pytest.raises(Invalid, match="protected by a password"):
        read_story_files(word_path)
