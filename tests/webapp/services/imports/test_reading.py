import random
from collections.abc import Callable
from pathlib import Path

import pytest

from webapp.errors import Invalid
from webapp.services.imports import SUPPORTED_SUFFIXES, ImportLimits, read_story_files
from webapp.services.imports.reading import READER_BY_SUFFIX


def test_every_supported_kind_has_a_reader() -> None:
    assert set(READER_BY_SUFFIX) == SUPPORTED_SUFFIXES | {".jsonl"}


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("a.doc", "'.doc' are not read: save it as .docx in Word"),
        ("a.xls", "save it as .xlsx in Excel"),
        ("a.exe", r"the kinds that are read are \.csv, \.docx"),
        ("a", "'without a suffix' are not read"),
    ],
)
def test_another_kind_is_refused_with_what_to_do(tmp_path: Path, name: str, advice: str) -> None:
    (tmp_path / name).write_text("Text.")
    with pytest.raises(Invalid, match=rf"^{name}: .*{advice}"):
        read_story_files(tmp_path / name)


def test_a_file_too_large_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("x" * 11)
    with pytest.raises(Invalid, match=r"a.md: It is larger than 10 bytes: split it"):
        read_story_files(tmp_path / "a.md", limits=ImportLimits(file_bytes=10))


def test_a_text_too_long_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("x" * 11)
    with pytest.raises(Invalid, match=r"a.md: Its text has 11 characters, and 10 is the most"):
        read_story_files(tmp_path / "a.md", limits=ImportLimits(text_characters=10))


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    with pytest.raises(Invalid, match=r"folder.md: It is not a file"):
        read_story_files(tmp_path / "folder.md")
    with pytest.raises(Invalid, match=r"gone.md: There is no such file"):
        read_story_files(tmp_path / "gone.md")


def test_a_name_that_makes_no_id_is_refused(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 130 + ".txt")
    path.write_text("Text.")
    with pytest.raises(Invalid, match=r"has 130 characters, and 120 is the most\. .*give the file another name"):
        read_story_files(path)


@pytest.mark.parametrize("suffix", sorted(READER_BY_SUFFIX))
def test_random_bytes_give_a_clear_error_and_nothing_else(tmp_path: Path, suffix: str) -> None:
    chance = random.Random(7)
    path = tmp_path / f"noise{suffix}"
    for size in (1, 30, 500, 5000):
        # A byte that no encoding of text begins with.
        path.write_bytes(b"\xff" + chance.randbytes(size))
        with pytest.raises(Invalid, match=r"^noise"):
            read_story_files(path)


def _read_or_refused(path: Path, content: bytes) -> bool:
    """Whether the changed file was refused; any other exception fails the test."""
    path.write_bytes(content)
    try:
        read_story_files(path)
    except Invalid:
        return True
    return False


@pytest.mark.parametrize("kind", ["word", "sheet", "pdf"])
def test_a_truncated_file_is_refused(
    kind: str, word_path: Path, make_sheet: Callable[..., Path], make_pdf: Callable[..., Path]
) -> None:
    path = _made(kind, word_path, make_sheet, make_pdf)
    content = path.read_bytes()
    refused = [_read_or_refused(path, content[: len(content) * tenth // 10]) for tenth in range(1, 9)]
    # pypdf finds the pages of a file whose end is gone, as long as they were there.
    assert all(refused) if kind != "pdf" else refused[0]


@pytest.mark.parametrize("kind", ["word", "sheet", "pdf"])
def test_an_altered_file_is_read_or_refused_and_nothing_else(
    kind: str, word_path: Path, make_sheet: Callable[..., Path], make_pdf: Callable[..., Path]
) -> None:
    path = _made(kind, word_path, make_sheet, make_pdf)
    content = path.read_bytes()
    chance = random.Random(11)
    for _ in range(40):
        altered = bytearray(content)
        for _ in range(chance.randrange(1, 20)):
            altered[chance.randrange(len(altered))] = chance.randrange(256)
        _read_or_refused(path, bytes(altered))


def _made(kind: str, word_path: Path, make_sheet: Callable[..., Path], make_pdf: Callable[..., Path]) -> Path:
    if kind == "word":
        return word_path
    if kind == "sheet":
        return make_sheet([["title", "text"], ["A", "A story."]])
    return make_pdf([["A story in a PDF.", "With two lines."]])
