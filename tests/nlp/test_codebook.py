from pathlib import Path

import pytest

from nlp.codebook import load_codebook

GOOD = """
title: Small
version: 1
themes:
  - key: food
    name: Food
    definition: Getting food to people.
    include: Soup.
    cues: [soup, "food bank"]
    examples: [We cooked.]
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "codebook.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_themes_come_in_the_order_of_the_file(tmp_path: Path) -> None:
    [theme] = load_codebook(written(tmp_path, GOOD))
    assert (theme.key, theme.name, theme.cues) == ("food", "Food", ("soup", "food bank"))
    assert theme.definition == "Getting food to people. Soup."


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("themes:", "topics:", "no list of `themes`"),
        ("key: food", "key: Food!", r"Theme 1 \(Food!\) needs a `key`"),
        ("definition: Getting food to people.", "definition: ''", r"Theme 1 \(food\) needs text in `definition`"),
        ("cues: [soup", "cues: [3, soup", r"Theme 1 \(food\) needs a list of texts in `cues`"),
        ("include:", "includes:", "unknown field 'includes'"),
        ("title: Small", "title: [", "not valid YAML"),
    ],
)
def test_a_wrong_entry_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        load_codebook(written(tmp_path, GOOD.replace(old, new)))


def test_two_themes_may_not_share_a_key(tmp_path: Path) -> None:
    twice = GOOD + GOOD.partition("themes:")[2]
    with pytest.raises(ValueError, match="'food' twice"):
        load_codebook(written(tmp_path, twice))


def test_the_projects_own_codebook_can_be_read() -> None:
    path = Path(__file__).parents[2] / "corpus" / "codebook.yaml"
    assert len(load_codebook(path)) >= 20
