"""What people decide is learned in the background, and old suggestions follow from stored embeddings."""

import pytest
from sqlmodel import Session, col, select

from nlp.embedding.hashing import HashingEmbedder
from nlp.pipeline import Pipeline, load_pipeline
from nlp.types import Theme as CodebookTheme
from webapp.models import Coding, Story, Theme
from webapp.services.access import IMPORTER
from webapp.services.analysis import pending_revisions, read, store_reading
from webapp.services.review import decide_theme
from webapp.services.stories import StoryFields, add_story, change_status
from webapp.services.theme_learning import learn_due_themes, learned_themes, suggest_anew
from webapp.services.themes import learning_of, theme_by_key

TEXTS = [f"Soup was cooked for {n} people at the food bank, and more soup on Sunday." for n in range(1, 7)]


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    codebook = (CodebookTheme("food", "Food", "Soup.", cues=("soup", "food bank")),)
    return load_pipeline("blank", embedder=HashingEmbedder(), codebook=codebook)


@pytest.fixture
def stories(session: Session, pipeline: Pipeline) -> list[Story]:
    found = [
        add_story(session, IMPORTER, StoryFields(title="Soup", text=text), external_id=f"soup-{n}")
        for n, text in enumerate(TEXTS)
    ]
    for reading in read(pipeline, pending_revisions(session, pipeline.version, limit=100)):
        store_reading(session, reading, pipeline.version)
    return found


def suggested(session: Session, story: Story) -> list[Coding]:
    query = select(Coding).where(Coding.revision_id == story.current_revision.id, Coding.status == "suggested")
    return list(session.exec(query.order_by(col(Coding.id))))


def learn_all(session: Session, pipeline: Pipeline) -> tuple[int, int]:
    """How many themes were learned, and how many stories were suggested anew."""
    n_learned = learn_due_themes(session, pipeline.themes, pipeline.version)
    version, learned = learned_themes(session, pipeline.version)
    reader = pipeline.themes.with_learned(learned)
    return n_learned, suggest_anew(session, reader, pipeline.version, version, limit=100)


def test_few_decisions_change_nothing(session: Session, stories: list[Story], pipeline: Pipeline) -> None:
    decide_theme(session, IMPORTER, stories[0], key="food", status="rejected")
    assert learn_all(session, pipeline) == (0, 0)
    assert learning_of(session, theme_by_key(session, "food")) is None


def test_rejections_lower_what_is_suggested_elsewhere(
    session: Session, stories: list[Story], pipeline: Pipeline
) -> None:
    [before] = suggested(session, stories[5])
    for story in stories[:5]:
        decide_theme(session, IMPORTER, story, key="food", status="rejected")
    decided_before = list(session.exec(select(Coding.id, Coding.status).where(Coding.status == "rejected")))
    assert learn_all(session, pipeline) == (1, 6)
    assert all((coding.score or 0) < (before.score or 0) for coding in suggested(session, stories[5]))
    assert list(session.exec(select(Coding.id, Coding.status).where(Coding.status == "rejected"))) == decided_before
    learning = learning_of(session, theme_by_key(session, "food"))
    assert learning is not None
    assert learning.n_decisions == 5


def test_learning_twice_does_nothing_more(session: Session, stories: list[Story], pipeline: Pipeline) -> None:
    for story in stories[:4]:
        decide_theme(session, IMPORTER, story, key="food", status="confirmed")
    assert learn_all(session, pipeline) == (1, 6)
    assert learn_all(session, pipeline) == (0, 0)


def test_one_more_decision_is_not_worth_learning_again(
    session: Session, stories: list[Story], pipeline: Pipeline
) -> None:
    for story in stories[:5]:
        decide_theme(session, IMPORTER, story, key="food", status="confirmed")
    learn_all(session, pipeline)
    decide_theme(session, IMPORTER, stories[5], key="food", status="confirmed")
    assert learn_all(session, pipeline) == (0, 0)


def test_what_a_withdrawn_story_taught_is_forgotten(
    session: Session, stories: list[Story], pipeline: Pipeline
) -> None:
    for story in stories[:4]:
        decide_theme(session, IMPORTER, story, key="food", status="rejected")
    learn_all(session, pipeline)
    change_status(session, IMPORTER, stories[0], "withdrawn")
    learn_all(session, pipeline)
    assert learning_of(session, theme_by_key(session, "food")) is None
    assert suggested(session, stories[5])


def test_a_theme_that_the_codebook_lost_is_left_alone(session: Session, pipeline: Pipeline) -> None:
    session.add(Theme(key="gone", name="Gone", is_retired=True))
    session.flush()
    assert learn_due_themes(session, pipeline.themes, pipeline.version) == 0
