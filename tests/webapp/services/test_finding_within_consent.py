"""Nothing that a search gives, in any form, tells of a story that whoever asks may not see."""

import csv
import io
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from nlp.embedding import open_embedder
from nlp.search import open_engine
from webapp.models import Analysis, Coding, Passage, Repurposing, Story, Theme
from webapp.services import indexing, saved_searches
from webapp.services.access import ANYBODY, SYSTEM, Actor, uses_of
from webapp.services.asking import Asked
from webapp.services.cited_results import cite, cited
from webapp.services.concordances import concordance_of
from webapp.services.consent import record_consent
from webapp.services.download_formats import evidence_as_csv, evidence_as_json
from webapp.services.downloads import about
from webapp.services.evidence import evidence_of
from webapp.services.feeds import atom, feed_stories
from webapp.services.matching import Matching, matching
from webapp.services.search import Finder, search
from webapp.services.stories import StoryFields, add_story, change_status, touch
from webapp.services.story_flow import flow_of
from webapp.services.story_map import map_of

N_STORIES = 14
ASKED = (Asked(), Asked(text="kitchen"), Asked(filters={"repurposed_to": ("food",)}, sort="newest"))


@pytest.fixture
def finder(tmp_path: Path) -> Iterator[Finder]:
    engine = open_engine(f"whoosh://{tmp_path / 'index'}")
    yield Finder(engine=engine, embedder=open_embedder("hashing"))
    engine.close()


def add(session: Session, number: int, *, uses: tuple[str, ...], is_expired: bool, is_published: bool) -> Story:
    """A story whose text holds its own number, with all that a reader stores of it."""
    text = f"The hall{number} became a kitchen for Hazel Grove."
    fields = StoryFields(title=f"Story {number}", text=text, region="North West", local_authority="Stockport")
    story = add_story(session, SYSTEM, fields, external_id=f"s-{number}")
    story.period = "2020"
    expires = datetime.now(UTC) - timedelta(days=2) if is_expired else None
    if uses:
        record_consent(session, SYSTEM, story, uses=uses, given_by="Hazel", expires_at=expires)
    revision = story.current_revision
    vector = open_embedder("hashing").embed([text])[0].astype("<f4").tobytes()
    theme = session.get_one(Theme, 1)
    of = {"revision_id": revision.id, "start": 0, "end": len(text)}
    session.add_all((
        Analysis(revision_id=revision.id or 0, pipeline_version="test", status="done"),
        Passage(**of, position=0, embedding_name="hashing", embedding=vector),
        Coding(**of, theme_id=theme.id, score=0.9),
        Repurposing(
            **of, to_phrase="kitchen", from_phrase=f"hall{number}", from_category="sport", to_category="food",
            score=0.8,
        ),
    ))  # fmt: skip
    change_status(session, SYSTEM, story, "submitted")
    if is_published:
        change_status(session, SYSTEM, story, "published")
    session.flush()
    return story


def index(session: Session, finder: Finder) -> None:
    session.commit()
    for _ in indexing.index_batches(session, finder.engine, indexing.differences(session, finder.engine)):
        pass


def told(session: Session, finder: Finder, actor: Actor, asked: Asked) -> dict[str, object]:
    """What each form of the result tells: sets of story ids, or numbers of stories."""
    found = matching(session, finder, actor, asked)
    page = search(
        session,
        finder,
        actor,
        asked.text,
        filters=asked.all_filters(),
        use=asked.known_use(),
        sort=asked.sort,
        limit=50,
    )
    bands = flow_of(session, found).bands
    lines = concordance_of(session, finder, found, "kitchen").lines
    story_map = map_of(session, found)
    header = about(asked, n_found=len(found), address="")
    rows = csv.reader(io.StringIO("".join(evidence_as_csv(header, downloaded(session, found), str)).lstrip("\ufeff")))
    json_text = "".join(evidence_as_json(header, downloaded(session, found), str))
    return {
        "hits": {hit.story.external_id for hit in page.found},
        "total": page.total,
        "facets": {name: dict(counts) for name, counts in page.facets.items()},
        "lines": {line.external_id for line in lines},
        "pins": sum(pin.n_stories for pin in story_map.pins) + story_map.n_without,
        "bands": sum(band.n_stories for band in bands),
        "csv": {row[1] for row in rows if len(row) > 2} - {"story_id"},
        "json": {f"s-{n}" for n in range(N_STORIES + 9) if f'"s-{n}"' in json_text},
        "count": len(found),
    }


def downloaded(session: Session, found: Matching):  # type: ignore[no-untyped-def]
    return evidence_of(session, found, limit=1000)


def assert_tells_only(told_now: dict[str, object], visible: set[str]) -> None:
    n = len(visible)
    for form in ("hits", "lines", "csv", "json"):
        assert told_now[form] == visible, form
    for form in ("total", "pins", "bands", "count"):
        assert told_now[form] == n, form
    facets = told_now["facets"]
    assert isinstance(facets, dict)
    for name in ("theme", "place", "year", "repurposed_from", "repurposed_to"):
        # A count that cannot be told rightly just now is not told at all.
        assert set(facets.get(name, {}).values()) <= {n} - {0}, name


@pytest.mark.parametrize("seed", [1])
def test_every_form_of_a_result_holds_exactly_what_may_be_seen(
    session: Session, people: dict[str, Actor], finder: Finder, seed: int
) -> None:
    chance = random.Random(seed)
    truth = {}
    for number in range(N_STORIES):
        uses = tuple(chance.sample(["website", "internal", "research", "press", "funders"], chance.randrange(3)))
        is_expired, is_published = chance.random() < 0.2, chance.random() < 0.8
        story = add(session, number, uses=uses, is_expired=is_expired, is_published=is_published)
        truth[story.external_id] = set(uses) if is_published and not is_expired else set()
    index(session, finder)
    actors = {"anybody": ANYBODY, **people}

    def check() -> None:
        for actor in actors.values():
            visible = {external_id for external_id, uses in truth.items() if uses & set(uses_of(actor))}
            for asked in ASKED:
                assert_tells_only(told(session, finder, actor, asked), visible)

    check()
    # Some are taken back, and the index has not followed yet.
    for external_id in [one for one, uses in truth.items() if uses][::3]:
        story = session.exec(by_external_id(external_id)).one()
        if chance.random() < 0.5:
            change_status(session, SYSTEM, story, "withdrawn")
            truth[external_id] = set()
        else:
            truth[external_id] &= {"funders"}
            record_consent(session, SYSTEM, story, uses=truth[external_id], given_by="Hazel")
        touch(story)
    session.commit()
    check()
    index(session, finder)
    check()


def by_external_id(external_id: str):  # type: ignore[no-untyped-def]
    return select(Story).where(Story.external_id == external_id)


def test_feeds_news_and_citations_follow_what_may_be_seen_now(
    session: Session, people: dict[str, Actor], finder: Finder
) -> None:
    researcher = people["researcher"]
    add(session, 1, uses=("research",), is_expired=False, is_published=True)
    index(session, finder)
    saved = saved_searches.save_search(session, finder, researcher, Asked(text="kitchen"))
    first = add(session, 2, uses=("research",), is_expired=False, is_published=True)
    add(session, 3, uses=("website",), is_expired=False, is_published=True)
    add(session, 4, uses=("press",), is_expired=False, is_published=True)
    index(session, finder)
    assert saved_searches.refresh_all(session, finder) == 1
    assert saved_searches.count_new(session, researcher) == 2
    result = cite(session, finder, researcher, Asked(text="kitchen"))

    # Withdrawn, and neither the worker nor the index has followed.
    change_status(session, SYSTEM, first, "withdrawn")
    session.commit()
    assert saved_searches.count_new(session, researcher) == 1
    _, owner = saved_searches.by_feed_key(session, saved.feed_key)
    news = saved_searches.news_of(session, finder, owner, saved)
    urls = {"feed_url": "f", "search_url": "s", "story_url": lambda external_id: f"/stories/{external_id}"}
    written = atom(news, feed_stories(session, news), site_name="Test", **urls)  # type: ignore[arg-type]
    assert [f"s-{n}" in written for n in range(1, 5)] == [True, False, True, False]
    seen = cited(session, researcher, result.key, limit=10)
    assert ({story.external_id for story in seen.stories}, seen.n_gone) == ({"s-1", "s-3"}, 1)
    outside = cited(session, ANYBODY, result.key, limit=10)
    assert ({story.external_id for story in outside.stories}, outside.n_gone) == ({"s-3"}, 2)

    saved_searches.mark_seen(session, finder, researcher, saved)
    assert saved_searches.count_new(session, researcher) == 0
    assert saved_searches.news_of(session, finder, researcher, saved).new_ids == ()


def test_a_saved_search_belongs_to_one_person(session: Session, people: dict[str, Actor], finder: Finder) -> None:
    saved = saved_searches.save_search(session, finder, people["researcher"], Asked(text="kitchen"))
    with pytest.raises(Exception, match="no such saved search"):
        saved_searches.find_saved_search(session, people["admin"], saved.row_id)
    old_key = saved.feed_key
    saved_searches.renew_feed(session, saved)
    with pytest.raises(Exception, match="does not exist"):
        saved_searches.by_feed_key(session, old_key)
