from pathlib import Path

import pytest

from webapp.services.imports import StoryFile, find_files, read_story_files, write_story_file


def _story(story_id: str) -> StoryFile:
    return StoryFile(id=story_id, title="Our hall", text="  A text.\r\nWith “quotes”. 🐦")


@pytest.mark.parametrize(
    "story_id",
    ["ts-001", ".hidden", "~$a", "a:b?*", "README", "con.", "é", "🐦" * 120, "a\\b", "100%", "a b"],
)
def test_a_written_story_is_found_in_its_folder_and_read_again(tmp_path: Path, story_id: str) -> None:
    path = write_story_file(_story(story_id), tmp_path / "out")
    assert find_files([tmp_path]).files == (path,)
    assert read_story_files(path).stories == (_story(story_id),)


def test_different_ids_have_different_files(tmp_path: Path) -> None:
    ids = ["a:b", "a%3Ab", "a", "🐦" * 119 + "a", "🐦" * 119 + "b"]
    assert len({write_story_file(_story(story_id), tmp_path) for story_id in ids}) == len(ids)


def test_a_plain_id_is_the_files_name_and_writing_again_replaces_it(tmp_path: Path) -> None:
    write_story_file(_story("ts-001"), tmp_path)
    path = write_story_file(_story("ts-001"), tmp_path)
    assert [path] == list(tmp_path.iterdir()) == [tmp_path / "ts-001.md"]
