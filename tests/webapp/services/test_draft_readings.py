"""What the machine reads in a draft, and which stories are like it."""

from sqlalchemy import Engine, delete
from sqlmodel import Session, select

import nlp.types
from nlp.embedding import open_embedder
from nlp.search import open_engine
from nlp.text import passages, sentences
from nlp.types import PersonalDatum, Repurposing, Span, ThemeSuggestion
from webapp.database import transaction
from webapp.models import Analysis, DraftReading, Passage
from webapp.services import indexing, review
from webapp.services.access import Actor
from webapp.services.consent import record_consent
from webapp.services.draft_likeness import differences, query_of, shared_part
from webapp.services.draft_readings import ask, store, stories_like_draft, waiting
from webapp.services.drafts import begin_draft
from webapp.services.search import Finder
from webapp.services.stories import StoryFields, add_story

TEXT = (
    "We ran badminton for forty years. In March 2020 the sports hall became a food bank. People came from all over "
    "the estate, and nobody was turned away. Ring Amina on 01632 960123."
)


def analysis_of(text: str) -> nlp.types.Analysis:
    embedder, cut = open_embedder("hashing"), passages(text)

    def span(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words), words)

    return nlp.types.Analysis(
        text=text, pipeline_version="1", embedding_name=embedder.name, sentences=sentences(text), passages=cut,
        embeddings=embedder.embed([passage.text for passage in cut]),
        themes=(ThemeSuggestion("food", 0.8, (span("food bank"),)),),
        repurposings=(Repurposing(to=span("a food bank"), from_=span("the sports hall"), sentence=span(TEXT[34:85]),
                                  score=0.9, to_category="food"),),
        personal_data=(PersonalDatum("phone", *_ends(text, "01632 960123"), "01632 960123"),) * 2,
    )  # fmt: skip


def _ends(text: str, words: str) -> tuple[int, int]:
    return text.index(words), text.index(words) + len(words)


def published(session: Session, actor: Actor, text: str, *, uses: tuple[str, ...] = ("website",)) -> str:
    story = add_story(session, actor, StoryFields(title="The hall that fed us", text=text))
    record_consent(session, actor, story, uses=uses, given_by="Amina")
    session.add(Analysis(revision_id=story.current_revision.row_id, pipeline_version="1", status="done"))
    embedder = open_embedder("hashing")
    for position, passage in enumerate(passages(text)):
        vector = embedder.embed([passage.text])[0].astype("<f4").tobytes()
        session.add(
            Passage(revision_id=story.current_revision.row_id, position=position, start=passage.start,
                    end=passage.end, embedding_name=embedder.name, embedding=vector)
        )  # fmt: skip
    review.change_status(session, actor, story, "submitted")
    review.change_status(session, actor, story, "published")
    session.flush()
    return story.external_id


def read(session: Session, people: dict[str, Actor], writer: str, text: str = TEXT) -> DraftReading:
    """A draft of somebody's, asked for and read."""
    engine = open_engine("memory://")
    for _ in indexing.index_batches(session, engine, indexing.differences(session, engine)):
        pass
    draft = begin_draft(session, people[writer], key="k" * 24, kind="short")
    assert ask(session, draft, title="Our hall", text=text) is not None
    [asked] = waiting(session)
    store(session, Finder(engine, open_embedder("hashing")), asked, analysis_of(asked.text))
    assert waiting(session) == []
    return session.get_one(DraftReading, draft.row_id)


def test_it_tells_themes_changes_and_personal_data_once_each(session: Session, people: dict[str, Actor]) -> None:
    found = read(session, people, "contributor").found
    assert found["themes"] == [{"name": "Food", "score": 0.8}]
    assert [(turn["from_phrase"], turn["to_phrase"]) for turn in found["turns"]] == [
        ("the sports hall", "a food bank")
    ]
    assert found["personal_data"] == [{"kind": "phone", "text": "01632 960123"}]
    assert found["like_it"] == []


def test_a_likely_duplicate_is_shown_to_whoever_may_see_it_and_to_nobody_else(
    session: Session, people: dict[str, Actor]
) -> None:
    seen = published(session, people["reviewer"], TEXT.replace("forty", "many"))
    hidden = published(session, people["reviewer"], TEXT, uses=("research",))
    reading = read(session, people, "contributor")
    assert [one["id"] for one in reading.found["like_it"]] == [seen]
    [(story, shared)] = stories_like_draft(session, people["contributor"], reading.found)
    assert (story.external_id, shared > 0.7) == (seen, True)
    # Whatever the worker found: what was taken back since is not shown.
    review.change_status(session, people["reviewer"], story, "withdrawn")
    assert stories_like_draft(session, people["contributor"], reading.found) == []
    assert hidden not in str(reading.found)


def test_words_that_changed_are_read_anew_and_late_answers_are_dropped(
    session: Session, people: dict[str, Actor]
) -> None:
    draft = begin_draft(session, people["contributor"], key="k" * 24, kind="short")
    assert ask(session, draft, title="", text="Too short to read.") is None
    ask(session, draft, title="", text=TEXT)
    [first] = waiting(session)
    ask(session, draft, title="", text=f"{TEXT} And so on.")
    store(session, Finder(open_engine("memory://"), open_embedder("hashing")), first, None)
    [second] = waiting(session)
    assert second.text.endswith("And so on.")


def test_differences_are_told_sentence_by_sentence() -> None:
    told = differences("One came. Two left. Four sat.", "One came. Three left. Four sat. Five sang.")
    assert [(one.kind, one.here, one.there) for one in told] == [
        ("same", "One came.", "One came."),
        ("changed", "Two left.", "Three left."),
        ("same", "Four sat.", "Four sat."),
        ("there", "", "Five sang."),
    ]


def test_shared_words_tell_the_same_story_from_the_same_subject() -> None:
    assert shared_part(TEXT, TEXT) == 1
    assert shared_part(TEXT, f"Our town is small. {TEXT}") == 1
    assert shared_part(TEXT, "In 2021 a sports hall was turned into a food bank by people from the estate.") == 0
    assert shared_part("", TEXT) == 0


def test_a_query_for_likeness_carries_no_signs() -> None:
    assert query_of('The "hall" -> OR', "place:x* (a)~2 " + "word " * 300).startswith("the hall or place x a 2 word")


def test_a_draft_that_is_sent_while_it_is_read_is_let_go(
    database: Engine, session: Session, people: dict[str, Actor]
) -> None:
    draft = begin_draft(session, people["contributor"], key="k" * 24, kind="short")
    ask(session, draft, title="Our hall", text=TEXT)
    [asked] = waiting(session)
    session.commit()
    with Session(database) as reading:
        held = reading.get(DraftReading, asked.draft_id)
        with transaction(database) as sending:
            sending.execute(delete(DraftReading))
        store(reading, Finder(open_engine("memory://"), open_embedder("hashing")), asked, analysis_of(asked.text))
        reading.commit()
        assert held is not None
        assert reading.exec(select(DraftReading)).all() == []
