from pathlib import Path

import pytest

from webapp.errors import Invalid
from webapp.services.imports import read_story_files

TEXT = "The café\n\nIt’s been a kitchen since “March”."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("suffix", [".txt", ".TEXT"])
def test_every_marked_encoding_gives_the_same_story(tmp_path: Path, encoding: str, suffix: str) -> None:
    path = tmp_path / f"hall{suffix}"
    path.write_bytes(TEXT.encode(encoding))
    (story,) = read_story_files(path).stories
    assert (story.id, story.title, story.text) == ("hall", "The café", TEXT)


def test_a_text_without_a_title_is_called_after_its_file(tmp_path: Path) -> None:
    path = tmp_path / "balby_hall.txt"
    path.write_text("It began in March.")
    assert read_story_files(path).stories[0].title == "Balby hall"


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (
            "It’s".encode("cp1252"),
            "hall.txt: It is not in UTF-8: byte 0x92 at byte offset 2 .*save it as UTF-8",
        ),
        (b"\xef\xbb\xbfab\xff", "byte 0xFF at byte offset 5"),
        ("abc".encode("utf-16")[:-1], "not in UTF-16"),
        ("abc".encode("utf-16-le"), "It is not text: character 1 is a zero"),
        ("abc".encode("utf-32"), "It is not text"),
        (b" \n\n", "It is empty"),
        (b"", "It is empty"),
    ],
)
def test_what_is_no_text_is_refused_with_what_to_do(tmp_path: Path, content: bytes, complaint: str) -> None:
    path = tmp_path / "hall.txt"
    path.write_bytes(content)
    with pytest.raises(Invalid, match=complaint):
        read_story_files(path)
