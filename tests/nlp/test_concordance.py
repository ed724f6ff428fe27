"""Keywords in context."""

from nlp.concordance import concordance, keywords


def found(text: str, written: str) -> list[str]:
    return [line.keyword for line in concordance(text, keywords(written))]


def test_all_forms_of_a_word_are_found_in_the_order_of_the_text() -> None:
    assert found("Kitchens open. A kitchen, a café.", "kitchen cafe") == ["Kitchens", "kitchen", "café"]


def test_a_phrase_stands_as_one_and_a_prefix_finds_its_words() -> None:
    assert found("A lunch club; the club; lunch clubs.", '"lunch club"') == ["lunch club", "lunch clubs"]
    assert found("Cooking and cooks, no coal.", "cook*") == ["Cooking", "cooks"]


def test_context_ends_between_words_and_neighbours_are_nearest_first() -> None:
    text = "x" * 80 + " one two three kitchen four five " + "y" * 80
    (line,) = concordance(text, keywords("kitchen"))
    assert (line.left, line.keyword, line.right) == ("one two three ", "kitchen", " four five")
    assert line.left_neighbours == ("three", "two", "one")
    assert text[line.start : line.end] == "kitchen"


def test_signs_and_stop_words_find_nothing_and_break_nothing() -> None:
    for written in ("", "the", '"', '"the of"', "*", "((((", "((a*b))*"):
        assert found("the quick (fox) of", written) == []
