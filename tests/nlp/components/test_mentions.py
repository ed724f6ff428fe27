import pytest

from nlp.components.mentions import find_mentions
from nlp.text import sentences


def labelled(text: str) -> set[tuple[str, str]]:
    return {(mention.label, mention.text) for mention in find_mentions(text, sentences(text))}


@pytest.mark.parametrize(
    ("text", "label", "name"),
    [
        ("We asked Mrs Okonkwo-Bell to lead.", "PERSON", "Okonkwo-Bell"),
        ("My wife Beryl said no.", "PERSON", "Beryl"),
        ("Driver Gordon Strand came.", "PERSON", "Gordon Strand"),
        ("It was run by the Friends of Heaton Baths.", "ORG", "Friends of Heaton Baths"),
        ("A grant from the Aldgate Community Trust paid.", "ORG", "Aldgate Community Trust"),
        ("We live in Northern Ireland now.", "PLACE", "Northern Ireland"),
        ("The shop is on Bethel Street.", "PLACE", "Bethel Street"),
        ("They drove to Pontypool.", "PLACE", "Pontypool"),
        ("It opened on 3 May 2021.", "DATE", "3 May 2021"),
        ("It opened in February 2022.", "DATE", "February 2022"),
    ],
)
def test_names_are_told_by_their_words_and_company(text: str, label: str, name: str) -> None:
    assert (label, name) in labelled(text)


def test_a_capital_at_the_start_of_a_sentence_is_no_name() -> None:
    assert labelled("Volunteers came. Soup was served. Nothing else happened.") == set()


def test_headings_in_capitals_are_no_people() -> None:
    assert not any(label == "PERSON" for label, _ in labelled("WE HAVE WON. THE BUS IS BACK."))
