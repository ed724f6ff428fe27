import pytest

from nlp.components.use_categories import USE_DESCRIPTIONS, UseCategories, category_by_words, normal_use
from nlp.components.use_lexicon import USE_WORDS
from nlp.embedding.hashing import HashingEmbedder
from nlp.types import USE_CATEGORIES


@pytest.mark.parametrize(
    ("phrase", "category"),
    [
        ("food bank", "food"),
        ("community kitchen", "food"),
        ("boxing gym", "sport"),
        ("vestry", "faith"),
        ("vaccination clinic for carers", "health-care"),
        ("emergency accommodation for women", "housing-shelter"),
        ("community centre", "community-hub"),
        ("signal box", "transport"),
        ("Zoom", "digital-online"),
        ("bicycle repair workshop", "making-manufacturing"),
        ("blue thing", None),
    ],
)
def test_words_tell_the_use(phrase: str, category: str | None) -> None:
    assert category_by_words(phrase) == category


def test_a_phrase_without_known_words_goes_to_the_nearest_description_or_other() -> None:
    uses = UseCategories(HashingEmbedder())
    assert set(uses.categories(["xyzzy", "plugh"])) <= set(USE_CATEGORIES)
    assert UseCategories().categories(["xyzzy"]) == ["other"]


def test_every_use_has_words_and_a_description() -> None:
    assert set(USE_WORDS) == set(USE_DESCRIPTIONS) == set(USE_CATEGORIES) - {"other"}


@pytest.mark.parametrize(
    ("phrase", "lemma", "category"),
    [
        ("the community kitchens for families", "community kitchen", "food"),
        ("soup kitchen", "soup kitchen", "food"),
        ("our old libraries", "library", "library"),
        ("", "", None),
    ],
)
def test_phrases_are_counted_by_lemma_and_category(phrase: str, lemma: str, category: str | None) -> None:
    assert normal_use(phrase) == (lemma, category)
