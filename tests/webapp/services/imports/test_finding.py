from pathlib import Path

import pytest

from webapp.errors import Invalid
from webapp.services.imports import find_files


def _write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Text.")


def test_folders_are_walked_in_the_order_of_their_names(tmp_path: Path) -> None:
    _write(tmp_path, "b.md", "a.TXT", "z/c.pdf", "m/n/d.csv")
    found = find_files([tmp_path])
    assert [str(path.relative_to(tmp_path)) for path in found.files] == [
        "a.TXT",
        "b.md",
        "m/n/d.csv",
        "z/c.pdf",
    ]
    assert found.skipped == ()


def test_what_is_left_alone_is_told_with_the_reason(tmp_path: Path) -> None:
    _write(
        tmp_path, "a.md", ".hidden.md", "~$a.docx", ".git/b.md", "attachments/photo.pdf", "README.md",
        "codebook.yaml", "gold.jsonl", "old.doc", "Makefile",
    )  # fmt: skip
    found = find_files([tmp_path])
    assert [path.name for path in found.files] == ["a.md"]
    assert {skipped.path.name: skipped.reason for skipped in found.skipped} == {
        ".hidden.md": "it is hidden",
        "Makefile": "'Makefile' is no kind that is read",
        "README.md": "a README without front matter is about the folder",
        "codebook.yaml": "'.yaml' is no kind that is read",
        "gold.jsonl": "a .jsonl file is read only where it is named itself",
        "old.doc": "save it as .docx in Word",
        "photo.pdf": "it belongs to a story",
        "~$a.docx": "it is hidden",
    }


def test_a_readme_with_front_matter_is_a_story(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_bytes(b"\xef\xbb\xbf---\r\ntitle: A\r\n---\r\nText.")
    assert [path.name for path in find_files([tmp_path]).files] == ["README.md"]


def test_a_named_file_is_never_skipped_and_taken_once(tmp_path: Path) -> None:
    _write(tmp_path, "gold.jsonl", "a.doc", "b.md")
    named = [tmp_path / "gold.jsonl", tmp_path / "a.doc", tmp_path, tmp_path / "b.md"]
    assert [path.name for path in find_files(named).files] == ["gold.jsonl", "a.doc", "b.md"]


def test_a_folder_named_attachments_can_itself_be_imported(tmp_path: Path) -> None:
    _write(tmp_path, "attachments/a.md")
    assert len(find_files([tmp_path / "attachments"]).files) == 1


def test_a_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=r"gone.md: There is no such file or folder"):
        find_files([tmp_path / "gone.md"])


def test_a_link_to_the_folder_above_does_not_go_on_for_ever(tmp_path: Path) -> None:
    _write(tmp_path, "sub/a.md")
    (tmp_path / "sub" / "up").symlink_to(tmp_path)
    assert len(find_files([tmp_path]).files) == 1
