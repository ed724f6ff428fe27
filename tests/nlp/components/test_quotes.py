import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.components.mentions import find_mentions
from nlp.components.quote_scores import usability
from nlp.components.quotes import find_quotes
from nlp.text import sentences
from nlp.types import Quote


def quotes(text: str) -> tuple[Quote, ...]:
    return find_quotes(text, find_mentions(text, sentences(text)))


@pytest.mark.parametrize(
    ("text", "said", "speaker"),
    [
        ('Joan Peel said: "We kept the kettle on all night."', "We kept the kettle on all night.", "Joan Peel"),
        ("“It was cold and it was ours,” said Dev Rao.", "It was cold and it was ours,", "Dev Rao"),
        ("‘We don’t close on Sundays any more,’ she told us.", "We don’t close on Sundays any more,", "she"),
        ("'We don't close on Sundays,' said Ann Lee.", "We don't close on Sundays,", "Ann Lee"),
        (
            'Mrs Ada Finch, who swept the hall, reminded us: "It was a grand school."',
            "It was a grand school.",
            "Mrs Ada Finch",
        ),
        ('Leanne\'s words for your website: "I needed a set of knives."', "I needed a set of knives.", "Leanne"),
        ('One nurse wrote to us: "I ate it on the stairs."', "I ate it on the stairs.", "One nurse"),
        ("He said ‘“No” is what they told me first.’", "“No” is what they told me first.", "He"),
        ('stuart says to me "40 years and no name learnt" n left', "40 years and no name learnt", "stuart"),
        ('"Come in." That was all that it said on the door that night.', None, None),
        ('They called it a "warm hub" and left.', None, None),
        ("You say that the halls “have been merged into one hub”. We do not.", None, None),
    ],
)  # fmt: skip
def test_speech_is_found_with_its_speaker(text: str, said: str | None, speaker: str | None) -> None:
    found = quotes(text)
    assert [quote.text for quote in found] == ([said] if said else [])
    assert [quote.speaker for quote in found] == ([speaker] if said else [])
    assert all(text[quote.start : quote.end] == quote.text for quote in found)


@pytest.mark.parametrize(
    ("before", "speaker"),
    [
        ("Walt Jessop took the sign down. He said, ", "Walt Jessop"),
        ("A lady sat here in 1986. She helps us now. She told me, ", "A lady"),
        ("A small girl, Seren, asked her grandfather whose it was. He said: ", "her grandfather"),
        ("Lorraine Hesketh used to be a nurse. Asked about it, she said, ", "Lorraine Hesketh"),
    ],
)
def test_he_and_she_are_whoever_was_last_spoken_of(before: str, speaker: str) -> None:
    [quote] = quotes(f'{before}"We were all strangers once."')
    assert quote.speaker == speaker


def test_speech_of_several_paragraphs_is_one_quote() -> None:
    for opening, closing in (("“", "”"), ('"', '"')):
        text = f"Ann Lee said: {opening}We had nothing.\n\n{opening}Then we had soup.{closing}\n\nIt rained."
        [quote] = quotes(text)
        assert quote.text == f"We had nothing.\n\n{opening}Then we had soup."
        assert quote.speaker == "Ann Lee"


def test_speech_that_goes_on_after_she_said_has_the_same_speaker() -> None:
    first, second = quotes('"I have shown them to their seats," said Mrs Tranter. "Now stay in them."')
    assert (first.speaker, second.speaker) == ("Mrs Tranter", "Mrs Tranter")


def test_a_forgotten_mark_ends_the_speech_with_its_paragraph() -> None:
    [quote] = quotes("Ann Lee said: “We had nothing and then we had soup.\n\nIt rained all day.")
    assert quote.text == "We had nothing and then we had soup."
    assert quote.score is not None
    assert quote.score <= 0.6


def test_a_whole_sentence_that_needs_nothing_before_it_is_the_most_usable() -> None:
    whole = usability("The hall gave me back my Tuesdays.", has_speaker=True, is_closed=True)
    for worse in ("He gave it to them on a Tuesday.", "and the roof came off the hall", "Well, yes.", "word " * 120):
        assert usability(worse, has_speaker=True, is_closed=True) < whole
    assert usability("The hall gave me back my Tuesdays.", has_speaker=False, is_closed=True) < whole


@given(st.text(alphabet="Ab “”\"'‘’«».,\n!saidHe🙂", max_size=160))
def test_offsets_and_scores_hold_for_any_text(text: str) -> None:
    for quote in quotes(text):
        assert text[quote.start : quote.end] == quote.text
        assert quote.score is not None
        assert 0 <= quote.score <= 1
