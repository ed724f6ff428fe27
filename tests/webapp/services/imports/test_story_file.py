import unicodedata

import pytest
from pydantic import ValidationError

from webapp.services.imports import StoryFile


@pytest.mark.parametrize("story_id", ["a/b", "../up", "..", ".", "", "  ", "a\nb", "a\x00b", "a\u2028b", "x" * 121])
def test_an_id_that_makes_no_address_is_refused_and_named(story_id: str) -> None:
    with pytest.raises(ValidationError, match="The id '") as caught:
        StoryFile(id=story_id, title="T", text="A text.")
    assert repr(story_id.strip())[:20].rstrip("'") in str(caught.value)


def test_the_same_accents_make_the_same_id_however_typed() -> None:
    composed, decomposed = (unicodedata.normalize(form, "café") for form in ("NFC", "NFD"))
    assert composed != decomposed
    ids = {StoryFile(id=typed, title="T", text="A text.").id for typed in (composed, decomposed)}
    assert ids == {composed}


def test_a_text_keeps_its_spaces_and_loses_the_newlines_around_it() -> None:
    story = StoryFile(id="a", title="T", text="\r\n\n  Indented.\n\nEnd. \n\n")
    assert story.text == "  Indented.\n\nEnd. "


def test_themes_may_be_written_as_words_with_commas() -> None:
    assert StoryFile(id="a", title="T", text="x", themes="food, faith; sport").themes == (  # type: ignore[arg-type]
        "food",
        "faith",
        "sport",
    )
