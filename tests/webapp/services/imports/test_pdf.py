import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from webapp.errors import Invalid
from webapp.services.imports import ImportLimits, read_story_files

MakePdf = Callable[..., Path]

LINES = [
    "Soup in the clubhouse",
    "",
    "In March the bowls club in Balby became a food bank for the estate and its commu-",
    "nity. It is still there.",
]


def test_pages_become_a_story_under_their_first_line(make_pdf: MakePdf) -> None:
    path = make_pdf([LINES])
    file = read_story_files(path)
    (story,) = file.stories
    assert (story.id, story.title, story.original) == ("story", "Soup in the clubhouse", str(path))
    assert story.text.endswith("a food bank for the estate and its community. It is still there.")
    assert file.notices == ()


def test_a_password_is_asked_to_be_taken_off(make_pdf: MakePdf) -> None:
    with pytest.raises(Invalid, match=r"story.pdf: It is protected by a password"):
        read_story_files(make_pdf([LINES], password="secret"))


def test_a_document_that_opens_without_a_password_is_read_although_encrypted(make_pdf: MakePdf) -> None:
    assert read_story_files(make_pdf([LINES], password="")).stories


def test_pictures_of_text_are_refused(make_pdf: MakePdf) -> None:
    with pytest.raises(Invalid, match="only pictures of text"):
        read_story_files(make_pdf([[], []]))


def test_pages_without_text_are_named(make_pdf: MakePdf) -> None:
    file = read_story_files(make_pdf([LINES, [], LINES, []]))
    assert file.notices == ("Found no text on page 2, 4 of 4: pictures of text are not read.",)


def test_too_many_pages_are_refused(make_pdf: MakePdf) -> None:
    with pytest.raises(Invalid, match="It has 3 pages, and 2 is the most"):
        read_story_files(make_pdf([LINES] * 3), limits=ImportLimits(pages=2))


def test_too_much_text_is_refused(make_pdf: MakePdf) -> None:
    with pytest.raises(Invalid, match="40 characters, which is the most"):
        read_story_files(make_pdf([LINES]), limits=ImportLimits(text_characters=40))


def test_a_mended_flaw_is_not_logged(make_pdf: MakePdf, caplog: pytest.LogCaptureFixture) -> None:
    path = make_pdf([LINES])
    # A false address of the cross-reference table, which pypdf finds by itself.
    path.write_bytes(path.read_bytes().replace(b"startxref\n", b"startxref\n9"))
    with caplog.at_level(logging.WARNING):
        assert read_story_files(path).stories
    assert caplog.records == []


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"%PDF-1.7\n%%EOF", b"Not a PDF", b"\xd0\xcf\x11\xe0"])
def test_what_is_no_pdf_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    with pytest.raises(Invalid, match=r"a.pdf: It is damaged or not a PDF"):
        read_story_files(path)
