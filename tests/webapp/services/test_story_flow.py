"""Each band of the flow leads to exactly the stories that it counts."""

from pathlib import Path

import pytest
from sqlmodel import Session

from nlp.embedding import open_embedder
from nlp.search import open_engine
from webapp.models import AgreedUse, Analysis, Repurposing, Revision, Story, now
from webapp.services import indexing
from webapp.services.access import ANYBODY, audience_for
from webapp.services.asking import Asked
from webapp.services.matching import all_stories, matching
from webapp.services.search import Finder, search
from webapp.services.story_flow import flow_of, most_telling

CHANGES: tuple[tuple[tuple[str | None, str | None], ...], ...] = (
    (("sport", "food"), ("faith", "arts")),
    # The same kinds of use, but in other changes: not a story of the bands of the first.
    (("sport", "arts"), ("faith", "food")),
    (("sport", "food"), ("sport", "food")),
    ((None, "food"), ("sport", None)),
    (),
)


@pytest.mark.parametrize("engine", ["whoosh", "memory"])
def test_each_band_leads_to_exactly_its_stories(session: Session, tmp_path: Path, engine: str) -> None:
    address = f"whoosh://{tmp_path / 'index'}" if engine == "whoosh" else "memory://"
    finder = Finder(engine=open_engine(address), embedder=open_embedder("hashing"))
    for number, changes in enumerate(CHANGES):
        store(session, number, changes)
    for _ in indexing.index_batches(session, finder.engine, indexing.differences(session, finder.engine)):
        pass

    flow = flow_of(session, matching(session, finder, ANYBODY, Asked()))

    counted = {band.value: band.n_stories for band in flow.bands}
    assert counted == {"sport>food": 2, "faith>arts": 1, "sport>arts": 1, "faith>food": 1, ">food": 1, "sport>": 1}
    assert (flow.n_stories, flow.n_without) == (4, 1)
    assert flow.n_by_end["to", "food"] == 4
    facets = dict(search(session, finder, ANYBODY, "").facets["repurposed"])
    assert facets == counted
    for band, n_stories in counted.items():
        asked = Asked(filters={"repurposed": (band,)})
        assert search(session, finder, ANYBODY, "", filters=asked.all_filters()).total == n_stories, band
        # Among what was chosen, only what was chosen is drawn: every band's link would add to it otherwise.
        drawn = flow_of(session, matching(session, finder, ANYBODY, asked), only=[band]).bands
        assert [(one.value, one.n_stories) for one in drawn] == [(band, n_stories)]
    finder.engine.close()


def store(session: Session, number: int, changes: tuple[tuple[str | None, str | None], ...]) -> None:
    story = Story(external_id=f"s-{number}", status="published", published_at=now())
    session.add(story)
    session.flush()
    revision = Revision(story_id=story.row_id, number=1, title=f"Story {number}", text="A hall became a kitchen.")
    session.add(revision)
    session.flush()
    session.add(AgreedUse(story_id=story.row_id, use="website"))
    session.add(Analysis(revision_id=revision.row_id, pipeline_version="test", status="done"))
    for from_, to in changes:
        event = Repurposing(revision_id=revision.row_id, start=0, end=24, to_phrase="kitchen", score=0.8)
        event.from_category, event.to_category = from_, to
        session.add(event)
    session.commit()


def test_of_equally_wide_bands_those_between_frequent_kinds_of_use_tell_most(session: Session) -> None:
    for number, changes in enumerate(CHANGES):
        store(session, number, changes)
    flow = flow_of(session, all_stories(session, audience_for(ANYBODY)))
    assert [band.value for band in most_telling(flow, limit=3)] == ["sport>food", "faith>food", "sport>arts"]
