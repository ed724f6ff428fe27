from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from webapp.errors import Invalid
from webapp.services.imports import ReadFile, StoryFile, format_markdown
from webapp.services.imports.markdown import parse_markdown
from webapp.services.imports.story_file import (
    AttachmentForm,
    CodingForm,
    ConsentForm,
    EarlierRevision,
    FindingForm,
    QuoteForm,
    RepurposingForm,
    SlotForm,
)

PATH = Path("the-hall.md")


def parse(text: str) -> ReadFile:
    return parse_markdown(text, PATH)


def test_front_matter_and_body_make_a_story() -> None:
    file = parse("---\nid: ts-001\ntitle: Our hall\nplace: Balby\nthemes: [food, faith]\n---\n\nThe text.\n")
    assert file.notices == ()
    (story,) = file.stories
    assert (story.id, story.title, story.place, story.themes) == (
        "ts-001",
        "Our hall",
        "Balby",
        ("food", "faith"),
    )
    assert story.text == "The text."


def test_plain_values_are_read_as_the_words_that_stand_there() -> None:
    (story,) = parse(
        "---\nid: 0045370714\nperiod: 2020\nplace: No\nregion: 12:30\nsource: 2021-13-45\n---\nText."
    ).stories
    assert (story.id, story.period, story.place) == ("0045370714", "2020", "No")
    assert (story.region, story.source) == ("12:30", "2021-13-45")


def test_a_field_left_empty_is_not_given() -> None:
    (story,) = parse("---\ntitle:\nplace: ~\nsummary: null\nthemes:\n---\n# Found in the text\n\nText.").stories
    assert (story.title, story.place, story.summary, story.themes) == ("Found in the text", None, "", ())


def test_field_names_may_have_capitals_and_spaces() -> None:
    (story,) = parse("---\nTitle: A\nLocal Authority: Doncaster\n---\nText.").stories
    assert (story.title, story.local_authority) == ("A", "Doncaster")


def test_unknown_fields_are_named_in_one_notice() -> None:
    assert parse("---\nauthor: X\ntitle: A\ntags: [b]\ntext: no\n---\nText.").notices == (
        "Ignored unknown fields: author, tags, text.",
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# A *heading* #\n\nText.", "A *heading*"),
        ("#  Learning C#", "Learning C#"),
        ("Words first.\n\n## Later heading\n", "Later heading"),
        ("\n\nJust a line.\nAnother.", "Just a line."),
        ("word " * 100, "word " * 23 + "word…"),
    ],
)
def test_a_title_is_found_where_none_is_given(text: str, title: str) -> None:
    (story,) = parse(text).stories
    assert story.title == title
    assert story.id == "the-hall"


def test_windows_newlines_are_understood_and_kept() -> None:
    (story,) = parse("---\r\ntitle: A\r\n---\r\n\r\nOne.\r\nTwo.\r\n").stories
    assert (story.title, story.text) == ("A", "One.\r\nTwo.")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("---\ntitle: A\n\nText.", "never ends"),
        ("---\ntitle: A: B\n---\nText.", "in line 2: mapping values are not allowed"),
        ("---\nplace: x\ntitle: 'open\n---\nText.", "in line 4: found unexpected end of stream"),
        ("---\n\tid: a\n---\nText.", "in line 2: found character"),
        ("---\njust words\n---\nText.", "is 'just words'"),
        ("---\n- a\n- b\n---\nText.", r"is \['a', 'b'\]"),
        ("---\ntitle: A\ntitle: B\n---\nText.", "a field is given twice"),
        ("---\ntitle: \x07\n---\nText.", "special characters are not allowed"),
        ("---\n? [a]\n: b\n---\nText.", "unhashable key"),
        ("---\na: " + "[" * 3000 + "\n---\nText.", "lists within lists"),
        (
            "---\ntitle: [a, b]\n---\nText.",
            r"The field 'title' is \['a', 'b'\]: input should be a valid string",
        ),
        ("---\nconsent: yes\n---\nText.", "The field 'consent' is 'yes'"),
        ("---\nconsent: {uses: website, colour: red}\n---\nText.", "consent.0.colour"),
        ("---\nid: ../x\n---\nText.", "The id '../x'"),
        ('---\ntitle: "\\ud800"\n---\nText.', "title"),
        ("---\ntitle: A\n---\n\n \n", "holds no text"),
        ("", "holds no text"),
    ],
)
def test_a_fault_is_named_with_what_to_do(text: str, complaint: str) -> None:
    with pytest.raises(Invalid, match=complaint):
        parse(text)


def test_python_tags_make_nothing_but_words() -> None:
    with pytest.raises(Invalid, match="title"):
        parse("---\ntitle: !!python/object/apply:os.system [ls]\n---\nText.")


def test_one_consent_needs_no_list_and_its_uses_may_have_commas() -> None:
    (story,) = parse("---\nconsent:\n  uses: website, print\n  given_at: 2024-05-01\n---\nText.").stories
    (consent,) = story.consent
    assert consent.uses == ("website", "print")
    assert consent.given_at == datetime(2024, 5, 1)


def test_only_a_draft_may_be_without_text() -> None:
    draft = StoryFile(id="a", title="Begun", text="", status="draft")
    assert parse(format_markdown(draft)).stories == (draft,)


def test_the_written_form_has_the_models_order_and_nothing_empty() -> None:
    story = StoryFile(
        text="Text.",
        themes=("food",),
        place="Balby: north",
        title="A",
        id="7",
        earlier_revisions=(EarlierRevision(number=1, title="A", text="Old.\n\nOlder."),),
    )
    assert format_markdown(story) == (
        "---\nid: '7'\ntitle: A\nplace: 'Balby: north'\nthemes:\n- food\nearlier_revisions:\n"
        "- number: 1\n  title: A\n  text: |-\n    Old.\n\n    Older.\n---\n\nText.\n"
    )


# Letters that YAML, newline translation and stripping stumble over, more often than chance would bring them.
_letters = st.one_of(
    st.sampled_from("\n\r\t :#-'\"|>%@`&*![]{},\\~=?\x85\u2028\u2029\ufeff\xa0\x1c\x07é🐦"),
    st.characters(codec="utf-8"),
)
_words = st.one_of(
    st.text(_letters, max_size=30), st.sampled_from(["---", "null", "~", "yes", "1e3", "0x1F", "<<", "="])
)
_texts = st.builds(
    lambda start, body, end: start + body + end,
    st.sampled_from(["", "---\n", "\n\n", "  ", "---", "\t", "\ufeff", "# "]),
    st.text(_letters, max_size=80),
    st.sampled_from(["", "\n", "\n\n  ", "\r", "\n---\n", "x"]),
)
_moments = st.none() | st.datetimes(
    min_value=datetime(1900, 1, 1),
    timezones=st.sampled_from([None, UTC, timezone(timedelta(hours=-3, minutes=-30))]),
)
_offsets = st.integers(0, 10**6)
_scores = st.none() | st.floats(0, 1)
_maybe = st.none() | _words
_slots = st.builds(SlotForm, text=_words, start=st.none() | _offsets, end=st.none() | _offsets)


def _some(form: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(form, max_size=2).map(tuple)


_consents = st.builds(
    ConsentForm, basis=_words, uses=_some(_words), given_by=_words, given_at=_moments, expires_at=_moments
)
_codings = st.builds(
    CodingForm, theme=_words, start=_offsets, end=_offsets, status=_words, score=_scores, memo=_texts
)
_repurposings = st.builds(
    RepurposingForm,
    to=_slots,
    status=_words,
    from_=st.none() | _slots,
    when=st.none() | _slots,
    score=_scores,
)
_revisions = st.builds(
    EarlierRevision, number=st.integers(1, 99), title=_words, text=_texts, summary=_texts, created_at=_moments
)
_findings = st.builds(FindingForm, kind=_words, start=_offsets, end=_offsets, status=_words)
_quotes = st.builds(QuoteForm, start=_offsets, end=_offsets, status=_words, speaker=_maybe)
_attachments = st.builds(AttachmentForm, path=_words, filename=_words, media_type=_words, alt_text=_texts)


def _is_taken(fields: dict[str, object]) -> bool:
    try:
        story = StoryFile.model_validate(fields)
    except ValidationError:
        return False
    return bool(story.text.strip()) or story.status == "draft"


_stories = (
    st.fixed_dictionaries(
        {"id": _words.filter(bool), "title": _words, "text": _texts},
        optional={
            "summary": _texts,
            "place": _maybe,
            "region": _maybe,
            "period": _maybe,
            "illustrative": st.booleans(),
            "status": st.none() | st.just("draft"),
            "published_at": _moments,
            "themes": _some(_words),
            "consent": _some(_consents),
            "codings": _some(_codings),
            "repurposings": _some(_repurposings),
            "personal_data": _some(_findings),
            "quotes": _some(_quotes),
            "attachments": _some(_attachments),
            "earlier_revisions": _some(_revisions),
        },
    )
    .filter(_is_taken)
    .map(StoryFile.model_validate)
)


@given(_stories)
@example(StoryFile(id="null", title="A: 'b' \"c\" #d", text="---\ntitle: no\n---\n  x", summary=" \n x\n"))
@example(
    StoryFile(
        id="~",
        title="",
        text="\u2028x",
        place="",
        earlier_revisions=(EarlierRevision(number=1, title="", text="  a\n b\t\n"),),
    )
)
def test_any_story_is_read_as_it_was_written(story: StoryFile) -> None:
    written = format_markdown(story)
    # The file may travel through UTF-8 bytes only.
    assert parse(written.encode().decode("utf-8-sig")) == ReadFile((story,))
    assert format_markdown(story) == written
