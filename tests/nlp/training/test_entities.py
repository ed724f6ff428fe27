from pathlib import Path

import pytest

from nlp.training.entities import LabelledSentence, read_iob2, with_dates


def test_other_corpora_s_labels_become_ours_and_the_rest_are_no_entities(tmp_path: Path) -> None:
    path = tmp_path / "small.iob2"
    path.write_text("Ann\tB-person\nLee\tI-person\nsang\tO\nin\tO\nHull\tB-LOC\n\nPunk\tB-MISC\n", encoding="utf-8")
    first, second = read_iob2(path)
    assert list(first.entities()) == [(0, 2, "PERSON"), (4, 5, "PLACE")]
    assert second.labels == ("O",)


def test_a_token_without_a_tag_is_named_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "damaged.iob2"
    path.write_text("Ann\tB-PER\nLee\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 2"):
        read_iob2(path)


def test_dates_are_marked_where_nothing_else_is() -> None:
    sentence = LabelledSentence(("Ann", "left", "in", "March", "2020", "."), ("B-PERSON", *["O"] * 5), "made up")
    assert list(with_dates(sentence).entities()) == [(0, 1, "PERSON"), (3, 5, "DATE")]
