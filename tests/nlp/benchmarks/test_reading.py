from pathlib import Path

import pytest

from nlp.benchmark import main
from nlp.benchmarks.reading import made_up_story


def test_a_made_up_story_has_the_length_asked_for_and_is_the_same_each_time() -> None:
    story = made_up_story(7, n_words=300)
    assert 300 <= len(story.split()) < 330
    assert story == made_up_story(7, n_words=300)


def test_the_command_says_how_many_stories_a_second(capsys: pytest.CaptureFixture[str]) -> None:
    codebook = Path(__file__).parents[3] / "corpus" / "codebook.yaml"
    assert main(["reading", "--stories", "2", "--embedder", "hashing", "--codebook", str(codebook)]) == 0
    assert "stories_per_s" in capsys.readouterr().out
