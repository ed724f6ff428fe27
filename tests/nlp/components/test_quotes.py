import pytest

from nlp.components.mentions import find_mentions
from nlp.components.quotes import find_quotes
from nlp.text import sentences


@pytest.mark.parametrize(
    ("text", "said", "speaker"),
    [
        ('Joan Peel said: "We kept the kettle on all night."', "We kept the kettle on all night.", "Joan Peel"),
        ("“It was cold and it was ours,” said Dev Rao.", "It was cold and it was ours,", "Dev Rao"),
        ("‘We don’t close on Sundays any more,’ she told us.", "We don’t close on Sundays any more,", "she"),
        (
            'Mrs Ada Finch, who swept the hall, reminded us: "It was a grand school."',
            "It was a grand school.",
            "Mrs Ada Finch",
        ),
        ('"Come in." That was all that it said on the door that night.', None, None),
        ('They called it a "warm hub" and left.', None, None),
    ],
)
def test_speech_is_found_with_its_speaker(text: str, said: str | None, speaker: str | None) -> None:
    quotes = find_quotes(text)
    assert [quote.text for quote in quotes] == ([said] if said else [])
    assert [quote.speaker for quote in quotes] == ([speaker] if said else [])
    assert all(text[quote.start : quote.end] == quote.text for quote in quotes)


def test_he_is_the_person_named_before() -> None:
    text = 'Walt Jessop took the sign down. He said, "We were all strangers once."'
    [quote] = find_quotes(text, find_mentions(text, sentences(text)))
    assert quote.speaker == "Walt Jessop"
