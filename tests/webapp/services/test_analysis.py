"""Reading is stored once, and what people decided outlasts every pipeline."""

from collections.abc import Iterable, Iterator

import numpy as np
import pytest
from sqlmodel import Session, select

import nlp.types
from nlp.embedding.hashing import HashingEmbedder
from nlp.pipeline import load_pipeline
from nlp.types import Passage, Repurposing, Span, ThemeSuggestion
from webapp.models import Analysis, Coding, Story
from webapp.models import Passage as PassageRow
from webapp.models import Repurposing as RepurposingRow
from webapp.services.access import IMPORTER, Actor
from webapp.services.analysis import count_pending, pending_revisions, read, store_reading
from webapp.services.review import decide, decide_theme, edit_repurposing, statements
from webapp.services.stories import StoryFields, add_story, change_status, revise_story

TEXT = "The sports hub became a kitchen. It fed people."


class FixedReader:
    """A reader that finds a theme and a repurposing wherever their words stand, and chokes on 'poison'."""

    def __init__(self, version: str = "v1", *, theme: str = "food") -> None:
        self.version = version
        self.theme = theme

    def analyse(self, texts: Iterable[str]) -> Iterator[nlp.types.Analysis]:
        for text in texts:
            if "poison" in text:
                raise RuntimeError("choked")
            yield self._analysis(text)

    def _analysis(self, text: str) -> nlp.types.Analysis:
        sentence = Span(0, len(text.split(".")[0]) + 1, text.split(".")[0] + ".")
        to = text.find("kitchen")
        event = Repurposing(to=Span(to, to + 7, "kitchen"), sentence=sentence, score=0.8, to_category="food")
        return nlp.types.Analysis(
            text=text,
            pipeline_version=self.version,
            embedding_name="fixed",
            sentences=(sentence,),
            passages=(Passage(0, len(text), text),),
            embeddings=np.eye(1, 4, dtype=np.float32),
            themes=(ThemeSuggestion(self.theme, 0.7, (sentence,)),),
            repurposings=(event,) if to >= 0 else (),
        )


@pytest.fixture
def story(session: Session) -> Story:
    return add_story(session, IMPORTER, StoryFields(title="A kitchen", text=TEXT), external_id="kitchen")


def read_all(session: Session, reader: FixedReader) -> int:
    pending = pending_revisions(session, reader.version, limit=100)
    return sum(store_reading(session, reading, reader.version) for reading in read(reader, pending))


def test_a_new_story_waits_until_it_is_read_and_then_no_more(session: Session, story: Story) -> None:
    assert count_pending(session, "v1") == 1
    assert read_all(session, FixedReader()) == 1
    assert count_pending(session, "v1") == 0


def test_reading_stores_passages_suggestions_and_their_version(session: Session, story: Story) -> None:
    read_all(session, FixedReader())
    [passage] = session.exec(select(PassageRow)).all()
    [event] = session.exec(select(RepurposingRow)).all()
    assert np.frombuffer(passage.embedding, dtype="<f4").tolist() == [1, 0, 0, 0]
    assert (event.to_phrase, event.status, event.source, event.pipeline_version) == (
        "kitchen", "suggested", "machine", "v1",
    )  # fmt: skip
    assert TEXT[slice(*event.spans["to"])] == "kitchen"
    assert TEXT[event.start : event.end] == "The sports hub became a kitchen."


def test_the_same_reading_is_stored_once(session: Session, story: Story) -> None:
    reader = FixedReader()
    [reading] = read(reader, pending_revisions(session, "v1", limit=10))
    assert [store_reading(session, reading, "v1") for _ in range(2)] == [True, False]
    assert len(session.exec(select(Analysis)).all()) == 1


def test_a_new_pipeline_reads_again_and_replaces_mere_suggestions(session: Session, story: Story) -> None:
    read_all(session, FixedReader("v1"))
    read_all(session, FixedReader("v2", theme="faith"))
    [coding] = session.exec(select(Coding)).all()
    assert (coding.pipeline_version, len(session.exec(select(PassageRow)).all())) == ("v2", 1)


def test_confirmed_and_rejected_suggestions_survive_a_new_reading(
    session: Session, story: Story, people: dict[str, Actor]
) -> None:
    read_all(session, FixedReader("v1"))
    [event] = statements(session, story, "repurposing")
    decide(session, people["reviewer"], story, kind="repurposing", ids=[event.id], status="rejected")
    decide_theme(session, people["reviewer"], story, key="food", status="confirmed")

    read_all(session, FixedReader("v2"))

    assert [(e.status, e.pipeline_version) for e in statements(session, story, "repurposing")] == [("rejected", "v1")]
    assert [(c.status, c.pipeline_version) for c in statements(session, story, "coding")] == [("confirmed", "v1")]


def test_an_edited_repurposing_is_not_proposed_again(
    session: Session, story: Story, people: dict[str, Actor]
) -> None:
    read_all(session, FixedReader("v1"))
    [event] = statements(session, story, "repurposing")
    edit_repurposing(
        session, people["reviewer"], story, event.id, fields={"to": "soup canteen", "from": "sports hub"}
    )

    read_all(session, FixedReader("v2"))

    [event] = statements(session, story, "repurposing")
    assert (event.to_phrase, event.from_phrase, event.status, event.source) == (
        "soup canteen", "sports hub", "confirmed", "person",
    )  # fmt: skip
    assert event.spans == {"from": [4, 14]}
    assert event.proposed["to"] == "kitchen"


def test_a_text_that_breaks_the_pipeline_is_marked_and_holds_up_nobody(session: Session, story: Story) -> None:
    add_story(session, IMPORTER, StoryFields(title="Bad", text="poison"), external_id="bad")
    assert read_all(session, FixedReader()) == 2
    analyses = session.exec(select(Analysis).order_by(Analysis.status)).all()
    assert [(a.status, a.error) for a in analyses] == [("done", None), ("failed", "RuntimeError: choked")]
    assert count_pending(session, "v1") == 0


def test_an_edit_makes_a_story_wait_again(session: Session, story: Story) -> None:
    read_all(session, FixedReader())
    revise_story(session, IMPORTER, story, StoryFields(title="A kitchen", text="Another text altogether."))
    assert count_pending(session, "v1") == 1


def test_a_withdrawn_story_is_not_read(session: Session, story: Story) -> None:
    change_status(session, IMPORTER, story, "withdrawn")
    assert pending_revisions(session, "v1", limit=10) == []


def test_published_stories_are_read_first(session: Session, story: Story) -> None:
    later = add_story(session, IMPORTER, StoryFields(title="B", text="B kitchen."), external_id="later")
    change_status(session, IMPORTER, later, "submitted")
    change_status(session, IMPORTER, later, "published")
    [first, _] = pending_revisions(session, "v1", limit=10)
    assert first[1] == "B kitchen."


def test_a_text_in_another_language_is_said_to_be_so(session: Session, story: Story) -> None:
    pipeline = load_pipeline("blank", embedder=HashingEmbedder(), codebook=())
    welsh = "Trowyd y capel yn fanc bwyd yn ystod y gaeaf, ac mae'r plant yn dod bob dydd ar ôl ysgol i gael cinio."
    revise_story(session, IMPORTER, story, StoryFields(title="Capel", text=welsh))
    for reading in read(pipeline, pending_revisions(session, pipeline.version, limit=10)):
        store_reading(session, reading, pipeline.version)
    notes = [analysis.note for analysis in session.exec(select(Analysis))]
    assert any("Welsh" in (note or "") for note in notes)
