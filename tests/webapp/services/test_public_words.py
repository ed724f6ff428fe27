"""What readers see of words that are replaced: nothing, anywhere, however often the text is written anew."""

import numpy as np
import pytest
from sqlmodel import Session, select

from nlp.search import open_engine
from nlp.search.query import parse
from nlp.types import Analysis, Audience, PersonalDatum
from webapp.errors import Forbidden, Invalid, NotFound
from webapp.models import USES, Attachment, AuditEvent, PersonalDataFinding, Quote, Story
from webapp.services import analysis, indexing, originals
from webapp.services.access import SYSTEM, Actor
from webapp.services.consent import record_consent
from webapp.services.public_words import public_fields, reword_beside
from webapp.services.redactions import apply_replacements
from webapp.services.replacements import is_up_to_date, remove_replacement, replacement_rows, set_replacement
from webapp.services.statements import statements
from webapp.services.stories import StoryFields, add_story, change_status, revise_story

TEXT = "Amina Okoro cooks in Leith. “We began with soup,” said Amina’s neighbour. AMINA asks for O'Hare."


@pytest.fixture
def story(session: Session, people: dict[str, Actor]) -> Story:
    """A story that names Amina in its title, its text, its teller's role and the description of a photo."""
    fields = StoryFields(title="Amina cooks", text=TEXT, submitted_by_role="neighbour of Amina Okoro")
    story = add_story(session, SYSTEM, fields)
    story.attachments.append(
        Attachment(kind="photo", filename="a.jpg", media_type="image/jpeg", size_bytes=1, sha256="0" * 64,
                   alt_text="Amina Okoro at a stove")
    )  # fmt: skip
    session.flush()
    for original, words in (("Amina Okoro", "Bea Lind"), ("Amina", "Bea"), ("O’Hare", "[name]")):
        set_replacement(session, people["reviewer"], story, original=original, words=words, kind="person")
    return story


def shown(story: Story) -> str:
    return "\n".join(words for _, words in public_fields(story))


def test_the_table_is_applied_to_all_that_readers_see(
    session: Session, story: Story, people: dict[str, Actor]
) -> None:
    assert not is_up_to_date(session, story)
    apply_replacements(session, people["reviewer"], story)
    assert story.current_revision.text == (
        "Bea Lind cooks in Leith. “We began with soup,” said Bea’s neighbour. BEA asks for [name]."
    )
    assert story.current_revision.title == "Bea cooks"
    assert story.submitted_by_role == "neighbour of Bea Lind"
    assert story.attachments[0].alt_text == "Bea Lind at a stove"
    assert is_up_to_date(session, story)
    assert "amina" not in story.external_id
    assert [row.n_found for row in replacement_rows(session, people["reviewer"], story)] == [2, 1, 1]


def test_an_edit_of_the_public_text_gets_the_pseudonyms_and_keeps_the_original(
    session: Session, story: Story, people: dict[str, Actor]
) -> None:
    apply_replacements(session, people["reviewer"], story)
    edited = story.current_revision.text.replace("in Leith", "in Leith every day") + "\n\nAmina Okoro is 40."
    revise_story(session, people["reviewer"], story, StoryFields(title="Bea cooks", text=edited))
    assert "Amina" not in shown(story)
    assert "Bea Lind cooks in Leith every day." in story.current_revision.text
    original = originals.read_original(session, people["reviewer"], story)
    assert original.text.startswith("Amina Okoro cooks in Leith every day.")
    assert original.text.endswith("Amina Okoro is 40.")
    assert original.title == "Amina cooks"


def test_another_pseudonym_takes_the_place_of_the_first(
    session: Session, story: Story, people: dict[str, Actor]
) -> None:
    apply_replacements(session, people["reviewer"], story)
    text = story.current_revision.text
    start = text.index("We began")
    session.add(
        Quote(revision_id=story.current_revision.row_id, start=start, end=start + 19, text="We began with soup,",
              speaker="Bea’s neighbour", status="confirmed")
    )  # fmt: skip
    session.flush()
    set_replacement(session, people["reviewer"], story, original="Amina", words="Cleo", kind="person")
    set_replacement(session, people["reviewer"], story, original="Amina Okoro", words="Cleo Lind", kind="person")
    apply_replacements(session, people["reviewer"], story)
    assert "Bea" not in shown(story)
    assert story.current_revision.title == "Cleo cooks"
    [quote] = statements(session, story, "quote")
    assert (quote.text, quote.speaker) == ("We began with soup,", "Cleo’s neighbour")


def test_a_line_taken_out_of_the_table_brings_the_original_back(
    session: Session, story: Story, people: dict[str, Actor]
) -> None:
    apply_replacements(session, people["reviewer"], story)
    for row in replacement_rows(session, people["reviewer"], story):
        remove_replacement(session, people["reviewer"], story, row.id)
    apply_replacements(session, people["reviewer"], story)
    assert (story.current_revision.text, story.attachments[0].alt_text) == (TEXT, "Amina Okoro at a stove")
    with pytest.raises(NotFound):
        remove_replacement(session, people["reviewer"], story, 999)


def test_search_finds_the_pseudonym_and_never_the_name(
    session: Session, story: Story, people: dict[str, Actor]
) -> None:
    apply_replacements(session, people["reviewer"], story)
    record_consent(session, SYSTEM, story, uses=["website"], given_by="Amina Okoro")
    for status in ("submitted", "published"):
        change_status(session, SYSTEM, story, status)
    engine = open_engine("memory://")
    engine.upsert(indexing.documents(session, [story.external_id]))
    audience = Audience(uses=frozenset(USES), day=story.published_at.date())  # type: ignore[union-attr]

    def n_found(words: str) -> int:
        return engine.search(parse(words), audience=audience, limit=5).total

    assert (n_found("Okoro"), n_found("Amina"), n_found("soup")) == (0, 0, 1)


def test_a_description_written_later_is_reworded_too(
    session: Session, story: Story, people: dict[str, Actor]
) -> None:
    apply_replacements(session, people["reviewer"], story)
    story.attachments[0].alt_text = "Soup, made by Amina"
    reword_beside(session, story)
    assert story.attachments[0].alt_text == "Soup, made by Bea"
    assert originals.read_original(session, people["reviewer"], story).beside == {
        f"attachment.{story.attachments[0].row_id}.alt_text": "Soup, made by Amina",
        "story.submitted_by_role": "neighbour of Amina Okoro",
    }


def test_a_pseudonym_is_not_taken_for_personal_data_again(
    session: Session, story: Story, people: dict[str, Actor]
) -> None:
    apply_replacements(session, people["reviewer"], story)
    text = story.current_revision.text
    read = Analysis(
        text=text, pipeline_version="v", embedding_name="none", sentences=(), passages=(),
        embeddings=np.zeros((0, 4), dtype=np.float32),
        personal_data=(PersonalDatum("person", 0, 8, "Bea Lind"), PersonalDatum("person", 21, 26, "Leith")),
    )  # fmt: skip
    analysis.store_reading(session, analysis.Reading(story.current_revision.row_id, read), "v")
    assert [finding.text for finding in session.exec(select(PersonalDataFinding))] == ["Leith"]


@pytest.mark.parametrize(
    ("original", "words"), [("", "Bea"), ("Joe", " "), ("Joe", "a friend of Amina"), ("Bea", "Zoe"), ("x" * 301, "y")]
)
def test_a_line_that_would_show_a_name_after_all_is_refused(
    session: Session, story: Story, people: dict[str, Actor], original: str, words: str
) -> None:
    with pytest.raises(Invalid):
        set_replacement(session, people["reviewer"], story, original=original, words=words)


def test_the_table_and_the_original_are_for_reviewers_and_each_reading_is_logged(
    session: Session, story: Story, people: dict[str, Actor]
) -> None:
    apply_replacements(session, people["reviewer"], story)
    for role in ("contributor", "researcher", "comms"):
        with pytest.raises(Forbidden):
            originals.read_original(session, people[role], story)
        with pytest.raises(Forbidden):
            replacement_rows(session, people[role], story)
        with pytest.raises(Forbidden):
            set_replacement(session, people[role], story, original="Joe", words="Bo")
    originals.read_original(session, people["admin"], story)
    reads = session.exec(select(AuditEvent).where(AuditEvent.action == "original.read")).all()
    assert [(event.actor_name, event.after) for event in reads] == [("admin", {"revision": 2})]
    logged = repr([(event.before, event.after) for event in session.exec(select(AuditEvent))])
    assert "Okoro" not in logged
