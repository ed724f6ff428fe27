import pytest

from webapp.errors import Invalid
from webapp.services.imports.columns import map_columns, require_text_column


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("Case Study", "text"), ("STORY", "text"), ("Description", "text"), ("summary_text", "text"),
        ("Body:", "text"),
        ("Project", "title"), ("name", "title"), ("Recipient", "organisation"), ("Group", "organisation"),
        ("Council", "local_authority"), ("Local-Authority", "local_authority"), ("Location", "place"),
        ("Dates", "period"), ("date", "period"), ("Themes", "themes"), ("Org type", "organisation_kind"),
    ],
)  # fmt: skip
def test_everyday_names_are_understood(name: str, field: str) -> None:
    assert map_columns(["", name]).position_by_field == {field: 1}


def test_of_two_columns_for_one_field_its_own_name_wins_and_the_other_is_reported() -> None:
    columns = map_columns(["Description", "Text", "text", "Colour"])
    assert columns.position_by_field == {"text": 1}
    assert columns.unknown == ("Description", "text", "Colour")


def test_a_summary_is_the_text_only_where_there_is_no_other() -> None:
    assert map_columns(["summary", "text"]).position_by_field == {"summary": 0, "text": 1}
    assert map_columns(["summary", "title"]).position_by_field == {"text": 0, "title": 1}


def test_a_missing_text_column_is_reported_with_those_that_there_are() -> None:
    with pytest.raises(Invalid, match="the columns are Project, Council:"):
        require_text_column(map_columns(["Project", "", "Council"]), ["Project", "", "Council"])
