import pytest

from nlp.training.lemma_rules import apply, rule_between


@pytest.mark.parametrize(
    ("form", "lemma", "other", "its_lemma"),
    [
        ("cities", "city", "Parties", "party"),
        ("Running", "run", "SITTING", "sit"),
        ("Londons", "London", "Hulls", "Hull"),
        ("went", "go", "went", "go"),
        ("hall", "hall", "Hall", "hall"),
    ],
)
def test_a_rule_learned_from_one_word_serves_others(form: str, lemma: str, other: str, its_lemma: str) -> None:
    rule = rule_between(form, lemma)
    assert apply(rule, form) == lemma
    assert apply(rule, other) == its_lemma


def test_a_rule_that_cuts_more_than_there_is_gives_nothing() -> None:
    assert apply(rule_between("children", "child"), "go") is None
