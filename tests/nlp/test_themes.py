import pytest

from nlp.embedding import open_embedder
from nlp.embedding.hashing import HashingEmbedder
from nlp.text import passages, sentences
from nlp.themes import ThemeReader
from nlp.theming.classifier import Decision, learn
from nlp.types import Theme, ThemeSuggestion


def suggest(codebook: tuple[Theme, ...], text: str) -> tuple[ThemeSuggestion, ...]:
    embedder = HashingEmbedder()
    cut = passages(text)
    rows = embedder.embed([passage.text for passage in cut])
    return ThemeReader(codebook, embedder).suggest(text, sentences(text), cut, rows)


def test_cues_are_found_whatever_their_inflection_and_accents(small_codebook: tuple[Theme, ...]) -> None:
    suggested = suggest(small_codebook, "Two food banks opened. Cooking went on in three cafes. Everybody cooked.")
    assert suggested[0].key == "food"
    assert {span.text for span in suggested[0].evidence} == {
        "Two food banks opened.", "Cooking went on in three cafes.", "Everybody cooked.",
    }  # fmt: skip


def test_a_theme_that_the_story_never_touches_is_not_suggested(small_codebook: tuple[Theme, ...]) -> None:
    text = "Soup was cooked at the food bank, and the pantry gave out soup to all who came."
    assert "transport" not in {theme.key for theme in suggest(small_codebook, text)}


def test_at_most_five_are_suggested_best_first() -> None:
    codebook = tuple(Theme(f"k{i}", f"K{i}", "Nothing.", cues=("bus",) * (i + 1)) for i in range(9))
    suggested = suggest(codebook, "The bus and the bus and the bus.")
    scores = [theme.score for theme in suggested]
    assert len(suggested) <= 5
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_house_is_no_cue_for_housing() -> None:
    codebook = (Theme("housing", "Xyz", "Qqq.", cues=("housing",)), Theme("other", "Abc", "Www.", cues=("tea",)))
    assert "housing" not in {theme.key for theme in suggest(codebook, "Tea in the house. More tea in the house.")}


@pytest.mark.parametrize("text", ["", "🙂"])
def test_a_text_without_words_is_about_nothing(small_codebook: tuple[Theme, ...], text: str) -> None:
    assert all(theme.score < 0.5 for theme in suggest(small_codebook, text))


def test_an_empty_codebook_suggests_nothing() -> None:
    assert suggest((), "Soup.") == ()


def test_a_theme_with_a_definition_and_two_examples_works_at_once(small_codebook: tuple[Theme, ...]) -> None:
    beekeeping = Theme(
        "beekeeping", "Beekeeping", "Keeping bees, hives and honey.",
        examples=("The swarm went into the new hive without a fuss.", "Forty jars of honey from the library roof."),
    )  # fmt: skip
    text = "The allotment has three hives now. The bees swarmed in May and there were nine jars of honey by August."
    cut = passages(text)
    embedder = open_embedder("minilm")
    rows = embedder.embed([passage.text for passage in cut])
    suggested = ThemeReader((*small_codebook, beekeeping), embedder).suggest(text, sentences(text), cut, rows)
    assert suggested[0].key == "beekeeping"
    assert suggested[0].evidence[0].text in text


def test_what_people_decided_changes_what_is_suggested(small_codebook: tuple[Theme, ...]) -> None:
    text = "Soup was cooked at the food bank, and the pantry gave out soup to all who came."
    embedder = HashingEmbedder()
    cut = passages(text)
    rows = embedder.embed([passage.text for passage in cut])
    reader = ThemeReader(small_codebook, embedder)
    vector, odds = reader.odds(text, cut, rows)
    food = reader.keys.index("food")
    learned = learn("food", [Decision(0, is_about=False)] * 20, vector[None, :], odds[food : food + 1])
    before = reader.suggest(text, sentences(text), cut, rows)
    after = reader.with_learned({"food": learned}).suggest(text, sentences(text), cut, rows)
    assert before[0].key == "food"
    assert "food" not in {theme.key for theme in after if theme.score > 0.3}
